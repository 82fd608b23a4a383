//! Questions that are asked as bytes, by number.

use super::Engine;
use super::read::address;
use crate::fault::Fault;
use crate::wire::{Reply, Request};

impl Engine {
    /// Makes room for a question, and answers the address to write it at.
    pub(super) fn request(&mut self, length: u32) -> u32 {
        self.request = vec![0; length as usize];
        address(self.request.as_ptr())
    }

    /// Answers the question that was written: the address of the answer, or 0 and an error to take.
    /// `engine.ts` knows what the numbers stand for.
    pub(super) fn ask(&mut self, question: u8) -> u32 {
        let request = std::mem::take(&mut self.request);
        let mut reply = Reply::default();
        let outcome = self.answer(question, &mut Request::new(&request), &mut reply);
        if !self.keep(outcome) {
            return 0;
        }
        self.reply = reply.0;
        address(self.reply.as_ptr())
    }

    /// The length of the answer in bytes.
    pub(super) fn reply_length(&self) -> u32 {
        u32::try_from(self.reply.len()).unwrap_or(u32::MAX)
    }

    /// The error of the call that answered false, NaN or 0, as its code and its text; nothing if there is
    /// none.
    fn take_error(&mut self, reply: &mut Reply) {
        if let Some(error) = self.error.take() {
            reply.text(error.code);
            reply.text(&error.text);
        }
    }

    /// Answers one question.
    pub(super) fn answer(
        &mut self,
        question: u8,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        match question {
            0 => self.open(request),
            1 => self.register(request)?,
            2 => self.catalog(reply),
            3 => self.resolve(request, reply)?,
            4 => self.find(request, reply)?,
            5 => self.read_shaped(request)?,
            6 => self.breakdown(request, reply)?,
            7 => self.list_series(request, reply)?,
            8 => self.latest_statistic(request, reply)?,
            9 => self.delete(request, reply)?,
            10 => self.retain_days(request, reply)?,
            11 => self.record_all(request)?,
            12 => self.record_all_bigints(request)?,
            13 => reply.0 = self.store.snapshot(),
            14 => self.record_each(request)?,
            15 => self.store.capture_changes(),
            16 => self.forget_listed(),
            17 => self.batch(request)?,
            18 => self.hold(request, reply),
            19 => self.give_back(reply),
            20 => self.changed_metrics(reply),
            _ => self.take_error(reply),
        }
        Ok(())
    }
}
