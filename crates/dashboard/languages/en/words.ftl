# The words of vocabularies: <vocabulary>-<value>.

sex-female = female
sex-male = male
sex-other = other
sex-not-known = not known
sex-refused-to-say = would rather not say

missing-not-known = not known
missing-refused-to-say = would rather not say
missing-not-asked = not asked

participant-group-forced-returnee = returned against their will
participant-group-voluntary-returnee = returned by own decision
participant-group-refugee = refugee
participant-group-migrant = migrant
participant-group-host-community = member of the host community
participant-group-indigenous = indigenous person
participant-group-other = other participant

return-type-deported = deported
return-type-removed-after-conviction = removed after a sentence
return-type-refused-entry = refused entry
return-type-voluntary = voluntary
return-type-assisted-voluntary = assisted voluntary
return-type-voluntary-humanitarian = voluntary humanitarian
return-type-spontaneous = unannounced, on their own
return-type-extradited = extradited
return-type-unknown = not known
return-type-not-known = not known

grounds-immigration = immigration only
grounds-drugs = drugs
grounds-firearms = firearms
grounds-homicide = homicide
grounds-larceny = larceny
grounds-fraud = fraud
grounds-assault = assault
grounds-sexual = sexual offence
grounds-kidnapping = kidnapping
grounds-laundering = money laundering
grounds-other = other ground
grounds-none-stated = none, says the sending state
grounds-not-provided = not provided by the sending state
grounds-not-known = not known

provided-provided = provided
provided-none = none, says the sending state
provided-not-provided = not provided

dimension-economic = economic
dimension-social = social
dimension-psychosocial = psychosocial
dimension-overall = overall
dimension-none = none

level-individual = person and family
level-community = community
level-structural = institutions and services
level-none = none

wave-baseline = baseline
wave-month-1 = 1 month
wave-month-3 = 3 months
wave-month-6 = 6 months
wave-month-12 = 12 months
wave-endline = at closure
wave-extra = outside the schedule

channel-office = at the office
channel-home-visit = at home
channel-phone = by telephone
channel-message = by message
channel-video = by video
channel-third-party = through family or community
channel-records = from records

delivery-mode-direct = directly
delivery-mode-referral = after a referral
delivery-mode-both = both
delivery-mode-none = neither

role-intake = intake
role-case-worker = case worker
role-supervisor = supervisor
role-provider = provider
role-health = health worker
role-justice = police, court, prison or probation
role-evaluator = evaluator
role-administrator = administrator
role-import = import

key-role-publisher = publisher
key-role-reader = reader
key-role-case-worker = case worker
key-role-supervisor = supervisor
key-role-operator = operator

assistance-kind-cash = cash
assistance-kind-in-kind = goods
assistance-kind-training = training
assistance-kind-grant = business grant
assistance-kind-counselling = counselling
assistance-kind-medical = medical support
assistance-kind-housing = housing support
assistance-kind-transport = onward transport
assistance-kind-documents = documents
assistance-kind-legal = legal aid
assistance-kind-other = other

confirmation-finding-in-use = received and in use
confirmation-finding-no-longer-in-use = received, no longer in use
confirmation-finding-sold-or-lost = sold or lost
confirmation-finding-not-received = not received
confirmation-finding-not-confirmed = could not be confirmed

confirmation-pending = to be confirmed
confirmation-none = none

purpose-case-management = case management
purpose-referral = referral to other agencies
purpose-follow-up = follow-up after support
purpose-evaluation = statistics without names
purpose-family-tracing = tracing of family

data-category-identity = who the person is
data-category-contact = how to reach the person
data-category-health = health
data-category-criminal = criminal history
data-category-protection = protection concerns
data-category-needs = needs, plans and services
data-category-assessment = assessment scores

consent-form-written = signed
consent-form-verbal = spoken before a witness
consent-form-guardian = by a guardian or representative

override-ground-life-at-risk = life at risk
override-ground-unable-to-consent = unable to consent
override-ground-child-protection = best interests of a child
override-ground-legal-obligation = a law or a court orders it

