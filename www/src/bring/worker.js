// Reads files, away from the page.
