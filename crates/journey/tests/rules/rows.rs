//! The rules, as given-when-then rows: what is refused at the border is a finding in the log.

use std::collections::BTreeSet;

use homeward_events::id::JourneyId;
use homeward_journey::Rule;

use crate::cases::{ASSISTANCE, ATTACHMENTS, PLAN, RELATIVES, TRANSFER};
use crate::consents::{CONSENT, CONSENT_ACTS};
use crate::ends::{CLOSURE, DEATH};
use crate::language;

/// Cuts among the facts of a person.
const CUTS_ASTRAY: &[&str] = &[
    "day 0 cut-named 2026-Q2 | then refused cut-elsewhere",
    "day 0 received | day 1 cut-named 2026-Q2 | then refused cut-elsewhere | stage received",
];

/// Cuts where a ledger keeps them.
const CUTS: &[&str] = &[
    "day 0 cut-named 2026-Q2 | then accepted | stage unknown",
    "day 0 cut-named 2026-Q2 at:5 | day 90 cut-named 2026-Q3 at:9 | then accepted",
    "day 0 cut-named 2026-Q2 at:5 | day 1 cut-named 2026-Q2 at:5 | then accepted",
    "day 0 cut-named 2026-Q2 at:5 | day 1 cut-named 2026-Q2 at:6 | then refused cut-name-taken",
    // What was recorded first holds, whatever the dates say.
    "day 9 cut-named 2026-Q2 at:5 | day 1 cut-named 2026-Q2 at:6 | then refused cut-name-taken",
    "day 0 received | then refused cuts-only | stage received",
    "day 0 cut-named 2026-Q2 | day 1 received | then refused cuts-only | stage received",
];

/// A directory among the facts of a person.
const DIRECTORY_ASTRAY: &[&str] = &[
    "day 0 listed a | then refused directory-elsewhere",
    "day 0 received | day 1 published services:0 | then refused directory-elsewhere | stage received",
];

/// A directory where a ledger keeps it.
const DIRECTORY: &[&str] = &[
    "day 0 listed a | then accepted | stage unknown",
    "day 0 listed a | day 0 listed b | day 1 published services:2 | then accepted",
    "day 0 listed a | day 1 published services:2 | then refused directory-count-differs",
    // Unchanged services stand on without being listed again.
    "day 0 listed a | day 0 listed b | day 1 published services:2 | day 9 unlisted a version:2 \
     | day 9 published version:2 services:1 | then accepted",
    "day 0 listed a | day 1 published | day 9 listed a version:2 | day 9 published version:2 | then accepted",
    "day 0 listed a | p: day 1 published | day 9 listed b | then refused directory-version-out \
     | finding p directory-count-differs",
    "day 0 listed a | day 1 published | day 9 published | then accepted",
    "day 0 listed a | day 1 published | day 9 listed b version:2 | day 9 published services:2 \
     | then refused directory-version-taken directory-count-differs",
    "day 0 listed a | day 1 published version:2 | then refused directory-version-gap",
    "day 0 listed a version:0 | day 1 published version:0 | then refused directory-version-gap",
    "day 0 listed a | day 1 unlisted b | then refused directory-service-unknown",
    "day 0 listed a version:2 | day 1 unlisted a | then refused directory-service-unknown",
    // A version that is out is mended by corrections only.
    "x: day 0 listed a | day 1 published | y: day 9 listed a & day 9 replaced x by:y | then accepted",
    "day 0 received | then refused directory-only | stage received",
];

/// How a journey begins.
const ORIGIN: &[&str] = &[
    "day 0 received | then accepted | stage received",
    "day 0 notified | then accepted | stage expected",
    // Migrants, refugees and the host community are received by nobody.
    "day 0 registered | then accepted | stage received | origin none",
    "day 0 registered | day 3 assessed | then accepted | stage assessed",
    "day 0 not-arrived | then accepted | stage not-arrived",
    "day 0 not-arrived | day 3 assessed | then refused origin-missing",
    "day 0 notified | day 0 not-arrived | day 1 received | then accepted | stage received",
    "day 0 assessed | then refused origin-missing",
    "day 0 linked other | then refused origin-missing",
    "day 0 closed | then refused origin-missing",
    "day 0 notice-changed | then refused origin-missing",
    // Late facts with true dates are welcome, and together with their reception.
    "day 5 received | day 3 assessed | then accepted | stage assessed",
    "day 3 assessed & day 5 received | then accepted | stage assessed",
    // Once the reception is retracted, the log says what hangs in the air; it can still be set right.
    "r: day 0 received | a: day 3 assessed | day 4 retracted r | then accepted \
     | struck r | origin none | stage assessed | finding a origin-missing",
    "r: day 0 received | a: day 3 assessed | day 4 retracted r | day 5 disclosed | then accepted \
     | finding a origin-missing",
    "r: day 0 received | a: day 3 assessed | day 4 retracted r | day 1 received | then accepted \
     | stage assessed",
    "r: day 0 received | day 3 assessed | s: day 2 received & day 2 replaced r by:s \
     | then accepted | origin s",
];

