//! A wasm module of one's own: the metrics are declared in Rust, and JavaScript calls what is exported.
//!
//! ```js
//! const shop = new Shop()
//! shop.recordOrder('NL', 3)
//! for (const { date, orders } of shop.ordersByDay('2026-11-01', shop.today)) console.log(date, orders)
//! ```

use trackstats::{Error, Fill, Period, Store, Timestamp, stats};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

stats! {
    /// What the shop sells.
    shopping "Shopping" {
        order_count "Orders",
        item_count by country "Items sold",
    }
}

/// The statistics of a shop.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Shop {
    store: Store,
}

/// How many orders there were on a day.
#[wasm_bindgen(getter_with_clone)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The date, `YYYY-MM-DD`.
    #[wasm_bindgen(readonly)]
    pub date: String,
    /// The number of orders, a `bigint` in JavaScript.
    #[wasm_bindgen(readonly)]
    pub orders: i64,
}

#[wasm_bindgen]
impl Shop {
    /// A shop without orders.
    #[wasm_bindgen(constructor)]
    #[must_use]
    #[expect(clippy::new_without_default, reason = "JavaScript calls it by `new`")]
    pub fn new() -> Self {
        Self {
            store: Store::builder().clock(now).build(),
        }
    }

    /// The present date.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn today(&self) -> String {
        self.store.today().to_string()
    }

    /// Records an order of so many items: today, unless another date is given.
    ///
    /// # Errors
    ///
    /// Throws where the country is no value of a dimension, or the date is none.
    #[wasm_bindgen(js_name = recordOrder)]
    pub fn record_order(
        &mut self,
        country: &str,
        items: u32,
        date: Option<String>,
    ) -> Result<(), JsError> {
        let date = date.unwrap_or_else(|| self.today());
        // All or nothing: an order whose items cannot be recorded is not counted either.
        self.store.batch(|store| {
            store.increment(shopping::ORDER_COUNT, date.as_str(), 1)?;
            store.increment(shopping::item_count(country), date.as_str(), items)
        })?;
        Ok(())
    }

    /// The orders of each day of a range, both ends included.
    ///
    /// # Errors
    ///
    /// Throws where a date is none.
    #[wasm_bindgen(js_name = ordersByDay)]
    pub fn orders_by_day(&self, from: &str, to: &str) -> Result<Vec<Day>, JsError> {
        Ok(self.days(from, to)?)
    }

    /// The items that were sold to a country on a date.
    ///
    /// # Errors
    ///
    /// Throws where the country is no value of a dimension, or the date is none.
    #[wasm_bindgen(js_name = itemsSold)]
    pub fn items_sold(&self, country: &str, date: &str) -> Result<i64, JsError> {
        let items = shopping::item_count(country);
        let sold = self.store.value(items, Period::Day, date)?;
        Ok(sold.flatten().unwrap_or(0))
    }
}

impl Shop {
    fn days(&self, from: &str, to: &str) -> Result<Vec<Day>, Error> {
        let series = self.store.series(shopping::ORDER_COUNT, Period::Day);
        let series = series.range(from..=to).fill(Fill::Zero).read()?;
        let days = series.iter().map(|point| Day {
            date: point.date.to_string(),
            orders: point.value.unwrap_or(0),
        });
        Ok(days.collect())
    }
}

fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a clock tells whole seconds well within 64 bits"
    )]
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    Timestamp::from_seconds(seconds).unwrap_or(Timestamp::MIN)
}
