# What the panels of figures say.

today-owed-title = Sa ki rete pou fèt
today-subtitle = Tout sa ki rete pou fèt nan { $day }, lis pa lis; yon dat ki pase pa bezwen okenn fè.
today-headline = { $lists ->
    [0] Anyen pa an reta
    [1] Yon lis gen bagay ki an reta
   *[other] { $lists-said } lis gen bagay ki an reta
}
today-nothing = Pa gen anyen ki rete pou fèt
today-list = Lis
today-rows = Tout
today-upcoming = K ap vini
today-due = Pou fèt
today-overdue = An reta
today-running = San dat limit
arrivals-title = Arive yo pa mwa ak kalite retou
arrivals-month = Mwa arive a
arrivals-headline = { $count-said } pakou kòmanse ak yon arive; sa ki pi souvan se { $kind }, { $share }
arrivals-subtitle = Pakou pa mwa arive ak kalite retou; n = { $count-said }
