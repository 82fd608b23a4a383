// What the first snapshot or change that is read imports: the rest of the core, as text.

export * from '#generated/later-bytes'
