//! Questions as `engine.ts` writes them.

use super::Engine;
use crate::wire::{Reply, Request};

/// A question in the making.
#[derive(Default)]
struct Written(Reply);

impl Written {
    fn number(mut self, number: f64) -> Self {
        self.0.number(number);
        self
    }

    fn none(self) -> Self {
        self.number(f64::NAN)
    }

    fn text(mut self, text: &str) -> Self {
        self.0.text(text);
        self
    }

    fn days(mut self, days: &[i32]) -> Self {
        self.0.length(4 * days.len());
        let bytes = days.iter().flat_map(|day| day.to_le_bytes());
        self.0.0.extend(bytes);
        self
    }

    fn floats(mut self, floats: &[f64]) -> Self {
        self.0.length(8 * floats.len());
        for &float in floats {
            self.0.number(float);
        }
        self
    }

    fn asked(&self, engine: &mut Engine, question: u8) -> Result<Vec<u8>, &'static str> {
        let mut reply = Reply::default();
        engine
            .answer(question, &mut Request::new(&self.0.0), &mut reply)
            .map(|()| reply.0)
            .map_err(|fault| fault.code)
    }

    fn asked_later(&self, engine: &mut Engine, question: u8) -> Result<(), &'static str> {
        engine.request = self.0.0.clone();
        match engine.ask_later(question) {
            0 => Err(engine.error.take().map_or("", |fault| fault.code)),
            _ => Ok(()),
        }
    }
}

fn written() -> Written {
    Written::default()
}

fn engine() -> Engine {
    let mut engine = Engine::new();
    let zone = written().text("Europe/Amsterdam").number(0.0);
    zone.asked(&mut engine, 0).unwrap();
    let one = written().number(1.0).text("shopping").none().none();
    let one = one.number(1.0).text("shopping.sales").none().none();
    let one = one.number(0.0).number(1.0).text("country");
    one.asked(&mut engine, 1).unwrap();
    engine
}

fn handle(engine: &mut Engine, country: &str) -> u32 {
    let asked = written().text("shopping.sales").number(2.0);
    let asked = asked.text("country").text(country);
    let reply = asked.asked(engine, 3).unwrap();
    Request::new(&reply).count().unwrap()
}

#[test]
fn a_series_is_recorded_and_listed() {
    let mut engine = engine();
    let utrecht = handle(&mut engine, "NL");
    let all = written().number(1.0).number(utrecht.into()).number(0.0);
    let all = all.days(&[20_000, 20_001]).floats(&[3.0, f64::NAN]);
    assert_eq!(all.asked(&mut engine, 11), Ok(Vec::new()));
    assert!(engine.record(utrecht, 20_002 << 4, 4.0));

    // No metrics, periods, days, objects, type of object, dimensions or split.
    let all = (0..8).fold(written(), |asked, _| asked.none());
    let reply = all.asked(&mut engine, 7).unwrap();
    let mut reply = Request::new(&reply);
    assert_eq!(reply.count(), Some(1));
    assert_eq!(reply.text(), "shopping.sales");
    assert_eq!(reply.count(), Some(0));
    assert_eq!(reply.pairs(), [("country".to_owned(), "NL".to_owned())]);

    assert_eq!(all.asked(&mut engine, 9), Ok(3.0_f64.to_le_bytes().into()));
    assert!(engine.store.is_empty());
}

#[test]
fn a_breakdown_is_written_as_its_parts_and_the_rest() {
    let mut engine = engine();
    for (country, sold) in [("NL", 3.0), ("BE", 5.0), ("LU", 1.0)] {
        let handle = handle(&mut engine, country);
        assert!(engine.record(handle, 20_000 << 4, sold));
    }
    let asked = written().text("shopping.sales").number(0.0).none().none();
    let asked = asked.number(20_000.0).number(20_000.0).number(1.0).none();
    let reply = asked.asked(&mut engine, 6).unwrap();
    let mut reply = Request::new(&reply);
    assert_eq!(reply.count(), Some(1));
    assert_eq!(reply.texts(), ["BE"]);
    let numbers = [(); 5].map(|()| reply.number());
    assert_eq!(numbers, [1.0, 5.0, 1.0, 4.0, 2.0].map(Some));
    assert_eq!(reply.texts(), ["country"]);
    assert!(reply.rest().is_empty());
}

#[test]
fn a_snapshot_restores_the_store() {
    let mut engine = engine();
    let handle = handle(&mut engine, "NL");
    assert!(engine.record(handle, 20_000 << 4, 3.0));
    let snapshot = written().asked(&mut engine, 13).unwrap();
    let mut zone = written().text("Europe/Amsterdam").number(0.0);
    zone.0.0.extend(&snapshot);
    let mut copy = Engine::new();
    assert_eq!(zone.asked_later(&mut copy, 0), Ok(()));
    assert_eq!(written().asked(&mut copy, 13), Ok(snapshot));

    let mut other = written().text("Asia/Tokyo").number(0.0);
    other.0.0.extend(&zone.0.0[zone.0.0.len() - 8..]);
    assert_eq!(other.asked_later(&mut copy, 0), Err("corrupt"));
}

#[test]
fn an_error_is_its_code_and_its_text() {
    let mut engine = engine();
    assert!(!engine.record(7, 20_000 << 4, 1.0));
    let error = written().asked(&mut engine, 255).unwrap();
    let mut reply = Request::new(&error);
    assert_eq!(reply.text(), "invalid_state");
    assert_eq!(
        reply.text(),
        "what the handle stands for was deleted: look it up anew"
    );
    assert!(engine.error.is_none());
}

#[test]
fn bytes_that_are_no_question_do_no_harm() {
    let mut engine = engine();
    for question in 0..=u8::MAX {
        for length in 0..40 {
            let bytes: Vec<u8> = (0..length)
                .map(|at| u8::wrapping_mul(at, 37) ^ question)
                .collect();
            engine.request.clone_from(&bytes);
            let _ = engine.ask_later(question);
            let mut reply = Reply::default();
            let _ = engine.answer(question, &mut Request::new(&bytes), &mut reply);
        }
    }
}
