# The words of vocabularies: <vocabulary>-<value>.

sex-female = femme
sex-male = homme
sex-other = autre
sex-not-known = non connu
sex-refused-to-say = préfère ne pas le dire

missing-not-known = non connu
missing-refused-to-say = préfère ne pas le dire
missing-not-asked = non demandé

participant-group-forced-returnee = personne renvoyée contre son gré
participant-group-voluntary-returnee = personne rentrée de son gré
participant-group-refugee = personne réfugiée
participant-group-migrant = personne migrante
participant-group-host-community = communauté d’accueil
participant-group-indigenous = personne autochtone
participant-group-other = autre participant

return-type-deported = expulsion
return-type-removed-after-conviction = renvoi après une peine
return-type-refused-entry = refus d’entrée
return-type-voluntary = retour volontaire
return-type-assisted-voluntary = retour volontaire assisté
return-type-voluntary-humanitarian = retour volontaire humanitaire
return-type-spontaneous = retour spontané
return-type-extradited = extradition
return-type-unknown = non connu
return-type-not-known = non connu

grounds-immigration = immigration seulement
grounds-drugs = stupéfiants
grounds-firearms = armes à feu
grounds-homicide = homicide
grounds-larceny = vol
grounds-fraud = fraude
grounds-assault = agression
grounds-sexual = infraction sexuelle
grounds-kidnapping = enlèvement
grounds-laundering = blanchiment d’argent
grounds-other = autre motif
grounds-none-stated = aucun, selon l’État de renvoi
grounds-not-provided = non communiqué par l’État de renvoi
grounds-not-known = non connu

provided-provided = communiquée
provided-none = aucune, selon l’État de renvoi
provided-not-provided = non communiquée

dimension-economic = économique
dimension-social = sociale
dimension-psychosocial = psychosociale
dimension-overall = ensemble
dimension-none = aucune

level-individual = personne et famille
level-community = communauté
level-structural = institutions et services
level-none = aucun

wave-baseline = situation de départ
wave-month-1 = 1 mois
wave-month-3 = 3 mois
wave-month-6 = 6 mois
wave-month-12 = 12 mois
wave-endline = à la clôture
wave-extra = hors calendrier

channel-office = au bureau
channel-home-visit = à domicile
channel-phone = par téléphone
channel-message = par message
channel-video = par vidéo
channel-third-party = par la famille ou la communauté
channel-records = par des registres

delivery-mode-direct = directe
delivery-mode-referral = après une orientation
delivery-mode-both = les deux
delivery-mode-none = aucune

role-intake = accueil
role-case-worker = intervenant social
role-supervisor = supervision
role-provider = prestataire
role-health = personnel de santé
role-justice = police, justice, prison ou probation
role-evaluator = évaluation
role-administrator = administration
role-import = importation

key-role-publisher = publie
key-role-reader = lit
key-role-case-worker = intervenant social
key-role-supervisor = supervision
key-role-operator = exploitation

assistance-kind-cash = argent
assistance-kind-in-kind = biens
assistance-kind-training = formation
assistance-kind-grant = aide à l’entreprise
assistance-kind-counselling = soutien psychosocial
assistance-kind-medical = soutien médical
assistance-kind-housing = aide au logement
assistance-kind-transport = transport
assistance-kind-documents = documents
assistance-kind-legal = aide juridique
assistance-kind-other = autre

confirmation-finding-in-use = reçu et utilisé
confirmation-finding-no-longer-in-use = reçu, plus utilisé
confirmation-finding-sold-or-lost = vendu ou perdu
confirmation-finding-not-received = non reçu
confirmation-finding-not-confirmed = non confirmé

confirmation-pending = à confirmer
confirmation-none = aucune

purpose-case-management = suivi du cas
purpose-referral = orientation vers d’autres organismes
purpose-follow-up = suivi après l’aide
purpose-evaluation = statistiques sans noms
purpose-family-tracing = recherche de la famille

data-category-identity = qui est la personne
data-category-contact = comment joindre la personne
data-category-health = santé
data-category-criminal = antécédents judiciaires
data-category-protection = besoins de protection
data-category-needs = besoins, plans et services
data-category-assessment = résultats d’évaluation

