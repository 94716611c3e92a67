# What pages of casework say: worklists, journeys, people, services, manifests, sources.

page-back = Volver a la lista
page-first = Primera página
page-next = Página siguiente
nav-sources = Fuentes de datos
worklist-back = Todas las listas de trabajo
worklist-all = Toda la lista
worklist-subtitle = Como está el { $day }; una fecha que pasa no necesita ningún hecho.
worklist-journey = Trayectoria
worklist-owed = Qué falta
worklist-next = Siguiente paso
worklist-who = A quién le toca
worklist-by = Hasta cuándo
worklist-standing = Cómo está
worklist-told = Escalado a
worklist-site = Sitio
journeys-subtitle = En el orden de sus identificadores; use las condiciones para acotar la lista.
journeys-journey = Trayectoria
journeys-stage = Etapa
journeys-arrival = Llegada
journeys-last = Último dato
journey-title = Trayectoria { $journey }
journey-untold = No se sabe nada de: { $parts }.
journey-stage = Etapa
journey-keeper = A cargo de
journey-same-person = La misma persona
journey-story = Qué ocurrió
journey-looked = A quién se mostró qué
journey-looked-nobody = No consta ninguna comunicación ni acceso de emergencia.
journey-counted = Por qué se cuenta, o no
journey-recorded = anotado el { $day }
journey-replaced = Corregido el { $day } por { $who }: { $reason }.
journey-retracted = Retirado el { $day } por { $who }: { $reason }.
journey-stands-instead = Lo que vale en su lugar
journey-correction = La corrección
journey-corrects = Motivo: { $reason }.
journey-corrected = Lo que corrige
journey-next = Qué hay que hacer
journey-what = Qué
journey-by = Hasta
journey-whose = A quién le toca
journey-of = De
journey-referrals = Derivaciones
journey-sent = Enviada
journey-consent-expired = el consentimiento venció
journey-consents = Consentimiento vigente
journey-purposes = Para qué
journey-data = Qué datos
journey-agencies = Con quién
journey-agencies-needed = toda entidad que el fin requiera
journey-override = sin consentimiento: lo que la emergencia requiera
column-from-day = Desde
column-until = Hasta
journey-plans = Planes
journey-goal = Meta
journey-plan-state = Plan
journey-plan-told = { $state }; acordado el { $day } con { $agency }
journey-assistance = Asistencia
journey-on = El
journey-worth = Qué y su valor
journey-confirm-on = por confirmar desde el { $day }
journey-reversed = anulada
journey-transfers = Transferencias
journey-attachments = Adjuntos
journey-called = Nombre
journey-size = Tamaño
journey-kibibytes = { $size-said } KiB
journey-removed = retirado: { $reason }
journey-relatives = Familiares y hogar
journey-relation = Qué son de la persona
counted-title = Por qué se cuenta la trayectoria { $journey }, o no
counted-back = Volver a la trayectoria
counted-subtitle = Contado desde { $origin } según { $definition }, al { $day }.
counted-never-received = Nunca recibida: no se cuenta
counted-steps = Paso a paso
counted-day = Día
counted-what = Hecho
counted-verdict = Cómo se toma
manifests-subtitle = Como están el { $day }: quien debía llegar antes y de quien nada se sabe consta como tal.
manifests-announced = anunciadas
manifests-no-batch = sin grupo
manifests-handed = { $provided } entregada, { $none } ninguna, { $missing } no entregada
manifest-title = Manifiesto { $batch }
manifest-back = Todos los manifiestos
manifest-counts = Anunciadas y llegadas
manifest-line = Línea
manifest-received-on = Recibida
sources-subtitle = Cada número que dio una fuente está, fue rechazado o falta.
sources-in = Qué hay
sources-events = Hechos
sources-first = Primer registro
sources-last = Último registro
sources-numbers = Los números propios de las fuentes
sources-numbers-in = Están
sources-numbers-refused = Rechazados
sources-numbers-missing = Faltan
sources-which = Cuáles faltan
sources-refused = Qué se rechazó y por qué
services-title = Servicios que responden a la necesidad
services-subtitle = Los { $shown-said } más adecuados primero, según el directorio vigente el { $day }.
services-form = Buscar un servicio
services-find = Buscar servicios
services-area = Dónde vive la persona
services-area-hint = Un código de zona, como JM-01.
services-language = Idioma que habla la persona
services-language-en = inglés
services-language-es = español
services-language-fr = francés
services-language-pt = portugués
services-language-ht = criollo haitiano
services-language-nl = neerlandés
services-age = Edad en años
services-needs = Necesidades
services-fit = Por qué está aquí
services-places = Cupos
services-places-unknown = no se dice
services-free = { $free-said } de { $places-said } libres
services-answers = Respuestas recientes
services-answered = { $accepted-said } aceptadas, { $declined-said } rechazadas en { $months-said } meses
services-directory = El directorio, versión por versión
services-versions = Versiones
services-version = Versión
services-published-on = Publicada
services-number = Servicios
services-new = Nuevos
services-changed = Modificados
services-withdrawn = Retirados
services-as-published = como se publicó
services-corrected = corregida desde entonces
services-note = Nota
services-astray = Derivaciones que nombran lo que el directorio no incluye
people-title = Buscar personas
people-intro = Escriba lo que se sepa, como sea que se escriba. Lo que se busca no se guarda en ningún lugar.
people-given-names = Nombres
people-surnames = Apellidos
people-names-hint = Separe varios con comas.
people-also-known-as = También conocida como
people-born-on = Nacimiento
people-born-hint = Hasta donde se sepa: 1985, 1985-03 o 1985-03-04.
people-document-kind = Documento
people-document-number = Su número
people-mother-name = Nombre de la madre
people-search = Buscar
people-likely = probable
people-possible = posible
people-score = Puntaje
people-who = Quién dice esta trayectoria que es
people-why = Qué se comparó
people-linked = Vinculada con
people-found-title = Quién puede ser
people-nobody = Nadie aquí corresponde a lo escrito.
people-against = en contra
people-for = a favor
people-by-rules = Comparado según { $rules }; desde { $threshold } es probable.
duplicates-subtitle = Pares que pueden ser una sola persona y que nadie ha juzgado. Nada se vincula si nadie lo dice aquí; ambos juicios pueden retirarse.
duplicates-none = Ningún par espera un juicio.
duplicates-pair = { $one } y { $other }
duplicates-field = Qué
duplicates-basis = Cómo se averiguó
duplicates-link = Es la misma persona
duplicates-unlink = Son personas distintas
duplicates-agency = En nombre de qué entidad
duplicates-done-link = Registrado: { $one } y { $other } son la misma persona.
duplicates-done-unlink = Registrado: { $one } y { $other } son personas distintas.
duplicates-refused = No registrado: { $why }
duplicates-all = Todos los pares
worklist-headline = { $count ->
    [0] No hay nada en esta lista
    [one] Una cosa por atender
   *[other] { $count-said } cosas por atender
}
worklist-escalated = { $rows ->
    [one] Uno ha llegado a: { $level }.
   *[other] { $rows-said } han llegado a: { $level }.
}
manifests-headline = { $untold ->
    [0] Se sabe de todas las personas esperadas hasta ahora
    [one] Se esperaba a una persona y nada se sabe
   *[other] Se esperaba a { $untold-said } personas y nada se sabe
}
manifest-announced = { $count ->
    [0] No se anunció a nadie
    [one] Se anunció a una persona
   *[other] Se anunció a { $count-said } personas
}
manifest-unannounced = { $count ->
    [0] Nadie llegó sin anuncio
    [one] Una persona llegó sin anuncio
   *[other] { $count-said } personas llegaron sin anuncio
}
sources-headline = { $missing ->
    [0] No falta ningún número dado por las fuentes
    [one] Un número dado por una fuente nunca llegó
   *[other] { $missing-said } números dados por las fuentes nunca llegaron
}
services-headline = { $count ->
    [0] Ningún servicio del directorio responde
    [one] Un servicio responde
   *[other] { $count-said } servicios responden
}
people-found = { $count ->
    [one] Una trayectoria puede ser la buscada
   *[other] { $count-said } trayectorias pueden ser la buscada
}
