# What every page says: frame, navigation, sign-in, dates and numbers.

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
date-long = { $day } { $month } { $year }
date-month = { $month } { $year }
number-between = { $low } to { $high }
count-people = { $count ->
    [one] { $count-said } person
   *[other] { $count-said } people
}
count-journeys = { $count ->
    [one] { $count-said } journey
   *[other] { $count-said } journeys
}
count-days = { $count ->
    [one] { $count-said } day
   *[other] { $count-said } days
}
count-commits = { $count ->
    [one] { $count-said } commit
   *[other] { $count-said } commits
}
skip-to-content = Skip to content
site-name = Homeward
nav-label = Pages
nav-figures = Figures
nav-casework = Casework
nav-today = Today
nav-arrivals = Arrivals
nav-flow = Journey flow
nav-referrals = Referrals
nav-follow-ups = Follow-ups
nav-outcomes = Outcomes
nav-returns = What becomes of people
nav-map = Map
nav-quality = Data quality
nav-worklists = Worklists
nav-journeys = Journeys
nav-people = Search people
nav-duplicates = Possible duplicates
nav-services = Services
nav-manifests = Manifests
nav-record = Record an event
language-label = Language
sign-in-title = Sign in
sign-in-key = Key
sign-in-hint = The key that your operator gave you; it begins with hw_.
sign-in-button = Sign in
sign-in-refused = This key does not work here. Copy it whole, from hw_ to its end.
sign-in-not-reading = This key allows publishing, not reading; pages need a key that reads.
sign-in-elsewhere = This form came from another page or too late. Try again.
sign-out = Sign out
signed-in-as = Signed in: { $name }
frame-title = What is shown
frame-ledger = Ledger
frame-site = Site
frame-agency = Agency
frame-group = Participant group
frame-return-type = Return type
frame-grounds = Grounds
frame-sex = Sex
frame-age-band = Age band
frame-risk-band = Risk band
frame-programme = Programme
frame-origin-from = Cohort from
frame-origin-to = Cohort to
frame-definition = Definition
frame-known = As known on
frame-known-hint = What the ledger knew: now, a named cut, a time such as 2026-07-01T00:00Z, or ledger:sequence.
frame-known-head = everything known now
frame-day = On day
frame-day-hint = The world's day: what is later has not happened yet. Today when empty.
frame-any = all
frame-show = Show
frame-clear = Clear
frame-more = More conditions
frame-not-narrowed = Not narrowed by: { $names }. This figure does not tell them apart.
as-of-head = Knows { $positions }: everything in the ledgers.
as-of-behind = Knows { $positions }; { $lag } behind the ledgers.
as-of-past = As known at { $positions }, as asked: nothing later is in it.
as-of-nothing = no ledger
as-of-at = Read { $at }.
panel-table = The same as a table
panel-take = Take away:
panel-explain = Explain: which journeys and events
panel-open = Open the list
panel-empty = Nothing to show: nobody fits these conditions.
panel-loading = Not ready yet: { $why }. This page asks again by itself; without script, load it again.
panel-refused = Cannot be answered: { $why }
few-title = Too few people for a share: { $part-said } of { $count-said } so far
few-sentence = With fewer than { $few-said } people a share would say more than is known; the table gives every number.
panel-synthetic = Synthetic data: made up for trying out, about nobody.
panel-by = by { $definition }
error-title = This cannot be shown
error-not-found = There is no such page, or it is not for you.
error-back = Back to today
live-changed = Updated { $at }
live-on = Live
live-off = Not live: the link is down. What is shown may be old.
column-total = Total