/// Announcements: what changes and what is called off.
const NOTICE: &[&str] = &[
    "day 0 notified on:9 | day 1 notice-changed on:11 | then accepted | expected-on 11",
    "day 0 notified on:9 | day 1 notice-cancelled | then accepted | stage cancelled",
    "day 0 notified on:9 | day 1 notice-cancelled | day 2 notified on:12 | then accepted \
     | stage expected | expected-on 12",
    // A day has no hour: the change is not lost because midnight comes before nine.
    "n: day 0 09:00 notified on:9 | c: day 0 notice-changed on:11 | then accepted \
     | expected-on 11 | told n c",
    "n: day 5 notified on:9 | month 0 notice-cancelled | then accepted | stage cancelled",
    "day 5 notified on:9 | day 4 notice-cancelled | then accepted | stage expected",
];

/// Along the machine, and only along it; the table of all moves is in the README.
const REFERRAL: &[&str] = &[
    "day 0 received | day 1 consent-given c | day 1 referral-sent r | day 1 referral-received r \
     | day 2 referral-accepted r | day 3 referral-contacted r | day 3 referral-booked r \
     | day 7 referral-attended r | day 7 referral-started r | day 30 referral-concluded r \
     | then accepted | referral r concluded since:30 | stage in-service",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 3 referral-attended r \
     | then refused referral-undecided",
    "day 0 received | day 3 referral-received r | then refused referral-unknown",
    "day 0 received | day 1 consent-given c | day 5 referral-sent r | day 4 referral-received r \
     | then refused referral-unknown",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 3 referral-sent r \
     | then refused referral-twice",
    // Dated earlier, it does not take over what was sent.
    "day 0 received | day 1 consent-given c | day 3 referral-sent r to:clinic \
     | day 2 referral-sent r to:shelter | then refused referral-twice | referral r sent to:clinic",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     | day 9 referral-concluded r as:partly | then refused reason-missing",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     | day 9 referral-concluded r as:not-delivered reason:client-refused | then accepted",
    // What the caller can do follows from the code.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 3 referral-reopened r \
     | then refused referral-open",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     | day 3 referral-missed r | then refused referral-too-early",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     | day 3 referral-received r | then refused referral-too-late",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 3 referral-declined r \
     | day 4 referral-accepted r | then refused referral-declined",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 3 referral-withdrawn r \
     | day 4 referral-accepted r | then refused referral-ended",
    // Every goal named when sending needs an outcome, unless nothing was delivered.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r goals:home,work \
     & day 2 referral-accepted r | day 9 referral-concluded r goals:home \
     | then refused outcome-missing",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r goals:home,work \
     & day 2 referral-accepted r | day 9 referral-concluded r as:partly reason:other goals:work \
     | then refused outcome-missing",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r goals:home,work \
     & day 2 referral-accepted r | day 9 referral-concluded r goals:home,work,other \
     | then accepted | referral r concluded",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r goals:home,work \
     & day 2 referral-accepted r | day 9 referral-concluded r as:not-delivered reason:other \
     | then accepted | referral r concluded",
    // Counted: who did not come, and who was not reached; and when a place is expected.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     | day 3 referral-contact-failed r & day 4 referral-contact-failed r \
     | day 5 referral-booked r & day 7 referral-missed r & day 7 referral-booked r \
     & day 9 referral-missed r | then accepted | referral r missed in-vain:2 missed:2",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r \
     | day 3 referral-waitlisted r expected:40 | then accepted | referral r waitlisted place:40",
    // Passed on, and linked both ways.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 3 referral-rerouted r as:q \
     & day 3 referral-sent q to:shelter | then accepted | referral r rerouted \
     | referral q sent follows:r",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 3 referral-declined r \
     | day 5 referral-sent q to:shelter follows:r | then accepted | referral q sent follows:r",
    // A late step that makes a later one impossible is taken; the later one becomes a finding.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | a: day 9 referral-accepted r \
     | day 5 referral-withdrawn r | then accepted | referral r withdrawn \
     | finding a referral-ended",
    // Without the sending, the steps hang in the air.
    "day 0 received | day 1 consent-given c | s: day 2 referral-sent r \
     | a: day 3 referral-accepted r | day 4 retracted s | then accepted \
     | finding a referral-unknown",
];

