# The words of vocabularies: <vocabulary>-<value>.

sex-female = fi
sex-male = gason
sex-other = lòt
sex-not-known = yo pa konnen
sex-refused-to-say = li pito pa di

missing-not-known = yo pa konnen
missing-refused-to-say = li pito pa di
missing-not-asked = yo pa mande

participant-group-forced-returnee = moun yo voye tounen san volonte l
participant-group-voluntary-returnee = moun ki tounen ak volonte l
participant-group-refugee = refijye
participant-group-migrant = migran
participant-group-host-community = moun nan kominote k ap resevwa a
participant-group-indigenous = moun otoktòn
participant-group-other = lòt patisipan

return-type-deported = depòtasyon
return-type-removed-after-conviction = ranvwa apre yon kondanasyon
return-type-refused-entry = yo refize l antre
return-type-voluntary = retou volontè
return-type-assisted-voluntary = retou volontè ak asistans
return-type-voluntary-humanitarian = retou volontè imanitè
return-type-spontaneous = retou espontane
return-type-extradited = ekstradisyon
return-type-unknown = yo pa konnen
return-type-not-known = yo pa konnen

grounds-immigration = imigrasyon sèlman
grounds-drugs = dwòg
grounds-firearms = zam
grounds-homicide = omisid
grounds-larceny = vòl
grounds-fraud = fwod
grounds-assault = agresyon
grounds-sexual = deli seksyèl
grounds-kidnapping = kidnapin
grounds-laundering = blanchi lajan
grounds-other = lòt rezon
grounds-none-stated = okenn, dapre peyi ki voye a
grounds-not-provided = peyi ki voye a pa bay li
grounds-not-known = yo pa konnen

provided-provided = yo bay li
provided-none = okenn, dapre peyi ki voye a
provided-not-provided = yo pa bay li

dimension-economic = ekonomik
dimension-social = sosyal
dimension-psychosocial = sikososyal
dimension-overall = an jeneral
dimension-none = okenn

level-individual = moun nan ak fanmi l
level-community = kominote
level-structural = enstitisyon ak sèvis
level-none = okenn

wave-baseline = sitiyasyon depa
wave-month-1 = 1 mwa
wave-month-3 = 3 mwa
wave-month-6 = 6 mwa
wave-month-12 = 12 mwa
wave-endline = nan fèmen dosye a
wave-extra = andeyò orè a

channel-office = nan biwo a
channel-home-visit = lakay li
channel-phone = nan telefòn
channel-message = pa mesaj
channel-video = pa videyo
channel-third-party = pa fanmi oswa kominote a
channel-records = nan dosye

delivery-mode-direct = dirèk
delivery-mode-referral = apre yon referans
delivery-mode-both = toude
delivery-mode-none = okenn

role-intake = resepsyon
role-case-worker = travayè sosyal
role-supervisor = sipèvizè
role-provider = founisè sèvis
role-health = ajan sante
role-justice = lapolis, lajistis, prizon oswa pwobasyon
role-evaluator = evalyatè
role-administrator = administratè
role-import = enpòtasyon

key-role-publisher = pibliye
key-role-reader = li
key-role-case-worker = travayè sosyal
key-role-supervisor = sipèvizè
key-role-operator = operatè

assistance-kind-cash = lajan
assistance-kind-in-kind = machandiz
assistance-kind-training = fòmasyon
assistance-kind-grant = èd pou biznis
assistance-kind-counselling = konsèy ak sipò
assistance-kind-medical = sipò medikal
assistance-kind-housing = sipò pou lojman
assistance-kind-transport = transpò
assistance-kind-documents = papye
assistance-kind-legal = èd legal
assistance-kind-other = lòt

confirmation-finding-in-use = li resevwa l epi l ap sèvi
confirmation-finding-no-longer-in-use = li resevwa l, li pa sèvi ankò
confirmation-finding-sold-or-lost = vann oswa pèdi
confirmation-finding-not-received = li pa resevwa l
confirmation-finding-not-confirmed = yo pa t ka konfime l

confirmation-pending = pou konfime
confirmation-none = okenn

purpose-case-management = jesyon ka a
purpose-referral = referans bay lòt ajans
purpose-follow-up = swivi apre sipò a
purpose-evaluation = estatistik san non moun
purpose-family-tracing = chèche fanmi

data-category-identity = ki moun li ye
data-category-contact = kijan pou jwenn li
data-category-health = sante
data-category-criminal = dosye jidisyè
data-category-protection = pwoblèm pwoteksyon
data-category-needs = bezwen, plan ak sèvis
data-category-assessment = nòt evalyasyon

