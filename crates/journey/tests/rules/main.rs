//! What journeys mean, tested from outside: rules as rows, the referral machine as a table, and the
//! equalities that hold for any facts at all.

#[cfg(test)]
mod arbitrary;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod consents;
#[cfg(test)]
mod ends;
#[cfg(test)]
mod equalities;
#[cfg(test)]
mod language;
#[cfg(test)]
mod machine;
#[cfg(test)]
mod persons;
#[cfg(test)]
mod rows;