consent-form-written = signé
consent-form-verbal = oral devant témoin
consent-form-guardian = par un tuteur ou représentant

override-ground-life-at-risk = vie en danger
override-ground-unable-to-consent = incapable de consentir
override-ground-child-protection = intérêt supérieur d’un enfant
override-ground-legal-obligation = ordonné par la loi ou un juge

correction-reason-entry-error = erreur de saisie
correction-reason-wrong-person = concerne une autre personne
correction-reason-duplicate = saisi deux fois
correction-reason-new-information = meilleure information reçue
correction-reason-objection = la personne s’y est opposée

death-cause-illness = maladie
death-cause-accident = accident
death-cause-violence = violence
death-cause-suicide = suicide
death-cause-not-known = non connue

service-status-active = actif
service-status-inactive = inactif pour l’instant

withdrawn-reason-not-in-source = plus dans la source
withdrawn-reason-defunct = n’existe plus
withdrawn-reason-other = autre raison

erasure-basis-subject-request = la personne l’a demandé
erasure-basis-consent-withdrawn = consentement retiré
erasure-basis-retention-ended = fin de la durée de conservation
erasure-basis-unlawful = n’aurait jamais dû être recueilli
erasure-basis-safety = met la personne en danger

missed-reason-unreachable = personne injoignable
missed-reason-refused = la personne n’a pas souhaité
missed-reason-worker-unavailable = l’intervenant n’a pas pu venir
missed-reason-place-unreachable = lieu inaccessible
missed-reason-not-safe = pas sûr
missed-reason-other = autre raison

standing-better = mieux que la dernière fois
standing-same = comme la dernière fois
standing-worse = moins bien que la dernière fois

life-area-livelihood = revenu et travail
life-area-housing = logement
life-area-schooling = scolarité et formation
life-area-health = santé
life-area-family = famille
life-area-community = communauté et acceptation
life-area-safety = sécurité

cancel-reason-journey-closed = parcours clos
cancel-reason-mistake = prévu par erreur
cancel-reason-replaced = remplacé par un autre calendrier
cancel-reason-other = autre raison

severity-summary = contravention
severity-either-way = délit selon la juridiction
severity-indictable = crime
severity-not-known = non connue

disposal-custody = emprisonnement
disposal-suspended-custody = emprisonnement avec sursis
disposal-community = peine en milieu ouvert ou probation
disposal-fine = amende
disposal-caution = avertissement
disposal-discharge = dispense de peine
disposal-other = autre

custody-reason-remand = détention provisoire
custody-reason-new-offence = peine pour une nouvelle infraction
custody-reason-technical-breach = manquement technique, sans nouvelle infraction
custody-reason-old-sentence = une peine ancienne se poursuit
custody-reason-immigration = rétention administrative

breach-kind-missed-appointment = rendez-vous manqué
breach-kind-failed-test = test positif
breach-kind-left-area = a quitté le secteur
breach-kind-other-technical = autre manquement technique

closure-reason-plan-completed = plan achevé
closure-reason-time-limit = durée maximale atteinte
closure-reason-no-longer-eligible = plus éligible
closure-reason-withdrew = la personne s’est retirée
closure-reason-moved-away = a déménagé
closure-reason-remigrated = a émigré de nouveau
closure-reason-removed-again = renvoyé de nouveau
closure-reason-imprisoned = incarcéré
closure-reason-died = décès
closure-reason-lost-to-follow-up = perdu de vue
closure-reason-transferred = transféré
closure-reason-safety = sécurité
closure-reason-funding-ended = fin du financement
closure-reason-security-context = contexte sécuritaire

transfer-reason-moved = la personne a déménagé
transfer-reason-requested = la personne l’a demandé
transfer-reason-better-placed = l’autre partie offre ce qu’il faut
transfer-reason-no-capacity = pas de place ici
transfer-reason-safety = pour la sécurité de la personne
transfer-reason-programme-ended = le programme prend fin ici
transfer-reason-other = autre raison

