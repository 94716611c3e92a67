//! In whose name: what the word of a publisher counts for, by the key that it comes with.

use std::borrow::Cow;

use homeward_events::{Event, Family};

use crate::keys::Key;

/// What is decided on: an agency's word that it corrects as a supervisor counts for nothing where the
/// key does not supervise. What is appended says what was said.
pub(crate) fn as_far_as_the_key_goes<'e>(key: &Key, events: &'e [Event]) -> Cow<'e, [Event]> {
    let corrects = |event: &Event| event.body.family() == Family::Correction;
    if key.role.supervises() || !events.iter().any(|e| corrects(e) && e.role.is_some()) {
        return Cow::Borrowed(events);
    }
    let mut judged = events.to_vec();
    for event in judged.iter_mut().filter(|event| corrects(event)) {
        event.role = None;
    }
    Cow::Owned(judged)
}