/// What is known to the day, the month or the year must not make false findings.
const IMPRECISE: &[&str] = &[
    // Two services note down the same day, in any order.
    "day 0 received | day 1 consent-given c | a: day 2 referral-accepted r \
     | s: day 2 referral-sent r | then accepted | referral r accepted | told fact-01 fact-02 s a",
    "day 0 received | day 1 consent-given c | s: day 2 09:00 referral-sent r \
     | a: day 2 referral-accepted r | then accepted | referral r accepted | told fact-01 fact-02 s a",
    "day 0 received | day 1 consent-given c | day 2 15:00 referral-sent r \
     | day 2 09:00 referral-accepted r | then refused referral-unknown",
    // The report of the day's end does not come before the day's session.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     & day 2 referral-contacted r | day 7 14:00 referral-attended r | day 7 referral-concluded r \
     | then accepted | referral r concluded",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     & day 2 referral-contacted r | day 7 referral-concluded r | day 7 14:00 referral-attended r \
     | then accepted | referral r concluded",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     & day 2 referral-contacted r | day 7 13:00 referral-concluded r \
     | day 7 14:00 referral-attended r | then refused referral-ended",
    // "In January" may be before the tenth or after it; it is not before January.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     & day 2 referral-contacted r | day 10 referral-attended r | month 0 referral-concluded r \
     | then accepted | referral r concluded",
    "day 0 received | day 1 consent-given c | day 10 referral-sent r | month 0 referral-accepted r \
     | month 0 referral-concluded r | then accepted | referral r concluded",
    "day 0 received | day 1 consent-given c | day 40 referral-sent r | month 0 referral-accepted r \
     | then refused referral-unknown",
    "day 0 received | day 1 consent-given c | day 40 referral-sent r | year 0 referral-accepted r \
     | then accepted | referral r accepted",
    // One misfit more or less must not disturb the strand of another referral.
    "day 0 received | day 1 consent-given c | day 2 referral-sent q | day 2 referral-received q \
     | x: day 3 referral-started q | a: day 2 referral-accepted r | day 2 referral-sent r \
     | then accepted | referral r accepted | referral q received | finding x referral-undecided",
    // A withdrawal of consent is heard, wherever the sending is moved to.
    "day 0 received | day 1 consent-given c | month 0 referral-accepted r \
     | day 8 consent-withdrawn c | day 10 referral-sent r under:c \
     | then refused consent-withdrawn | referral r consent-withdrawn since:10 gone:c",
];