transfer-decline-reason-no-capacity = pas de place
transfer-decline-reason-out-of-area = hors secteur
transfer-decline-reason-not-eligible = non éligible là-bas
transfer-decline-reason-information-missing = informations insuffisantes
transfer-decline-reason-consent-missing = consentement manquant
transfer-decline-reason-other = autre raison

relation-spouse = conjoint ou partenaire
relation-parent = mère ou père
relation-child = fille ou fils
relation-sibling = sœur ou frère
relation-grandparent = grand-mère ou grand-père
relation-grandchild = petite-fille ou petit-fils
relation-guardian = tuteur ou tutrice
relation-ward = à la charge de la personne
relation-other-relative = autre parent
relation-household-member = membre du ménage

attachment-kind-identity = pièce d’identité
attachment-kind-consent = consentement sur papier
attachment-kind-medical = document médical
attachment-kind-justice = document de justice ou de police
attachment-kind-certificate = certificat
attachment-kind-receipt = reçu
attachment-kind-photograph = photographie
attachment-kind-agreement = plan ou accord
attachment-kind-other = autre

removal-reason-entry-error = joint par erreur
removal-reason-wrong-person = concerne une autre personne
removal-reason-superseded = remplacé par un autre
removal-reason-objection = la personne s’y est opposée
removal-reason-expired = n’a plus à être conservé

link-basis-document = même document
link-basis-biometric = même biométrie
link-basis-self-reported = la personne l’a dit
link-basis-review = comparaison des deux dossiers

goal-progress-not-begun = pas commencé
goal-progress-under-way = en cours
goal-progress-reached = atteint
goal-progress-given-up = abandonné
goal-progress-none = aucun

approval-decision-approved = approuvé
approval-decision-sent-back = renvoyé pour modification
approval-decision-rejected = rejeté

document-passport = passeport valide
document-emergency-travel-document = laissez-passer
document-national-id = carte d’identité nationale
document-birth-certificate = acte de naissance
document-driving-licence = permis de conduire
document-tax-or-social-security = numéro fiscal ou de sécurité sociale

need-meals = repas et eau
need-hygiene-kit = trousse d’hygiène
need-clothing = vêtements
need-transport = transport
need-shelter = hébergement des premières nuits
need-phone = appel ou téléphone
need-cash = argent de poche
need-medical = soins médicaux
need-psychological-first-aid = premiers secours psychologiques
need-family-tracing = recherche de la famille
need-documents = pièces d’identité
need-interpreter = interprète

not-arrived-reason-not-on-board = pas à bord
not-arrived-reason-transport-cancelled = vol ou bateau non arrivé
not-arrived-reason-turned-back = refusé au point d’entrée
not-arrived-reason-left-before-reception = parti avant l’accueil
not-arrived-reason-not-known = non connu

priority-emergency = urgence absolue (24 heures)
priority-urgent = urgent (72 heures)
priority-normal = normal (2 semaines)
priority-none = sans priorité

service-need-housing = hébergement ou logement
service-need-livelihood = travail ou formation
service-need-education = scolarité
service-need-health = soins de santé
service-need-mental-health = santé mentale ou addictions
service-need-documents = pièces d’identité
service-need-legal = aide juridique
service-need-protection = protection
service-need-family = recherche ou médiation familiale
service-need-social-assistance = aide sociale
service-need-business-grant = aide au démarrage
service-need-community = groupe religieux ou communautaire
service-need-probation = suivi ou probation
service-need-other = autre

declined-by-provider = le prestataire
declined-by-client = la personne

decline-reason-lack-of-capacity = capacité insuffisante
decline-reason-not-eligible = non éligible
decline-reason-service-not-offered = service non offert là-bas
decline-reason-outside-area = hors secteur
decline-reason-information-missing = informations manquantes
decline-reason-client-refused = la personne ne le souhaite pas
decline-reason-safety = raison de sécurité
decline-reason-other = autre raison

withdrawn-by-sender = l’organisme qui a orienté
withdrawn-by-client = la personne

