//! Rows of what consent lets be shared, and of what its withdrawal does.

/// What a referral may share.
pub(crate) const CONSENT: &[&str] = &[
    "day 0 received | day 3 assessed | day 4 referral-sent r | then refused consent-missing",
    "day 0 received | day 3 consent-given c | day 4 referral-sent r under:c | then accepted",
    "day 0 received | day 3 consent-given c | day 4 referral-sent r | then accepted",
    // Given the same day, whatever the hour; not the day after.
    "day 0 received | day 4 consent-given c | day 4 referral-sent r under:c | then accepted",
    "day 0 received | day 4 15:00 consent-given c | day 4 09:00 referral-sent r under:c \
     | then accepted",
    "day 0 received | day 5 consent-given c | day 4 referral-sent r under:c \
     | then refused consent-missing",
    "day 0 received | day 4 consent-given c & day 4 referral-sent r under:c | then accepted",
    // The last day on which it holds counts.
    "day 0 received | day 3 consent-given c until:9 | day 9 referral-sent r under:c | then accepted",
    "day 0 received | day 3 consent-given c until:9 | day 10 referral-sent r under:c \
     | then refused consent-missing",
    // Withdrawn the same day leaves the day open, unless both hours are known.
    "day 0 received | day 3 consent-given c | day 9 consent-withdrawn c \
     | day 9 referral-sent r under:c | then accepted",
    "day 0 received | day 3 consent-given c | day 8 consent-withdrawn c \
     | day 9 referral-sent r under:c | then refused consent-withdrawn \
     | referral r consent-withdrawn since:9 gone:c",
    "day 0 received | day 3 consent-given c | day 9 09:00 consent-withdrawn c \
     | day 9 15:00 referral-sent r under:c | then refused consent-withdrawn",
    "day 0 received | day 3 consent-given c | day 9 15:00 consent-withdrawn c \
     | day 9 09:00 referral-sent r under:c | then accepted",
    "day 0 received | day 3 consent-given c | month 0 consent-withdrawn c \
     | day 9 referral-sent r under:c | then accepted",
    "day 0 received | day 3 consent-given c | month 0 consent-withdrawn c \
     | day 31 referral-sent r under:c | then refused consent-withdrawn",
    // Told late, the withdrawal stands, and the referral becomes a finding.
    "day 0 received | day 3 consent-given c | s: day 9 referral-sent r under:c \
     | day 8 consent-withdrawn c | then accepted | finding s consent-withdrawn",
    // For some purposes only.
    "day 0 received | day 3 consent-given c for:referral,evaluation \
     | day 4 consent-withdrawn c for:evaluation | day 9 referral-sent r under:c | then accepted",
    "day 0 received | day 3 consent-given c for:referral,evaluation \
     | day 4 consent-withdrawn c for:referral | day 9 referral-sent r under:c \
     | then refused consent-withdrawn",
    "day 0 received | day 3 consent-given c for:evaluation | day 9 referral-sent r under:c \
     | then refused consent-missing",
    "day 0 received | day 3 consent-refused | day 9 referral-sent r | then refused consent-missing",
    // To some agencies only.
    "day 0 received | day 3 consent-given c to:clinic | day 9 referral-sent r to:clinic under:c \
     | then accepted",
    "day 0 received | day 3 consent-given c to:clinic | day 9 referral-sent r to:shelter under:c \
     | then refused consent-missing",
    // Consent lists exactly what may be disclosed.
    "day 0 received | day 3 consent-given c data:needs,health \
     | day 9 referral-sent r under:c data:health | then accepted",
    "day 0 received | day 3 consent-given c data:needs,health \
     | day 9 referral-sent r under:c data:health,criminal | then refused consent-missing",
    // No two half consents make a whole one.
    "day 0 received | day 3 consent-given c data:needs | day 3 consent-given d data:health \
     | day 9 referral-sent r data:needs,health | then refused consent-missing",
    // The consent that a referral names must be the one that holds.
    "day 0 received | day 3 consent-given c | day 9 referral-sent r under:d \
     | then refused consent-missing",
    "day 0 received | day 3 consent-given c until:4 | day 5 consent-given d \
     | day 9 referral-sent r under:c | then refused consent-missing",
    // An override is not consent, and has its own last day.
    "day 0 received | day 4 consent-overridden until:9 | day 9 referral-sent r data:health,criminal \
     | then accepted",
    "day 0 received | day 4 consent-overridden until:9 | day 10 referral-sent r \
     | then refused consent-missing",
    "day 0 received | day 4 consent-overridden to:clinic | day 5 referral-sent r to:shelter \
     | then refused consent-missing",
    // Taken up again, it shares again.
    "day 0 received | day 3 consent-given c | day 4 referral-sent r under:c \
     | day 5 referral-withdrawn r | day 6 consent-withdrawn c | day 7 referral-reopened r \
     | then refused consent-withdrawn | referral r consent-withdrawn",
    "day 0 received | day 3 consent-given c | day 4 referral-sent r under:c \
     | day 5 referral-withdrawn r | day 6 consent-withdrawn c | day 6 consent-given d \
     | day 7 referral-reopened r | then accepted | referral r sent since:7",
    "day 0 received | day 3 consent-withdrawn c | then refused consent-unknown",
    "day 0 received | day 5 consent-given c | day 3 consent-withdrawn c | then accepted",
];

