//! A disk that can lose power, and operations that can fail.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use trackstats::journal::StorageBackend;

use super::image::{Form, Image};
use super::random::Random;

/// How an operation fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failing {
    /// The device answers with an error.
    Device,
    /// There is no room.
    Full,
    /// A write ends in the middle.
    Short,
}

impl Failing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Device, Self::Full, Self::Short];

    fn error(self) -> io::Error {
        match self {
            Self::Device => io::Error::from_raw_os_error(5),
            Self::Full => io::ErrorKind::StorageFull.into(),
            Self::Short => io::ErrorKind::WriteZero.into(),
        }
    }
}

/// Which operations fail.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// The first of them, counted from 0.
    pub at: usize,
    /// How.
    pub failing: Failing,
    /// Whether all that come after it fail, too.
    pub for_good: bool,
}

/// What a power cut leaves.
#[derive(Clone, Debug)]
pub struct Crash {
    /// What became of what was not waited for.
    pub form: Form,
    /// Whether another form leaves the same at this moment.
    pub is_repeated: bool,
    /// The file, if there is one.
    pub file: Option<Vec<u8>>,
}

/// A name leads to a file, here by its number.
type Name = Option<usize>;

#[derive(Debug)]
struct State {
    images: Vec<Image>,
    /// Of the file and of the one beside it: what a program sees, and what is on the disk.
    seen: [Name; 2],
    synced: [Name; 2],
    operations: usize,
    fault: Option<Fault>,
    /// Whether an operation has failed because of the fault, and whether it was a wait for the file.
    has_failed: bool,
    has_failed_to_sync: bool,
    /// When the program is killed.
    kill_at: Option<usize>,
    watching: bool,
    crashes: Vec<Crash>,
    random: Random,
}

