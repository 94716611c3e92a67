# What pages of casework say: worklists, journeys, people, services, manifests, sources.

page-back = Back to the list
page-first = First page
page-next = Next page
nav-sources = Data sources
worklist-back = All worklists
worklist-all = All of the list
worklist-subtitle = As it stands on { $day }; a date that passes needs no event.
worklist-journey = Journey
worklist-owed = What is owed
worklist-next = Next step
worklist-who = Whose turn
worklist-by = By when
worklist-standing = How it stands
worklist-told = Escalated to
worklist-site = Site
journeys-subtitle = In the order of their ids; narrow the list with the conditions above.
journeys-journey = Journey
journeys-stage = Stage
journeys-arrival = Arrival
journeys-last = Last told
journey-title = Journey { $journey }
journey-untold = Nothing is told of: { $parts }.
journey-stage = Stage
journey-keeper = Kept by
journey-same-person = The same person
journey-story = What happened
journey-looked = Who was shown what
journey-looked-nobody = No disclosure and no emergency access is recorded.
journey-counted = Why counted, or not
journey-recorded = written down on { $day }
journey-replaced = Corrected on { $day } by { $who }: { $reason }.
journey-retracted = Taken back on { $day } by { $who }: { $reason }.
journey-stands-instead = What stands instead
journey-correction = The correction
journey-corrects = Reason: { $reason }.
journey-corrected = What it corrects
journey-next = What is to be done
journey-what = What
journey-by = By
journey-whose = Whose turn
journey-of = Of
journey-referrals = Referrals
journey-sent = Sent
journey-consent-expired = the consent has expired
journey-consents = Consent in force
journey-purposes = For what
journey-data = Which data
journey-agencies = With whom
journey-agencies-needed = every agency that the purpose needs
journey-override = an override: what the emergency needs
column-from-day = From
column-until = Until
journey-plans = Plans
journey-goal = Goal
journey-plan-state = Plan
journey-plan-told = { $state }; agreed { $day } with { $agency }
journey-assistance = Assistance
journey-on = On
journey-worth = What, and its worth
journey-confirm-on = to be confirmed from { $day }
journey-reversed = undone
journey-transfers = Transfers
journey-attachments = Attachments
journey-called = Called
journey-size = Size
journey-kibibytes = { $size-said } KiB
journey-removed = removed: { $reason }
journey-relatives = Relatives and household
journey-relation = Who they are to the person
counted-title = Why journey { $journey } is counted, or not
counted-back = Back to the journey
counted-subtitle = Counted from { $origin } by { $definition }, as of { $day }.
counted-never-received = Never received: not counted
counted-steps = Step by step
counted-day = Day
counted-what = Fact
counted-verdict = What is made of it
manifests-subtitle = As they stand on { $day }: who is expected before it and not told of stands as such.
manifests-announced = announced
manifests-no-batch = without a batch
manifests-handed = { $provided } handed over, { $none } none, { $missing } not provided
manifest-title = Manifest { $batch }
manifest-back = All manifests
manifest-counts = Announced and arrived
manifest-line = Line
manifest-received-on = Received
sources-subtitle = Each number that a source gave is in, refused or missing.
sources-in = What is in
sources-events = Events
sources-first = First recorded
sources-last = Last recorded
sources-numbers = The sources’ own numbers
sources-numbers-in = In
sources-numbers-refused = Refused
sources-numbers-missing = Missing
sources-which = Which are missing
sources-refused = What was refused, and why
services-title = Services that answer the need
services-subtitle = The { $shown-said } most fitting first, by the directory that was out on { $day }.
services-form = Look for a service
services-find = Find services
services-area = Where the person lives
services-area-hint = A code of an area, such as JM-01.
services-language = Language the person speaks
services-language-en = English
services-language-es = Spanish
services-language-fr = French
services-language-pt = Portuguese
services-language-ht = Haitian Creole
services-language-nl = Dutch
services-age = Age in years
services-needs = Needs
services-fit = Why it stands here
services-places = Places
services-places-unknown = not told
services-free = { $free-said } of { $places-said } free
services-answers = Answers of late
services-answered = { $accepted-said } accepted, { $declined-said } declined in { $months-said } months
services-directory = The directory, version by version
services-versions = Versions
services-version = Version
services-published-on = Published
services-number = Services
services-new = New
services-changed = Changed
services-withdrawn = Withdrawn
services-as-published = as published
services-corrected = corrected since
services-note = Note
services-astray = Referrals that name what the directory does not list
people-title = Search people
people-intro = Write what is known, however it is spelt. What is searched for is kept nowhere.
people-given-names = Given names
people-surnames = Surnames
people-names-hint = Separate several with commas.
people-also-known-as = Also known as
people-born-on = Born
people-born-hint = As far as known: 1985, 1985-03 or 1985-03-04.
people-document-kind = Document
people-document-number = Its number
people-mother-name = Mother’s name
people-search = Search
people-likely = likely
people-possible = possible
people-score = Score
people-who = Who this journey says it is
people-why = What was compared
people-linked = Linked with
people-found-title = Who it may be
people-nobody = Nobody here fits what was written.
people-against = against
people-for = for
people-by-rules = Compared by { $rules }; from { $threshold } on it is likely.
duplicates-subtitle = Pairs that may be one human being, and that nobody has judged. Nothing is linked unless somebody here says so; both judgements can be taken back.
duplicates-none = No pair is waiting for a judgement.
duplicates-pair = { $one } and { $other }
duplicates-field = What
duplicates-basis = How that was found
duplicates-link = The same person
duplicates-unlink = Different people
duplicates-agency = On behalf of which agency
duplicates-done-link = Recorded: { $one } and { $other } are the same person.
duplicates-done-unlink = Recorded: { $one } and { $other } are different people.
duplicates-refused = Not recorded: { $why }
duplicates-all = All pairs
worklist-headline = { $count ->
    [0] Nothing stands in this list
    [one] One thing to look at
   *[other] { $count-said } things to look at
}
worklist-escalated = { $rows ->
    [one] One has come to: { $level }.
   *[other] { $rows-said } have come to: { $level }.
}
manifests-headline = { $untold ->
    [0] Everybody expected so far is told of
    [one] One person was expected, and nothing is told
   *[other] { $untold-said } people were expected, and nothing is told
}
manifest-announced = { $count ->
    [0] Nobody was announced
    [one] One person was announced
   *[other] { $count-said } people were announced
}
manifest-unannounced = { $count ->
    [0] Nobody came unannounced
    [one] One person came unannounced
   *[other] { $count-said } people came unannounced
}
sources-headline = { $missing ->
    [0] No number that a source gave is missing
    [one] One number that a source gave never came
   *[other] { $missing-said } numbers that sources gave never came
}
services-headline = { $count ->
    [0] No service in the directory answers this
    [one] One service answers
   *[other] { $count-said } services answer
}
people-found = { $count ->
    [one] One journey may be the one
   *[other] { $count-said } journeys may be the one
}
