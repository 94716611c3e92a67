# What every page says: frame, navigation, sign-in, dates and numbers.

month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
month-short-1 = ene
month-short-2 = feb
month-short-3 = mar
month-short-4 = abr
month-short-5 = may
month-short-6 = jun
month-short-7 = jul
month-short-8 = ago
month-short-9 = sep
month-short-10 = oct
month-short-11 = nov
month-short-12 = dic
date-long = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
number-between = { $low } a { $high }
count-people = { $count ->
    [one] { $count-said } persona
   *[other] { $count-said } personas
}
count-journeys = { $count ->
    [one] { $count-said } trayectoria
   *[other] { $count-said } trayectorias
}
count-days = { $count ->
    [one] { $count-said } día
   *[other] { $count-said } días
}
count-commits = { $count ->
    [one] { $count-said } registro
   *[other] { $count-said } registros
}
skip-to-content = Ir al contenido
site-name = Homeward
nav-label = Páginas
nav-figures = Cifras
nav-casework = Gestión de casos
nav-today = Hoy
nav-arrivals = Llegadas
nav-flow = Flujo de trayectorias
nav-referrals = Derivaciones
nav-follow-ups = Seguimientos
nav-outcomes = Resultados
nav-returns = Qué pasa con las personas
nav-map = Mapa
nav-quality = Calidad de datos
nav-worklists = Listas de trabajo
nav-journeys = Trayectorias
nav-people = Buscar personas
nav-duplicates = Posibles duplicados
nav-services = Servicios
nav-manifests = Manifiestos
nav-record = Registrar un hecho
language-label = Idioma
sign-in-title = Iniciar sesión
sign-in-key = Clave
sign-in-hint = La clave que le dio su operador; empieza por hw_.
sign-in-button = Entrar
sign-in-refused = Esta clave no funciona aquí. Cópiela entera, desde hw_ hasta el final.
sign-in-not-reading = Esta clave permite publicar, no leer; las páginas necesitan una clave que lea.
sign-in-elsewhere = Este formulario vino de otra página o demasiado tarde. Inténtelo de nuevo.
sign-out = Cerrar sesión
signed-in-as = Sesión: { $name }
frame-title = Qué se muestra
frame-ledger = Registro
frame-site = Sitio
frame-agency = Entidad
frame-group = Grupo de participantes
frame-return-type = Tipo de retorno
frame-grounds = Motivo
frame-sex = Sexo
frame-age-band = Grupo de edad
frame-risk-band = Nivel de riesgo
frame-programme = Programa
frame-origin-from = Cohorte desde
frame-origin-to = Cohorte hasta
frame-definition = Definición
frame-known = Según lo conocido el
frame-known-hint = Lo que el registro sabía: ahora, un corte con nombre, una hora como 2026-07-01T00:00Z, o registro:secuencia.
frame-known-head = todo lo conocido ahora
frame-day = En el día
frame-day-hint = El día del mundo: lo posterior aún no ha ocurrido. Hoy si está vacío.
frame-any = todos
frame-show = Mostrar
frame-clear = Borrar
frame-more = Más condiciones
frame-not-narrowed = Sin restringir por: { $names }. Esta cifra no los distingue.
as-of-head = Conoce { $positions }: todo lo que hay en los registros.
as-of-behind = Conoce { $positions }; { $lag } por detrás de los registros.
as-of-past = Según lo conocido en { $positions }, como se pidió: nada posterior entra.
as-of-nothing = ningún registro
as-of-at = Leído el { $at }.
panel-table = Lo mismo en una tabla
panel-take = Descargar:
panel-explain = Explicar: qué trayectorias y hechos
panel-open = Abrir la lista
panel-empty = Nada que mostrar: nadie cumple estas condiciones.
panel-loading = Aún no está listo: { $why }. Esta página vuelve a preguntar sola; sin script, cárguela de nuevo.
panel-refused = No se puede responder: { $why }
few-title = Muy pocas personas para una proporción: { $part-said } de { $count-said } hasta ahora
few-sentence = Con menos de { $few-said } personas, una proporción diría más de lo que se sabe; la tabla da cada número.
panel-synthetic = Datos sintéticos: inventados para probar, no son de nadie.
panel-by = según { $definition }
error-title = Esto no se puede mostrar
error-not-found = No existe esa página, o no es para usted.
error-back = Volver a hoy
live-changed = Actualizado { $at }
live-on = En vivo
live-off = Sin conexión: lo que se muestra puede ser antiguo.
column-total = Total
