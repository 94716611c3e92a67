//! Plans, deliveries, transfers, relatives and attachments, as rows.

/// What is agreed, reviewed and decided.
pub(crate) const PLAN: &[&str] = &[
    "day 0 received | day 3 plan-agreed p goals:work,home | then accepted | plan p pending \
     work:not-begun | plan-due none | stage planned",
    // Due within a calendar month of the return; where that month is shorter, on its last day.
    "day 0 received | then accepted | plan-due 31",
    "day 30 received | then accepted | plan-due 58",
    "month 0 received | then accepted | plan-due 31",
    "day 0 registered | then accepted | plan-due none",
    "day 0 received | a: day 3 plan-agreed p | day 4 retracted a | then accepted | plan-due 31",
    "day 0 received | day 3 plan-agreed p goals:work | day 30 plan-reviewed p work:under-way \
     | day 60 plan-reviewed p work:reached | then accepted | plan p pending reviews:2 work:reached",
    // Told late, an earlier review does not undo a later one.
    "day 0 received | day 3 plan-agreed p goals:work | day 60 plan-reviewed p work:reached \
     | day 30 plan-reviewed p work:under-way | then accepted | plan p pending work:reached",
    "day 0 received | day 3 plan-agreed p goals:work | day 30 plan-reviewed p home:reached \
     | then refused goal-unknown",
    "day 0 received | day 3 plan-agreed p goals:work | day 30 plan-reviewed p home:reached added:home \
     | then accepted | plan p pending home:reached",
    "day 0 received | day 3 plan-agreed p goals:work,work | then refused goal-twice",
    "day 0 received | day 3 plan-agreed p goals:work | day 30 plan-reviewed p added:work \
     | then refused goal-twice",
    // Another plan has goals of its own.
    "day 0 received | day 3 plan-agreed p goals:work | day 4 plan-agreed q goals:work | then accepted",
    "day 0 received | day 3 plan-agreed p | day 5 plan-approved p | then accepted | plan p approved",
    "day 0 received | day 3 plan-agreed p | day 5 plan-approved p as:sent-back | then accepted \
     | plan p sent-back",
    "day 0 received | day 3 plan-agreed p | day 5 plan-approved p as:sent-back \
     | day 6 plan-reviewed p | then accepted | plan p pending",
    "day 0 received | day 3 plan-agreed p | day 5 plan-approved p as:sent-back \
     | day 6 plan-reviewed p | day 7 plan-approved p | then accepted | plan p approved",
    "day 0 received | day 3 plan-agreed p | day 5 plan-approved p as:rejected | then accepted \
     | plan p rejected",
    // Four eyes, where both accounts are known.
    "day 0 received | day 3 plan-agreed p actor:worker | day 5 plan-approved p by:worker \
     | then refused four-eyes | plan p pending",
    "day 0 received | day 3 plan-agreed p actor:worker | day 5 plan-approved p by:boss \
     | then accepted | plan p approved",
    "day 0 received | day 3 plan-agreed p | day 5 plan-approved p by:worker | then accepted",
    "day 0 received | day 3 plan-approved p | then refused plan-unknown",
];

/// Whether what was given still serves.
pub(crate) const ASSISTANCE: &[&str] = &[
    // Three calendar months on: 1 January gives 1 April, 30 November the last day of February.
    "day 0 received | day 0 delivered d | then accepted | confirm d 90",
    "day -90 received | day -32 delivered d | then accepted | confirm d 58",
    "day 0 received | day 3 delivered d | day 95 confirmed d | then accepted | confirm d none",
    "day 0 received | day 3 delivered d | day 95 confirmed d found:not-confirmed | then accepted \
     | confirm d 93",
    "day 0 received | day 3 delivered d | day 9 reversed d | then accepted | confirm d none",
    "day 0 received | day 3 confirmed d | then refused assistance-unknown",
];