/// What facts refer to by a key of their own.
const KEYS: &[&str] = &[
    "day 0 received | day 3 plan-reviewed p | then refused plan-unknown",
    "day 0 received | day 3 plan-approved p | then refused plan-unknown",
    "day 0 received | day 3 plan-agreed p | day 4 plan-reviewed p | day 5 plan-approved p \
     | then accepted | stage planned",
    "day 0 received | day 3 plan-agreed p | day 2 plan-approved p | then accepted",
    "day 0 received | day 3 confirmed d | then refused assistance-unknown",
    "day 0 received | day 3 reversed d | then refused assistance-unknown",
    "day 0 received | day 3 delivered d | day 91 confirmed d | then accepted",
    "day 0 received | day 3 plan-agreed p | day 3 delivered d | then accepted | stage in-service",
    "day 0 received | day 3 plan-agreed p | day 3 delivered d | day 4 reversed d | then accepted \
     | stage planned",
    "day 0 received | day 3 spell-ended s | then refused spell-unknown",
    "day 0 received | day 3 employed s | day 2 spell-ended s | then refused spell-backwards",
    "day 0 received | day 3 employed s | day 3 spell-ended s | then accepted",
    "day 0 received | day 3 employed s | month 0 spell-ended s | then accepted",
    "day 0 received | day 3 15:00 enrolled s | day 3 09:00 spell-ended s \
     | then refused spell-backwards",
    "day 0 received | day 3 custody-left s | then refused spell-unknown",
    "day 0 received | day 3 custody-entered s | day 2 custody-left s | then refused spell-backwards",
    "day 0 received | day 3 custody-entered s | day 9 custody-left s | then accepted",
    "day 0 received | day 3 housed s | day 9 custody-left s | then refused spell-unknown",
    "day 0 received | day 3 acquitted k | then refused case-unknown",
    "day 0 received | day 3 quashed k | then refused case-unknown",
    "day 0 received | day 3 charged k | day 9 acquitted k | then accepted | case k acquitted:9",
    // The charge was noted down to the day, the acquittal to the month: it is not lost.
    "day 0 received | day 3 charged k | month 0 acquitted k | then accepted | case k acquitted:0",
    "day 0 received | day 3 convicted k | day 9 quashed k | then accepted | case k convicted:3 quashed:9",
    "day 0 received | day 3 convicted k | day 9 quashed k | day 40 convicted k | then accepted \
     | case k convicted:40 quashed:none",
    "day 0 received | day 3 erasure-completed e | then refused request-unknown",
    "day 0 received | day 3 erasure-requested e | day 4 erasure-completed e | then accepted",
    "day 0 received | day 3 linked this | then refused link-to-self",
    "day 0 received | day 3 unlinked this | then refused link-to-self",
];

/// Follow-ups: scheduling is idempotent, and what took place took place.
const FOLLOW_UP: &[&str] = &[
    "day 0 received | day 90 follow-up-completed m3 | then refused schedule-missing",
    "day 0 received | day 90 follow-up-missed m3 | then refused schedule-missing",
    "day 0 received | day 90 follow-up-rescheduled m3 due:97 | then refused schedule-missing",
    "day 0 received | day 90 follow-up-cancelled m3 | then refused schedule-missing",
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 1 follow-up-scheduled m3 due:99 \
     | then accepted | follow-up m3 scheduled due:90",
    // Noted down after its answer, the schedule still counts.
    "day 0 received | day 90 follow-up-completed m3 & day 0 follow-up-scheduled m3 due:90 \
     | then accepted | follow-up m3 completed due:90",
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 80 follow-up-rescheduled m3 due:97 \
     | then accepted | follow-up m3 scheduled due:97",
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 90 follow-up-missed m3 \
     | day 91 follow-up-missed m3 | then accepted | follow-up m3 missed due:90 attempts:2",
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 90 follow-up-missed m3 \
     | day 95 follow-up-completed m3 | then accepted | follow-up m3 completed attempts:1",
    // Nothing moves it afterwards, whenever it was told.
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 90 follow-up-completed m3 \
     | day 91 follow-up-rescheduled m3 due:120 | then accepted | follow-up m3 completed due:90",
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 90 follow-up-completed m3 \
     | day 91 follow-up-cancelled m3 | then accepted | follow-up m3 completed",
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 91 follow-up-rescheduled m3 due:120 \
     | day 90 follow-up-completed m3 | then accepted | follow-up m3 completed due:90",
    // Called off stays called off, until it is scheduled anew or takes place all the same.
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 5 follow-up-cancelled m3 \
     | day 90 follow-up-missed m3 | then accepted | follow-up m3 cancelled attempts:1",
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 5 follow-up-cancelled m3 \
     | day 6 follow-up-rescheduled m3 due:97 | then accepted | follow-up m3 scheduled due:97",
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 5 follow-up-cancelled m3 \
     | day 90 follow-up-completed m3 | then accepted | follow-up m3 completed",
    // Cancelled by closing, restored by reopening; cancelled for another reason, not.
    "day 0 received | day 0 follow-up-scheduled m3 due:90 | day 9 closed \
     | day 9 follow-up-cancelled m3 reason:journey-closed | day 20 reopened | then accepted \
     | follow-up m3 scheduled due:90",
    "day 0 received | day 0 follow-up-scheduled m3 due:90 \
     | day 8 follow-up-cancelled m3 reason:mistake | day 9 closed | day 20 reopened \
     | then accepted | follow-up m3 cancelled",
];