correction-reason-entry-error = typed or read wrongly
correction-reason-wrong-person = belongs to another person
correction-reason-duplicate = entered twice
correction-reason-new-information = better information came in
correction-reason-objection = the person objected

death-cause-illness = illness
death-cause-accident = accident
death-cause-violence = violence
death-cause-suicide = suicide
death-cause-not-known = not known

service-status-active = active
service-status-inactive = not for now

withdrawn-reason-not-in-source = no longer in the source
withdrawn-reason-defunct = no longer exists
withdrawn-reason-other = other reason

erasure-basis-subject-request = the person asked
erasure-basis-consent-withdrawn = consent was withdrawn
erasure-basis-retention-ended = the time for keeping it is over
erasure-basis-unlawful = should never have been collected
erasure-basis-safety = endangers the person

missed-reason-unreachable = the person could not be reached
missed-reason-refused = the person would rather not
missed-reason-worker-unavailable = the worker could not go
missed-reason-place-unreachable = the place could not be reached
missed-reason-not-safe = not safe
missed-reason-other = other reason

standing-better = better than last time
standing-same = as last time
standing-worse = worse than last time

life-area-livelihood = income and work
life-area-housing = housing
life-area-schooling = schooling and training
life-area-health = health
life-area-family = family
life-area-community = community and acceptance
life-area-safety = safety

cancel-reason-journey-closed = the journey closed
cancel-reason-mistake = scheduled by mistake
cancel-reason-replaced = replaced by another schedule
cancel-reason-other = other reason

severity-summary = summary or petty
severity-either-way = triable either way
severity-indictable = indictable only
severity-not-known = not known

disposal-custody = custody
disposal-suspended-custody = suspended custody
disposal-community = community sentence or probation
disposal-fine = fine
disposal-caution = caution or reprimand
disposal-discharge = discharge
disposal-other = other

custody-reason-remand = remand before trial
custody-reason-new-offence = sentence for a new offence
custody-reason-technical-breach = technical breach, no new offence
custody-reason-old-sentence = an old sentence goes on
custody-reason-immigration = immigration detention

breach-kind-missed-appointment = missed appointment
breach-kind-failed-test = failed test
breach-kind-left-area = left the area
breach-kind-other-technical = other technical breach

closure-reason-plan-completed = plan completed
closure-reason-time-limit = time limit reached
closure-reason-no-longer-eligible = no longer eligible
closure-reason-withdrew = the person withdrew
closure-reason-moved-away = moved away
closure-reason-remigrated = left the country again
closure-reason-removed-again = removed again
closure-reason-imprisoned = imprisoned
closure-reason-died = died
closure-reason-lost-to-follow-up = out of reach
closure-reason-transferred = transferred
closure-reason-safety = safety
closure-reason-funding-ended = programme funding ended
closure-reason-security-context = security situation

transfer-reason-moved = the person moved
transfer-reason-requested = the person asked for it
transfer-reason-better-placed = the other side offers what is needed
transfer-reason-no-capacity = no room here
transfer-reason-safety = for the person’s safety
transfer-reason-programme-ended = the programme ends here
transfer-reason-other = other reason

transfer-decline-reason-no-capacity = no room
transfer-decline-reason-out-of-area = not in the area
transfer-decline-reason-not-eligible = not eligible there
transfer-decline-reason-information-missing = information does not suffice
transfer-decline-reason-consent-missing = no consent covers it
transfer-decline-reason-other = other reason

relation-spouse = spouse or partner
relation-parent = mother or father
relation-child = daughter or son
relation-sibling = sister or brother
relation-grandparent = grandmother or grandfather
relation-grandchild = granddaughter or grandson
relation-guardian = guardian
relation-ward = in the person’s care
relation-other-relative = other relative
relation-household-member = member of the household

attachment-kind-identity = proof of identity
attachment-kind-consent = consent on paper
attachment-kind-medical = medical document
attachment-kind-justice = court or police paper
attachment-kind-certificate = certificate
attachment-kind-receipt = receipt
attachment-kind-photograph = photograph
attachment-kind-agreement = plan or agreement
attachment-kind-other = other

