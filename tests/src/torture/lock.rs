//! The lock of a store after a power cut: whatever is left of it, the next owner opens the store.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use trackstats::{Durability, MetricRef, NewMetric, Period, Store};

/// Of what takes long to look at, one in so many is.
const SOME: usize = 8;

/// What a power cut may leave of a file that was not waited for.
fn images(text: &str) -> Vec<Vec<u8>> {
    let bytes = text.as_bytes();
    let torn = (0..=bytes.len()).map(|len| bytes[..len].to_vec());
    let zeroed = (0..bytes.len()).step_by(SOME).map(|len| {
        let mut image = bytes.to_vec();
        image[len..].fill(0);
        image
    });
    torn.chain(zeroed).collect()
}

fn orders(store: &mut Store, value: i64) -> Result<(), String> {
    let metric = MetricRef::new("shop.orders");
    let recorded = store.record(&metric, Period::Day, "2026-11-23", value);
    recorded.map_err(|error| error.to_string())
}

fn open(path: &Path) -> Result<Store, String> {
    let builder = Store::builder().durability(Durability::Immediate);
    builder.open(path).map_err(|error| error.to_string())
}

/// A store in a folder, its file as an owner leaves it that is cut off, and the lock of another boot.
fn cut_off(path: &Path) -> Result<(Vec<u8>, String), String> {
    let lock = lock_of(path, "");
    let mut store = open(path)?;
    let metric = store.register_metric(&NewMetric::new("shop.orders"));
    metric.map_err(|error| error.to_string())?;
    orders(&mut store, 3)?;
    let text = fs::read_to_string(lock).map_err(|error| error.to_string())?;
    let file = fs::read(path).map_err(|error| error.to_string())?;
    let mut words: Vec<_> = text.splitn(5, ' ').collect();
    words[3] = "the-boot-before";
    Ok((file, words.join(" ")))
}

fn lock_of(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    name.push(ending);
    name.into()
}

/// Tries all that may be left of the lock, of a claim on it, and of both; gives how many that were.
///
/// # Errors
///
/// The first image with which the store does not open, or with which something is lost.
pub fn run(folder: &Path) -> Result<usize, String> {
    let path = folder.join("shop.stats");
    let (file, lock) = cut_off(&path)?;
    let number = lock.lines().next().and_then(|line| line.rsplit(' ').next());
    let claim = format!(".{}", number.unwrap_or_default());
    let mut tried = 0;
    for (number, image) in images(&lock).iter().enumerate() {
        tried += 1;
        // Whoever was cut off took over the lock of a dead owner: of the claim, as much is left.
        let with_claim = number % SOME == 1;
        let text = format!("{:?}", String::from_utf8_lossy(image));
        let judged = one(&path, &file, image, with_claim.then_some(claim.as_str()));
        judged.map_err(|error| format!("lock {text}, claim {with_claim}: {error}"))?;
    }
    Ok(tried)
}

fn one(path: &Path, file: &[u8], lock: &[u8], claim: Option<&str>) -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    fs::write(path, file).map_err(text)?;
    for ending in [Some(""), claim].into_iter().flatten() {
        let lock_path = lock_of(path, ending);
        fs::write(&lock_path, lock).map_err(text)?;
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
        let opened = File::options().write(true).open(&lock_path).map_err(text)?;
        opened.set_modified(long_ago).map_err(text)?;
    }
    let store = open(path)?;
    if store.len() != 1 {
        return Err("what was acknowledged is lost".to_owned());
    }
    if open(path).is_ok() {
        return Err("there is a second owner".to_owned());
    }
    store.close().map_err(|error| error.to_string())?;
    if lock_of(path, "").exists() {
        return Err("the lock was not given back".to_owned());
    }
    Ok(())
}