/// History stays, its meaning changes.
const CORRECTION: &[&str] = &[
    "day 0 received | a: day 3 assessed | day 4 retracted a | then accepted \
     | struck a | stage received",
    "day 0 received | a: day 3 assessed | b: day 5 assessed & day 5 replaced a by:b \
     | then accepted | struck a | stands b | stage assessed",
    // A correction of a correction restores; a third strikes again.
    "day 0 received | a: day 3 assessed | x: day 4 retracted a | day 5 retracted x | then accepted \
     | stands a | struck x | stage assessed",
    "day 0 received | a: day 3 assessed | x: day 4 retracted a | y: day 5 retracted x \
     | day 6 retracted y | then accepted | struck a | struck y | stands x | stage received",
    // By the order of recording, whatever the days say.
    "day 0 received | a: day 3 assessed | x: day 9 retracted a | day 1 retracted x | then accepted \
     | stands a",
    // Struck twice is struck once; both must go for it to come back.
    "day 0 received | a: day 3 assessed | x: day 4 retracted a | day 4 retracted a \
     | day 5 retracted x | then accepted | struck a",
    // Noted down in one go: the correction comes after what it corrects, whatever their ids.
    "day 0 received | z: day 3 assessed & a: day 3 retracted z | then accepted | struck z",
    "day 0 received | day 4 retracted a | then refused correction-unknown",
    "day 0 received | a: day 3 assessed @30 | day 4 retracted a @20 \
     | then refused correction-unknown | stands a",
    "day 0 received | a: day 4 retracted a | then refused correction-unknown",
    // Replaced by nothing, it would be gone.
    "day 0 received | a: day 3 assessed | day 4 replaced a by:b \
     | then refused correction-unknown | stands a",
    "day 0 received | a: day 3 assessed | day 4 replaced a by:a \
     | then refused correction-unknown | stands a",
    "day 0 received | a: day 3 assessed | x: day 4 replaced a by:x \
     | then refused correction-unknown | stands a",
    // Set right on the way: the wrong death no longer forbids what follows.
    "day 0 received | d: day 3 died | e: day 30 died & day 30 replaced d by:e | day 20 assessed \
     | then accepted | died day 30",
    // By whoever told it, by whoever keeps the case, or by whoever answers for the work of others.
    "day 0 received | a: day 3 arrested k agency:police | day 4 retracted a agency:police \
     | then accepted | struck a",
    "day 0 received | a: day 3 arrested k agency:police | day 4 retracted a | then accepted \
     | struck a",
    "day 0 received | a: day 3 assessed | day 4 retracted a agency:police \
     | then refused correction-foreign | struck a",
    "day 0 received | a: day 3 assessed | day 4 retracted a agency:police as-role:case-worker \
     | then refused correction-foreign",
    "day 0 received | a: day 3 assessed | day 4 retracted a agency:police as-role:supervisor \
     | then accepted | struck a",
    "day 0 received | a: day 3 assessed | b: day 3 assessed agency:clinic \
     | day 4 replaced a by:b agency:clinic | then refused correction-foreign",
    // The keeper is who kept the case when the correction was written down.
    "day 0 received | a: day 3 assessed agency:clinic | day 4 registered agency:shelter \
     | day 5 retracted a agency:shelter | then accepted | struck a",
    "day 0 received | a: day 3 assessed agency:clinic | day 5 retracted a \
     | day 4 registered agency:shelter | then accepted | struck a",
    "day 0 received | a: day 3 assessed agency:clinic | day 4 registered agency:shelter \
     | day 5 retracted a | then refused correction-foreign",
    "day 0 notified agency:consulate | a: day 1 assessed agency:clinic | day 5 retracted a \
     | then refused correction-foreign",
    // A correction of a correction likewise, and late ones on a closed journey are welcome.
    "day 0 received | a: day 3 assessed | x: day 4 retracted a | day 5 retracted x agency:police \
     | then refused correction-foreign | stands a",
    "day 0 received | a: day 3 assessed | day 9 closed | day 30 retracted a | then accepted \
     | struck a | closed plan-completed",
    "a: day 0 received | a: day 0 received | then nothing-new",
    "a: day 0 received | a: day 3 assessed | then refused event-id-reused",
    "a: day 0 received & a: day 0 screened | then refused event-id-reused",
];