consent-form-written = siyen
consent-form-verbal = pale devan temwen
consent-form-guardian = pa yon gadyen oswa reprezantan

override-ground-life-at-risk = lavi l an danje
override-ground-unable-to-consent = li pa ka bay konsantman
override-ground-child-protection = enterè yon timoun
override-ground-legal-obligation = lalwa oswa yon jij mande l

correction-reason-entry-error = erè lè y ap antre l
correction-reason-wrong-person = se pou yon lòt moun
correction-reason-duplicate = antre de fwa
correction-reason-new-information = pi bon enfòmasyon vini
correction-reason-objection = moun nan pa dakò

death-cause-illness = maladi
death-cause-accident = aksidan
death-cause-violence = vyolans
death-cause-suicide = swisid
death-cause-not-known = yo pa konnen

service-status-active = aktif
service-status-inactive = pa aktif pou kounye a

withdrawn-reason-not-in-source = li pa nan sous la ankò
withdrawn-reason-defunct = li pa egziste ankò
withdrawn-reason-other = lòt rezon

erasure-basis-subject-request = moun nan mande l
erasure-basis-consent-withdrawn = yo retire konsantman an
erasure-basis-retention-ended = tan pou kenbe l la fini
erasure-basis-unlawful = yo pa t dwe janm pran l
erasure-basis-safety = li mete moun nan an danje

missed-reason-unreachable = yo pa jwenn moun nan
missed-reason-refused = moun nan pa t vle
missed-reason-worker-unavailable = travayè a pa t ka ale
missed-reason-place-unreachable = yo pa t ka rive kote a
missed-reason-not-safe = li pa t an sekirite
missed-reason-other = lòt rezon

standing-better = pi bon pase dènye fwa
standing-same = menm jan ak dènye fwa
standing-worse = pi mal pase dènye fwa

life-area-livelihood = lajan ak travay
life-area-housing = lojman
life-area-schooling = lekòl ak fòmasyon
life-area-health = sante
life-area-family = fanmi
life-area-community = kominote ak akeyi
life-area-safety = sekirite

cancel-reason-journey-closed = pakou a fèmen
cancel-reason-mistake = yo te pwograme l pa erè
cancel-reason-replaced = yon lòt orè ranplase l
cancel-reason-other = lòt rezon

severity-summary = ti enfraksyon
severity-either-way = ka jije youn oswa lòt jan
severity-indictable = gwo enfraksyon
severity-not-known = yo pa konnen

disposal-custody = prizon
disposal-suspended-custody = prizon ak sisi
disposal-community = travay kominotè oswa pwobasyon
disposal-fine = amann
disposal-caution = avètisman
disposal-discharge = yo lage l san pèn
disposal-other = lòt

custody-reason-remand = detansyon anvan jijman
custody-reason-new-offence = pèn pou yon nouvo deli
custody-reason-technical-breach = vyolasyon teknik, san nouvo deli
custody-reason-old-sentence = yon ansyen pèn ap kontinye
custody-reason-immigration = detansyon imigrasyon

breach-kind-missed-appointment = li rate yon randevou
breach-kind-failed-test = tès ki pa bon
breach-kind-left-area = li kite zòn nan
breach-kind-other-technical = lòt vyolasyon teknik

closure-reason-plan-completed = plan an fini
closure-reason-time-limit = tan an fini
closure-reason-no-longer-eligible = li pa kalifye ankò
closure-reason-withdrew = moun nan retire tèt li
closure-reason-moved-away = li deplase
closure-reason-remigrated = li kite peyi a ankò
closure-reason-removed-again = yo ranvwaye l ankò
closure-reason-imprisoned = nan prizon
closure-reason-died = li mouri
closure-reason-lost-to-follow-up = yo pèdi kontak ak li
closure-reason-transferred = yo transfere l
closure-reason-safety = sekirite
closure-reason-funding-ended = finansman an fini
closure-reason-security-context = sitiyasyon sekirite a

transfer-reason-moved = moun nan deplase
transfer-reason-requested = moun nan mande l
transfer-reason-better-placed = lòt bò a gen sa l bezwen an
transfer-reason-no-capacity = pa gen plas isit la
transfer-reason-safety = pou sekirite moun nan
transfer-reason-programme-ended = pwogram nan fini isit la
transfer-reason-other = lòt rezon