withdraw-reason-no-longer-needed = plus nécessaire
withdraw-reason-sent-by-mistake = envoyée par erreur
withdraw-reason-no-answer = sans réponse à temps
withdraw-reason-client-changed-mind = la personne a changé d’avis
withdraw-reason-journey-closed = parcours clos
withdraw-reason-other = autre raison

attendance-on-time = à l’heure
attendance-late = en retard

delivery-delivered = entièrement fourni
delivery-partly = partiellement fourni
delivery-not-delivered = non fourni

not-delivered-reason-client-refused = la personne a refusé
not-delivered-reason-lack-of-capacity = capacité insuffisante
not-delivered-reason-no-longer-needed = plus nécessaire
not-delivered-reason-client-unreachable = personne injoignable
not-delivered-reason-provider-unreachable = prestataire injoignable
not-delivered-reason-other = autre raison

goal-outcome-reached = atteint
goal-outcome-partly-reached = partiellement atteint
goal-outcome-not-reached = non atteint

screening-kind-health = santé
screening-kind-mental-health = santé mentale et addictions
screening-kind-vulnerability = vulnérabilité
screening-kind-protection-risk = risque de protection

depth-rapid = rapide
depth-full = complet

screening-result-negative = rien constaté
screening-result-positive = quelque chose constaté
screening-result-inconclusive = n’a pas pu être achevé
screening-result-declined = la personne a décliné

urgent-flag-medical-emergency = urgence médicale
urgent-flag-medication-continuity = traitement bientôt épuisé
urgent-flag-self-harm = risque de se faire du mal
urgent-flag-threat-to-life = menace pour la vie
urgent-flag-trafficking = signes de traite
urgent-flag-gender-based-violence = violence fondée sur le genre
urgent-flag-unaccompanied-child = enfant non accompagné ou séparé
urgent-flag-homeless = sans abri ce soir
urgent-flag-pregnancy = grossesse
urgent-flag-disability = handicap nécessitant un soutien

vulnerability-level-low = faible
vulnerability-level-medium = moyenne
vulnerability-level-high = élevée

factor-level-individual = la personne
factor-level-household = ménage et famille
factor-level-community = communauté
factor-level-structural = structures

housing-kind-own-or-rented = logement à soi ou loué
housing-kind-with-family = en famille
housing-kind-with-friends = chez des amis
housing-kind-shelter = centre d’hébergement
housing-kind-transitional = logement de transition
housing-kind-street = dans la rue
housing-kind-institution = institution

employment-kind-formal = emploi formel
employment-kind-informal = travail informel ou journalier
employment-kind-self-employed = à son compte
employment-kind-apprenticeship = apprentissage ou formation payée
employment-kind-family-work = travail familial non payé
employment-kind-not-known = non précisé

schooling-kind-primary = école primaire
schooling-kind-secondary = école secondaire
schooling-kind-vocational = formation professionnelle
schooling-kind-tertiary = enseignement supérieur
schooling-kind-literacy = alphabétisation
schooling-kind-language = cours de langue

spell-end-completed = achevé
spell-end-left = quitté par la personne
spell-end-put-out = licenciement, expulsion ou renvoi
spell-end-expired = arrivé à son terme
spell-end-moved-on = mieux trouvé
spell-end-not-known = non connu