/// A disk with one store on it, as one program sees it. Its clones are the same.
#[derive(Clone, Debug)]
pub struct Disk {
    state: Arc<Mutex<State>>,
    dead: Arc<AtomicBool>,
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Disk {
    /// A disk with a file on it, or none.
    #[must_use]
    pub fn new(file: Option<Vec<u8>>, seed: u64) -> Self {
        let name = file.is_some().then_some(0);
        let state = State {
            images: file.into_iter().map(Image::synced).collect(),
            seen: [name, None],
            synced: [name, None],
            operations: 0,
            fault: None,
            has_failed: false,
            has_failed_to_sync: false,
            kill_at: None,
            watching: false,
            crashes: Vec::new(),
            random: Random::new(seed),
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            dead: Arc::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on, every operation is followed by power cuts, which [`Disk::crashes`] gives.
    pub fn watch(&self) {
        self.state().watching = true;
    }

    /// The power cuts since this was last asked.
    #[must_use]
    pub fn crashes(&self) -> Vec<Crash> {
        std::mem::take(&mut self.state().crashes)
    }

    /// Lets operations fail.
    pub fn fail(&self, fault: Option<Fault>) {
        self.state().fault = fault;
    }

    /// Whether one has failed.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.state().has_failed
    }

    /// Whether a wait for the file has failed, so that nobody knows what is on the disk.
    #[must_use]
    pub fn has_failed_to_sync(&self) -> bool {
        self.state().has_failed_to_sync
    }

    /// The program is dead: nothing it still does has an effect.
    pub fn freeze(&self) {
        self.dead.store(true, Ordering::Relaxed);
    }

    /// Kills the program after so many operations more. The disk and its cache go on.
    pub fn kill_after(&self, operations: usize) {
        let mut state = self.state();
        state.kill_at = Some(state.operations + operations);
    }

    /// The disk as the next program sees it.
    #[must_use]
    pub fn next_program(&self) -> Self {
        self.freeze();
        self.state().kill_at = None;
        Self {
            state: Arc::clone(&self.state),
            dead: Arc::default(),
        }
    }

    /// What a power cut would leave now.
    #[must_use]
    pub fn after(&self, form: Form) -> Option<Vec<u8>> {
        self.state().after(form)
    }

    fn act(
        &self,
        syncs: bool,
        act: impl FnOnce(&mut State, Option<Failing>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut state = self.state();
        if state.kill_at.is_some_and(|at| state.operations >= at) {
            self.freeze();
        }
        if self.dead.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let failing = state.failing(syncs);
        let result = act(&mut state, failing);
        if state.watching {
            let start = state.crashes.len();
            for form in Form::ALL {
                let file = state.after(form);
                let is_repeated = state.crashes[start..]
                    .iter()
                    .any(|other| other.file == file);
                state.crashes.push(Crash {
                    form,
                    is_repeated,
                    file,
                });
            }
        }
        result
    }
}

impl State {
    fn failing(&mut self, syncs: bool) -> Option<Failing> {
        let number = self.operations;
        self.operations += 1;
        let fault = self.fault?;
        let fails = number == fault.at || (fault.for_good && number > fault.at);
        self.has_failed |= fails;
        let failing = fails.then_some(fault.failing);
        // A wait cannot be short.
        failing.map(|failing| match failing {
            Failing::Short if syncs => Failing::Device,
            other => other,
        })
    }

    fn image(&mut self, name: usize) -> io::Result<&mut Image> {
        let number = self.seen[name].ok_or_else(missing)?;
        Ok(&mut self.images[number])
    }

    fn after(&mut self, form: Form) -> Option<Vec<u8>> {
        let name = match form {
            Form::Lost => self.synced[0],
            Form::Sectors if self.random.once_in(2) => self.synced[0],
            Form::Kept | Form::Torn | Form::Sectors => self.seen[0],
        };
        let image = self.images[name?].clone();
        Some(image.after(form, &mut self.random))
    }

    fn write(
        &mut self,
        name: usize,
        at: usize,
        bytes: &[u8],
        failing: Option<Failing>,
    ) -> io::Result<()> {
        let written = match failing {
            None => bytes.len(),
            // A full disk takes what fits.
            Some(Failing::Short | Failing::Full) => self.random.below(bytes.len()),
            Some(Failing::Device) => 0,
        };
        let image = self.image(name)?;
        if written > 0 {
            image.write(at, &bytes[..written]);
        }
        failing.map_or(Ok(()), |failing| Err(failing.error()))
    }

    fn sync(&mut self, name: usize, failing: Option<Failing>) -> io::Result<()> {
        let mut random = self.random.clone();
        self.random.next();
        let image = self.image(name)?;
        match failing {
            None => {
                image.sync();
                Ok(())
            }
            Some(failing) => {
                image.fail_sync(&mut random);
                Err(failing.error())
            }
        }
    }
}

impl StorageBackend for Disk {
    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut state = self.state();
        if let Some(failing) = state.failing(true) {
            return Err(failing.error());
        }
        match state.image(0) {
            Ok(image) => Ok(Some(image.current().to_vec())),
            Err(_) => Ok(None),
        }
    }

    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let at = usize::try_from(at).map_err(|_| io::ErrorKind::FileTooLarge)?;
        self.act(false, |state, failing| state.write(0, at, bytes, failing))
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        let len = usize::try_from(len).map_err(|_| io::ErrorKind::FileTooLarge)?;
        self.act(true, |state, failing| {
            if let Some(failing) = failing {
                return Err(failing.error());
            }
            state.image(0)?.set_len(len);
            Ok(())
        })
    }

    fn sync(&mut self) -> io::Result<()> {
        self.act(true, |state, failing| {
            state.has_failed_to_sync |= failing.is_some();
            state.sync(0, failing)
        })
    }

    fn write_beside(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.act(false, |state, failing| {
            state.images.push(Image::default());
            state.seen[1] = Some(state.images.len() - 1);
            state.write(1, 0, bytes, failing)
        })
    }

    fn sync_beside(&mut self) -> io::Result<()> {
        self.act(true, |state, failing| state.sync(1, failing))
    }

    fn rename(&mut self) -> io::Result<()> {
        self.act(true, |state, failing| {
            if let Some(failing) = failing {
                return Err(failing.error());
            }
            let beside = state.seen[1].take().ok_or_else(missing)?;
            state.seen[0] = Some(beside);
            Ok(())
        })
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        self.act(true, |state, failing| {
            if let Some(failing) = failing {
                return Err(failing.error());
            }
            state.synced = state.seen;
            Ok(())
        })
    }

    fn copy_aside(&mut self, _: u8) -> io::Result<()> {
        Ok(())
    }
}