transfer-decline-reason-no-capacity = pa gen plas
transfer-decline-reason-out-of-area = andeyò zòn nan
transfer-decline-reason-not-eligible = li pa kalifye la
transfer-decline-reason-information-missing = enfòmasyon an pa ase
transfer-decline-reason-consent-missing = pa gen konsantman pou sa
transfer-decline-reason-other = lòt rezon

relation-spouse = mari, madanm oswa patnè
relation-parent = manman oswa papa
relation-child = pitit
relation-sibling = sè oswa frè
relation-grandparent = grann oswa granpè
relation-grandchild = pitit pitit
relation-guardian = gadyen
relation-ward = sou kont moun nan
relation-other-relative = lòt fanmi
relation-household-member = moun nan menm kay la

attachment-kind-identity = pyès idantite
attachment-kind-consent = konsantman sou papye
attachment-kind-medical = papye medikal
attachment-kind-justice = papye lajistis oswa lapolis
attachment-kind-certificate = sètifika
attachment-kind-receipt = resi
attachment-kind-photograph = foto
attachment-kind-agreement = plan oswa antant
attachment-kind-other = lòt

removal-reason-entry-error = yo te mete l pa erè
removal-reason-wrong-person = se pou yon lòt moun
removal-reason-superseded = yon lòt pran plas li
removal-reason-objection = moun nan pa dakò
removal-reason-expired = pa bezwen kenbe l ankò

link-basis-document = menm papye
link-basis-biometric = menm done byometrik
link-basis-self-reported = moun nan di l
link-basis-review = yon travayè konpare tou de dosye yo

goal-progress-not-begun = poko kòmanse
goal-progress-under-way = ap fèt
goal-progress-reached = li rive fèt
goal-progress-given-up = yo abandone l
goal-progress-none = okenn

approval-decision-approved = apwouve
approval-decision-sent-back = yo voye l tounen pou chanjman
approval-decision-rejected = rejte

document-passport = paspò ki bon
document-emergency-travel-document = papye vwayaj ijans
document-national-id = kat idantite nasyonal
document-birth-certificate = batistè
document-driving-licence = lisans
document-tax-or-social-security = nimewo taks oswa asirans sosyal

need-meals = manje ak dlo
need-hygiene-kit = kit ijyèn
need-clothing = rad
need-transport = transpò
need-shelter = kote pou dòmi premye nwit yo
need-phone = apèl oswa telefòn
need-cash = ti kòb nan men
need-medical = swen medikal
need-psychological-first-aid = premye sekou sikolojik
need-family-tracing = chèche fanmi
need-documents = papye idantite
need-interpreter = entèprèt

not-arrived-reason-not-on-board = li pa t abò
not-arrived-reason-transport-cancelled = vòl la oswa bato a pa vini
not-arrived-reason-turned-back = yo fè l tounen nan pò a
not-arrived-reason-left-before-reception = li ale anvan resepsyon an
not-arrived-reason-not-known = yo pa konnen

priority-emergency = ijans (24 èdtan)
priority-urgent = ijan (72 èdtan)
priority-normal = nòmal (2 semèn)
priority-none = san priyorite

service-need-housing = abri oswa lojman
service-need-livelihood = travay oswa fòmasyon
service-need-education = lekòl
service-need-health = swen sante
service-need-mental-health = sante mantal oswa dwòg
service-need-documents = papye idantite
service-need-legal = èd legal
service-need-protection = pwoteksyon
service-need-family = chèche fanmi oswa medyasyon
service-need-social-assistance = asistans sosyal
service-need-business-grant = èd pou kòmanse biznis
service-need-community = gwoup legliz oswa kominote
service-need-probation = sipèvizyon oswa pwobasyon
service-need-other = lòt

declined-by-provider = founisè a
declined-by-client = moun nan

decline-reason-lack-of-capacity = pa gen kapasite
decline-reason-not-eligible = li pa kalifye
decline-reason-service-not-offered = yo pa bay sèvis sa a la
decline-reason-outside-area = andeyò zòn nan
decline-reason-information-missing = enfòmasyon manke
decline-reason-client-refused = moun nan pa vle l
decline-reason-safety = pwoblèm sekirite
decline-reason-other = lòt rezon

withdrawn-by-sender = ajans ki te voye l la
withdrawn-by-client = moun nan

withdraw-reason-no-longer-needed = pa bezwen l ankò
withdraw-reason-sent-by-mistake = yo te voye l pa erè
withdraw-reason-no-answer = pa gen repons alè
withdraw-reason-client-changed-mind = moun nan chanje lide
withdraw-reason-journey-closed = pakou a fèmen
withdraw-reason-other = lòt rezon