event-notice-notified = annoncée par l’État de renvoi
event-notice-changed = annonce modifiée
event-notice-cancelled = annonce annulée
event-reception-received = accueillie à l’arrivée
event-reception-not-arrived = non arrivée
event-reception-registered = enregistrée
event-screening-completed = dépistage fait
event-consent-given = consentement donné
event-consent-refused = consentement refusé
event-consent-withdrawn = consentement retiré
event-consent-overridden = consentement outrepassé
event-assessment-completed = évaluation faite
event-plan-agreed = plan convenu
event-plan-reviewed = plan revu
event-plan-approved = décision sur le plan
event-referral-sent = orientation envoyée
event-referral-received = orientation reçue
event-referral-accepted = orientation acceptée
event-referral-declined = orientation déclinée
event-referral-rerouted = orientation redirigée
event-referral-waitlisted = mise en liste d’attente
event-referral-contacted = personne contactée
event-referral-contact-failed = contact tenté en vain
event-referral-booked = rendez-vous pris
event-referral-attended = venue au rendez-vous
event-referral-missed = rendez-vous manqué
event-referral-started = service commencé
event-referral-concluded = orientation conclue
event-referral-withdrawn = orientation retirée
event-referral-consent-withdrawn = orientation arrêtée : consentement retiré
event-referral-reopened = orientation rouverte
event-assistance-delivered = aide fournie
event-assistance-confirmed = aide confirmée
event-assistance-reversed = aide annulée
event-follow-up-scheduled = suivi prévu
event-follow-up-rescheduled = suivi déplacé
event-follow-up-completed = suivi fait
event-follow-up-missed = suivi manqué
event-follow-up-cancelled = suivi annulé
event-status-housed = logée
event-status-employed = en emploi
event-status-enrolled = inscrite en formation
event-status-ended = une période a pris fin
event-justice-arrested = arrêtée
event-justice-charged = inculpée
event-justice-convicted = condamnée
event-justice-acquitted = acquittée
event-justice-quashed = condamnation annulée
event-justice-custody-entered = entrée en détention
event-justice-custody-left = sortie de détention
event-justice-supervision-breached = manquement au suivi
event-departure-remigrated = a émigré de nouveau
event-departure-removed-again = renvoyée de nouveau
event-departure-moved-away = a déménagé
event-departure-died = décédée
event-departure-contact-lost = contact perdu
event-departure-contact-regained = contact repris
event-journey-closed = parcours clos
event-journey-reopened = parcours rouvert
event-journey-transfer-proposed = transfert proposé
event-journey-transferred = transférée
event-journey-transfer-declined = transfert décliné
event-journey-transfer-withdrawn = transfert retiré
event-journey-linked = liée : la même personne
event-journey-unlinked = séparée : personnes différentes
event-journey-related = proche noté
event-journey-unrelated = lien de parenté retiré
event-journey-attached = document joint
event-journey-detached = document retiré
event-correction-retracted = un fait retiré
event-correction-replaced = un fait corrigé
event-erasure-requested = effacement demandé
event-erasure-completed = données personnelles effacées
event-access-disclosed = données communiquées
event-access-glass-broken = accès d’urgence
event-cut-named = arrêté nommé
event-directory-service-listed = service inscrit
event-directory-service-withdrawn = service retiré
event-directory-published = répertoire publié

family-notice = annonce
family-reception = accueil
family-screening = dépistage
family-consent = consentement
family-assessment = évaluation
family-plan = plan
family-referral = orientation
family-assistance = aide
family-follow-up = suivi
family-status = logement, emploi, études
family-justice = justice
family-departure = départ
family-journey = parcours
family-correction = correction
family-erasure = effacement
family-access = accès
family-cut = arrêté
family-directory = répertoire des services

stage-unknown = non connue
stage-expected = attendue
stage-cancelled = annulée
stage-not-arrived = non arrivée
stage-received = accueillie
stage-assessed = évaluée
stage-planned = avec un plan
stage-referred = orientée
stage-in-service = en service
stage-contact-lost = contact perdu
stage-departed = partie
stage-died = décédée
stage-closed = close

referral-state-sent = envoyée
referral-state-received = reçue
referral-state-waitlisted = en liste d’attente
referral-state-accepted = acceptée
referral-state-contacted = contact pris
referral-state-contact-failed = pas encore joint
referral-state-booked = rendez-vous pris
referral-state-missed = rendez-vous manqué
referral-state-attended = venue
referral-state-in-service = en service
referral-state-declined = déclinée
referral-state-rerouted = redirigée
referral-state-withdrawn = retirée
referral-state-consent-withdrawn = consentement retiré
referral-state-concluded = conclue

owner-sender = organisme qui oriente
owner-provider = prestataire
owner-none = personne

clock-receipt = réception
clock-decision = décision
clock-place = une place
clock-first-contact = premier contact
clock-first-attendance = première venue
clock-outcome = résultat
clock-another-way = une autre voie
clock-none = sans délai

