//! What a read model keeps in memory beside its rows and cells, so that questions over everybody are
//! quick: counts fed by cells, or histories fed by rows. Made anew from the same rows and cells, it
//! is equal; it is never stored.

use crate::assistance::Everyone;
use crate::cube::Cube;
use crate::directory::Catalogue;
use crate::five_w::Everybody;
use crate::histories::Histories;
use crate::model::TableError;
use crate::outcomes::Lives;
use crate::referrals::Known;
use crate::steps::Ways;
use crate::worklist::Board;

/// An index of a read model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Index {
    /// Counts by dimension, fed by cells.
    Cube(Cube),
    /// Persons' histories, fed by rows.
    Histories(Histories),
    /// Persons' lives as outcomes tell them, fed by rows.
    Lives(Lives),
    /// What was delivered to whom, fed by rows.
    Everybody(Everybody),
    /// What was given to whom, and its worth, fed by rows.
    Helped(Everyone),
    /// Counts of referrals, fed by cells, and their ways, fed by rows.
    Referrals(Known),
    /// What is owed, by deadline, fed by rows.
    Board(Board),
    /// Services and the referrals to them, fed by rows and by cells.
    Directory(Box<Catalogue>),
    /// The days of journeys' steps, fed by rows.
    Ways(Ways),
}

impl Index {
    /// Notes that a row was written, or (`None`) removed.
    ///
    /// # Errors
    /// The row is not what this version of the model writes; the index is then without it.
    pub fn note_row(&mut self, key: &str, row: Option<&[u8]>) -> Result<(), TableError> {
        match self {
            Self::Cube(_) => Ok(()),
            Self::Histories(histories) => histories.note_row(key, row),
            Self::Lives(lives) => lives.note_row(key, row),
            Self::Everybody(everybody) => everybody.note_row(key, row),
            Self::Helped(everyone) => everyone.note_row(key, row),
            Self::Referrals(known) => known.note_row(key, row),
            Self::Board(board) => board.note_row(key, row),
            Self::Directory(catalogue) => catalogue.note_row(key, row),
            Self::Ways(ways) => ways.note_row(key, row),
        }
    }

    /// Notes that a cell grew.
    pub fn note_cell(&mut self, key: &str, by: i64) {
        match self {
            Self::Cube(cube) => cube.add(key, by),
            Self::Referrals(known) => known.note_cell(key, by),
            Self::Directory(catalogue) => catalogue.note_cell(key, by),
            Self::Histories(_)
            | Self::Lives(_)
            | Self::Everybody(_)
            | Self::Board(_)
            | Self::Helped(_)
            | Self::Ways(_) => {}
        }
    }

    /// The counts, if it keeps some.
    pub const fn cube(&self) -> Option<&Cube> {
        match self {
            Self::Cube(cube) => Some(cube),
            Self::Referrals(known) => Some(known.cube()),
            Self::Directory(catalogue) => Some(catalogue.cube()),
            Self::Histories(_)
            | Self::Lives(_)
            | Self::Everybody(_)
            | Self::Board(_)
            | Self::Helped(_)
            | Self::Ways(_) => None,
        }
    }

    /// The histories, if this is what it keeps.
    pub const fn histories(&self) -> Option<&Histories> {
        if let Self::Histories(histories) = self {
            Some(histories)
        } else {
            None
        }
    }

    /// The days of journeys' steps, if this is what it keeps.
    pub const fn ways(&self) -> Option<&Ways> {
        if let Self::Ways(ways) = self {
            Some(ways)
        } else {
            None
        }
    }

    /// The lives, if this is what it keeps.
    pub const fn lives(&self) -> Option<&Lives> {
        if let Self::Lives(lives) = self {
            Some(lives)
        } else {
            None
        }
    }

    /// What was delivered to whom, if this is what it keeps.
    pub const fn everybody(&self) -> Option<&Everybody> {
        if let Self::Everybody(everybody) = self {
            Some(everybody)
        } else {
            None
        }
    }

    /// Referrals, if this is what it keeps.
    pub const fn referrals(&self) -> Option<&Known> {
        if let Self::Referrals(known) = self {
            Some(known)
        } else {
            None
        }
    }

    /// What is owed, if this is what it keeps.
    pub const fn board(&self) -> Option<&Board> {
        if let Self::Board(board) = self {
            Some(board)
        } else {
            None
        }
    }

    /// Services and the referrals to them, if this is what it keeps.
    pub const fn directory(&self) -> Option<&Catalogue> {
        if let Self::Directory(catalogue) = self {
            Some(catalogue)
        } else {
            None
        }
    }

    /// What was given to whom, if this is what it keeps.
    pub const fn helped(&self) -> Option<&Everyone> {
        if let Self::Helped(everyone) = self {
            Some(everyone)
        } else {
            None
        }
    }
}
