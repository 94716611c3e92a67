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
    [one] { $count-said } arrivée : { $kind }, { $share }
   *[other] { $count-said } parcours ont commencé par une arrivée ; le plus fréquent : { $kind }, { $share }
}
arrivals-subtitle = Parcours par mois d’arrivée et type de retour ; n = { $count-said }
