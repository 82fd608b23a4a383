//! The dump of django-trackstats.

mod key;
mod object;
mod read;
mod scan;
mod tables;

use super::import::Import;
use tables::Names;

/// What `manage.py dumpdata` writes of a project with django-trackstats 0.7: the format `json`, with or
/// without `--indent`, or `jsonl`; the objects may come in any order.
///
/// | model | becomes |
/// |---|---|
/// | `trackstats.domain` | a domain; its name becomes the title |
/// | `trackstats.metric` | a metric of integers, or of what the store knows it to hold; its name becomes the title |
/// | `trackstats.statisticbydate` | a statistic without dimensions |
/// | `trackstats.statisticbydateandobject` | a statistic by one dimension: `auth.user` number 42 becomes `user` = `42` |
/// | `contenttypes.contenttype` | what the numbers of object types stand for |
///
/// Objects of other models are passed over and counted. Object types that are numbers need the third
/// table, so dump it too, or name them with [`content_type`](Import::content_type):
///
/// ```text
/// manage.py dumpdata contenttypes trackstats --output trackstats.json
/// ```
///
/// Keys may be natural ones, as `--natural-foreign` writes them. (Of metrics 0.7 cannot write them; it
/// stops with an error.) `--natural-primary` alone leaves out the numbers that the statistics need.
///
/// Dates are taken as they are: they are of the time zone that the project computed them in, and
/// should be of the zone of the store. References have to be valid here: without dots, white space and
/// control characters.
///
/// # Example: moving
///
/// ```
/// use trackstats::{Import, MetricRef, Period, Store};
///
/// let dump = r#"[
///   {"model": "contenttypes.contenttype", "pk": 4, "fields": {"app_label": "auth", "model": "user"}},
///   {"model": "trackstats.domain", "pk": 1, "fields": {"ref": "users", "name": "Users"}},
///   {"model": "trackstats.metric", "pk": 1, "fields": {"domain": 1, "ref": "comment_count",
///     "name": "Comments written", "description": ""}},
///   {"model": "trackstats.statisticbydateandobject", "pk": 1, "fields": {"metric": 1, "value": 7,
///     "period": 86400, "object_type": 4, "object_id": 42, "date": "2016-11-23"}}
/// ]"#;
/// let mut store = Store::in_memory();
/// Import::django().read(&mut store, dump.as_bytes())?;
/// let comments = MetricRef::new("users.comment_count").at("user", 42);
/// assert_eq!(store.value(&comments, Period::Day, "2016-11-23")?, Some(Some(7.into())));
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Django {
    names: Names,
}

impl Import<'_, Django> {
    /// Reads a [dump of django-trackstats](Django).
    pub fn django() -> Self {
        Self::of(Django::default())
    }

    /// Says which model a number of an object type stands for, where the dump does not.
    pub fn content_type(
        mut self,
        number: i64,
        app: impl Into<String>,
        model: impl Into<String>,
    ) -> Self {
        self.format
            .names
            .add(number.into(), app.into(), model.into());
        self
    }

    /// Says which dimension the objects of a model become; without it, the name of the model. It is needed
    /// where models of two apps have the same name, or a model is called `domain`, `metric`, `period`, `date`
    /// or `value`.
    pub fn object_type(
        mut self,
        app: impl Into<String>,
        model: impl Into<String>,
        dimension: impl Into<String>,
    ) -> Self {
        self.format
            .names
            .rename(app.into(), model.into(), dimension.into());
        self
    }
}