attendance-on-time = alè
attendance-late = an reta

delivery-delivered = bay nèt
delivery-partly = bay yon pati
delivery-not-delivered = pa bay

not-delivered-reason-client-refused = moun nan refize
not-delivered-reason-lack-of-capacity = pa gen kapasite
not-delivered-reason-no-longer-needed = pa bezwen l ankò
not-delivered-reason-client-unreachable = yo pa jwenn moun nan
not-delivered-reason-provider-unreachable = yo pa jwenn founisè a
not-delivered-reason-other = lòt rezon

goal-outcome-reached = li rive fèt
goal-outcome-partly-reached = yon pati rive fèt
goal-outcome-not-reached = li pa rive fèt

screening-kind-health = sante
screening-kind-mental-health = sante mantal ak dwòg
screening-kind-vulnerability = vilnerabilite
screening-kind-protection-risk = risk pwoteksyon

depth-rapid = rapid
depth-full = konplè

screening-result-negative = yo pa jwenn anyen
screening-result-positive = yo jwenn yon bagay
screening-result-inconclusive = yo pa t ka fini l
screening-result-declined = moun nan refize

urgent-flag-medical-emergency = ijans medikal
urgent-flag-medication-continuity = medikaman pral fini
urgent-flag-self-harm = risk pou l fè tèt li mal
urgent-flag-threat-to-life = menas sou lavi l
urgent-flag-trafficking = siy trafik moun
urgent-flag-gender-based-violence = vyolans ki baze sou sèks
urgent-flag-unaccompanied-child = timoun ki poukont li
urgent-flag-homeless = pa gen kote pou dòmi aswè a
urgent-flag-pregnancy = gwosès
urgent-flag-disability = andikap ki mande sipò

vulnerability-level-low = ba
vulnerability-level-medium = mwayen
vulnerability-level-high = wo

factor-level-individual = moun nan
factor-level-household = kay la ak fanmi an
factor-level-community = kominote
factor-level-structural = estrikti

housing-kind-own-or-rented = kay pa l oswa kay lwe
housing-kind-with-family = ak fanmi
housing-kind-with-friends = ak zanmi
housing-kind-shelter = abri
housing-kind-transitional = lojman tranzisyon
housing-kind-street = nan lari
housing-kind-institution = enstitisyon

employment-kind-formal = travay fòmèl
employment-kind-informal = travay enfòmèl oswa jounalye
employment-kind-self-employed = biznis pa l
employment-kind-apprenticeship = aprantisaj oswa fòmasyon peye
employment-kind-family-work = travay fanmi san peye
employment-kind-not-known = yo pa di kilès

schooling-kind-primary = lekòl primè
schooling-kind-secondary = lekòl segondè
schooling-kind-vocational = fòmasyon pwofesyonèl
schooling-kind-tertiary = etid siperyè
schooling-kind-literacy = alfabetizasyon
schooling-kind-language = kou lang

spell-end-completed = fini
spell-end-left = moun nan kite l
spell-end-put-out = yo mete l deyò
spell-end-expired = li fini poukont li
spell-end-moved-on = li jwenn pi bon
spell-end-not-known = yo pa konnen

