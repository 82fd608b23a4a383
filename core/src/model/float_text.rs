//! Floats in the texts of errors.

use std::fmt::{self, Write as _};

/// How many digits are written at most.
const DIGITS: usize = 13;

/// A float for people, with a point, so that it does not look like an integer, and 13 digits.
///
/// The digits come by multiplying and dividing: with all digits exact, the tables and the long
/// arithmetic of the standard library would be a thirtieth of the module for the browser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FloatText(pub(crate) f64);

impl fmt::Display for FloatText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_nan() {
            return f.write_str("NaN");
        }
        if self.0.is_sign_negative() {
            f.write_char('-')?;
        }
        let size = self.0.abs();
        if size.is_infinite() {
            return f.write_str("inf");
        }
        if size == 0.0 {
            return f.write_str("0.0");
        }
        let (digits, exponent) = scientific(size);
        let (before, zeros) = match usize::try_from(exponent) {
            Ok(places) if places < 16 => (places + 1, 0),
            Err(_) if exponent >= -6 => (0, exponent.unsigned_abs() as usize - 1),
            _ => (1, 0),
        };
        for place in 0..before {
            f.write_char(
                digits
                    .as_bytes()
                    .get(place)
                    .map_or('0', |&digit| digit.into()),
            )?;
        }
        if before == 0 {
            f.write_char('0')?;
        }
        f.write_char('.')?;
        for _ in 0..zeros {
            f.write_char('0')?;
        }
        f.write_str(
            digits
                .get(before..)
                .filter(|rest| !rest.is_empty())
                .unwrap_or("0"),
        )?;
        if (-6..16).contains(&exponent) {
            return Ok(());
        }
        write!(f, "e{exponent}")
    }
}

/// The digits without zeros at the end, and the power of ten of the first.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive, and of 13 digits or 14"
)]
fn scientific(size: f64) -> (String, i32) {
    let (mut scaled, mut exponent) = (size, 0);
    while scaled >= 10.0 {
        scaled /= 10.0;
        exponent += 1;
    }
    while scaled < 1.0 {
        scaled *= 10.0;
        exponent -= 1;
    }
    let number = (scaled * 1e12 + 0.5) as u64;
    let mut digits = number.to_string();
    if digits.len() > DIGITS {
        exponent += 1;
    }
    let last = digits.bytes().rposition(|digit| digit != b'0');
    digits.truncate(last.map_or(0, |last| last + 1));
    (digits, exponent)
}

#[cfg(test)]
mod tests {
    use super::FloatText;

    #[test]
    fn floats_are_written_as_people_write_them() {
        for (float, text) in [
            (0.0, "0.0"),
            (1.0, "1.0"),
            (-5.5, "-5.5"),
            (0.1, "0.1"),
            (0.062_5, "0.0625"),
            (0.000_001, "0.000001"),
            (9.999_999_999_999_99, "10.0"),
            (1_200.25, "1200.25"),
            (123_456_789_012_345.0, "123456789012300.0"),
            (9_223_372_036_854_775_808.0, "9.223372036855e18"),
            (1e300, "1.0e300"),
            (2.5e-300, "2.5e-300"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(FloatText(float).to_string(), text);
        }
    }

    #[test]
    fn the_ends_of_the_floats_are_written_too() {
        assert_eq!(FloatText(f64::MAX).to_string(), "1.797693134862e308");
        assert!(
            FloatText(f64::MIN_POSITIVE / 4.0)
                .to_string()
                .ends_with("e-309")
        );
    }
}