removal-reason-entry-error = attached by mistake
removal-reason-wrong-person = belongs to another person
removal-reason-superseded = another one took its place
removal-reason-objection = the person objected
removal-reason-expired = need not be kept any longer

link-basis-document = same document
link-basis-biometric = same biometrics
link-basis-self-reported = the person said so
link-basis-review = a worker compared both records

goal-progress-not-begun = not begun
goal-progress-under-way = under way
goal-progress-reached = reached
goal-progress-given-up = given up
goal-progress-none = none

approval-decision-approved = approved
approval-decision-sent-back = sent back for changes
approval-decision-rejected = rejected

document-passport = valid passport
document-emergency-travel-document = emergency travel document
document-national-id = national identity card
document-birth-certificate = birth certificate
document-driving-licence = driving licence
document-tax-or-social-security = tax or social security number

need-meals = meals and water
need-hygiene-kit = hygiene kit
need-clothing = clothing
need-transport = onward transport
need-shelter = shelter for the first nights
need-phone = telephone call or phone
need-cash = pocket money
need-medical = medical attention
need-psychological-first-aid = psychological first aid
need-family-tracing = tracing of family
need-documents = identity documents
need-interpreter = interpreter

not-arrived-reason-not-on-board = not on board
not-arrived-reason-transport-cancelled = the flight or vessel did not come
not-arrived-reason-turned-back = refused or returned at the port
not-arrived-reason-left-before-reception = left before reception could speak to them
not-arrived-reason-not-known = not known

priority-emergency = emergency (24 hours)
priority-urgent = urgent (72 hours)
priority-normal = normal (2 weeks)
priority-none = no priority

service-need-housing = shelter or housing
service-need-livelihood = work or training
service-need-education = schooling
service-need-health = health care
service-need-mental-health = mental health or substance use
service-need-documents = identity documents
service-need-legal = legal aid
service-need-protection = protection
service-need-family = family tracing or mediation
service-need-social-assistance = social assistance
service-need-business-grant = start-up grant
service-need-community = faith or community group
service-need-probation = supervision or probation support
service-need-other = other

declined-by-provider = the provider
declined-by-client = the person

decline-reason-lack-of-capacity = no capacity
decline-reason-not-eligible = not eligible
decline-reason-service-not-offered = service not offered there
decline-reason-outside-area = outside the area
decline-reason-information-missing = information missing
decline-reason-client-refused = the person does not want it
decline-reason-safety = safety concern
decline-reason-other = other reason

withdrawn-by-sender = the agency that sent it
withdrawn-by-client = the person

withdraw-reason-no-longer-needed = no longer needed
withdraw-reason-sent-by-mistake = sent by mistake
withdraw-reason-no-answer = no answer in time
withdraw-reason-client-changed-mind = the person changed their mind
withdraw-reason-journey-closed = the journey closed
withdraw-reason-other = other reason

attendance-on-time = on time
attendance-late = late

delivery-delivered = wholly delivered
delivery-partly = partly delivered
delivery-not-delivered = not delivered

not-delivered-reason-client-refused = the person refused
not-delivered-reason-lack-of-capacity = no capacity
not-delivered-reason-no-longer-needed = no longer needed
not-delivered-reason-client-unreachable = the person could not be reached
not-delivered-reason-provider-unreachable = the provider could not be reached
not-delivered-reason-other = other reason

goal-outcome-reached = reached
goal-outcome-partly-reached = partly reached
goal-outcome-not-reached = not reached

screening-kind-health = health
screening-kind-mental-health = mental health and substance use
screening-kind-vulnerability = vulnerability
screening-kind-protection-risk = protection risk

depth-rapid = rapid
depth-full = full

screening-result-negative = nothing found
screening-result-positive = something found
screening-result-inconclusive = could not be completed
screening-result-declined = the person declined

urgent-flag-medical-emergency = medical emergency
urgent-flag-medication-continuity = medication will run out
urgent-flag-self-harm = risk of self-harm
urgent-flag-threat-to-life = threat to life
urgent-flag-trafficking = signs of trafficking
urgent-flag-gender-based-violence = gender-based violence
urgent-flag-unaccompanied-child = unaccompanied or separated child
urgent-flag-homeless = no shelter tonight
urgent-flag-pregnancy = pregnancy
urgent-flag-disability = disability that needs support

