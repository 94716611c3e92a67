# What the panels of figures say.

today-owed-title = Ce qui est dû
today-subtitle = Tout ce qui est dû au { $day }, liste par liste ; une date qui passe n’a besoin d’aucun fait.
today-headline = { $lists ->
    [0] Rien n’est en retard
    [one] Une liste a du retard
   *[other] { $lists-said } listes ont du retard
}
today-nothing = Rien n’est dû
today-list = Liste
today-rows = Tout
today-upcoming = À venir
today-due = À faire
today-overdue = En retard
today-running = Sans échéance
arrivals-title = Arrivées par mois et type de retour
arrivals-month = Mois d’arrivée
arrivals-headline = { $count ->
    [one] { $count-said } arrivée : { $kind }
   *[other] { $count-said } parcours ont commencé par une arrivée ; le plus fréquent : { $kind }, { $share }
}
arrivals-subtitle = Parcours par mois d’arrivée et type de retour ; n = { $count-said }
arrivals-other-kinds = autres types
arrivals-journeys = Parcours
explain-title = Qui et quoi derrière un chiffre
explain-headline = { $count ->
    [one] { $count-said } personne sur cette page, et les faits sur lesquels cela repose
   *[other] { $count-said } personnes sur cette page, et les faits sur lesquels cela repose
}
explain-subtitle = { $model } au { $day } ; { $count-said } parcours examinés pour cette page
explain-next = Continuer
explain-journeys = Personne
explain-adds = Ajoute
explain-fact = Fait
explain-occurred = A eu lieu
explain-says = Dit
explain-weight = Nécessaire
explain-needed = sans lui, un autre chiffre
explain-one-of-several = un parmi plusieurs qui disent de même
explain-withheld = { $count ->
    [one] { $count-said } fait dans un registre que cette clé n’ouvre pas
   *[other] { $count-said } faits dans des registres que cette clé n’ouvre pas
}
flow-title = Jusqu’où vont les parcours
flow-headline = Sur { $count-said } parcours, { $assessed } sont allés jusqu’à une évaluation et { $served } jusqu’à un service
flow-headline-few = Allés jusqu’à une évaluation : { $assessed-said } sur { $count-said } ; jusqu’à un service : { $served-said }
flow-subtitle = Parcours reçus au { $day }, selon la dernière étape atteinte ; n = { $count-said }
flow-step = Étape
flow-reached = Arrivés jusque-là
flow-share = Part
flow-took = Ont fait cette étape
flow-waiting = Attendent ici
flow-left = Sortis d’ici
flow-how = Comment ils sont sortis
times-title = Délai jusqu’à chaque étape
times-half = { $step } : la moitié y était en { $days }
times-half-at-once = { $step } : la moitié y était le jour même de l’accueil
times-no-half = { $step } : moins de la moitié y est arrivée
times-subtitle = Part ayant fait chaque étape, en jours depuis l’accueil ; la sortie est concurrente (Aalen-Johansen) ; n = { $count-said }
times-desc = Une courbe par étape : la part des personnes accueillies qui l’a faite à chaque jour.
times-taken = L’ont faite
times-left = Sortis avant
times-waiting = Attendent encore
times-median = La moitié en, jours
times-not-reached = non atteint
times-not-observed = pas encore observé
times-by-day = Au jour { $days-said }
times-days = Jours depuis l’accueil
times-share = Part ayant fait l’étape
quality-title = Ce qui ne peut pas être juste, et ce qui manque
quality-headline = { $count ->
    [one] { $count-said } fait enfreint une règle
   *[other] { $count-said } faits enfreignent une règle
}
quality-subtitle = Faits du registre qui ne peuvent être tous vrais, dossiers incomplets, faits corrigés
quality-finding = Enfreint une règle
quality-missing = Manque
quality-corrected = A été corrigé
quality-kind = Genre
quality-subject = Règle, champ ou motif
quality-count = Faits ou dossiers
lag-title = Jours entre un fait et son enregistrement
lag-headline = { $share } des faits ont été enregistrés plus de deux jours après
lag-subtitle = Faits par famille et par jours jusqu’à l’enregistrement ; n = { $count-said }
lag-bucket = { $days } jours
lag-family = Famille
lag-facts = Faits
models-title = Modèles de lecture
models-headline = { $count ->
    [0] Tous les modèles connaissent le registre entier
    [one] Un modèle est en retard
   *[other] { $count-said } modèles sont en retard
}
models-subtitle = Santé du projecteur ; version { $version }
models-model = Modèle
models-state = État
models-lag = Enregistrements de retard
models-rate = Enregistrements par seconde
models-wrong = Ce qui a échoué
views-title = Dossiers consultés
views-headline = { $count ->
    [0] Aucun dossier n’a été montré, et aucun n’a été ouvert en urgence
    [one] Une divulgation ou un accès d’urgence est enregistré
   *[other] { $count-said } divulgations et accès d’urgence sont enregistrés
}
views-subtitle = Divulgations de données personnelles et accès d’urgence, tels que le registre les garde ; par registre et organisme
views-disclosed = Divulgués
views-broken = Ouverts en urgence
funnel-title = Orientations selon leur état
funnel-headline = { $count ->
    [one] { $count-said } orientation ouverte ; hors délai : { $overdue-said }
   *[other] { $count-said } orientations sont ouvertes ; { $overdue-said } hors délai
}
funnel-subtitle = Chaque orientation selon son état au { $day } ; n = { $count-said }
funnel-referrals = Orientations
funnel-state = État
funnel-open = Ouvertes
funnel-overdue = Hors délai
ages-title = Âge des orientations ouvertes
ages-headline = { $count ->
    [one] { $count-said } orientation ouverte ; signalée plus haut : { $escalated-said }
   *[other] Sur { $count-said } orientations ouvertes, { $escalated-said } demandent qu’un autre regarde
}
ages-subtitle = Orientations ouvertes par jours depuis l’envoi
ages-class = { $days } jours
ages-age = Envoyées il y a
clocks-title = Délai de réponse des prestataires
clocks-headline = { $slow ->
    [0] Aucun prestataire ne dépasse le délai convenu
   *[other] { $slow-said } prestataires sur { $count-said } dépassent le délai convenu
}
clocks-subtitle = Médiane en jours de l’envoi à la réponse, orientations { $priority }, ouvertes comprises (Kaplan-Meier), intervalle à 95 %
clocks-desc = Une ligne par prestataire : la médiane jusqu’à la réponse avec son intervalle, et la limite convenue.
clocks-days = Jours de l’envoi à la réponse
clocks-note = { $count-said } envoyées, { $running-said } ouvertes
clocks-limit = convenu : { $days } jours
clocks-within = dans le délai
clocks-beyond = au-delà
clocks-provider = Prestataire
clocks-asked = Envoyées
clocks-answered = Répondues
clocks-running = En attente
clocks-left = Terminées sans réponse
clocks-median = Médiane, jours
clocks-nine = Neuf sur dix, jours
clocks-in-time = À temps
clocks-late = En retard
providers-title = Ce que répondent les prestataires
providers-headline = Sur { $count-said } orientations, { $share } ont été acceptées
providers-headline-few = Orientations acceptées : { $part-said } sur { $count-said }
providers-subtitle = Ce qui reste sans réponse hors délai n’est pas accepté ; entre parenthèses, le minimum et le maximum possibles
providers-accepted = Acceptées
providers-declined = Refusées
providers-undecided = Dans le délai
providers-unanswered = Sans réponse, en retard
providers-left = Closes par d’autres
providers-share = Acceptées (peut devenir)
reasons-title = Pourquoi des orientations finissent sans ce qui était demandé
reasons-headline = Le motif le plus fréquent : « { $reason } », { $count-said }
reasons-subtitle = Sur { $count-said } orientations ; motifs groupés selon { $file }
reasons-reason = Motif
reasons-kind = Comment cela a fini
reasons-group = Groupe
reasons-declined = refusée
reasons-not-delivered = non fournie
reasons-withdrawn = retirée
reasons-consent-withdrawn = consentement retiré
adherence-title = Si les suivis ont lieu
adherence-headline = { $share } des { $count-said } suivis dont le délai est passé ont eu lieu
adherence-headline-few = Suivis qui ont eu lieu, parmi ceux dont le délai est passé : { $part-said } sur { $count-said }
adherence-nothing-over = aucun délai passé
adherence-subtitle = Suivis par vague au { $day } ; ce qui est clos ou caduc n’est dû par personne
adherence-follow-ups = Suivis
adherence-wave = Vague
adherence-completed = Ont eu lieu
adherence-overdue = En retard
adherence-due = À faire
adherence-upcoming = À venir
adherence-cancelled = Annulés
adherence-lapsed = Caducs
adherence-missed = Tentés en vain
adherence-kept = Ont eu lieu, des délais passés
calendar-title = Les jours des suivis
calendar-headline = Le jour le plus chargé à venir : { $day }, { $count-said } dus
calendar-nothing = Aucun suivi dû à partir de ce jour
calendar-subtitle = Suivis encore dus, par jour prévu : huit semaines avant, huit après
calendar-owed = Dus
calendar-day = Jour
weekday-1 = lun
weekday-2 = mar
weekday-3 = mer
weekday-4 = jeu
weekday-5 = ven
weekday-6 = sam
weekday-7 = dim
scores-title = Comment vont les mêmes personnes à chaque vague
scores-up = { $wave } : les { $count-said } interrogés deux fois sont passés de { $from } à { $to }
scores-down = { $wave } : les { $count-said } interrogés deux fois sont descendus de { $from } à { $to }
scores-nothing-paired = Personne n’a encore été interrogé deux fois
scores-subtitle = { $count ->
    [one] Score moyen par vague, { $instrument } ; { $count-said } personne
   *[other] Score moyen par vague, { $instrument } ; { $count-said } personnes différentes
}
scores-desc = Une ligne par dimension de vague en vague ; dessous, combien ont répondu et combien manquent.
scores-answered = { $count-said } réponses sur { $expected-said }
scores-nobody = personne interrogé
scores-mean = Score moyen, 0 à 1
scores-missing = Manquent
scores-dimension = Dimension
scores-paired = Interrogées deux fois
scores-from = Moyenne avant
scores-to = Moyenne après
scores-change = Écart (95 %)
scores-expected = Attendues
scores-responded = Interrogées
scores-rate = Taux de réponse
scores-not-observed = Hors de vue
scores-not-yet = Pas encore
scores-who = Qui a été interrogé à chaque vague
life-title = Travail, logement et études après l’accueil
life-headline = { $share } avaient un revenu { $months-said } mois après l’accueil, sur { $count-said } encore suivis
life-headline-few = Avec un revenu { $months-said } mois après l’accueil : { $part-said } sur { $count-said } dont le suivi continue
life-subtitle = Parcours arrivés à l’échéance et encore suivis ; qui est hors de vue n’est pas compté comme sans rien
life-area = Domaine de vie
life-months = Mois après
life-observed = Suivies
life-in-spell = Avec
life-share = Part
leaving-died = décès
leaving-remigrated = reparti
leaving-removed-again = renvoyé de nouveau
leaving-moved-away = déménagé
leaving-contact-lost = contact perdu
leaving-observation-ended = fin du suivi
