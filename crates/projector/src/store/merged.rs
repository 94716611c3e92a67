//! What is new and all layers, read as one map.

use std::collections::btree_map::Range;

use super::layer::Walk;

/// New entries by key; `None`: the value is gone.
pub(super) type NewEntries<'s> = Range<'s, Vec<u8>, Option<Vec<u8>>>;

/// One of several maps, in which its reader stands at an entry.
pub(super) enum Source<'s> {
    New {
        rest: NewEntries<'s>,
        now: Option<(&'s [u8], Option<&'s [u8]>)>,
    },
    Layer(Walk<'s>),
}

impl<'s> Source<'s> {
    pub(super) fn new_entries(rest: NewEntries<'s>) -> Self {
        let mut source = Self::New { rest, now: None };
        if let Self::New { rest, now } = &mut source {
            *now = next_of(rest);
        }
        source
    }

    /// The key that it stands at; `None` at its end.
    fn key(&self) -> Option<&[u8]> {
        match self {
            Self::New { now, .. } => now.map(|(key, _)| key),
            Self::Layer(walk) => (!walk.ended).then(|| walk.key()),
        }
    }

    fn value(&self) -> Option<&[u8]> {
        match self {
            Self::New { now, .. } => now.and_then(|(_, value)| value),
            Self::Layer(walk) => walk.value(),
        }
    }

    fn step(&mut self) -> sled::Result<()> {
        match self {
            Self::New { rest, now } => *now = next_of(rest),
            Self::Layer(walk) => drop(walk.step()?),
        }
        Ok(())
    }
}

fn next_of<'s>(rest: &mut NewEntries<'s>) -> Option<(&'s [u8], Option<&'s [u8]>)> {
    rest.next()
        .map(|(key, value)| (key.as_slice(), value.as_deref()))
}

/// Takes an entry, and says whether it wants more.
pub(super) type Visit<'v> = &'v mut dyn FnMut(&[u8], Option<&[u8]>) -> bool;

/// Visits the entries of several maps in the order of their keys, each key once, as the first of
/// `sources` that knows it has it, while `visit` returns `true`.
pub(super) fn visit_merged(mut sources: Vec<Source<'_>>, visit: Visit<'_>) -> sled::Result<()> {
    let mut same = Vec::new();
    loop {
        let at_an_entry = sources.iter().enumerate();
        let at_an_entry = at_an_entry.filter_map(|(nth, source)| Some((source.key()?, nth)));
        let Some((key, first)) = at_an_entry.min() else {
            return Ok(());
        };
        let value = sources.get(first).and_then(Source::value);
        if !visit(key, value) {
            return Ok(());
        }
        same.clear();
        same.extend(sources.iter().map(|source| source.key() == Some(key)));
        for (source, _) in sources.iter_mut().zip(&same).filter(|(_, same)| **same) {
            source.step()?;
        }
    }
}
