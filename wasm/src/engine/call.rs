//! What JavaScript calls: functions of numbers, the first of which says which engine is meant.
//!
//! Not the methods of a class: the binder writes as much around each of those as most of them are.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::wasm_bindgen;

use super::Engine;

thread_local! {
    /// The rooms of engines by number, each of which is used again when its engine was freed.
    static ROOMS: RefCell<Vec<&'static Room>> = const { RefCell::new(Vec::new()) };
    /// The engine that was called last. It is borrowed for ever, so that to look it up takes no more than
    /// a load: what has to be dropped with its thread is asked for its state each time.
    static CURRENT: Cell<(u32, Option<&'static Room>)> = const { Cell::new((0, None)) };
}

/// The place of an engine in the memory, which is never given back.
type Room = RefCell<Option<Engine>>;

/// Does something with an engine; nothing if the number is that of none, or of one that is at work.
#[inline]
fn with<T: Default>(number: u32, call: impl FnOnce(&mut Engine) -> T) -> T {
    let (current, room) = CURRENT.get();
    let room = if number == current {
        room
    } else {
        change(number)
    };
    let Some(mut engine) = room.and_then(|room| room.try_borrow_mut().ok()) else {
        return T::default();
    };
    match &mut *engine {
        Some(engine) => call(engine),
        None => T::default(),
    }
}

/// Makes the engine of a number the current one.
#[inline(never)]
fn change(number: u32) -> Option<&'static Room> {
    let room = ROOMS.with_borrow(|rooms| rooms.get(number as usize).copied());
    CURRENT.set((number, room));
    room
}

/// Makes an empty store in UTC, to be opened, and answers its number.
#[must_use]
#[wasm_bindgen]
pub fn make() -> u32 {
    let number = ROOMS.with_borrow_mut(|rooms| {
        let made = Some(Engine::new());
        let is_free = |room: &&Room| room.try_borrow().is_ok_and(|engine| engine.is_none());
        let number = rooms.iter().position(is_free);
        let number = number.unwrap_or(rooms.len());
        match rooms.get(number) {
            Some(room) => drop(room.replace(made)),
            None => rooms.push(Box::leak(Box::new(RefCell::new(made)))),
        }
        u32::try_from(number).unwrap_or(u32::MAX)
    });
    // What was known of the number may have been that there is none.
    change(number);
    number
}

/// Frees a store; its number may be given to another.
#[wasm_bindgen]
pub fn free(engine: u32) {
    let freed = change(engine).and_then(|room| room.try_borrow_mut().ok()?.take());
    drop(freed);
}

/// Records at a handle and a place, NaN for null; false on an error. A place is the day times 16, the
/// period times 2, and 1 where the metric holds floats.
#[must_use]
#[wasm_bindgen]
pub fn record(engine: u32, handle: u32, place: i32, value: f64) -> bool {
    with(engine, |engine| engine.record(handle, place, value))
}

/// Records an integer of 64 bits.
#[must_use]
#[wasm_bindgen(js_name = recordBigint)]
pub fn record_bigint(engine: u32, handle: u32, place: i32, value: i64) -> bool {
    with(engine, |engine| engine.record_bigint(handle, place, value))
}

/// Adds at a handle and a place; false on an error.
#[must_use]
#[wasm_bindgen]
pub fn add(engine: u32, handle: u32, place: i32, amount: f64) -> bool {
    with(engine, |engine| engine.add(handle, place, amount))
}

/// Adds an integer of 64 bits.
#[must_use]
#[wasm_bindgen(js_name = addBigint)]
pub fn add_bigint(engine: u32, handle: u32, place: i32, amount: i64) -> bool {
    with(engine, |engine| engine.add_bigint(handle, place, amount))
}

/// Reads the stored points from the first day to the last, both included; false on an error.
#[must_use]
#[wasm_bindgen]
pub fn read(engine: u32, handle: u32, period: u8, first: i32, last: i32) -> bool {
    with(engine, |engine| engine.read(handle, period, first, last))
}

/// Reads the newest stored point from the first day to the last; false on an error.
#[must_use]
#[wasm_bindgen]
pub fn latest(engine: u32, handle: u32, period: u8, first: i32, last: i32) -> bool {
    with(engine, |engine| engine.latest(handle, period, first, last))
}

/// The sum from the first day to the last, NaN on an error. The head of the answer then holds the number
/// of values and of nulls.
#[must_use]
#[wasm_bindgen]
pub fn total(engine: u32, handle: u32, period: u8, first: i32, last: i32) -> f64 {
    with(engine, |engine| engine.total(handle, period, first, last))
}

/// The last sum of integers, in 64 bits.
#[must_use]
#[wasm_bindgen(js_name = exactSum)]
pub fn exact_sum(engine: u32) -> i64 {
    with(engine, |engine| engine.exact_sum())
}

/// The address of the head of the answer; it never changes.
#[must_use]
#[wasm_bindgen(js_name = answerAt)]
pub fn answer_at(engine: u32) -> u32 {
    with(engine, |engine| engine.answer_at())
}

/// Makes room for a question, and answers the address to write it at.
#[must_use]
#[wasm_bindgen]
pub fn request(engine: u32, length: u32) -> u32 {
    with(engine, |engine| engine.request(length))
}

/// Answers the question that was written: the address of the answer, or 0 and an error to take.
#[must_use]
#[wasm_bindgen]
pub fn ask(engine: u32, question: u8) -> u32 {
    with(engine, |engine| engine.ask(question))
}

/// As [`ask`], for the questions of the module that is fetched later.
#[must_use]
#[wasm_bindgen(js_name = askLater)]
pub fn ask_later(engine: u32, question: u8) -> u32 {
    with(engine, |engine| engine.ask_later(question))
}

/// The length of the answer in bytes.
#[must_use]
#[wasm_bindgen(js_name = replyLength)]
pub fn reply_length(engine: u32) -> u32 {
    with(engine, |engine| engine.reply_length())
}

/// The number of statistics.
#[must_use]
#[wasm_bindgen]
pub fn len(engine: u32) -> f64 {
    with(engine, |engine| engine.len())
}

/// Begins columns of events, and answers their number.
#[must_use]
#[wasm_bindgen(js_name = beginColumns)]
pub fn begin_columns(engine: u32) -> u32 {
    with(engine, Engine::begin_columns)
}

/// Makes room at the end of a column, and answers its address.
#[must_use]
#[wasm_bindgen(js_name = extendColumn)]
pub fn extend_column(engine: u32, columns: u32, column: u8, more: u32) -> u32 {
    with(engine, |engine| engine.extend_column(columns, column, more))
}

/// Forgets columns that were not tracked.
#[wasm_bindgen(js_name = dropColumns)]
pub fn drop_columns(engine: u32, columns: u32) {
    with(engine, |engine| engine.drop_columns(columns));
}
