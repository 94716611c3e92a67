# What the panels of figures say.

today-owed-title = What is owed
today-subtitle = Everything owed on { $day }, list by list; a date that passes needs no event.
today-headline = { $lists ->
    [0] Nothing is overdue
    [one] One list has something overdue
   *[other] { $lists-said } lists have something overdue
}
today-nothing = Nothing is owed
today-list = List
today-rows = All
today-upcoming = Upcoming
today-due = Due
today-overdue = Overdue
today-running = Without a deadline
arrivals-title = Arrivals by month and return type
arrivals-month = Month of arrival
arrivals-headline = { $count ->
    [one] One person arrived: { $kind }
   *[other] { $count-said } journeys began with an arrival; the most frequent kind was { $kind }, { $share }
}
arrivals-subtitle = Journeys by month of arrival and return type; n = { $count-said }
arrivals-other-kinds = other kinds
arrivals-journeys = Journeys
explain-title = Who and what is behind a figure
explain-headline = { $count ->
    [one] One person on this page, and the facts that it rests on
   *[other] { $count-said } persons on this page, and the facts that it rests on
}
explain-subtitle = { $model } on { $day }; { $count-said } journeys looked at for this page
explain-next = Go on
explain-journeys = Person
explain-adds = Adds
explain-fact = Fact
explain-occurred = Happened
explain-says = Says
explain-weight = Needed
explain-needed = without it, another figure
explain-one-of-several = one of several that say the same
explain-withheld = { $count ->
    [one] One fact in a ledger that this key does not open
   *[other] { $count-said } facts in ledgers that this key does not open
}
flow-title = How far journeys come
flow-headline = Of { $count-said } journeys, { $assessed } came as far as an assessment and { $served } as far as a service
flow-headline-few = Came as far as an assessment: { $assessed-said } of { $count-said }; as far as a service: { $served-said }
flow-subtitle = Journeys received by { $day }, by the last step that they came to; n = { $count-said }
flow-step = Step
flow-reached = Came so far
flow-share = Share
flow-took = Took this step
flow-waiting = Waiting here
flow-left = Left from here
flow-how = How they left
times-title = Time to each step
times-half = { $step }: half had come so far within { $days }
times-half-at-once = { $step }: half had come so far on the day of reception
times-no-half = { $step }: fewer than half have come so far
times-subtitle = Share that has taken each step, by days since reception; leaving competes (Aalen-Johansen); n = { $count-said }
times-desc = One curve for each step: the share of all received that has taken it by each day.
times-taken = Took it
times-left = Left before
times-waiting = Still waiting
times-median = Half within, days
times-not-reached = not reached
times-not-observed = not yet observed
times-by-day = By day { $days-said }
times-days = Days since reception
times-share = Share that has taken the step
quality-title = What cannot be right, and what is missing
quality-headline = { $count ->
    [one] One fact breaks a rule
   *[other] { $count-said } facts break a rule
}
quality-subtitle = Facts in the ledger that cannot all be true, records that lack something, facts that were corrected
quality-finding = Breaks a rule
quality-missing = Is missing
quality-corrected = Was corrected
quality-kind = Kind
quality-subject = Rule, field or reason
quality-count = Facts or records
lag-title = Days between a fact and its recording
lag-headline = { $share } of facts were recorded more than two days later
lag-subtitle = Facts by family and by days until they were recorded; n = { $count-said }
lag-bucket = { $days } days
lag-family = Family
lag-facts = Facts
models-title = Read models
models-headline = { $count ->
    [0] Every read model knows the whole ledger
    [one] One read model is behind
   *[other] { $count-said } read models are behind
}
models-subtitle = Health of the projector; version { $version }
models-model = Read model
models-state = State
models-lag = Commits behind
models-rate = Commits a second
models-wrong = What went wrong
views-title = Records looked at
views-headline = { $count ->
    [0] Nobody was shown a record, and no record was opened in an emergency
    [one] One disclosure or emergency access is recorded
   *[other] { $count-said } disclosures and emergency accesses are recorded
}
views-subtitle = Disclosures of personal data and emergency accesses, as the ledger keeps them; by ledger and agency
views-disclosed = Disclosed
views-broken = Opened in an emergency
funnel-title = Referrals by where they stand
funnel-headline = { $count ->
    [one] One referral is open; past its clock: { $overdue-said }
   *[other] { $count-said } referrals are open; { $overdue-said } are past their clock
}
funnel-subtitle = Every referral by its state on { $day }; n = { $count-said }
funnel-referrals = Referrals
funnel-state = State
funnel-open = Open
funnel-overdue = Past their clock
ages-title = How old open referrals are
ages-headline = { $count ->
    [one] One referral is open; escalated: { $escalated-said }
   *[other] Of { $count-said } open referrals, { $escalated-said } need somebody else to look
}
ages-subtitle = Open referrals by days since they were sent
ages-class = { $days } days
ages-age = Sent so long ago
clocks-title = How long providers take to answer
clocks-headline = { $slow ->
    [0] No provider takes longer than agreed
   *[other] { $slow-said } of { $count-said } providers take longer than agreed
}
clocks-subtitle = Median days from sending to a yes or no, { $priority } referrals, open ones counted in (Kaplan-Meier), 95 % interval
clocks-desc = One row for each provider: the median time to an answer with its interval, and the agreed limit.
clocks-days = Days from sending to an answer
clocks-note = { $count-said } sent, { $running-said } open
clocks-limit = agreed: { $days } days
clocks-within = within it
clocks-beyond = beyond it
clocks-provider = Provider
clocks-asked = Sent
clocks-answered = Answered
clocks-running = Awaiting
clocks-left = Ended without
clocks-median = Median, days
clocks-nine = Nine of ten, days
clocks-in-time = In time
clocks-late = Late
providers-title = What providers answer
providers-headline = Of { $count-said } referrals, { $share } were accepted
providers-headline-few = Referrals accepted: { $part-said } of { $count-said }
providers-subtitle = What is unanswered beyond its time is not accepted; in brackets, the least and the most that the share can become
providers-accepted = Accepted
providers-declined = Declined
providers-undecided = Within time
providers-unanswered = Unanswered, late
providers-left = Ended by others
providers-share = Accepted (can become)
reasons-title = Why referrals end without what was asked for
reasons-headline = The most frequent reason is “{ $reason }”: { $count-said }
reasons-subtitle = Of { $count-said } referrals; reasons grouped by { $file }
reasons-reason = Reason
reasons-kind = How it ended
reasons-group = Group
reasons-declined = declined
reasons-not-delivered = not delivered
reasons-withdrawn = withdrawn
reasons-consent-withdrawn = consent withdrawn
adherence-title = Whether follow-ups take place
adherence-headline = { $share } of { $count-said } follow-ups whose time is over took place
adherence-headline-few = Follow-ups that took place, of those whose time is over: { $part-said } of { $count-said }
adherence-nothing-over = none is over yet
adherence-subtitle = Follow-ups by wave as they stand on { $day }; what closed or lapsed is owed by nobody
adherence-follow-ups = Follow-ups
adherence-wave = Wave
adherence-completed = Took place
adherence-overdue = Overdue
adherence-due = Due
adherence-upcoming = Upcoming
adherence-cancelled = Cancelled
adherence-lapsed = Lapsed
adherence-missed = Tried in vain
adherence-kept = Took place, of those over
calendar-title = On which days follow-ups fall
calendar-headline = The busiest day to come is { $day }: { $count-said } owed
calendar-nothing = No follow-up is owed from this day on
calendar-subtitle = Follow-ups still owed, by the day that they are due: eight weeks back, eight ahead
calendar-owed = Owed
calendar-day = Day
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
scores-title = How the same people do at each wave
scores-up = { $wave }: the { $count-said } asked twice rose from { $from } to { $to }
scores-down = { $wave }: the { $count-said } asked twice fell from { $from } to { $to }
scores-nothing-paired = Nobody has been asked twice yet
scores-subtitle = { $count ->
    [one] Mean score by wave, { $instrument }; one person
   *[other] Mean score by wave, { $instrument }; { $count-said } different persons
}
scores-desc = One line for each dimension from wave to wave; below each wave how many answered and how many are missing.
scores-answered = { $count-said } of { $expected-said } answered
scores-nobody = nobody asked
scores-mean = Mean score, 0 to 1
scores-missing = Missing
scores-dimension = Dimension
scores-paired = Asked twice
scores-from = Mean before
scores-to = Mean after
scores-change = Change (95 %)
scores-expected = Expected
scores-responded = Asked
scores-rate = Response rate
scores-not-observed = Out of sight
scores-not-yet = Not due yet
scores-who = Who was asked at each wave
life-title = Work, housing and schooling after reception
life-headline = { $share } had a livelihood { $months-said } months after reception, of { $count-said } still observed
life-headline-few = Had a livelihood { $months-said } months after reception: { $part-said } of { $count-said } still observed
life-subtitle = Journeys whose mark has come and who are still observed; nobody who is out of sight counts as without
life-area = Part of life
life-months = Months after
life-observed = Observed
life-in-spell = With
life-share = Share
leaving-died = died
leaving-remigrated = left again
leaving-removed-again = removed again
leaving-moved-away = moved away
leaving-contact-lost = contact lost
leaving-observation-ended = observation ended
