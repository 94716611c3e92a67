//! Rows of what may follow closure and death.

/// After closure, until reopening.
pub(crate) const CLOSURE: &[&str] = &[
    "day 0 received | day 9 closed | then accepted | closed plan-completed | stage closed",
    "day 0 received | day 9 closed | day 10 assessed | then refused journey-closed",
    "day 0 received | day 9 closed | day 9 assessed | then accepted",
    "day 0 received | day 9 closed | day 8 assessed | then accepted",
    "day 0 received | day 9 closed | month 0 assessed | then accepted",
    "day 0 received | month 0 closed | day 20 assessed | then accepted",
    "day 0 received | month 0 closed | day 31 assessed | then refused journey-closed",
    // Told late, the closing makes findings of what follows it.
    "day 0 received | a: day 10 assessed | day 9 closed | then accepted \
     | finding a journey-closed",
    // Closing early must not make anything invisible.
    "day 0 received | day 9 closed | day 20 arrested k | then accepted",
    "day 0 received | day 9 closed | day 20 convicted k | then accepted",
    "day 0 received | day 9 closed | day 20 custody-entered s | then accepted",
    "day 0 received | day 9 closed | day 20 died | then accepted | stage died",
    "day 0 received | day 9 closed | day 20 remigrated | then accepted | stage closed",
    "day 0 received | day 9 closed | day 20 removed-again | then accepted",
    // What is done with the record.
    "day 0 received | day 9 closed | day 20 linked other | then accepted",
    "day 0 received | day 9 closed | day 20 unlinked other | then accepted",
    "day 0 received | day 9 closed | day 20 transferred | then accepted",
    "day 0 received | day 9 closed | day 20 disclosed | then accepted",
    "day 0 received | day 9 closed | day 20 glass-broken | then accepted",
    "day 0 received | day 9 closed | day 20 erasure-requested e | then accepted",
    "a: day 0 received | day 9 closed | day 20 retracted a | then accepted | finding fact-02 origin-missing",
    // What ends something still open.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 closed \
     | day 10 referral-withdrawn r | then accepted | referral r withdrawn",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     | day 9 closed | day 10 referral-concluded r | then accepted | referral r concluded",
    "day 0 received | day 1 consent-given c | day 9 closed | day 10 consent-withdrawn c \
     | then accepted",
    "day 0 received | day 1 follow-up-scheduled m3 due:90 | day 9 closed \
     | day 10 follow-up-cancelled m3 reason:journey-closed | then accepted \
     | follow-up m3 cancelled",
    "day 0 received | day 1 employed s | day 9 closed | day 10 spell-ended s | then accepted",
    // Whether a delivery still serves is asked three months on; a new one needs reopening.
    "day 0 received | day 1 delivered d | day 9 closed | day 91 confirmed d | then accepted",
    "day 0 received | day 1 delivered d | day 9 closed | day 91 reversed d | then accepted",
    "day 0 received | day 9 closed | day 91 delivered d | then refused journey-closed",
    "day 0 received | day 9 closed | day 10 received | then refused journey-closed",
    "day 0 received | day 9 closed | day 10 notified | then refused journey-closed",
    "day 0 received | day 9 closed | day 10 screened | then refused journey-closed",
    "day 0 received | day 9 closed | day 10 consent-given c | then refused journey-closed",
    "day 0 received | day 9 closed | day 10 plan-agreed p | then refused journey-closed",
    "day 0 received | day 1 consent-overridden | day 9 closed | day 10 referral-sent r \
     | then refused journey-closed",
    "day 0 received | day 9 closed | day 10 follow-up-scheduled m3 | then refused journey-closed",
    "day 0 received | day 9 closed | day 10 housed s | then refused journey-closed",
    // Reopened.
    "day 0 received | day 9 closed | day 20 reopened | then accepted | open | reopenings 1",
    "day 0 received | day 9 closed | day 20 reopened | day 21 assessed | then accepted",
    "day 0 received | day 9 closed | day 20 reopened | day 20 assessed | then accepted",
    "day 0 received | day 9 closed | day 20 15:00 reopened | day 20 assessed | then accepted",
    "day 0 received | day 9 closed | day 20 reopened | day 15 assessed \
     | then refused journey-closed",
    "day 0 received | day 9 closed | day 20 reopened | day 30 closed reason:safety \
     | day 31 assessed | then refused journey-closed | closed safety",
    "day 0 received | day 9 reopened | then refused not-closed",
    "day 0 received | day 9 closed | day 8 reopened | then refused not-closed",
    "day 0 received | day 9 closed | day 10 reopened | day 11 reopened | then refused not-closed",
    "day 0 received | day 9 closed | month 0 reopened | then accepted | open | reopenings 1",
    "day 0 received | day 9 15:00 closed | day 9 reopened | then accepted | open",
    // No second reopening by shuffling the first: that would put what was done between in a closed time.
    "day 0 received | day 2 closed | day 6 closed | day 6 reopened | day 7 assessed \
     | day 8 reopened | then refused not-closed",
    "day 0 received | c: day 9 closed | day 10 retracted c | day 11 assessed | then accepted | open",
    // Closed twice: the first closing ends the case, the last says why.
    "day 0 received | day 9 closed reason:time-limit | day 12 closed reason:died | then accepted \
     | closed died",
    "day 0 received | day 9 closed reason:time-limit | day 12 closed reason:died \
     | day 10 assessed | then refused journey-closed",
];

