//! What is promised about stored bytes: golden samples, schema files, refusals, round trips.

#[cfg(test)]
mod json_schema;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod refused_fields;
#[cfg(test)]
mod round_trips;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod times;