/// What counts as having observed the person.
const OBSERVED: &[&str] = &[
    "day 0 received | day 30 assessed | then accepted | last-day 30",
    "day 0 received | day 900 linked other | then accepted | last-day 0",
    "day 0 received | day 400 closed reason:lost-to-follow-up | then accepted | last-day 0",
    "day 0 received | day 1 follow-up-scheduled m3 due:90 | day 95 follow-up-missed m3 \
     | then accepted | last-day 0",
    "day 0 received | day 1 follow-up-scheduled m3 due:90 | day 95 follow-up-completed m3 \
     | then accepted | last-day 95",
    "day 0 received | day 9 contact-lost | then accepted | last-day 9 | stage contact-lost",
    "day 0 received | day 9 contact-lost | day 20 contact-regained | then accepted \
     | stage received | last-day 20",
    "day 0 received | day 9 observation-ended | then accepted | stage received",
    "day 0 received | day 9 moved-away | then accepted | stage departed",
    "day 0 received | day 9 breached | then accepted | last-day 9",
];

const ALL: &[&[&str]] = &[
    ORIGIN,
    NOTICE,
    CONSENT,
    CONSENT_ACTS,
    REFERRAL,
    IMPRECISE,
    CLOSURE,
    DEATH,
    KEYS,
    FOLLOW_UP,
    CORRECTION,
    PLAN,
    ASSISTANCE,
    TRANSFER,
    RELATIVES,
    ATTACHMENTS,
    OBSERVED,
    CUTS_ASTRAY,
    CUTS,
    DIRECTORY_ASTRAY,
    DIRECTORY,
];

fn check(theme: &[&str]) {
    for row in theme {
        language::check(row);
    }
}

#[test]
fn a_journey_begins() {
    check(ORIGIN);
}

#[test]
fn a_notice_changes() {
    check(NOTICE);
}

#[test]
fn a_referral_shares_what_consent_lets_it() {
    check(CONSENT);
}

#[test]
fn a_withdrawn_consent_acts() {
    check(CONSENT_ACTS);
}

#[test]
fn a_referral_moves_along_its_machine() {
    check(REFERRAL);
}

#[test]
fn imprecise_times_make_no_false_findings() {
    check(IMPRECISE);
}

#[test]
fn closure_ends_the_case_and_hides_nothing() {
    check(CLOSURE);
}

#[test]
fn death_ends_all_but_the_estate() {
    check(DEATH);
}

#[test]
fn keys_name_what_exists() {
    check(KEYS);
}

#[test]
fn follow_ups_are_scheduled_once() {
    check(FOLLOW_UP);
}

#[test]
fn corrections_change_the_meaning() {
    check(CORRECTION);
}

#[test]
fn a_plan_is_agreed_reviewed_and_decided_on() {
    check(PLAN);
}

#[test]
fn a_delivery_is_confirmed_three_months_on() {
    check(ASSISTANCE);
}

#[test]
fn a_case_passes_when_the_other_side_accepts() {
    check(TRANSFER);
}

#[test]
fn relatives_are_other_human_beings() {
    check(RELATIVES);
}

#[test]
fn attachments_are_named_once() {
    check(ATTACHMENTS);
}

#[test]
fn only_the_person_is_observed() {
    check(OBSERVED);
}

#[test]
fn cuts_stand_where_a_ledger_keeps_them_and_nothing_else_does() {
    check(CUTS_ASTRAY);
    let cuts = JourneyId::of_cuts(&"jm".parse().unwrap());
    for row in CUTS {
        language::check_of(cuts, row);
    }
}

#[test]
fn a_directory_stands_where_a_ledger_keeps_it_and_nothing_else_does() {
    check(DIRECTORY_ASTRAY);
    let directory = JourneyId::of_directory(&"jm".parse().unwrap());
    for row in DIRECTORY {
        language::check_of(directory, row);
    }
}

#[test]
fn every_rule_refuses_in_some_row() {
    let refused: BTreeSet<&str> = ALL
        .iter()
        .copied()
        .flatten()
        .flat_map(|row| language::refused_rules(row))
        .collect();
    for rule in Rule::ALL {
        assert!(refused.contains(rule.code()), "no row is refused by {rule}");
    }
}
