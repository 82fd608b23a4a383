//! The groups that are asked for, one language after the other, and what became of them.

use std::fmt;

use super::list::{self, Language, Mutant};
use super::trial::{self, Program};
use super::{native, script, tree};
use crate::command::{Failure, Outcome};

/// A group is well tested from here: nine of ten are caught.
const ENOUGH: (usize, usize) = (9, 10);

/// What became of the mutants of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) caught: usize,
    pub(super) missed: usize,
    pub(super) idle: usize,
}

impl Count {
    /// Of those that change something.
    fn is_enough(self) -> bool {
        let (most, of) = ENOUGH;
        self.caught * of >= (self.caught + self.missed) * most
    }

    fn add(&mut self, other: Self) {
        self.caught += other.caught;
        self.missed += other.missed;
        self.idle += other.idle;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            caught,
            missed,
            idle,
        } = self;
        write!(f, "{caught} caught, {missed} missed, {idle} of no effect")
    }
}

/// Runs the mutants of the groups that are named, or with one of the words in what they break; without words all.
pub(crate) fn run(words: &[String]) -> Outcome {
    let all = list::read()?;
    let chosen: Vec<&Mutant> = all
        .iter()
        .filter(|mutant| is_chosen(mutant, words))
        .collect();
    if chosen.is_empty() {
        let text = format!("no mutant is called by `{}`", words.join(" "));
        return Err(Failure::Usage(text));
    }
    let mut groups: Vec<(&str, Count)> = Vec::new();
    for language in [Language::Rust, Language::TypeScript] {
        let those: Vec<&Mutant> = chosen
            .iter()
            .copied()
            .filter(|mutant| mutant.language == language)
            .collect();
        if those.is_empty() {
            continue;
        }
        tree::plant(&all, language)?;
        let program: Box<dyn Program> = match language {
            Language::Rust => Box::new(native::build(&those)?),
            Language::TypeScript => Box::new(script::build()?),
        };
        let limits = trial::Limits::measure(program.as_ref(), &those)?;
        for mutant in those {
            let count = limits.judge(program.as_ref(), mutant)?;
            match groups.last_mut() {
                Some((group, sum)) if *group == mutant.group => sum.add(count),
                _ => groups.push((&mutant.group, count)),
            }
        }
    }
    tell(&groups)
}

fn is_chosen(mutant: &Mutant, words: &[String]) -> bool {
    words.is_empty()
        || words.iter().any(|word| {
            mutant.group == *word
                || mutant.number.to_string() == *word
                || mutant.what.contains(word.as_str())
        })
}

fn tell(groups: &[(&str, Count)]) -> Outcome {
    let mut all = Count::default();
    for (group, count) in groups {
        println!("group {group}: {count}");
        all.add(*count);
    }
    println!("mutants: {all}");
    if groups.iter().all(|(_, count)| count.is_enough()) {
        Ok(())
    } else {
        Err(Failure::Text(
            "a group has less than nine of ten caught".to_owned(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(caught: usize, missed: usize, idle: usize) -> Count {
        Count {
            caught,
            missed,
            idle,
        }
    }

    #[test]
    fn nine_of_ten_are_enough_and_those_of_no_effect_do_not_count() {
        assert!(count(9, 1, 0).is_enough());
        assert!(count(0, 0, 3).is_enough());
        assert!(!count(8, 1, 5).is_enough());
    }

    #[test]
    fn a_count_is_told_in_one_line() {
        let mut sum = count(1, 0, 2);
        sum.add(count(3, 1, 0));
        assert_eq!(sum.to_string(), "4 caught, 1 missed, 2 of no effect");
    }
}
