//! Numbers and texts as bytes.

use super::fault::JournalFault;

/// Appends to bytes.
#[derive(Debug, Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "seven bits at a time")]
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A length or an index.
    pub(super) fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    #[inline]
    pub(super) fn signed(&mut self, number: i64) {
        self.number(zigzag(number));
    }

    pub(super) fn float(&mut self, float: f64) {
        self.0.extend_from_slice(&float.to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(super) fn maybe_text(&mut self, text: Option<&str>) {
        self.byte(text.is_some().into());
        if let Some(text) = text {
            self.text(text);
        }
    }
}

#[expect(clippy::cast_sign_loss, reason = "the bits are kept")]
fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

#[inline]
#[expect(clippy::cast_possible_wrap, reason = "the bits are kept")]
pub(super) fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// How many bytes a signed number takes.
pub(super) fn signed_len(number: i64) -> usize {
    let bits = 64 - (zigzag(number) | 1).leading_zeros();
    bits.div_ceil(7) as usize
}

/// Takes from bytes. What is not there or not as it would be written is a fault.
#[derive(Clone, Debug)]
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn damaged(&self, what: &'static str) -> JournalFault {
        JournalFault::Damaged { what, at: self.at }
    }

    /// The next so many bytes.
    pub(super) fn take(
        &mut self,
        len: usize,
        what: &'static str,
    ) -> Result<&'b [u8], JournalFault> {
        let end = self.at.checked_add(len);
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or_else(|| self.damaged(what))?;
        self.at += len;
        Ok(taken)
    }

    #[inline]
    pub(super) fn byte(&mut self, what: &'static str) -> Result<u8, JournalFault> {
        let byte = *self.bytes.get(self.at).ok_or_else(|| self.damaged(what))?;
        self.at += 1;
        Ok(byte)
    }

    #[inline]
    pub(super) fn number(&mut self, what: &'static str) -> Result<u64, JournalFault> {
        let first = self.byte(what)?;
        if first < 0x80 {
            return Ok(first.into());
        }
        self.long_number(first, what)
    }

    fn long_number(&mut self, first: u8, what: &'static str) -> Result<u64, JournalFault> {
        let mut number = u64::from(first & 0x7F);
        for shift in (7..64).step_by(7) {
            let byte = self.byte(what)?;
            let bits = u64::from(byte & 0x7F);
            if (bits << shift) >> shift != bits {
                return Err(self.damaged(what));
            }
            number |= bits << shift;
            if byte < 0x80 {
                // One number is written in one way: a last byte of zero would be a second one.
                return if byte == 0 {
                    Err(self.damaged(what))
                } else {
                    Ok(number)
                };
            }
        }
        Err(self.damaged(what))
    }

    /// As many numbers, each of which is refused if the answer is none. Most are short, and a snapshot
    /// has many.
    #[inline]
    pub(super) fn numbers(
        &mut self,
        count: usize,
        what: &'static str,
        mut each: impl FnMut(u64) -> Option<()>,
    ) -> Result<(), JournalFault> {
        let mut rest = self.bytes.get(self.at..).unwrap_or_default();
        for _ in 0..count {
            let number = match *rest {
                [byte, ref after @ ..] if byte < 0x80 => {
                    rest = after;
                    byte.into()
                }
                [low, high @ 1..0x80, ref after @ ..] => {
                    rest = after;
                    u64::from(low & 0x7F) | u64::from(high) << 7
                }
                _ => {
                    self.at = self.bytes.len() - rest.len();
                    let number = self.number(what)?;
                    rest = self.bytes.get(self.at..).unwrap_or_default();
                    number
                }
            };
            if each(number).is_none() {
                self.at = self.bytes.len() - rest.len();
                return Err(self.damaged(what));
            }
        }
        self.at = self.bytes.len() - rest.len();
        Ok(())
    }

    /// A length or an index below `limit`.
    pub(super) fn index(
        &mut self,
        limit: usize,
        what: &'static str,
    ) -> Result<usize, JournalFault> {
        let number = self.number(what)?;
        usize::try_from(number)
            .ok()
            .filter(|&index| index < limit)
            .ok_or_else(|| self.damaged(what))
    }

    /// How many things follow. Each takes a byte at least, so that nobody can ask for much memory
    /// with few bytes.
    pub(super) fn count(&mut self, what: &'static str) -> Result<usize, JournalFault> {
        let left = self.bytes.len() - self.at;
        self.index(left + 1, what)
    }

    #[inline]
    pub(super) fn signed(&mut self, what: &'static str) -> Result<i64, JournalFault> {
        self.number(what).map(unzigzag)
    }

    /// A finite float: no other is ever stored.
    pub(super) fn float(&mut self, what: &'static str) -> Result<f64, JournalFault> {
        let bytes = self.take(8, what)?;
        let float = f64::from_le_bytes(bytes.try_into().expect("eight bytes were taken"));
        if float.is_finite() {
            Ok(float)
        } else {
            Err(self.damaged(what))
        }
    }

    pub(super) fn text(&mut self, what: &'static str) -> Result<&'b str, JournalFault> {
        let len = self.count(what)?;
        let bytes = self.take(len, what)?;
        std::str::from_utf8(bytes).map_err(|_| self.damaged(what))
    }

    pub(super) fn maybe_text(
        &mut self,
        what: &'static str,
    ) -> Result<Option<&'b str>, JournalFault> {
        match self.byte(what)? {
            0 => Ok(None),
            1 => self.text(what).map(Some),
            _ => Err(self.damaged(what)),
        }
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, what: &'static str) -> Result<Vec<&'b str>, JournalFault> {
        (0..self.count(what)?).map(|_| self.text(what)).collect()
    }

    pub(super) fn end(&self) -> Result<(), JournalFault> {
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            Err(self.damaged("what follows the end"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Reader, Writer, signed_len};

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, -1, 63, 64, -64, -65, 8_191, 8_192, i64::MAX, i64::MIN];
        for number in numbers {
            let mut writer = Writer::default();
            writer.signed(number);
            assert_eq!(writer.0.len(), signed_len(number));
            let mut reader = Reader::new(&writer.0);
            assert_eq!(reader.signed("a number"), Ok(number));
            assert_eq!(reader.end(), Ok(()));
        }
    }

    #[test]
    fn a_number_is_read_in_one_form_only() {
        for bytes in [&[0x80, 0x00][..], &[0x80], &[0xFF; 10], &[0xFF; 11]] {
            assert!(Reader::new(bytes).number("a number").is_err(), "{bytes:?}");
            let mut reader = Reader::new(bytes);
            assert!(reader.numbers(1, "a number", |_| Some(())).is_err());
        }
    }

    #[test]
    fn many_numbers_are_read_as_one_by_one() {
        let numbers = [0, 1, 127, 128, 255, 16_383, 16_384, 1 << 35, u64::MAX, 7];
        let mut writer = Writer::default();
        for number in numbers {
            writer.number(number);
        }
        let mut reader = Reader::new(&writer.0);
        let mut read = Vec::new();
        let push = |number| {
            read.push(number);
            Some(())
        };
        assert_eq!(reader.numbers(numbers.len(), "a number", push), Ok(()));
        assert_eq!(read, numbers);
        assert_eq!(reader.end(), Ok(()));
        let mut reader = Reader::new(&writer.0);
        let refused = reader.numbers(10, "a number", |number| (number < 128).then_some(()));
        assert!(refused.is_err());
    }

    #[test]
    fn a_count_is_no_larger_than_what_follows() {
        assert!(Reader::new(&[5, 0, 0]).count("things").is_err());
        assert_eq!(Reader::new(&[2, 0, 0]).count("things"), Ok(2));
    }

    #[test]
    fn floats_that_are_never_stored_are_refused() {
        let mut writer = Writer::default();
        writer.float(f64::NAN);
        assert!(Reader::new(&writer.0).float("a float").is_err());
    }
}
