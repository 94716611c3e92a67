# What every page says: frame, navigation, sign-in, dates and numbers.

month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.
date-long = { $day } { $month } { $year }
date-month = { $month } { $year }
number-between = { $low } à { $high }
count-people = { $count ->
    [one] { $count-said } personne
   *[other] { $count-said } personnes
}
count-journeys = { $count-said } parcours
count-days = { $count ->
    [one] { $count-said } jour
   *[other] { $count-said } jours
}
count-commits = { $count ->
    [one] { $count-said } enregistrement
   *[other] { $count-said } enregistrements
}
skip-to-content = Aller au contenu
site-name = Homeward
nav-label = Pages
nav-figures = Chiffres
nav-casework = Suivi des cas
nav-today = Aujourd’hui
nav-arrivals = Arrivées
nav-flow = Flux des parcours
nav-referrals = Orientations
nav-follow-ups = Suivis
nav-outcomes = Résultats
nav-returns = Ce que deviennent les personnes
nav-map = Carte
nav-quality = Qualité des données
nav-worklists = Listes de travail
nav-journeys = Parcours
nav-people = Chercher une personne
nav-duplicates = Doublons possibles
nav-services = Services
nav-manifests = Manifestes
nav-record = Enregistrer un fait
language-label = Langue
sign-in-title = Se connecter
sign-in-key = Clé
sign-in-hint = La clé que votre opérateur vous a donnée ; elle commence par hw_.
sign-in-button = Se connecter
sign-in-refused = Cette clé ne fonctionne pas ici. Copiez-la en entier, de hw_ jusqu’à la fin.
sign-in-not-reading = Cette clé permet de publier, pas de lire ; les pages demandent une clé qui lit.
sign-in-elsewhere = Ce formulaire vient d’une autre page, ou trop tard. Réessayez.
sign-out = Se déconnecter
signed-in-as = Connecté : { $name }
frame-title = Ce qui est montré
frame-ledger = Registre
frame-site = Lieu
frame-agency = Organisme
frame-group = Groupe de participants
frame-return-type = Type de retour
frame-grounds = Motif
frame-sex = Sexe
frame-age-band = Tranche d’âge
frame-risk-band = Niveau de risque
frame-programme = Programme
frame-origin-from = Cohorte du
frame-origin-to = Cohorte au
frame-definition = Définition
frame-known = Tel que connu au
frame-known-hint = Ce que le registre savait : maintenant, un arrêté nommé, une heure comme 2026-07-01T00:00Z, ou registre:séquence.
frame-known-head = tout ce qui est connu maintenant
frame-day = Au jour
frame-day-hint = Le jour du monde : ce qui vient après n’a pas encore eu lieu. Aujourd’hui si vide.
frame-any = tous
frame-show = Afficher
frame-clear = Effacer
frame-more = Plus de conditions
frame-not-narrowed = Non restreint par : { $names }. Ce chiffre ne les distingue pas.
as-of-head = Connaît { $positions } : tout ce qui est dans les registres.
as-of-behind = Connaît { $positions } ; { $lag } de retard sur les registres.
as-of-past = Tel que connu à { $positions }, comme demandé : rien de plus tardif n’y est.
as-of-nothing = aucun registre
as-of-at = Lu le { $at }.
panel-table = Le même en tableau
panel-take = Télécharger :
panel-explain = Expliquer : quels parcours et faits
panel-open = Ouvrir la liste
panel-empty = Rien à montrer : personne ne répond à ces conditions.
panel-loading = Pas encore prêt : { $why }. Cette page redemande d’elle-même ; sans script, rechargez-la.
panel-refused = Impossible de répondre : { $why }
panel-synthetic = Données synthétiques : inventées pour essayer, sur personne.
panel-by = selon { $definition }
error-title = Impossible à afficher
error-not-found = Cette page n’existe pas, ou n’est pas pour vous.
error-back = Retour à aujourd’hui
live-changed = Mis à jour { $at }
live-on = En direct
live-off = Hors direct : la liaison est coupée. Ce qui est montré peut être ancien.
column-total = Total
