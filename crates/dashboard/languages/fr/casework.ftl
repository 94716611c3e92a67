# What pages of casework say: worklists, journeys, people, services, manifests, sources.

page-back = Retour à la liste
page-first = Première page
page-next = Page suivante
nav-sources = Sources de données
worklist-back = Toutes les listes de travail
worklist-all = Toute la liste
worklist-subtitle = Telle qu’elle est le { $day } ; une date qui passe n’a besoin d’aucun fait.
worklist-journey = Parcours
worklist-owed = Ce qui est dû
worklist-next = Prochaine étape
worklist-who = À qui d’agir
worklist-by = Pour quand
worklist-standing = Où cela en est
worklist-told = Signalé à
worklist-site = Lieu
journeys-subtitle = Dans l’ordre de leurs identifiants ; resserrez la liste avec les conditions.
journeys-journey = Parcours
journeys-stage = Étape
journeys-arrival = Arrivée
journeys-last = Dernière nouvelle
journey-title = Parcours { $journey }
journey-untold = Rien n’est dit de : { $parts }.
journey-stage = Étape
journey-keeper = Suivi par
journey-same-person = La même personne
journey-story = Ce qui s’est passé
journey-looked = À qui cela a été montré
journey-looked-nobody = Aucune communication ni accès d’urgence n’est enregistré.
journey-counted = Pourquoi compté, ou non
journey-recorded = noté le { $day }
journey-replaced = Corrigé le { $day } par { $who } : { $reason }.
journey-retracted = Retiré le { $day } par { $who } : { $reason }.
journey-stands-instead = Ce qui vaut à la place
journey-correction = La correction
journey-corrects = Raison : { $reason }.
journey-corrected = Ce qu’elle corrige
journey-next = Ce qui est à faire
journey-what = Quoi
journey-by = Pour le
journey-whose = À qui d’agir
journey-of = De
journey-referrals = Orientations
journey-sent = Envoyée
journey-consent-expired = le consentement a expiré
journey-consents = Consentement en vigueur
journey-purposes = Pour quoi
journey-data = Quelles données
journey-agencies = Avec qui
journey-agencies-needed = tout organisme que le but demande
journey-override = sans consentement : ce que l’urgence demande
column-from-day = Dès le
column-until = Jusqu’au
journey-plans = Plans
journey-goal = Objectif
journey-plan-state = Plan
journey-plan-told = { $state } ; convenu le { $day } avec { $agency }
journey-assistance = Aide
journey-on = Le
journey-worth = Quoi, et sa valeur
journey-confirm-on = à confirmer dès le { $day }
journey-reversed = annulée
journey-transfers = Transferts
journey-attachments = Documents joints
journey-called = Intitulé
journey-size = Taille
journey-kibibytes = { $size-said } Kio
journey-removed = retiré : { $reason }
journey-relatives = Proches et ménage
journey-relation = Lien avec la personne
counted-title = Pourquoi le parcours { $journey } est compté, ou non
counted-back = Retour au parcours
counted-subtitle = Compté depuis { $origin } selon { $definition }, au { $day }.
counted-never-received = Jamais accueillie : non comptée
counted-steps = Étape par étape
counted-day = Jour
counted-what = Fait
counted-verdict = Ce qui en est fait
manifests-subtitle = Tels qu’au { $day } : qui était attendu avant et dont rien n’est dit figure comme tel.
manifests-announced = annoncées
manifests-no-batch = sans groupe
manifests-handed = { $provided } communiquée, { $none } aucune, { $missing } non communiquée
manifest-title = Manifeste { $batch }
manifest-back = Tous les manifestes
manifest-counts = Annoncées et arrivées
manifest-line = Ligne
manifest-received-on = Accueillie
sources-subtitle = Chaque numéro donné par une source est là, refusé ou manquant.
sources-in = Ce qui est là
sources-events = Faits
sources-first = Premier enregistrement
sources-last = Dernier enregistrement
sources-numbers = Les numéros propres des sources
sources-numbers-in = Là
sources-numbers-refused = Refusés
sources-numbers-missing = Manquants
sources-which = Lesquels manquent
sources-refused = Ce qui a été refusé, et pourquoi
services-title = Services qui répondent au besoin
services-subtitle = Les { $shown-said } plus adaptés d’abord, selon le répertoire en vigueur le { $day }.
services-form = Chercher un service
services-find = Trouver des services
services-area = Où vit la personne
services-area-hint = Un code de zone, comme JM-01.
services-language = Langue que parle la personne
services-language-en = anglais
services-language-es = espagnol
services-language-fr = français
services-language-pt = portugais
services-language-ht = créole haïtien
services-language-nl = néerlandais
services-age = Âge en années
services-needs = Besoins
services-fit = Pourquoi ici
services-places = Places
services-places-unknown = non dit
services-free = { $free-said } libres sur { $places-said }
services-answers = Réponses récentes
services-answered = { $accepted-said } acceptées, { $declined-said } déclinées en { $months-said } mois
services-directory = Le répertoire, version par version
services-versions = Versions
services-version = Version
services-published-on = Publiée
services-number = Services
services-new = Nouveaux
services-changed = Modifiés
services-withdrawn = Retirés
services-as-published = telle que publiée
services-corrected = corrigée depuis
services-note = Note
services-astray = Orientations qui citent ce que le répertoire n’a pas
people-title = Chercher une personne
people-intro = Écrivez ce qui est connu, quelle que soit l’orthographe. Ce qui est cherché n’est gardé nulle part.
people-given-names = Prénoms
people-surnames = Noms de famille
people-names-hint = Séparez-en plusieurs par des virgules.
people-also-known-as = Aussi connue comme
people-born-on = Naissance
people-born-hint = Autant qu’on sait : 1985, 1985-03 ou 1985-03-04.
people-document-kind = Document
people-document-number = Son numéro
people-mother-name = Nom de la mère
people-search = Chercher
people-likely = probable
people-possible = possible
people-score = Score
people-who = Qui ce parcours dit que c’est
people-why = Ce qui a été comparé
people-linked = Lié à
people-found-title = Qui cela peut être
people-nobody = Personne ici ne correspond.
people-against = contre
people-for = pour
people-by-rules = Comparé selon { $rules } ; probable à partir de { $threshold }.
duplicates-subtitle = Paires qui peuvent être une seule personne et que nul n’a jugées. Rien n’est lié sans que quelqu’un le dise ici ; les deux jugements peuvent être repris.
duplicates-none = Aucune paire n’attend de jugement.
duplicates-pair = { $one } et { $other }
duplicates-field = Quoi
duplicates-basis = Comment cela a été établi
duplicates-link = C’est la même personne
duplicates-unlink = Ce sont des personnes différentes
duplicates-agency = Au nom de quel organisme
duplicates-done-link = Enregistré : { $one } et { $other } sont la même personne.
duplicates-done-unlink = Enregistré : { $one } et { $other } sont des personnes différentes.
duplicates-refused = Non enregistré : { $why }
duplicates-all = Toutes les paires
worklist-headline = { $count ->
    [0] Rien dans cette liste
    [one] Une chose à regarder
   *[other] { $count-said } choses à regarder
}
worklist-escalated = { $rows ->
    [one] { $rows-said } signalé à : { $level }.
   *[other] { $rows-said } signalés à : { $level }.
}
manifests-headline = { $untold ->
    [0] De chaque personne attendue jusqu’ici on a des nouvelles
    [one] { $untold-said } personne était attendue, et rien n’est dit
   *[other] { $untold-said } personnes étaient attendues, et rien n’est dit
}
manifest-announced = { $count ->
    [0] Personne n’a été annoncé
    [one] { $count-said } personne a été annoncée
   *[other] { $count-said } personnes ont été annoncées
}
manifest-unannounced = { $count ->
    [0] Personne n’est venu sans annonce
    [one] { $count-said } personne est venue sans annonce
   *[other] { $count-said } personnes sont venues sans annonce
}
sources-headline = { $missing ->
    [0] Aucun numéro donné par les sources ne manque
    [one] { $missing-said } numéro donné par une source n’est jamais venu
   *[other] { $missing-said } numéros donnés par les sources ne sont jamais venus
}
services-headline = { $count ->
    [0] Aucun service du répertoire ne répond
    [one] { $count-said } service répond
   *[other] { $count-said } services répondent
}
people-found = { $count ->
    [one] { $count-said } parcours peut être le bon
   *[other] { $count-said } parcours peuvent être le bon
}