vulnerability-level-low = low
vulnerability-level-medium = medium
vulnerability-level-high = high

factor-level-individual = the person
factor-level-household = household and family
factor-level-community = community
factor-level-structural = structures

housing-kind-own-or-rented = own or rented home
housing-kind-with-family = with family
housing-kind-with-friends = with friends
housing-kind-shelter = shelter
housing-kind-transitional = transitional housing
housing-kind-street = on the street
housing-kind-institution = institution

employment-kind-formal = formal employment
employment-kind-informal = informal or day work
employment-kind-self-employed = own business
employment-kind-apprenticeship = apprenticeship or paid training
employment-kind-family-work = unpaid family work
employment-kind-not-known = not told which

schooling-kind-primary = primary school
schooling-kind-secondary = secondary school
schooling-kind-vocational = vocational training
schooling-kind-tertiary = tertiary education
schooling-kind-literacy = literacy
schooling-kind-language = language course

spell-end-completed = completed
spell-end-left = left by the person
spell-end-put-out = dismissed, evicted or expelled
spell-end-expired = ended by itself
spell-end-moved-on = something better was found
spell-end-not-known = not known

event-notice-notified = announced by the sending state
event-notice-changed = announcement changed
event-notice-cancelled = announcement called off
event-reception-received = received on arrival
event-reception-not-arrived = did not arrive
event-reception-registered = registered
event-screening-completed = screened
event-consent-given = consent given
event-consent-refused = consent refused
event-consent-withdrawn = consent withdrawn
event-consent-overridden = consent overridden
event-assessment-completed = assessed
event-plan-agreed = plan agreed
event-plan-reviewed = plan reviewed
event-plan-approved = plan decided on
event-referral-sent = referral sent
event-referral-received = referral received
event-referral-accepted = referral accepted
event-referral-declined = referral declined
event-referral-rerouted = referral sent elsewhere
event-referral-waitlisted = put on a waiting list
event-referral-contacted = person contacted
event-referral-contact-failed = contact tried in vain
event-referral-booked = appointment made
event-referral-attended = appointment kept
event-referral-missed = appointment missed
event-referral-started = service begun
event-referral-concluded = referral concluded
event-referral-withdrawn = referral withdrawn
event-referral-consent-withdrawn = referral ended: consent withdrawn
event-referral-reopened = referral reopened
event-assistance-delivered = assistance delivered
event-assistance-confirmed = assistance confirmed
event-assistance-reversed = delivery undone
event-follow-up-scheduled = follow-up scheduled
event-follow-up-rescheduled = follow-up moved
event-follow-up-completed = follow-up done
event-follow-up-missed = follow-up missed
event-follow-up-cancelled = follow-up cancelled
event-status-housed = housed
event-status-employed = in work
event-status-enrolled = enrolled in schooling
event-status-ended = a spell ended
event-justice-arrested = arrested
event-justice-charged = charged
event-justice-convicted = convicted
event-justice-acquitted = acquitted
event-justice-quashed = conviction quashed
event-justice-custody-entered = custody began
event-justice-custody-left = custody ended
event-justice-supervision-breached = supervision breached
event-departure-remigrated = left the country again
event-departure-removed-again = removed again
event-departure-moved-away = moved away
event-departure-died = died
event-departure-contact-lost = contact lost
event-departure-contact-regained = contact regained
event-journey-closed = journey closed
event-journey-reopened = journey reopened
event-journey-transfer-proposed = transfer proposed
event-journey-transferred = transferred
event-journey-transfer-declined = transfer declined
event-journey-transfer-withdrawn = transfer taken back
event-journey-linked = linked: the same person
event-journey-unlinked = told apart: different people
event-journey-related = relative noted
event-journey-unrelated = relation taken back
event-journey-attached = document attached
event-journey-detached = attachment removed
event-correction-retracted = a fact taken back
event-correction-replaced = a fact corrected
event-erasure-requested = erasure asked for
event-erasure-completed = personal data erased
event-access-disclosed = data disclosed
event-access-glass-broken = emergency access
event-cut-named = cut named
event-directory-service-listed = service listed
event-directory-service-withdrawn = service taken off the list
event-directory-published = directory published

