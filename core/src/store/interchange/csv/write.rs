//! Writing CSV.

use super::{Csv, cell};
use crate::Error;
use crate::store::interchange::export::{Chosen, ExportFormat, sealed, write_date};
use crate::store::interchange::json::write_value;
use crate::store::interchange::output::Output;

impl ExportFormat for Csv {}

impl sealed::ExportFormat for Csv {
    #[expect(private_interfaces, reason = "sealed: only this crate calls it")]
    fn write(self, chosen: &Chosen<'_>, output: &mut Output<'_>) -> Result<usize, Error> {
        let names = names(chosen)?;
        output.buffer.extend_from_slice(b"metric,period,date,value");
        for name in &names {
            output.buffer.push(b',');
            cell::write(&mut output.buffer, name);
        }
        output.end_line()?;
        let mut count = 0;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        chosen.each_series(|found| {
            // All rows of a series differ in the date and the value only.
            before.clear();
            cell::write(
                &mut before,
                chosen.store.engine().catalog().name(found.metric),
            );
            before.push(b',');
            before.extend_from_slice(found.period.as_str().as_bytes());
            before.push(b',');
            after.clear();
            let mut dimensions = chosen.store.pairs(found.slot).peekable();
            for name in &names {
                after.push(b',');
                if let Some((_, value)) = dimensions.next_if(|(other, _)| other == name) {
                    cell::write(&mut after, &cell::encode(value));
                }
            }
            for (date, value) in chosen.points(found) {
                let out = &mut output.buffer;
                out.extend_from_slice(&before);
                write_date(out, date);
                out.push(b',');
                if let Some(value) = value {
                    write_value(out, value);
                }
                out.extend_from_slice(&after);
                output.end_line()?;
                count += 1;
            }
            Ok(())
        })?;
        Ok(count)
    }
}

/// The names of all dimensions that something is split by, sorted, as those of a slot are.
fn names(chosen: &Chosen<'_>) -> Result<Vec<String>, Error> {
    let mut names: Vec<String> = Vec::new();
    chosen.each_series(|found| {
        for (name, _) in chosen.store.pairs(found.slot) {
            if let Err(place) = names.binary_search_by(|other| other.as_str().cmp(name)) {
                names.insert(place, name.to_owned());
            }
        }
        Ok(())
    })?;
    Ok(names)
}