event-notice-notified = peyi ki voye a anonse l
event-notice-changed = anons la chanje
event-notice-cancelled = anons la anile
event-reception-received = yo resevwa l lè l rive
event-reception-not-arrived = li pa rive
event-reception-registered = yo anrejistre l
event-screening-completed = yo fè triyaj la
event-consent-given = li bay konsantman
event-consent-refused = li refize bay konsantman
event-consent-withdrawn = li retire konsantman l
event-consent-overridden = yo aji san konsantman l
event-assessment-completed = yo fè evalyasyon an
event-plan-agreed = yo dakò sou plan an
event-plan-reviewed = yo revize plan an
event-plan-approved = yo deside sou plan an
event-referral-sent = yo voye referans lan
event-referral-received = yo resevwa referans lan
event-referral-accepted = yo aksepte referans lan
event-referral-declined = yo refize referans lan
event-referral-rerouted = yo voye referans lan yon lòt kote
event-referral-waitlisted = yo mete l sou lis datant
event-referral-contacted = yo kontakte moun nan
event-referral-contact-failed = yo eseye kontakte l, yo pa jwenn li
event-referral-booked = yo pran randevou
event-referral-attended = li vin nan randevou a
event-referral-missed = li rate randevou a
event-referral-started = sèvis la kòmanse
event-referral-concluded = referans lan fini
event-referral-withdrawn = yo retire referans lan
event-referral-consent-withdrawn = referans lan kanpe: konsantman retire
event-referral-reopened = yo relouvri referans lan
event-assistance-delivered = yo bay èd la
event-assistance-confirmed = yo konfime èd la
event-assistance-reversed = yo anile èd la
event-follow-up-scheduled = yo pwograme swivi a
event-follow-up-rescheduled = yo deplase swivi a
event-follow-up-completed = swivi a fèt
event-follow-up-missed = swivi a pa fèt
event-follow-up-cancelled = yo anile swivi a
event-status-housed = li gen kote pou l rete
event-status-employed = li gen travay
event-status-enrolled = li enskri lekòl
event-status-ended = yon peryòd fini
event-justice-arrested = yo arete l
event-justice-charged = yo akize l
event-justice-convicted = yo kondane l
event-justice-acquitted = yo akite l
event-justice-quashed = yo anile kondanasyon an
event-justice-custody-entered = li antre nan detansyon
event-justice-custody-left = li soti nan detansyon
event-justice-supervision-breached = li pa respekte sipèvizyon an
event-departure-remigrated = li kite peyi a ankò
event-departure-removed-again = yo ranvwaye l ankò
event-departure-moved-away = li deplase
event-departure-died = li mouri
event-departure-contact-lost = yo pèdi kontak
event-departure-contact-regained = yo rejwenn li
event-journey-closed = pakou a fèmen
event-journey-reopened = pakou a relouvri
event-journey-transfer-proposed = yo pwopoze transfè a
event-journey-transferred = transfè a fèt
event-journey-transfer-declined = yo refize transfè a
event-journey-transfer-withdrawn = yo retire transfè a
event-journey-linked = konekte: se menm moun nan
event-journey-unlinked = separe: se moun diferan
event-journey-related = yo note yon fanmi
event-journey-unrelated = yo retire lyen fanmi an
event-journey-attached = yo ajoute yon dokiman
event-journey-detached = yo retire yon dokiman
event-correction-retracted = yo retire yon fè
event-correction-replaced = yo korije yon fè
event-erasure-requested = yo mande efase done yo
event-erasure-completed = yo efase done pèsonèl yo
event-access-disclosed = yo pataje done yo
event-access-glass-broken = aksè ijans
event-cut-named = yo bay yon koup non
event-directory-service-listed = yo mete sèvis la nan lis la
event-directory-service-withdrawn = yo retire sèvis la nan lis la
event-directory-published = yo pibliye repètwa a

family-notice = anons
family-reception = resepsyon
family-screening = triyaj
family-consent = konsantman
family-assessment = evalyasyon
family-plan = plan
family-referral = referans
family-assistance = èd
family-follow-up = swivi
family-status = lojman, travay, lekòl
family-justice = lajistis
family-departure = depa
family-journey = pakou
family-correction = koreksyon
family-erasure = efasman
family-access = aksè
family-cut = koup
family-directory = repètwa sèvis

stage-unknown = yo pa konnen
stage-expected = yo ap tann li
stage-cancelled = anile
stage-not-arrived = li pa rive
stage-received = yo resevwa l
stage-assessed = evalye
stage-planned = gen plan
stage-referred = refere
stage-in-service = nan sèvis
stage-contact-lost = kontak pèdi
stage-departed = ale
stage-died = mouri
stage-closed = fèmen

referral-state-sent = voye
referral-state-received = resevwa
referral-state-waitlisted = sou lis datant
referral-state-accepted = aksepte
referral-state-contacted = kontakte
referral-state-contact-failed = poko jwenn
referral-state-booked = gen randevou
referral-state-missed = rate randevou
referral-state-attended = prezan
referral-state-in-service = nan sèvis
referral-state-declined = refize
referral-state-rerouted = voye yon lòt kote
referral-state-withdrawn = retire
referral-state-consent-withdrawn = konsantman retire
referral-state-concluded = fini

owner-sender = ajans ki voye a
owner-provider = founisè
owner-none = pèsonn

clock-receipt = resepsyon
clock-decision = desizyon
clock-place = yon plas
clock-first-contact = premye kontak
clock-first-attendance = premye vizit
clock-outcome = rezilta
clock-another-way = yon lòt chemen
clock-none = san delè