/// A withdrawal acts: on what is open, and on what would share more.
pub(crate) const CONSENT_ACTS: &[&str] = &[
    // Closed from the day of withdrawal, whether or not anybody says so.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r under:c \
     | day 3 referral-accepted r | day 9 consent-withdrawn c | then accepted \
     | referral r consent-withdrawn since:9 gone:c",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r under:c \
     | day 9 consent-withdrawn c | day 9 referral-consent-withdrawn r | then accepted \
     | referral r consent-withdrawn since:9",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r under:c \
     | day 9 consent-withdrawn c | day 12 referral-consent-withdrawn r | then accepted \
     | referral r consent-withdrawn since:9 gone:c",
    // Told late, it closes from its own day; what was told since is for somebody to sort out.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r under:c \
     | a: day 12 referral-accepted r | day 9 consent-withdrawn c | then accepted \
     | referral r consent-withdrawn since:9 gone:c | finding a consent-withdrawn",
    // History stays: what happened before is welcome afterwards.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r under:c \
     | day 9 consent-withdrawn c | day 8 referral-accepted r | then accepted \
     | referral r consent-withdrawn since:9",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r under:c \
     | day 9 consent-withdrawn c | day 9 referral-accepted r | then accepted \
     | referral r consent-withdrawn since:9",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     | day 9 consent-withdrawn c | day 8 referral-concluded r | then accepted \
     | referral r concluded since:8",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     | day 9 09:00 consent-withdrawn c | day 9 15:00 referral-contacted r \
     | then refused consent-withdrawn | referral r consent-withdrawn since:9",
    // A month does not close on its first day what was still open on its last but one.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | month 0 consent-withdrawn c \
     | day 20 referral-accepted r | then accepted | referral r consent-withdrawn since:0",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | month 0 consent-withdrawn c \
     | day 31 referral-accepted r | then refused consent-withdrawn \
     | referral r consent-withdrawn since:0",
    // Only when nothing else covers it: another consent or an override, in force on that day.
    "day 0 received | day 1 consent-given c & day 1 consent-given d | day 2 referral-sent r under:c \
     | day 9 consent-withdrawn c | then accepted | referral r sent",
    "day 0 received | day 1 consent-given c & day 1 consent-given d | day 2 referral-sent r under:c \
     | day 9 consent-withdrawn c | day 11 consent-withdrawn d | then accepted \
     | referral r consent-withdrawn since:11 gone:d",
    "day 0 received | day 1 consent-given c & day 1 consent-given d | day 2 referral-sent r \
     | day 9 consent-withdrawn c & day 9 consent-withdrawn d | then accepted \
     | referral r consent-withdrawn since:9",
    "day 0 received | day 1 consent-given c & day 1 consent-given d to:shelter \
     | day 2 referral-sent r under:c | day 9 consent-withdrawn c | then accepted \
     | referral r consent-withdrawn",
    "day 0 received | day 1 consent-given c data:needs,health & day 1 consent-given d \
     | day 2 referral-sent r data:health | day 9 consent-withdrawn c | then accepted \
     | referral r consent-withdrawn",
    "day 0 received | day 1 consent-given c & day 1 consent-given d until:5 \
     | day 2 referral-sent r under:c | day 9 consent-withdrawn c | then accepted \
     | referral r consent-withdrawn since:9",
    "day 0 received | day 1 consent-given c | day 1 consent-overridden until:9 \
     | day 2 referral-sent r | day 9 consent-withdrawn c | then accepted | referral r sent until:9",
    // Given anew the same day, nothing is interrupted; a day later, somebody must take it up again.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 consent-withdrawn c \
     | day 9 consent-given d | then accepted | referral r sent",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 consent-withdrawn c \
     | day 10 consent-given d | then accepted | referral r consent-withdrawn",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 consent-withdrawn c \
     | day 10 consent-given d | day 11 referral-reopened r | then accepted | referral r sent since:11",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 consent-withdrawn c \
     | day 11 referral-reopened r | then refused consent-withdrawn",
    // Only what it was withdrawn for, and only what it was for.
    "day 0 received | day 1 consent-given c for:referral,evaluation | day 2 referral-sent r \
     | day 9 consent-withdrawn c for:evaluation | then accepted | referral r sent",
    "day 0 received | day 1 consent-given c to:clinic & day 1 consent-given d to:shelter \
     | day 2 referral-sent r to:clinic & day 2 referral-sent q to:shelter \
     | day 9 consent-withdrawn c | then accepted | referral r consent-withdrawn | referral q sent",
    // What has ended is left as it ended; what was declined still waited for another way.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 3 referral-withdrawn r \
     | day 9 consent-withdrawn c | then accepted | referral r withdrawn",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 3 referral-declined r \
     | day 9 consent-withdrawn c | then accepted | referral r consent-withdrawn",
    // A service that was under way was.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r & day 2 referral-accepted r \
     & day 2 referral-contacted r & day 2 referral-attended r | day 9 consent-withdrawn c \
     | then accepted | referral r consent-withdrawn | stage in-service",
    // Retracted, the withdrawal was a mistake, and the referral goes on.
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | w: day 9 consent-withdrawn c \
     | day 10 retracted w | then accepted | referral r sent",
    // Expired, a consent closes nothing: its last day is known beforehand, and is shown.
    "day 0 received | day 1 consent-given c until:20 | day 2 referral-sent r | then accepted \
     | referral r sent until:20",
    "day 0 received | day 1 consent-given c until:20 & day 1 consent-given d | day 2 referral-sent r \
     | then accepted | referral r sent until:none",
    // No more is disclosed to the agency: neither for that purpose, nor because of the referral.
    "day 0 received | day 1 consent-given c for:referral,case-management \
     | day 9 consent-withdrawn c | day 10 disclosed to:clinic data:needs \
     | then refused consent-withdrawn",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 consent-withdrawn c \
     | day 10 disclosed to:clinic data:needs | then refused consent-withdrawn \
     | referral r consent-withdrawn",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 consent-withdrawn c \
     | day 8 disclosed to:clinic data:needs | then accepted | referral r consent-withdrawn",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 consent-withdrawn c \
     | day 9 disclosed to:clinic data:needs | then accepted | referral r consent-withdrawn",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 consent-withdrawn c \
     | day 10 consent-overridden | day 11 disclosed to:clinic data:needs | then accepted \
     | referral r consent-withdrawn",
    "day 0 received | day 1 consent-given c | day 2 referral-sent r | day 9 consent-withdrawn c \
     | day 10 disclosed | then accepted | referral r consent-withdrawn",
    // Nor after its last day, unless something else lets it.
    "day 0 received | day 1 consent-given c until:20 | day 2 referral-sent r \
     | day 20 disclosed to:clinic data:needs | then accepted | referral r sent",
    "day 0 received | day 1 consent-given c until:20 | day 2 referral-sent r \
     | day 21 disclosed to:clinic data:needs | then refused consent-missing | referral r sent",
    "day 0 received | day 1 consent-given c until:20 | day 2 referral-sent r \
     | day 19 consent-given d | day 21 disclosed to:clinic data:needs | then accepted",
];
