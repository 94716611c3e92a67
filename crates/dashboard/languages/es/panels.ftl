# What the panels of figures say.

today-owed-title = Lo que está pendiente
today-subtitle = Todo lo pendiente al { $day }, lista por lista; una fecha que vence no necesita ningún hecho.
today-headline = { $lists ->
    [0] Nada está vencido
    [one] Una lista tiene algo vencido
   *[other] { $lists-said } listas tienen algo vencido
}
today-nothing = No hay nada pendiente
today-list = Lista
today-rows = Todo
today-upcoming = Próximo
today-due = Por hacer
today-overdue = Vencido
today-running = Sin plazo
arrivals-title = Llegadas por mes y tipo de retorno
arrivals-month = Mes de llegada
arrivals-headline = { $count ->
    [one] Una persona llegó: { $kind }, { $share }
   *[other] { $count-said } trayectorias empezaron con una llegada; lo más frecuente fue { $kind }, { $share }
}
arrivals-subtitle = Trayectorias por mes de llegada y tipo de retorno; n = { $count-said }