family-notice = notice
family-reception = reception
family-screening = screening
family-consent = consent
family-assessment = assessment
family-plan = plan
family-referral = referral
family-assistance = assistance
family-follow-up = follow-up
family-status = housing, work, schooling
family-justice = justice
family-departure = departure
family-journey = journey
family-correction = correction
family-erasure = erasure
family-access = access
family-cut = cut
family-directory = service directory

stage-unknown = not known
stage-expected = expected
stage-cancelled = called off
stage-not-arrived = not arrived
stage-received = received
stage-assessed = assessed
stage-planned = planned
stage-referred = referred
stage-in-service = in service
stage-contact-lost = contact lost
stage-departed = departed
stage-died = died
stage-closed = closed

referral-state-sent = sent
referral-state-received = received
referral-state-waitlisted = on the waiting list
referral-state-accepted = accepted
referral-state-contacted = contacted
referral-state-contact-failed = not reached yet
referral-state-booked = appointment made
referral-state-missed = appointment missed
referral-state-attended = attended
referral-state-in-service = in service
referral-state-declined = declined
referral-state-rerouted = sent elsewhere
referral-state-withdrawn = withdrawn
referral-state-consent-withdrawn = consent withdrawn
referral-state-concluded = concluded

owner-sender = sender
owner-provider = provider
owner-none = nobody

clock-receipt = receipt
clock-decision = decision
clock-place = a place
clock-first-contact = first contact
clock-first-attendance = first attendance
clock-outcome = outcome
clock-another-way = another way
clock-none = no clock

step-receipt = sent to received
step-decision = received to decided
step-answer = sent to decided
step-first-contact = accepted to first contact
step-first-attendance = contact to first attendance
step-outcome = attendance to outcome
step-whole-loop = sent to outcome

clock-level-on-time = on time
clock-level-due-soon = due soon
clock-level-overdue = overdue
clock-level-escalated = overdue and escalated

move-received = mark as received
move-accepted = accept
move-declined = decline
move-rerouted = send elsewhere
move-waitlisted = put on the waiting list
move-contacted = note a contact
move-contact-failed = note a contact tried in vain
move-booked = make an appointment
move-attended = note attendance
move-missed = note a missed appointment
move-started = begin the service
move-concluded = conclude
move-withdrawn = withdraw
move-consent-withdrawn = end for withdrawn consent
move-reopened = reopen

approval-pending = waiting for a decision
approval-approved = approved
approval-sent-back = sent back for changes
approval-rejected = rejected

transfer-state-pending = waiting for an answer
transfer-state-accepted = accepted
transfer-state-declined = declined
transfer-state-withdrawn = taken back

follow-up-state-scheduled = scheduled
follow-up-state-missed = missed, still to be done
follow-up-state-completed = done
follow-up-state-cancelled = cancelled
follow-up-state-none = none

worklist-kind-arrival = arrival
worklist-kind-assessment = assessment
worklist-kind-plan = plan
worklist-kind-referral = referral
worklist-kind-waitlist = waiting list
worklist-kind-follow-up = follow-up
worklist-kind-contact = contact
worklist-kind-consent = consent
worklist-kind-confirmation = confirmation

worklist-standing-upcoming = coming
worklist-standing-due = due
worklist-standing-overdue = overdue
worklist-standing-running = open, without a deadline

worklist-order-deadline = by deadline
worklist-order-priority = by priority

escalation-level-supervisor = supervisor
escalation-level-manager = manager

next-answer-transfer = answer the transfer
next-close-transferred = close: the case went to another ledger
next-agree-plan = agree a plan
next-decide-plan = decide on the plan
next-confirm-assistance = confirm the assistance
next-follow-up = do the follow-up

manifest-standing-expected = expected
manifest-standing-untold = past its day, nothing told
manifest-standing-arrived = arrived
manifest-standing-not-arrived = not arrived
manifest-standing-cancelled = called off
manifest-standing-unannounced = came unannounced

