# What the panels of figures say.

today-owed-title = O que está pendente
today-subtitle = Tudo o que está pendente em { $day }, lista por lista; uma data que passa não precisa de fato algum.
today-headline = { $lists ->
    [0] Nada está atrasado
    [one] Uma lista tem algo atrasado
   *[other] { $lists-said } listas têm algo atrasado
}
today-nothing = Nada está pendente
today-list = Lista
today-rows = Tudo
today-upcoming = Próximo
today-due = A fazer
today-overdue = Atrasado
today-running = Sem prazo
arrivals-title = Chegadas por mês e tipo de retorno
arrivals-month = Mês de chegada
arrivals-headline = { $count ->
    [one] { $count-said } chegada: { $kind }, { $share }
   *[other] { $count-said } trajetórias começaram com uma chegada; o mais frequente foi { $kind }, { $share }
}
arrivals-subtitle = Trajetórias por mês de chegada e tipo de retorno; n = { $count-said }