step-receipt = de l’envoi à la réception
step-decision = de la réception à la décision
step-answer = de l’envoi à la décision
step-first-contact = de l’acceptation au premier contact
step-first-attendance = du contact à la première venue
step-outcome = de la venue au résultat
step-whole-loop = de l’envoi au résultat

clock-level-on-time = dans les délais
clock-level-due-soon = bientôt échu
clock-level-overdue = en retard
clock-level-escalated = en retard, signalé plus haut

move-received = marquer comme reçue
move-accepted = accepter
move-declined = décliner
move-rerouted = rediriger
move-waitlisted = mettre en liste d’attente
move-contacted = noter un contact
move-contact-failed = noter un contact en vain
move-booked = prendre rendez-vous
move-attended = noter la venue
move-missed = noter un rendez-vous manqué
move-started = commencer le service
move-concluded = conclure
move-withdrawn = retirer
move-consent-withdrawn = arrêter : consentement retiré
move-reopened = rouvrir

approval-pending = en attente de décision
approval-approved = approuvé
approval-sent-back = renvoyé pour modification
approval-rejected = rejeté

transfer-state-pending = en attente de réponse
transfer-state-accepted = accepté
transfer-state-declined = décliné
transfer-state-withdrawn = retiré

follow-up-state-scheduled = prévu
follow-up-state-missed = manqué, encore à faire
follow-up-state-completed = fait
follow-up-state-cancelled = annulé
follow-up-state-none = aucun

worklist-kind-arrival = arrivée
worklist-kind-assessment = évaluation
worklist-kind-plan = plan
worklist-kind-referral = orientation
worklist-kind-waitlist = liste d’attente
worklist-kind-follow-up = suivi
worklist-kind-contact = contact
worklist-kind-consent = consentement
worklist-kind-confirmation = confirmation

worklist-standing-upcoming = à venir
worklist-standing-due = à faire
worklist-standing-overdue = en retard
worklist-standing-running = ouvert, sans échéance

worklist-order-deadline = par échéance
worklist-order-priority = par priorité

escalation-level-supervisor = supervision
escalation-level-manager = direction

next-answer-transfer = répondre au transfert
next-close-transferred = clore : le cas est passé à un autre registre
next-agree-plan = convenir d’un plan
next-decide-plan = décider du plan
next-confirm-assistance = confirmer l’aide
next-follow-up = faire le suivi

manifest-standing-expected = attendue
manifest-standing-untold = jour passé, rien de dit
manifest-standing-arrived = arrivée
manifest-standing-not-arrived = non arrivée
manifest-standing-cancelled = annulée
manifest-standing-unannounced = venue sans annonce

parting-died = décès
parting-remigrated = a émigré de nouveau
parting-removed-again = renvoyée de nouveau
parting-moved-away = a déménagé
parting-contact-lost = contact perdu
parting-observation-ended = fin de l’observation
parting-contact-regained = contact repris

failure-event-arrested = arrestation
failure-event-charged = inculpation
failure-event-convicted = condamnation
failure-event-custody-entered = retour en détention
failure-event-supervision-breached = manquement au suivi
failure-event-removed-again = nouveau renvoi
failure-event-remigrated = nouvelle émigration
failure-event-received-again = nouvel accueil

end-failed = survenu
end-not-failed = non survenu
end-competing = autre chose est survenu avant
end-censored = observée jusqu’à un jour seulement
end-not-yet = pas encore connu

five-w-kind-reception = donné à l’accueil
five-w-kind-assistance = aide
five-w-kind-referral = orientation conclue

plan-unit-plan = plans
plan-unit-goal = objectifs

match-field-given-names = prénoms
match-field-surnames = noms de famille
match-field-names = noms et prénoms
match-field-born = date de naissance
match-field-document = document
match-field-mother-name = nom de la mère
match-field-sex = sexe
match-field-sending-country = pays de renvoi