step-receipt = depi voye rive resevwa
step-decision = depi resevwa rive deside
step-answer = depi voye rive deside
step-first-contact = depi aksepte rive premye kontak
step-first-attendance = depi kontak rive premye vizit
step-outcome = depi vizit rive rezilta
step-whole-loop = depi voye rive rezilta

clock-level-on-time = alè
clock-level-due-soon = talè rive
clock-level-overdue = an reta
clock-level-escalated = an reta, li monte pi wo

move-received = make li resevwa
move-accepted = aksepte
move-declined = refize
move-rerouted = voye yon lòt kote
move-waitlisted = mete sou lis datant
move-contacted = note yon kontak
move-contact-failed = note yon kontak ki pa mache
move-booked = pran yon randevou
move-attended = note li vini
move-missed = note li rate randevou a
move-started = kòmanse sèvis la
move-concluded = fini
move-withdrawn = retire
move-consent-withdrawn = kanpe: konsantman retire
move-reopened = relouvri

approval-pending = ap tann desizyon
approval-approved = apwouve
approval-sent-back = yo voye l tounen pou chanjman
approval-rejected = rejte

transfer-state-pending = ap tann repons
transfer-state-accepted = aksepte
transfer-state-declined = refize
transfer-state-withdrawn = retire

follow-up-state-scheduled = pwograme
follow-up-state-missed = rate, li rete pou fèt
follow-up-state-completed = fèt
follow-up-state-cancelled = anile
follow-up-state-none = okenn

worklist-kind-arrival = arive
worklist-kind-assessment = evalyasyon
worklist-kind-plan = plan
worklist-kind-referral = referans
worklist-kind-waitlist = lis datant
worklist-kind-follow-up = swivi
worklist-kind-contact = kontak
worklist-kind-consent = konsantman
worklist-kind-confirmation = konfimasyon

worklist-standing-upcoming = k ap vini
worklist-standing-due = pou fèt kounye a
worklist-standing-overdue = an reta
worklist-standing-running = louvri, san dat limit

worklist-order-deadline = dapre dat limit
worklist-order-priority = dapre priyorite

escalation-level-supervisor = sipèvizè
escalation-level-manager = direktè

next-answer-transfer = reponn transfè a
next-close-transferred = fèmen: ka a ale nan yon lòt rejis
next-agree-plan = fè yon plan
next-decide-plan = deside sou plan an
next-confirm-assistance = konfime èd la
next-follow-up = fè swivi a

manifest-standing-expected = yo ap tann li
manifest-standing-untold = jou a pase, pa gen nouvèl
manifest-standing-arrived = rive
manifest-standing-not-arrived = pa rive
manifest-standing-cancelled = anile
manifest-standing-unannounced = vini san anons

parting-died = li mouri
parting-remigrated = li kite peyi a ankò
parting-removed-again = yo ranvwaye l ankò
parting-moved-away = li deplase
parting-contact-lost = kontak pèdi
parting-observation-ended = obsèvasyon an fini
parting-contact-regained = yo rejwenn li

failure-event-arrested = arestasyon
failure-event-charged = akizasyon
failure-event-convicted = kondanasyon
failure-event-custody-entered = retou nan detansyon
failure-event-supervision-breached = vyolasyon sipèvizyon
failure-event-removed-again = nouvo ranvwa
failure-event-remigrated = nouvo emigrasyon
failure-event-received-again = yo resevwa l ankò

end-failed = rive
end-not-failed = pa rive
end-competing = yon lòt bagay rive anvan
end-censored = obsève sèlman jiska yon jou
end-not-yet = poko konnen

five-w-kind-reception = bay nan resepsyon an
five-w-kind-assistance = èd
five-w-kind-referral = referans fini

plan-unit-plan = plan
plan-unit-goal = objektif

match-field-given-names = non
match-field-surnames = siyati
match-field-names = non ak siyati
match-field-born = dat nesans
match-field-document = papye
match-field-mother-name = non manman
match-field-sex = sèks
match-field-sending-country = peyi ki voye a

match-how-same = menm
match-how-both = toude menm
match-how-one-of-two = youn sou de menm
match-how-nickname = ti non lòt la
match-how-alias = yo rele l ak non lòt la
match-how-slip = yon lèt diferans
match-how-sound = yo sonnen menm jan
match-how-initial = premye lèt lòt la
match-how-other-order = nan yon lòt lòd
match-how-crossed = non ak siyati chanje plas
match-how-day-month-swapped = jou ak mwa chanje plas
match-how-digit = yon chif diferans
match-how-same-month = menm mwa
match-how-same-year = menm ane
match-how-about = apeprè menm ane
match-how-other-day = menm ane, lòt jou
match-how-other-kind = menm nimewo, lòt kalite papye
match-how-partly = menm an pati
match-how-differ = diferan