/// After death.
pub(crate) const DEATH: &[&str] = &[
    "day 0 received | day 9 died | then accepted | stage died | died day 9",
    "day 0 received | day 9 died | day 10 assessed | then refused after-death",
    "day 0 received | day 9 died | day 9 assessed | then accepted",
    "day 0 received | day 9 died | day 8 assessed | then accepted",
    // Dated earlier and told later: the death is taken, what follows it becomes a finding.
    "day 0 received | a: day 10 assessed | day 9 died | then accepted | finding a after-death",
    "day 0 received | day 9 died | month 0 assessed | then accepted",
    "day 0 received | month 0 died | day 20 assessed | then accepted",
    "day 0 received | month 0 died | day 31 assessed | then refused after-death",
    // A coarse report and a fine one are one death; two days are two, and one of them is wrong.
    "day 0 received | year 0 died | day 9 died | then accepted | died day 9",
    "day 0 received | year 0 died | day 9 died | day 10 assessed | then refused after-death",
    "day 0 received | day 9 died | day 12 died | then refused after-death | died day 9",
    "day 0 received | day 9 died | day 10 closed reason:died | then accepted | stage died",
    "day 0 received | day 9 died | day 10 delivered d | then accepted",
    "day 0 received | day 1 delivered d | day 9 died | day 10 reversed d | then accepted",
    "day 0 received | day 9 died | day 10 linked other | then accepted",
    "day 0 received | day 9 died | day 10 erasure-requested e | then accepted",
    "day 0 received | day 9 died | day 10 disclosed | then accepted",
    "day 0 received | d: day 9 died | day 10 retracted d | then accepted | alive",
    "day 0 received | d: day 9 died | day 10 retracted d | day 11 assessed | then accepted",
    // What ends something still open.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 died \
     | day 10 referral-withdrawn r | then accepted | referral r withdrawn",
    "day 0 received | day 1 follow-up-scheduled m3 due:90 | day 9 died \
     | day 10 follow-up-cancelled m3 | then accepted",
    "day 0 received | day 1 housed s | day 9 died | day 10 spell-ended s | then accepted",
    "day 0 received | day 1 custody-entered s | day 9 died | day 10 custody-left s | then accepted",
    "day 0 received | day 1 charged k | day 9 died | day 30 acquitted k | then accepted",
    "day 0 received | day 1 convicted k | day 9 died | day 30 quashed k | then accepted",
    "day 0 received | day 9 died | day 10 arrested k | then refused after-death",
    "day 0 received | day 9 died | day 10 remigrated | then refused after-death",
    "day 0 received | day 9 died | day 10 reopened | then refused after-death not-closed",
    "day 0 received | day 5 closed | day 9 died | day 10 assessed | then refused after-death",
];
