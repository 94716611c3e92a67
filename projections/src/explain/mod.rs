//! Numbers that explain themselves: who and what is behind a figure, and what moved it.
//!
//! Two questions, both pure, both the same for every [`Figure`]:
//! - [`evidence()`]: which persons add to a figure, and which of their facts it rests on. A fact bears
//!   a figure if taking it away changes what the persons add: nothing else is asked, so no read model
//!   needs code of its own, and none can forget to say what it reads.
//! - [`Walk`]: the facts between two positions, each with the difference that it made when it came.
//!   The differences add up to the difference of the two answers, exactly.
//!
//! Invariants: no fact is named that changes nothing, and none that does is left out; what is named is
//! enough to give the figure; the order of persons, facts and cells is fixed; no personal data.

mod evidence;
mod fact;
mod figure;
mod moved;
mod returns;
mod sheets;
mod walk;

pub use evidence::{Bearing, Evidence, Weight, behind, evidence};
pub use fact::{Fact, Place, Placed, PlacedFacts, plain, says};
pub use figure::{Conditions, Figure, NoSuchFigure};
pub use moved::moved;
pub use returns::{Returns, course_of};
pub use sheets::{cells_sheet, evidence_sheet, steps_sheet};
pub use walk::{How, Step, Walk, steps};