parting-died = died
parting-remigrated = left the country again
parting-removed-again = removed again
parting-moved-away = moved away
parting-contact-lost = contact lost
parting-observation-ended = observation ended
parting-contact-regained = contact regained

failure-event-arrested = arrested
failure-event-charged = charged
failure-event-convicted = convicted
failure-event-custody-entered = return to custody
failure-event-supervision-breached = supervision breached
failure-event-removed-again = removed again
failure-event-remigrated = left the country again
failure-event-received-again = received again

end-failed = happened
end-not-failed = did not happen
end-competing = something else came first
end-censored = observed only up to a day
end-not-yet = not known yet

five-w-kind-reception = given at reception
five-w-kind-assistance = assistance
five-w-kind-referral = concluded referral

plan-unit-plan = plans
plan-unit-goal = goals

match-field-given-names = given names
match-field-surnames = surnames
match-field-names = names
match-field-born = birth date
match-field-document = document
match-field-mother-name = mother’s name
match-field-sex = sex
match-field-sending-country = sending country

match-how-same = the same
match-how-both = both the same
match-how-one-of-two = one of two the same
match-how-nickname = a nickname of the other
match-how-alias = known by the other’s name
match-how-slip = one letter apart
match-how-sound = sound alike
match-how-initial = the initial of the other
match-how-other-order = in another order
match-how-crossed = given name and surname changed places
match-how-day-month-swapped = day and month changed places
match-how-digit = one digit apart
match-how-same-month = same month
match-how-same-year = same year
match-how-about = about the same year
match-how-other-day = same year, another day
match-how-other-kind = same number, another kind of document
match-how-partly = partly the same
match-how-differ = different

need-match-answers = answers the need
need-match-may-answer = may answer the need

place-match-served = serves the place
place-match-same-country = in the same country
place-match-anywhere = serves anywhere
place-match-elsewhere = serves elsewhere

language-match-spoken = language spoken
language-match-not-said = languages not said
language-match-not-spoken = language not spoken

fit-fits = open to the person
fit-may-not-fit = may not be open to the person
fit-does-not-fit = not open to the person

fit-about-status = status
fit-about-need = need
fit-about-place = place
fit-about-language = language
fit-about-eligibility = who it is for
fit-about-capacity = places
fit-about-answers = answers of late

astray-version-unknown = version of the directory not known
astray-not-listed = not in that version
astray-withdrawn = taken off the list
astray-other-agency = belongs to another agency

weight-needed = needed for the figure
weight-one-of-several = one of several that suffice

moved-new = new
moved-late = told late
moved-correction = correction
moved-link = link
moved-unlink = link taken back
moved-erasure = erasure

model-state-building = being built
model-state-live = live
model-state-halted = halted
model-state-failed = failed

rebuild-stage-reading = reading
rebuild-stage-folding = counting
rebuild-stage-writing = writing

quality-kind-finding = facts that cannot all be right
quality-kind-corrected = corrected facts
quality-kind-missing = missing information
quality-kind-lag = days until recorded
quality-kind-precision = precision of dates

precision-year = year
precision-month = month
precision-day = day
precision-instant = time of day

missing-field-sex = sex
missing-field-birth-date = birth date
missing-field-grounds = grounds of the return
missing-field-area = area of residence
missing-field-consent = consent
missing-field-assessment = assessment

unit-day = day
unit-week = week
unit-month = month

cohort-by-year = year
cohort-by-quarter = quarter
cohort-by-month = month

area-not-known = area not known

site-not-known = site not known

ledger-not-known = ledger not known

programme-not-known = no programme known

agency-not-known = agency not known

age-band-not-known = age not known

sending-country-not-known = country not known

