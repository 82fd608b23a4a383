//! Taking a file apart into rows.

use csv_core::{ReadRecordResult, Reader};

use crate::Error;
use crate::store::interchange::fault::InterchangeFault;
use crate::store::interchange::line::{LONGEST, Piece, text_of};
use crate::store::interchange::source::Source;

/// One row at a time, in buffers that are used again and never get longer than [`LONGEST`].
pub(super) struct Records {
    reader: Reader,
    cells: Vec<u8>,
    ends: Vec<usize>,
    /// The lines that were ended so far.
    lines: u64,
    row: Unfinished,
}

/// How far a row was read, between the pieces of a file.
#[derive(Debug, Default)]
struct Unfinished {
    filled: usize,
    ended: usize,
    too_long: bool,
    lines_inside: u64,
}

/// A row of cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    cells: &'a str,
    ends: &'a [usize],
}

impl<'a> Record<'a> {
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn cell(&self, at: usize) -> &'a str {
        let start = at
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |&end| end);
        self.ends
            .get(at)
            .and_then(|&end| self.cells.get(start..end))
            .unwrap_or_default()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |at| self.cell(at))
    }
}

impl Records {
    pub(super) fn new() -> Self {
        Self {
            reader: Reader::new(),
            cells: vec![0; 1024],
            ends: vec![0; 32],
            lines: 0,
            row: Unfinished::default(),
        }
    }

    /// The next row; none at the end of the file. The outer error ends the reading.
    pub(super) fn next(
        &mut self,
        source: &mut Source<'_, '_>,
    ) -> Result<Option<Piece<Record<'_>>>, Error> {
        loop {
            let Unfinished { filled, ended, .. } = self.row;
            let input = source.fill()?;
            let (result, read, written, cells) = self.reader.read_record(
                input,
                self.cells.get_mut(filled..).unwrap_or_default(),
                self.ends.get_mut(ended..).unwrap_or_default(),
            );
            let line = pass(&mut self.lines, input.get(..read).unwrap_or_default());
            source.consume(read);
            let new = self.cells.get(filled..filled + written).unwrap_or_default();
            self.row.lines_inside += count_lines(new);
            self.row.filled += written;
            self.row.ended += cells;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.cells.len() < LONGEST => {
                    self.cells.resize((self.cells.len() * 2).min(LONGEST), 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < LONGEST => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                // From here on the row is only passed over, into the same memory again and again.
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    self.row.too_long = true;
                    (self.row.filled, self.row.ended) = (0, 0);
                }
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => {
                    source.count_line();
                    let row = std::mem::take(&mut self.row);
                    let start = line.saturating_sub(row.lines_inside).max(1);
                    let record = if row.too_long {
                        Err(InterchangeFault::TooLong.into())
                    } else {
                        self.record(row.filled, row.ended)
                    };
                    return Ok(Some((start, record)));
                }
            }
        }
    }

    fn record(&self, filled: usize, ended: usize) -> Result<Record<'_>, Error> {
        let cells = self.cells.get(..filled).unwrap_or_default();
        let ends = self.ends.get(..ended).unwrap_or_default();
        let cells = text_of(cells)?;
        Ok(Record { cells, ends })
    }
}

/// Counts the lines that end in what was consumed, and tells which line its last byte is on.
fn pass(lines: &mut u64, consumed: &[u8]) -> u64 {
    let Some((&last, before)) = consumed.split_last() else {
        return *lines + 1;
    };
    *lines += count_lines(before);
    let line = *lines + 1;
    *lines += u64::from(last == b'\n');
    line
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|&byte| u64::from(byte == b'\n')).sum()
}