match-how-same = identique
match-how-both = les deux identiques
match-how-one-of-two = un sur deux identique
match-how-nickname = diminutif de l’autre
match-how-alias = connu sous le nom de l’autre
match-how-slip = une lettre de différence
match-how-sound = se prononcent pareil
match-how-initial = initiale de l’autre
match-how-other-order = dans un autre ordre
match-how-crossed = prénom et nom intervertis
match-how-day-month-swapped = jour et mois intervertis
match-how-digit = un chiffre de différence
match-how-same-month = même mois
match-how-same-year = même année
match-how-about = année approximative
match-how-other-day = même année, autre jour
match-how-other-kind = même numéro, autre document
match-how-partly = identique en partie
match-how-differ = différent

need-match-answers = répond au besoin
need-match-may-answer = peut répondre au besoin

place-match-served = dessert le lieu
place-match-same-country = dans le même pays
place-match-anywhere = dessert partout
place-match-elsewhere = dessert d’autres lieux

language-match-spoken = langue parlée
language-match-not-said = langues non précisées
language-match-not-spoken = langue non parlée

fit-fits = ouvert à la personne
fit-may-not-fit = peut ne pas être ouvert à la personne
fit-does-not-fit = non ouvert à la personne

fit-about-status = état
fit-about-need = besoin
fit-about-place = lieu
fit-about-language = langue
fit-about-eligibility = pour qui
fit-about-capacity = places
fit-about-answers = réponses récentes

astray-version-unknown = version du répertoire inconnue
astray-not-listed = absent de cette version
astray-withdrawn = retiré de la liste
astray-other-agency = relève d’un autre organisme

weight-needed = nécessaire au chiffre
weight-one-of-several = un parmi plusieurs qui suffisent

moved-new = nouveau
moved-late = dit en retard
moved-correction = correction
moved-link = lien
moved-unlink = lien retiré
moved-erasure = effacement

model-state-building = en construction
model-state-live = à jour
model-state-halted = arrêté
model-state-failed = en échec

rebuild-stage-reading = lecture
rebuild-stage-folding = calcul
rebuild-stage-writing = écriture

quality-kind-finding = faits qui ne peuvent tous être justes
quality-kind-corrected = faits corrigés
quality-kind-missing = informations manquantes
quality-kind-lag = jours avant enregistrement
quality-kind-precision = précision des dates

precision-year = année
precision-month = mois
precision-day = jour
precision-instant = heure

missing-field-sex = sexe
missing-field-birth-date = date de naissance
missing-field-grounds = motif du retour
missing-field-area = zone de résidence
missing-field-consent = consentement
missing-field-assessment = évaluation

unit-day = jour
unit-week = semaine
unit-month = mois

cohort-by-year = année
cohort-by-quarter = trimestre
cohort-by-month = mois

area-not-known = zone non connue

site-not-known = lieu non connu

ledger-not-known = registre non connu

programme-not-known = programme non connu

agency-not-known = organisme non connu

age-band-not-known = âge non connu

sending-country-not-known = pays non connu

column-ledger = registre
column-site = lieu
column-agency = organisme
column-group = groupe de participants
column-return-type = type de retour
column-grounds = motif
column-sex = sexe
column-age-band = tranche d’âge
column-risk-band = niveau de risque
column-programme = programme
column-sending-country = pays de renvoi
column-month = mois
column-agreed-month = mois de l’accord
column-sent-month = mois d’envoi
column-answered-month = mois de réponse
column-stage = étape
column-state = état
column-standing = situation
column-from = de
column-to = à
column-need = besoin
column-service = service
column-activity = activité
column-priority = priorité
column-owner = à qui de jouer
column-clock = délai
column-due-on = échéance
column-closes-on = clôture le
column-expected-on = attendue le
column-lapsed = terminé
column-answer = réponse
column-wave = vague
column-area = zone
column-batch = groupe
column-port = point d’entrée
column-currency = devise
column-delivery = remise
column-mode = modalité
column-confirmation = confirmation
column-dimension = dimension
column-level = niveau
column-progress = avancement
column-kind = type
column-subject = objet
column-value = valeur
column-unit = unité
column-about = sur
column-medical-information = informations médicales
column-criminal-information = informations judiciaires
column-directory-version = version du répertoire
column-reason = raison
column-definition = définition
column-source = source
column-count = nombre
column-journey = parcours
column-event = fait