column-ledger = ledger
column-site = site
column-agency = agency
column-group = participant group
column-return-type = return type
column-grounds = grounds
column-sex = sex
column-age-band = age band
column-risk-band = risk band
column-programme = programme
column-sending-country = sending country
column-month = month
column-agreed-month = month agreed
column-sent-month = month sent
column-answered-month = month answered
column-stage = stage
column-state = state
column-standing = standing
column-from = from
column-to = to
column-need = need
column-service = service
column-activity = activity
column-priority = priority
column-owner = whose turn
column-clock = clock
column-due-on = due on
column-closes-on = closes on
column-expected-on = expected on
column-lapsed = ended
column-answer = answer
column-wave = wave
column-area = area
column-batch = batch
column-port = port
column-currency = currency
column-delivery = delivery
column-mode = mode
column-confirmation = confirmation
column-dimension = dimension
column-level = level
column-progress = progress
column-kind = kind
column-subject = subject
column-value = value
column-unit = unit
column-about = about
column-medical-information = medical information
column-criminal-information = criminal record information
column-directory-version = directory version
column-reason = reason
column-definition = definition
column-source = source
column-count = count
column-journey = journey
column-event = event

finding-origin-missing = nothing says how the journey began
finding-journey-closed = dated after the closure
finding-not-closed = reopened without having been closed
finding-after-death = dated after the death
finding-consent-missing = no consent covers what is shared
finding-consent-unknown = names a consent that was not given
finding-consent-withdrawn = dated after the consent was withdrawn
finding-referral-open = reopens a referral that is still open
finding-referral-undecided = the provider has not accepted the referral
finding-referral-too-early = a step that must come before is missing
finding-referral-too-late = the referral is past this step
finding-referral-declined = the referral was declined
finding-referral-ended = the referral has ended
finding-referral-unknown = names a referral that was not sent
finding-referral-twice = the referral was sent twice
finding-reason-missing = no reason why it was not wholly delivered
finding-outcome-missing = a goal has no outcome
finding-schedule-missing = names a follow-up that was not scheduled
finding-plan-unknown = names a plan that was not agreed
finding-goal-unknown = names a goal that is not in the plan
finding-goal-twice = a goal stands twice in the plan
finding-four-eyes = who agreed the plan decided on it
finding-assistance-unknown = names a delivery that was not made
finding-spell-unknown = ends a spell that was not begun
finding-spell-backwards = a spell ends before it begins
finding-case-unknown = names a court case that was not opened
finding-correction-unknown = corrects a fact that is not there
finding-correction-foreign = corrected by someone who may not
finding-link-to-self = linked with itself
finding-transfer-unknown = answers a transfer that was not proposed
finding-transfer-answered = the transfer was answered before
finding-transfer-pending = another transfer waits for its answer
finding-transfer-foreign = answered by someone who may not
finding-attachment-unknown = removes a document that was not attached
finding-attachment-twice = a document was attached twice
finding-event-id-reused = one id names two facts
finding-request-unknown = erasure done without having been asked for
finding-cut-elsewhere = a cut stands in the wrong place
finding-cuts-only = only cuts belong here
finding-cut-name-taken = the name of the cut is taken
finding-directory-elsewhere = a directory entry stands in the wrong place
finding-directory-only = only the directory belongs here
finding-directory-version-taken = this version of the directory is out already
finding-directory-version-out = added to a version that is out
finding-directory-version-gap = a version of the directory is missing
finding-directory-count-differs = the number of services is not as published
finding-directory-service-unknown = takes off a service that was not listed
finding-answer-misfit = an answer does not fit the instrument
finding-score-differs = the score is not what the answers give
finding-instrument-edited = another file of the same instrument and version

next-receive = receive the person
next-assess = assess
next-offer-place = offer a place
next-acknowledge = say that it was received
next-decide = accept or decline
next-contact-client = contact the person
next-bring-client-in = bring the person in
next-report-outcome = report the outcome
next-find-another-way = find another way
next-act = act
next-ask-again = ask again
next-ask = ask how it goes
next-get-in-touch = get in touch
next-renew-consent = renew the consent
next-confirm = ask whether it still serves

verdict-failed = happened: counted
verdict-failed-again = happened again: counted once
verdict-competing = something else came first
verdict-censored = observed only up to here
verdict-complete = observed to the end
verdict-open = still observed
verdict-not-mature = not known yet: too early
verdict-not-counted = not counted
verdict-counted = counted from here
verdict-not-known = not known yet
verdict-no-failure = does not count
verdict-taken-back = taken back later
verdict-no-end = ends nothing
verdict-not-at-risk = time not counted
