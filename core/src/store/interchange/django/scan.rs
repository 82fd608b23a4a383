//! Taking a JSON array of objects apart without reading it whole.

use crate::Error;
use crate::store::interchange::fault::InterchangeFault;
use crate::store::interchange::intake::on_line;
use crate::store::interchange::line::{LONGEST, Piece};
use crate::store::interchange::source::Source;

/// One object of a JSON array at a time, in a buffer that is used again and never gets longer than
/// [`LONGEST`]. Looks at brackets and quotation marks only; whether an object is JSON is for its
/// reader to say.
#[derive(Debug)]
pub(super) struct Objects {
    object: Vec<u8>,
    line: u64,
    expected: Expected,
    /// The object that is under way: the line it starts on, and its bytes so far.
    begun: Option<(u64, Inside)>,
    length: usize,
}

/// What comes next between the objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Array,
    FirstObject,
    Object,
    Separator,
    Nothing,
}

/// How far an object has been scanned.
#[derive(Debug, Default)]
struct Inside {
    depth: u64,
    text: bool,
    escape: bool,
}

impl Inside {
    /// Whether the byte ends the object.
    #[inline]
    fn pass(&mut self, byte: u8) -> bool {
        if self.text {
            match byte {
                _ if self.escape => self.escape = false,
                b'\\' => self.escape = true,
                b'"' => self.text = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.depth == 0
    }
}

impl Objects {
    /// The objects behind so many lines without anything.
    pub(super) const fn after(lines: u64) -> Self {
        Self {
            object: Vec::new(),
            line: lines + 1,
            expected: Expected::Array,
            begun: None,
            length: 0,
        }
    }

    /// The next object; none at the end of the file. The outer error ends the reading.
    pub(super) fn next(
        &mut self,
        source: &mut Source<'_, '_>,
    ) -> Result<Option<Piece<&[u8]>>, Error> {
        if self.begun.is_none() {
            if !self.find_start(source)? {
                return Ok(None);
            }
            self.begun = Some((self.line, Inside::default()));
            self.object.clear();
            self.length = 0;
        }
        let mut ended = false;
        while !ended {
            let bytes = source.fill()?;
            if bytes.is_empty() {
                return Err(self.misshapen("the end of an object", None));
            }
            let mut used = 0;
            let Some((_, inside)) = &mut self.begun else {
                break;
            };
            for &byte in bytes {
                used += 1;
                self.line += u64::from(byte == b'\n');
                ended = inside.pass(byte);
                if ended {
                    break;
                }
            }
            let piece = bytes.get(..used).unwrap_or_default();
            let room = LONGEST.saturating_sub(self.object.len());
            self.object
                .extend_from_slice(piece.get(..room).unwrap_or(piece));
            self.length += used;
            source.consume(used);
        }
        source.count_line();
        self.expected = Expected::Separator;
        let start = self.begun.take().map_or(self.line, |(start, _)| start);
        if self.length > LONGEST {
            return Ok(Some((start, Err(InterchangeFault::TooLong.into()))));
        }
        Ok(Some((start, Ok(&self.object))))
    }

    /// Goes to the bracket that opens the next object; false at the end of the file.
    fn find_start(&mut self, source: &mut Source<'_, '_>) -> Result<bool, Error> {
        loop {
            let Some(&byte) = source.fill()?.first() else {
                return match self.expected {
                    Expected::Nothing => Ok(false),
                    expected => Err(self.misshapen(expected.name(), None)),
                };
            };
            let next = match (self.expected, byte) {
                (_, b' ' | b'\t' | b'\r') => self.expected,
                (_, b'\n') => {
                    self.line += 1;
                    self.expected
                }
                (Expected::Array, b'[') => Expected::FirstObject,
                (Expected::FirstObject | Expected::Object, b'{') => return Ok(true),
                (Expected::FirstObject | Expected::Separator, b']') => Expected::Nothing,
                (Expected::Separator, b',') => Expected::Object,
                (expected, byte) => return Err(self.misshapen(expected.name(), Some(byte))),
            };
            self.expected = next;
            source.consume(1);
        }
    }

    #[cold]
    fn misshapen(&self, wanted: &'static str, found: Option<u8>) -> Error {
        let fault = match found {
            Some(0) => InterchangeFault::Utf16,
            found => InterchangeFault::Structure { wanted, found },
        };
        on_line(self.line, &fault.into())
    }
}

impl Expected {
    const fn name(self) -> &'static str {
        match self {
            Self::Array => "a list of objects",
            Self::FirstObject | Self::Object => "an object",
            Self::Separator => "a comma or the end of the list",
            Self::Nothing => "the end of the file",
        }
    }
}
