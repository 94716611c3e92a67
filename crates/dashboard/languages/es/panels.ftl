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
    [one] Una persona llegó: { $kind }
   *[other] { $count-said } trayectorias empezaron con una llegada; lo más frecuente fue { $kind }, { $share }
}
arrivals-subtitle = Trayectorias por mes de llegada y tipo de retorno; n = { $count-said }
arrivals-other-kinds = otros tipos
arrivals-journeys = Trayectorias
explain-title = Quién y qué está detrás de una cifra
explain-headline = { $count ->
    [one] Una persona en esta página y los hechos en que se apoya
   *[other] { $count-said } personas en esta página y los hechos en que se apoya
}
explain-subtitle = { $model } el { $day }; { $count-said } trayectorias examinadas para esta página
explain-next = Seguir
explain-journeys = Persona
explain-adds = Suma
explain-fact = Hecho
explain-occurred = Ocurrió
explain-says = Dice
explain-weight = Necesario
explain-needed = sin él, otra cifra
explain-one-of-several = uno de varios que dicen lo mismo
explain-withheld = { $count ->
    [one] Un hecho en un registro que esta clave no abre
   *[other] { $count-said } hechos en registros que esta clave no abre
}
flow-title = Hasta dónde llegan las trayectorias
flow-headline = De { $count-said } trayectorias, el { $assessed } llegó a una evaluación y el { $served } a un servicio
flow-headline-few = Llegaron a una evaluación: { $assessed-said } de { $count-said }; a un servicio: { $served-said }
flow-subtitle = Trayectorias recibidas hasta el { $day }, por el último paso al que llegaron; n = { $count-said }
flow-step = Paso
flow-reached = Llegaron
flow-share = Proporción
flow-took = Dieron este paso
flow-waiting = Esperan aquí
flow-left = Salieron desde aquí
flow-how = Cómo salieron
times-title = Tiempo hasta cada paso
times-half = { $step }: la mitad lo alcanzó en { $days }
times-half-at-once = { $step }: la mitad lo alcanzó el mismo día de la recepción
times-no-half = { $step }: menos de la mitad lo ha alcanzado
times-subtitle = Proporción que ha dado cada paso, por días desde la recepción; la salida compite (Aalen-Johansen); n = { $count-said }
times-desc = Una curva por paso: la proporción de los recibidos que lo ha dado en cada día.
times-taken = Lo dieron
times-left = Salieron antes
times-waiting = Aún esperan
times-median = La mitad en, días
times-not-reached = no alcanzado
times-not-observed = aún no observado
times-by-day = Al día { $days-said }
times-days = Días desde la recepción
times-share = Proporción que ha dado el paso
quality-title = Lo que no puede ser cierto y lo que falta
quality-headline = { $count ->
    [one] Un hecho infringe una regla
   *[other] { $count-said } hechos infringen una regla
}
quality-subtitle = Hechos del registro que no pueden ser todos ciertos, fichas incompletas, hechos corregidos
quality-finding = Infringe una regla
quality-missing = Falta
quality-corrected = Fue corregido
quality-kind = Clase
quality-subject = Regla, campo o motivo
quality-count = Hechos o fichas
lag-title = Días entre un hecho y su registro
lag-headline = El { $share } de los hechos se registró más de dos días después
lag-subtitle = Hechos por familia y por días hasta su registro; n = { $count-said }
lag-bucket = { $days } días
lag-family = Familia
lag-facts = Hechos
models-title = Modelos de lectura
models-headline = { $count ->
    [0] Todos los modelos conocen el registro entero
    [one] Un modelo va atrasado
   *[other] { $count-said } modelos van atrasados
}
models-subtitle = Estado del proyector; versión { $version }
models-model = Modelo
models-state = Estado
models-lag = Registros de atraso
models-rate = Registros por segundo
models-wrong = Qué falló
views-title = Expedientes consultados
views-headline = { $count ->
    [0] No se mostró ningún expediente a nadie y ninguno se abrió de urgencia
    [one] Consta una revelación o un acceso de urgencia
   *[other] Constan { $count-said } revelaciones y accesos de urgencia
}
views-subtitle = Revelaciones de datos personales y accesos de urgencia, tal como los guarda el registro; por registro y entidad
views-disclosed = Revelados
views-broken = Abiertos de urgencia
funnel-title = Derivaciones según su estado
funnel-headline = { $count ->
    [one] Una derivación está abierta; fuera de plazo: { $overdue-said }
   *[other] { $count-said } derivaciones están abiertas; { $overdue-said } fuera de plazo
}
funnel-subtitle = Cada derivación por su estado el { $day }; n = { $count-said }
funnel-referrals = Derivaciones
funnel-state = Estado
funnel-open = Abiertas
funnel-overdue = Fuera de plazo
ages-title = Antigüedad de las derivaciones abiertas
ages-headline = { $count ->
    [one] Una derivación abierta; escalada: { $escalated-said }
   *[other] De { $count-said } derivaciones abiertas, { $escalated-said } necesitan que otra persona mire
}
ages-subtitle = Derivaciones abiertas por días desde su envío
ages-class = { $days } días
ages-age = Enviadas hace
clocks-title = Cuánto tardan los proveedores en responder
clocks-headline = { $slow ->
    [0] Ningún proveedor tarda más de lo acordado
   *[other] { $slow-said } de { $count-said } proveedores tardan más de lo acordado
}
clocks-subtitle = Mediana de días del envío a la respuesta, derivaciones { $priority }, contando las abiertas (Kaplan-Meier), intervalo del 95 %
clocks-desc = Una fila por proveedor: la mediana hasta la respuesta con su intervalo y el límite acordado.
clocks-days = Días del envío a la respuesta
clocks-note = { $count-said } enviadas, { $running-said } abiertas
clocks-limit = acordado: { $days } días
clocks-within = dentro
clocks-beyond = fuera
clocks-provider = Proveedor
clocks-asked = Enviadas
clocks-answered = Respondidas
clocks-running = En espera
clocks-left = Terminadas sin respuesta
clocks-median = Mediana, días
clocks-nine = Nueve de diez, días
clocks-in-time = A tiempo
clocks-late = Tarde
providers-title = Qué responden los proveedores
providers-headline = De { $count-said } derivaciones, el { $share } fue aceptado
providers-headline-few = Derivaciones aceptadas: { $part-said } de { $count-said }
providers-subtitle = Lo que sigue sin respuesta fuera de plazo no está aceptado; entre paréntesis, el mínimo y el máximo posibles
providers-accepted = Aceptadas
providers-declined = Rechazadas
providers-undecided = En plazo
providers-unanswered = Sin respuesta, tarde
providers-left = Terminadas por otros
providers-share = Aceptadas (puede llegar a)
reasons-title = Por qué las derivaciones terminan sin lo pedido
reasons-headline = El motivo más frecuente es «{ $reason }»: { $count-said }
reasons-subtitle = De { $count-said } derivaciones; motivos agrupados según { $file }
reasons-reason = Motivo
reasons-kind = Cómo terminó
reasons-group = Grupo
reasons-declined = rechazada
reasons-not-delivered = no prestada
reasons-withdrawn = retirada
reasons-consent-withdrawn = consentimiento retirado
adherence-title = Si los seguimientos se realizan
adherence-headline = Se realizó el { $share } de { $count-said } seguimientos cuyo plazo terminó
adherence-headline-few = Seguimientos realizados, de aquellos cuyo plazo terminó: { $part-said } de { $count-said }
adherence-nothing-over = ninguno ha vencido aún
adherence-subtitle = Seguimientos por ronda según su estado el { $day }; lo cerrado o caducado no lo debe nadie
adherence-follow-ups = Seguimientos
adherence-wave = Ronda
adherence-completed = Realizados
adherence-overdue = Vencidos
adherence-due = Por hacer
adherence-upcoming = Próximos
adherence-cancelled = Cancelados
adherence-lapsed = Caducados
adherence-missed = Intentados en vano
adherence-kept = Realizados, de los vencidos
calendar-title = En qué días caen los seguimientos
calendar-headline = El día con más pendientes será el { $day }: { $count-said }
calendar-nothing = Ningún seguimiento pendiente desde este día
calendar-subtitle = Seguimientos aún pendientes, por día previsto: ocho semanas atrás y ocho adelante
calendar-owed = Pendientes
calendar-day = Día
weekday-1 = lun
weekday-2 = mar
weekday-3 = mié
weekday-4 = jue
weekday-5 = vie
weekday-6 = sáb
weekday-7 = dom
scores-title = Cómo están las mismas personas en cada ronda
scores-up = { $wave }: quienes respondieron dos veces ({ $count-said }) subieron de { $from } a { $to }
scores-down = { $wave }: quienes respondieron dos veces ({ $count-said }) bajaron de { $from } a { $to }
scores-nothing-paired = Aún no se ha preguntado dos veces a nadie
scores-subtitle = { $count ->
    [one] Puntuación media por ronda, { $instrument }; una persona
   *[other] Puntuación media por ronda, { $instrument }; { $count-said } personas distintas
}
scores-desc = Una línea por dimensión de ronda en ronda; debajo, cuántas personas respondieron y cuántas faltan.
scores-answered = respondieron { $count-said } de { $expected-said }
scores-nobody = nadie preguntado
scores-mean = Puntuación media, 0 a 1
scores-missing = Faltan
scores-dimension = Dimensión
scores-paired = Preguntadas dos veces
scores-from = Media antes
scores-to = Media después
scores-change = Cambio (95 %)
scores-expected = Esperadas
scores-responded = Preguntadas
scores-rate = Tasa de respuesta
scores-not-observed = Fuera de vista
scores-not-yet = Aún no toca
scores-who = A quién se preguntó en cada ronda
life-title = Trabajo, vivienda y estudios tras la recepción
life-headline = El { $share } tenía sustento { $months-said } meses después, de { $count-said } aún observadas
life-headline-few = Con sustento { $months-said } meses después: { $part-said } de { $count-said } aún en observación
life-subtitle = Trayectorias cuyo plazo llegó y aún observadas; quien está fuera de vista no cuenta como sin nada
life-area = Ámbito
life-months = Meses después
life-observed = Observadas
life-in-spell = Con
life-share = Proporción
leaving-died = muerte
leaving-remigrated = volvió a emigrar
leaving-removed-again = devuelta otra vez
leaving-moved-away = se mudó
leaving-contact-lost = sin contacto
leaving-observation-ended = fin de la observación