finding-origin-missing = rien ne dit comment le parcours a commencé
finding-journey-closed = daté d’après la clôture
finding-not-closed = rouvert sans avoir été clos
finding-after-death = daté d’après le décès
finding-consent-missing = aucun consentement ne couvre ce qui est partagé
finding-consent-unknown = cite un consentement qui n’a pas été donné
finding-consent-withdrawn = daté d’après le retrait du consentement
finding-referral-open = rouvre une orientation encore ouverte
finding-referral-undecided = le prestataire n’a pas accepté l’orientation
finding-referral-too-early = une étape préalable manque
finding-referral-too-late = l’orientation a dépassé cette étape
finding-referral-declined = l’orientation a été déclinée
finding-referral-ended = l’orientation a pris fin
finding-referral-unknown = cite une orientation qui n’a pas été envoyée
finding-referral-twice = l’orientation a été envoyée deux fois
finding-reason-missing = manque la raison de la fourniture incomplète
finding-outcome-missing = un objectif n’a pas de résultat
finding-schedule-missing = cite un suivi qui n’était pas prévu
finding-plan-unknown = cite un plan qui n’a pas été convenu
finding-goal-unknown = cite un objectif absent du plan
finding-goal-twice = un objectif figure deux fois dans le plan
finding-four-eyes = qui a convenu du plan en a décidé
finding-assistance-unknown = cite une aide qui n’a pas été fournie
finding-spell-unknown = met fin à une période non commencée
finding-spell-backwards = une période finit avant de commencer
finding-case-unknown = cite une affaire qui n’a pas été ouverte
finding-correction-unknown = corrige un fait absent
finding-correction-foreign = corrigé par qui n’en a pas le droit
finding-link-to-self = lié à lui-même
finding-transfer-unknown = répond à un transfert non proposé
finding-transfer-answered = le transfert avait déjà sa réponse
finding-transfer-pending = un autre transfert attend sa réponse
finding-transfer-foreign = répondu par qui n’en a pas le droit
finding-attachment-unknown = retire un document qui n’était pas joint
finding-attachment-twice = un document a été joint deux fois
finding-event-id-reused = un même identifiant désigne deux faits
finding-request-unknown = effacement fait sans demande
finding-cut-elsewhere = un arrêté est au mauvais endroit
finding-cuts-only = ici ne vont que des arrêtés
finding-cut-name-taken = le nom de l’arrêté est déjà pris
finding-directory-elsewhere = une entrée du répertoire est au mauvais endroit
finding-directory-only = ici ne va que le répertoire
finding-directory-version-taken = cette version du répertoire est déjà publiée
finding-directory-version-out = ajouté à une version déjà publiée
finding-directory-version-gap = une version du répertoire manque
finding-directory-count-differs = le nombre de services n’est pas celui publié
finding-directory-service-unknown = retire un service qui n’y était pas
finding-answer-misfit = une réponse ne va pas avec l’instrument
finding-score-differs = le score n’est pas celui des réponses
finding-instrument-edited = un autre fichier du même instrument et version

next-receive = accueillir la personne
next-assess = évaluer
next-offer-place = offrir une place
next-acknowledge = accuser réception
next-decide = accepter ou décliner
next-contact-client = contacter la personne
next-bring-client-in = faire venir la personne
next-report-outcome = dire le résultat
next-find-another-way = trouver une autre voie
next-act = agir
next-ask-again = redemander
next-ask = demander des nouvelles
next-get-in-touch = reprendre contact
next-renew-consent = renouveler le consentement
next-confirm = demander si cela sert encore

verdict-failed = survenu : compté
verdict-failed-again = survenu de nouveau : compté une fois
verdict-competing = autre chose est survenu avant
verdict-censored = observée jusqu’ici seulement
verdict-complete = observée jusqu’au bout
verdict-open = encore observée
verdict-not-mature = pas encore connu : trop tôt
verdict-not-counted = non compté
verdict-counted = compté d’ici
verdict-not-known = pas encore connu
verdict-no-failure = ne compte pas
verdict-taken-back = repris ensuite
verdict-no-end = ne met fin à rien
verdict-not-at-risk = temps non compté