need-match-answers = li reponn bezwen an
need-match-may-answer = li ka reponn bezwen an

place-match-served = li sèvi kote a
place-match-same-country = nan menm peyi a
place-match-anywhere = li sèvi tout kote
place-match-elsewhere = li sèvi lòt kote

language-match-spoken = yo pale lang lan
language-match-not-said = yo pa di ki lang
language-match-not-spoken = yo pa pale lang lan

fit-fits = li louvri pou moun nan
fit-may-not-fit = li ka pa louvri pou moun nan
fit-does-not-fit = li pa louvri pou moun nan

fit-about-status = eta
fit-about-need = bezwen
fit-about-place = kote
fit-about-language = lang
fit-about-eligibility = pou ki moun
fit-about-capacity = plas
fit-about-answers = dènye repons yo

astray-version-unknown = yo pa konnen vèsyon repètwa a
astray-not-listed = li pa nan vèsyon sa a
astray-withdrawn = yo retire l nan lis la
astray-other-agency = se pou yon lòt ajans

weight-needed = chif la bezwen l
weight-one-of-several = youn nan plizyè ki ase

moved-new = nouvo
moved-late = yo di l ta
moved-correction = koreksyon
moved-link = lyen
moved-unlink = lyen retire
moved-erasure = efasman

model-state-building = ap bati
model-state-live = ajou
model-state-halted = kanpe
model-state-failed = echwe

rebuild-stage-reading = ap li
rebuild-stage-folding = ap kalkile
rebuild-stage-writing = ap ekri

quality-kind-finding = fè ki pa ka tout vre
quality-kind-corrected = fè yo korije
quality-kind-missing = enfòmasyon ki manke
quality-kind-lag = jou anvan anrejistreman
quality-kind-precision = presizyon dat yo

precision-year = ane
precision-month = mwa
precision-day = jou
precision-instant = lè

missing-field-sex = sèks
missing-field-birth-date = dat nesans
missing-field-grounds = rezon retou a
missing-field-area = zòn kote l rete
missing-field-consent = konsantman
missing-field-assessment = evalyasyon

unit-day = jou
unit-week = semèn
unit-month = mwa

cohort-by-year = ane
cohort-by-quarter = trimès
cohort-by-month = mwa

area-not-known = yo pa konnen zòn nan

site-not-known = yo pa konnen kote a

ledger-not-known = yo pa konnen rejis la

programme-not-known = yo pa konnen pwogram nan

agency-not-known = yo pa konnen ajans lan

age-band-not-known = yo pa konnen laj la

sending-country-not-known = yo pa konnen peyi a

column-ledger = rejis
column-site = kote
column-agency = ajans
column-group = gwoup patisipan
column-return-type = kalite retou
column-grounds = rezon
column-sex = sèks
column-age-band = gwoup laj
column-risk-band = nivo risk
column-programme = pwogram
column-sending-country = peyi ki voye a
column-month = mwa
column-agreed-month = mwa antant lan
column-sent-month = mwa yo voye l
column-answered-month = mwa repons lan
column-stage = etap
column-state = eta
column-standing = sitiyasyon
column-from = soti nan
column-to = ale nan
column-need = bezwen
column-service = sèvis
column-activity = aktivite
column-priority = priyorite
column-owner = tou ki moun
column-clock = delè
column-due-on = dat limit
column-closes-on = fèmen nan
column-expected-on = yo ap tann li nan
column-lapsed = fini
column-answer = repons
column-wave = etap swivi
column-area = zòn
column-batch = gwoup
column-port = pò antre
column-currency = lajan
column-delivery = livrezon
column-mode = mòd
column-confirmation = konfimasyon
column-dimension = dimansyon
column-level = nivo
column-progress = pwogrè
column-kind = kalite
column-subject = sijè
column-value = valè
column-unit = inite
column-about = sou
column-medical-information = enfòmasyon medikal
column-criminal-information = enfòmasyon jidisyè
column-directory-version = vèsyon repètwa a
column-reason = rezon
column-definition = definisyon
column-source = sous
column-count = kantite
column-journey = pakou
column-event = fè