/// The case changes hands when the other side accepts.
pub(crate) const TRANSFER: &[&str] = &[
    "day 0 received | day 5 transfer-proposed t | then accepted | kept-by welfare \
     | transfer t pending owner:shelter by:19",
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-accepted t agency:shelter \
     | then accepted | kept-by shelter | transfer t accepted owner:none",
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-declined t agency:shelter \
     | then accepted | kept-by welfare | transfer t declined owner:none",
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-withdrawn t | then accepted \
     | kept-by welfare | transfer t withdrawn",
    // Each answer is somebody's to give.
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-accepted t \
     | then refused transfer-foreign | kept-by welfare | transfer t pending",
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-declined t agency:clinic \
     | then refused transfer-foreign",
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-withdrawn t agency:shelter \
     | then refused transfer-foreign",
    "day 0 received | day 5 transfer-proposed t agency:shelter | then refused transfer-foreign",
    "day 0 received | day 5 transfer-proposed t to:clinic \
     | day 9 transfer-accepted t to:shelter agency:clinic | then refused transfer-foreign \
     | kept-by welfare",
    // Once.
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-declined t agency:shelter \
     | day 10 transfer-accepted t agency:shelter | then refused transfer-answered | kept-by welfare",
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-withdrawn t \
     | day 10 transfer-accepted t agency:shelter | then refused transfer-answered | kept-by welfare",
    "day 0 received | day 5 transfer-accepted t agency:shelter | then refused transfer-unknown \
     | kept-by welfare",
    // One at a time; after an answer, another.
    "day 0 received | day 5 transfer-proposed t | day 6 transfer-proposed u to:clinic \
     | then refused transfer-pending",
    "day 0 received | day 5 transfer-proposed t | day 6 transfer-proposed t \
     | then refused transfer-pending",
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-declined t agency:shelter \
     | day 10 transfer-proposed u to:clinic | then accepted | transfer u pending owner:clinic by:24",
    // The answer's day has no hour, and is not told before the question.
    "day 0 received | day 5 15:00 transfer-proposed t | day 5 transfer-accepted t agency:shelter \
     | then accepted | kept-by shelter",
    // The new keeper passes it on.
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-accepted t agency:shelter \
     | day 10 transfer-proposed u to:clinic agency:shelter | then accepted \
     | transfer u pending owner:clinic",
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-accepted t agency:shelter \
     | day 10 transfer-proposed u to:clinic | then refused transfer-foreign",
    // Agreed outside the ledger, and told by one of both sides.
    "day 0 received | day 9 transferred | then accepted | kept-by shelter",
    "day 0 received | day 9 transferred agency:shelter | then accepted | kept-by shelter",
    "day 0 received | day 9 transferred agency:clinic | then refused transfer-foreign \
     | kept-by welfare",
    // A closed case is reopened first; what was proposed before can still be answered.
    "day 0 received | day 5 closed reason:transferred | day 9 transfer-proposed t \
     | then refused journey-closed",
    "day 0 received | day 5 transfer-proposed t | day 6 closed | day 9 transfer-declined t agency:shelter \
     | then accepted",
    "day 0 received | day 5 transfer-proposed t | day 9 transfer-accepted t agency:shelter \
     | day 10 closed reason:transferred | day 20 reopened agency:shelter | then accepted \
     | open | kept-by shelter",
    // Corrections follow the case.
    "day 0 received | a: day 3 assessed agency:clinic | day 5 transfer-proposed t \
     | day 9 transfer-accepted t agency:shelter | day 10 retracted a agency:shelter | then accepted \
     | struck a",
    "day 0 received | a: day 3 assessed agency:clinic | day 5 transfer-proposed t \
     | day 10 retracted a agency:shelter | then refused correction-foreign",
];

/// Other human beings.
pub(crate) const RELATIVES: &[&str] = &[
    "day 0 received | day 1 related other as:child household:h | then accepted \
     | relative other child household:h",
    "day 0 received | day 1 related other as:child | day 2 unrelated other | then accepted \
     | relative other none",
    // The last word counts, by the time that it was written down.
    "day 0 received | day 2 unrelated other @30 | day 1 related other as:child @20 | then accepted \
     | relative other none",
    "day 0 received | day 1 related other as:child | day 2 related other as:ward | then accepted \
     | relative other ward",
    "day 0 received | day 1 related this | then refused link-to-self",
    "day 0 received | day 9 died | day 20 related other as:spouse | then accepted",
    "day 0 received | r: day 1 related other | day 2 retracted r | then accepted | struck r",
];

/// What is kept beside the journey.
pub(crate) const ATTACHMENTS: &[&str] = &[
    "day 0 received | day 1 attached a | then accepted | attachment a there",
    "day 0 received | day 1 attached a | day 2 detached a | then accepted | attachment a removed",
    "day 0 received | day 1 attached a | day 2 attached a | then accepted",
    "day 0 received | day 1 attached a | day 2 attached a bytes:99 | then refused attachment-twice",
    "day 0 received | day 2 detached a | then refused attachment-unknown",
    "day 0 received | day 9 closed | day 20 attached a | then accepted",
    "day 0 received | day 9 died | day 20 attached a | then accepted",
];