finding-origin-missing = anyen pa di kijan pakou a kòmanse
finding-journey-closed = dat la vini apre fèmti a
finding-not-closed = relouvri san l pa t fèmen
finding-after-death = dat la vini apre lanmò a
finding-consent-missing = pa gen konsantman pou sa yo pataje a
finding-consent-unknown = li nonmen yon konsantman yo pa t bay
finding-consent-withdrawn = dat la vini apre yo retire konsantman an
finding-referral-open = li relouvri yon referans ki louvri toujou
finding-referral-undecided = founisè a poko aksepte referans lan
finding-referral-too-early = yon etap ki dwe vini anvan manke
finding-referral-too-late = referans lan depase etap sa a
finding-referral-declined = yo te refize referans lan
finding-referral-ended = referans lan fini
finding-referral-unknown = li nonmen yon referans yo pa t voye
finding-referral-twice = yo voye referans lan de fwa
finding-reason-missing = pa gen rezon poukisa yo pa bay li nèt
finding-outcome-missing = yon objektif pa gen rezilta
finding-schedule-missing = li nonmen yon swivi yo pa t pwograme
finding-plan-unknown = li nonmen yon plan yo pa t fè
finding-goal-unknown = li nonmen yon objektif ki pa nan plan an
finding-goal-twice = yon objektif parèt de fwa nan plan an
finding-four-eyes = moun ki fè plan an se li ki deside sou li
finding-assistance-unknown = li nonmen yon èd yo pa t bay
finding-spell-unknown = li fini yon peryòd ki pa t kòmanse
finding-spell-backwards = yon peryòd fini anvan l kòmanse
finding-case-unknown = li nonmen yon dosye tribinal yo pa t louvri
finding-correction-unknown = li korije yon fè ki pa la
finding-correction-foreign = moun ki korije l la pa gen dwa fè sa
finding-link-to-self = li konekte ak tèt li
finding-transfer-unknown = li reponn yon transfè yo pa t pwopoze
finding-transfer-answered = transfè a te gen repons deja
finding-transfer-pending = yon lòt transfè ap tann repons
finding-transfer-foreign = moun ki reponn lan pa gen dwa fè sa
finding-attachment-unknown = li retire yon dokiman ki pa t la
finding-attachment-twice = yo mete yon dokiman de fwa
finding-event-id-reused = yon sèl idantifyan nonmen de fè
finding-request-unknown = yo efase san pèsonn pa mande
finding-cut-elsewhere = yon koup pa nan plas li
finding-cuts-only = se koup sèlman ki dwe la
finding-cut-name-taken = non koup la pran deja
finding-directory-elsewhere = yon antre repètwa a pa nan plas li
finding-directory-only = se repètwa a sèlman ki dwe la
finding-directory-version-taken = vèsyon repètwa sa a pibliye deja
finding-directory-version-out = yo ajoute l nan yon vèsyon ki pibliye deja
finding-directory-version-gap = yon vèsyon repètwa a manke
finding-directory-count-differs = kantite sèvis la pa menm ak sa yo pibliye a
finding-directory-service-unknown = li retire yon sèvis ki pa t nan lis la
finding-answer-misfit = yon repons pa mache ak zouti a
finding-score-differs = nòt la pa sa repons yo bay
finding-instrument-edited = yon lòt fichye pou menm zouti ak vèsyon an

next-receive = resevwa moun nan
next-assess = fè evalyasyon an
next-offer-place = ofri yon plas
next-acknowledge = di yo resevwa l
next-decide = aksepte oswa refize
next-contact-client = kontakte moun nan
next-bring-client-in = fè moun nan vini
next-report-outcome = bay rezilta a
next-find-another-way = jwenn yon lòt chemen
next-act = aji
next-ask-again = mande ankò
next-ask = mande kijan sa ye
next-get-in-touch = pran kontak
next-renew-consent = renouvle konsantman an
next-confirm = mande si l ap sèvi toujou

verdict-failed = rive: li konte
verdict-failed-again = rive ankò: konte yon fwa
verdict-competing = yon lòt bagay rive anvan
verdict-censored = obsève jis isit la sèlman
verdict-complete = obsève jiska lafen
verdict-open = obsèvasyon an kontinye
verdict-not-mature = poko konnen: li twò bonè
verdict-not-counted = pa konte
verdict-counted = konte depi isit la
verdict-not-known = poko konnen
verdict-no-failure = pa konte
verdict-taken-back = retire apre
verdict-no-end = pa fini anyen
verdict-not-at-risk = tan ki pa konte
