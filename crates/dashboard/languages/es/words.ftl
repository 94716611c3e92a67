# The words of vocabularies: <vocabulary>-<value>.

sex-female = mujer
sex-male = hombre
sex-other = otro
sex-not-known = no se sabe
sex-refused-to-say = prefiere no decirlo

missing-not-known = no se sabe
missing-refused-to-say = prefiere no decirlo
missing-not-asked = no se preguntó

participant-group-forced-returnee = retornada contra su voluntad
participant-group-voluntary-returnee = retornada por decisión propia
participant-group-refugee = persona refugiada
participant-group-migrant = persona migrante
participant-group-host-community = comunidad de acogida
participant-group-indigenous = persona indígena
participant-group-other = otro participante

return-type-deported = deportación
return-type-removed-after-conviction = expulsión tras cumplir condena
return-type-refused-entry = entrada denegada
return-type-voluntary = retorno voluntario
return-type-assisted-voluntary = retorno voluntario asistido
return-type-voluntary-humanitarian = retorno voluntario humanitario
return-type-spontaneous = retorno espontáneo
return-type-extradited = extradición
return-type-unknown = no se sabe
return-type-not-known = no se sabe

grounds-immigration = solo migratorio
grounds-drugs = drogas
grounds-firearms = armas de fuego
grounds-homicide = homicidio
grounds-larceny = hurto
grounds-fraud = fraude
grounds-assault = agresión
grounds-sexual = delito sexual
grounds-kidnapping = secuestro
grounds-laundering = lavado de dinero
grounds-other = otro motivo
grounds-none-stated = ninguno, según el país que retorna
grounds-not-provided = no informado por el país que retorna
grounds-not-known = no se sabe

provided-provided = entregada
provided-none = ninguna, según el país que retorna
provided-not-provided = no entregada

dimension-economic = económica
dimension-social = social
dimension-psychosocial = psicosocial
dimension-overall = total
dimension-none = ninguna

level-individual = persona y familia
level-community = comunidad
level-structural = instituciones y servicios
level-none = ninguno

wave-baseline = línea de base
wave-month-1 = 1 mes
wave-month-3 = 3 meses
wave-month-6 = 6 meses
wave-month-12 = 12 meses
wave-endline = al cierre
wave-extra = fuera del calendario

channel-office = en la oficina
channel-home-visit = en casa
channel-phone = por teléfono
channel-message = por mensaje
channel-video = por videollamada
channel-third-party = por la familia o la comunidad
channel-records = por registros

delivery-mode-direct = directa
delivery-mode-referral = por derivación
delivery-mode-both = ambas
delivery-mode-none = ninguna

role-intake = recepción
role-case-worker = responsable de caso
role-supervisor = supervisión
role-provider = prestador
role-health = personal de salud
role-justice = policía, justicia, prisión o libertad vigilada
role-evaluator = evaluación
role-administrator = administración
role-import = importación

key-role-publisher = publica
key-role-reader = lee
key-role-case-worker = responsable de caso
key-role-supervisor = supervisión
key-role-operator = operación

assistance-kind-cash = dinero
assistance-kind-in-kind = bienes
assistance-kind-training = capacitación
assistance-kind-grant = capital para negocio
assistance-kind-counselling = orientación psicosocial
assistance-kind-medical = apoyo médico
assistance-kind-housing = apoyo para vivienda
assistance-kind-transport = transporte
assistance-kind-documents = documentos
assistance-kind-legal = asistencia legal
assistance-kind-other = otra

confirmation-finding-in-use = recibido y en uso
confirmation-finding-no-longer-in-use = recibido, ya sin uso
confirmation-finding-sold-or-lost = vendido o perdido
confirmation-finding-not-received = no recibido
confirmation-finding-not-confirmed = no se pudo confirmar

confirmation-pending = por confirmar
confirmation-none = ninguna

purpose-case-management = gestión del caso
purpose-referral = derivación a otras entidades
purpose-follow-up = seguimiento después del apoyo
purpose-evaluation = estadísticas sin nombres
purpose-family-tracing = búsqueda de familiares

data-category-identity = quién es la persona
data-category-contact = cómo contactar a la persona
data-category-health = salud
data-category-criminal = antecedentes penales
data-category-protection = riesgos de protección
data-category-needs = necesidades, planes y servicios
data-category-assessment = puntajes de evaluación

consent-form-written = firmado
consent-form-verbal = verbal ante testigo
consent-form-guardian = por un tutor o representante

override-ground-life-at-risk = vida en riesgo
override-ground-unable-to-consent = no puede consentir
override-ground-child-protection = interés superior de un menor
override-ground-legal-obligation = lo ordena la ley o un juez

correction-reason-entry-error = error de registro
correction-reason-wrong-person = corresponde a otra persona
correction-reason-duplicate = registrado dos veces
correction-reason-new-information = llegó mejor información
correction-reason-objection = la persona lo objetó

death-cause-illness = enfermedad
death-cause-accident = accidente
death-cause-violence = violencia
death-cause-suicide = suicidio
death-cause-not-known = no se sabe

service-status-active = activo
service-status-inactive = inactivo por ahora

withdrawn-reason-not-in-source = ya no está en la fuente
withdrawn-reason-defunct = ya no existe
withdrawn-reason-other = otro motivo

erasure-basis-subject-request = la persona lo pidió
erasure-basis-consent-withdrawn = se retiró el consentimiento
erasure-basis-retention-ended = terminó el plazo de conservación
erasure-basis-unlawful = nunca debió recogerse
erasure-basis-safety = pone en peligro a la persona

missed-reason-unreachable = no se pudo contactar a la persona
missed-reason-refused = la persona no quiso
missed-reason-worker-unavailable = el personal no pudo ir
missed-reason-place-unreachable = no se pudo llegar al lugar
missed-reason-not-safe = no era seguro
missed-reason-other = otro motivo

standing-better = mejor que la última vez
standing-same = igual que la última vez
standing-worse = peor que la última vez

life-area-livelihood = ingresos y trabajo
life-area-housing = vivienda
life-area-schooling = estudios y capacitación
life-area-health = salud
life-area-family = familia
life-area-community = comunidad y aceptación
life-area-safety = seguridad

cancel-reason-journey-closed = se cerró la trayectoria
cancel-reason-mistake = programado por error
cancel-reason-replaced = reemplazado por otro calendario
cancel-reason-other = otro motivo

severity-summary = falta leve
severity-either-way = de una u otra vía
severity-indictable = delito grave
severity-not-known = no se sabe

disposal-custody = prisión
disposal-suspended-custody = prisión suspendida
disposal-community = trabajo comunitario o libertad vigilada
disposal-fine = multa
disposal-caution = amonestación
disposal-discharge = exención de pena
disposal-other = otra

custody-reason-remand = prisión preventiva
custody-reason-new-offence = condena por un nuevo delito
custody-reason-technical-breach = incumplimiento técnico, sin nuevo delito
custody-reason-old-sentence = continúa una condena anterior
custody-reason-immigration = detención migratoria

breach-kind-missed-appointment = faltó a una cita
breach-kind-failed-test = prueba fallida
breach-kind-left-area = salió de la zona
breach-kind-other-technical = otro incumplimiento técnico

closure-reason-plan-completed = plan completado
closure-reason-time-limit = plazo cumplido
closure-reason-no-longer-eligible = ya no cumple los requisitos
closure-reason-withdrew = la persona se retiró
closure-reason-moved-away = se mudó
closure-reason-remigrated = volvió a emigrar
closure-reason-removed-again = retornado de nuevo
closure-reason-imprisoned = en prisión
closure-reason-died = falleció
closure-reason-lost-to-follow-up = sin contacto
closure-reason-transferred = transferido
closure-reason-safety = seguridad
closure-reason-funding-ended = terminó la financiación
closure-reason-security-context = situación de seguridad

transfer-reason-moved = la persona se mudó
transfer-reason-requested = la persona lo pidió
transfer-reason-better-placed = la otra parte ofrece lo necesario
transfer-reason-no-capacity = aquí no hay cupo
transfer-reason-safety = por la seguridad de la persona
transfer-reason-programme-ended = el programa termina aquí
transfer-reason-other = otro motivo

transfer-decline-reason-no-capacity = sin cupo
transfer-decline-reason-out-of-area = fuera de la zona
transfer-decline-reason-not-eligible = no cumple los requisitos allí
transfer-decline-reason-information-missing = falta información
transfer-decline-reason-consent-missing = falta el consentimiento
transfer-decline-reason-other = otro motivo

relation-spouse = cónyuge o pareja
relation-parent = madre o padre
relation-child = hija o hijo
relation-sibling = hermana o hermano
relation-grandparent = abuela o abuelo
relation-grandchild = nieta o nieto
relation-guardian = tutor o tutora
relation-ward = a cargo de la persona
relation-other-relative = otro familiar
relation-household-member = miembro del hogar

attachment-kind-identity = documento de identidad
attachment-kind-consent = consentimiento en papel
attachment-kind-medical = documento médico
attachment-kind-justice = documento judicial o policial
attachment-kind-certificate = certificado
attachment-kind-receipt = recibo
attachment-kind-photograph = fotografía
attachment-kind-agreement = plan o acuerdo
attachment-kind-other = otro

removal-reason-entry-error = adjuntado por error
removal-reason-wrong-person = corresponde a otra persona
removal-reason-superseded = reemplazado por otro
removal-reason-objection = la persona lo objetó
removal-reason-expired = ya no hace falta conservarlo

link-basis-document = mismo documento
link-basis-biometric = misma biometría
link-basis-self-reported = lo dijo la persona
link-basis-review = se compararon ambos expedientes

goal-progress-not-begun = sin comenzar
goal-progress-under-way = en curso
goal-progress-reached = alcanzada
goal-progress-given-up = abandonada
goal-progress-none = ninguno

approval-decision-approved = aprobado
approval-decision-sent-back = devuelto para cambios
approval-decision-rejected = rechazado

document-passport = pasaporte vigente
document-emergency-travel-document = salvoconducto
document-national-id = documento nacional de identidad
document-birth-certificate = partida de nacimiento
document-driving-licence = licencia de conducir
document-tax-or-social-security = número fiscal o de seguridad social

need-meals = comida y agua
need-hygiene-kit = kit de higiene
need-clothing = ropa
need-transport = transporte
need-shelter = alojamiento para las primeras noches
need-phone = llamada o teléfono
need-cash = dinero de bolsillo
need-medical = atención médica
need-psychological-first-aid = primeros auxilios psicológicos
need-family-tracing = búsqueda de familiares
need-documents = documentos de identidad
need-interpreter = intérprete

not-arrived-reason-not-on-board = no venía a bordo
not-arrived-reason-transport-cancelled = el vuelo o barco no llegó
not-arrived-reason-turned-back = rechazado en el puerto de entrada
not-arrived-reason-left-before-reception = se fue antes de la recepción
not-arrived-reason-not-known = no se sabe

priority-emergency = emergencia (24 horas)
priority-urgent = urgente (72 horas)
priority-normal = normal (2 semanas)
priority-none = sin prioridad

service-need-housing = alojamiento o vivienda
service-need-livelihood = trabajo o capacitación
service-need-education = educación
service-need-health = atención de salud
service-need-mental-health = salud mental o consumo de sustancias
service-need-documents = documentos de identidad
service-need-legal = asistencia legal
service-need-protection = protección
service-need-family = búsqueda o mediación familiar
service-need-social-assistance = asistencia social
service-need-business-grant = capital semilla
service-need-community = grupo de fe o comunitario
service-need-probation = supervisión o libertad vigilada
service-need-other = otra

declined-by-provider = el prestador
declined-by-client = la persona

decline-reason-lack-of-capacity = sin capacidad
decline-reason-not-eligible = no cumple los requisitos
decline-reason-service-not-offered = allí no se ofrece el servicio
decline-reason-outside-area = fuera de la zona
decline-reason-information-missing = falta información
decline-reason-client-refused = la persona no lo desea
decline-reason-safety = motivo de seguridad
decline-reason-other = otro motivo

withdrawn-by-sender = la entidad que derivó
withdrawn-by-client = la persona

withdraw-reason-no-longer-needed = ya no hace falta
withdraw-reason-sent-by-mistake = enviada por error
withdraw-reason-no-answer = sin respuesta a tiempo
withdraw-reason-client-changed-mind = la persona cambió de opinión
withdraw-reason-journey-closed = se cerró la trayectoria
withdraw-reason-other = otro motivo

attendance-on-time = a tiempo
attendance-late = tarde

delivery-delivered = prestado por completo
delivery-partly = prestado en parte
delivery-not-delivered = no prestado

not-delivered-reason-client-refused = la persona no quiso
not-delivered-reason-lack-of-capacity = sin capacidad
not-delivered-reason-no-longer-needed = ya no hace falta
not-delivered-reason-client-unreachable = no se pudo contactar a la persona
not-delivered-reason-provider-unreachable = no se pudo contactar al prestador
not-delivered-reason-other = otro motivo

goal-outcome-reached = alcanzada
goal-outcome-partly-reached = alcanzada en parte
goal-outcome-not-reached = no alcanzada

screening-kind-health = salud
screening-kind-mental-health = salud mental y consumo de sustancias
screening-kind-vulnerability = vulnerabilidad
screening-kind-protection-risk = riesgo de protección

depth-rapid = rápida
depth-full = completa

screening-result-negative = sin hallazgos
screening-result-positive = con hallazgos
screening-result-inconclusive = no se pudo completar
screening-result-declined = la persona no quiso

urgent-flag-medical-emergency = emergencia médica
urgent-flag-medication-continuity = se acaba la medicación
urgent-flag-self-harm = riesgo de autolesión
urgent-flag-threat-to-life = amenaza de muerte
urgent-flag-trafficking = indicios de trata
urgent-flag-gender-based-violence = violencia de género
urgent-flag-unaccompanied-child = menor no acompañado o separado
urgent-flag-homeless = sin techo esta noche
urgent-flag-pregnancy = embarazo
urgent-flag-disability = discapacidad que requiere apoyo

vulnerability-level-low = baja
vulnerability-level-medium = media
vulnerability-level-high = alta

factor-level-individual = la persona
factor-level-household = hogar y familia
factor-level-community = comunidad
factor-level-structural = estructuras

housing-kind-own-or-rented = vivienda propia o alquilada
housing-kind-with-family = con familiares
housing-kind-with-friends = con amistades
housing-kind-shelter = albergue
housing-kind-transitional = vivienda de transición
housing-kind-street = en la calle
housing-kind-institution = institución

employment-kind-formal = empleo formal
employment-kind-informal = trabajo informal o por día
employment-kind-self-employed = negocio propio
employment-kind-apprenticeship = aprendizaje o capacitación pagada
employment-kind-family-work = trabajo familiar sin pago
employment-kind-not-known = no se dijo cuál

schooling-kind-primary = primaria
schooling-kind-secondary = secundaria
schooling-kind-vocational = formación técnica
schooling-kind-tertiary = educación superior
schooling-kind-literacy = alfabetización
schooling-kind-language = curso de idioma

spell-end-completed = completado
spell-end-left = dejado por la persona
spell-end-put-out = despido, desalojo o expulsión
spell-end-expired = terminó por sí mismo
spell-end-moved-on = encontró algo mejor
spell-end-not-known = no se sabe

event-notice-notified = anunciada por el país que retorna
event-notice-changed = anuncio modificado
event-notice-cancelled = anuncio cancelado
event-reception-received = recibida a su llegada
event-reception-not-arrived = no llegó
event-reception-registered = registrada
event-screening-completed = tamizaje hecho
event-consent-given = consentimiento dado
event-consent-refused = consentimiento negado
event-consent-withdrawn = consentimiento retirado
event-consent-overridden = consentimiento suplido
event-assessment-completed = evaluada
event-plan-agreed = plan acordado
event-plan-reviewed = plan revisado
event-plan-approved = decisión sobre el plan
event-referral-sent = derivación enviada
event-referral-received = derivación recibida
event-referral-accepted = derivación aceptada
event-referral-declined = derivación rechazada
event-referral-rerouted = derivación reenviada a otra entidad
event-referral-waitlisted = en lista de espera
event-referral-contacted = persona contactada
event-referral-contact-failed = intento de contacto sin éxito
event-referral-booked = cita fijada
event-referral-attended = acudió a la cita
event-referral-missed = no acudió a la cita
event-referral-started = servicio iniciado
event-referral-concluded = derivación concluida
event-referral-withdrawn = derivación retirada
event-referral-consent-withdrawn = derivación terminada: consentimiento retirado
event-referral-reopened = derivación reabierta
event-assistance-delivered = asistencia entregada
event-assistance-confirmed = asistencia confirmada
event-assistance-reversed = entrega anulada
event-follow-up-scheduled = seguimiento programado
event-follow-up-rescheduled = seguimiento reprogramado
event-follow-up-completed = seguimiento realizado
event-follow-up-missed = seguimiento no realizado
event-follow-up-cancelled = seguimiento cancelado
event-status-housed = con vivienda
event-status-employed = con trabajo
event-status-enrolled = inscrita en estudios
event-status-ended = terminó un período
event-justice-arrested = detenida
event-justice-charged = acusada
event-justice-convicted = condenada
event-justice-acquitted = absuelta
event-justice-quashed = condena anulada
event-justice-custody-entered = entró en custodia
event-justice-custody-left = salió de custodia
event-justice-supervision-breached = incumplió la supervisión
event-departure-remigrated = volvió a emigrar
event-departure-removed-again = retornada de nuevo
event-departure-moved-away = se mudó
event-departure-died = falleció
event-departure-contact-lost = contacto perdido
event-departure-contact-regained = contacto recuperado
event-journey-closed = trayectoria cerrada
event-journey-reopened = trayectoria reabierta
event-journey-transfer-proposed = transferencia propuesta
event-journey-transferred = transferida
event-journey-transfer-declined = transferencia rechazada
event-journey-transfer-withdrawn = transferencia retirada
event-journey-linked = vinculada: la misma persona
event-journey-unlinked = separada: personas distintas
event-journey-related = familiar registrado
event-journey-unrelated = parentesco retirado
event-journey-attached = documento adjuntado
event-journey-detached = adjunto retirado
event-correction-retracted = un hecho retirado
event-correction-replaced = un hecho corregido
event-erasure-requested = borrado solicitado
event-erasure-completed = datos personales borrados
event-access-disclosed = datos comunicados
event-access-glass-broken = acceso de emergencia
event-cut-named = corte nombrado
event-directory-service-listed = servicio incluido
event-directory-service-withdrawn = servicio retirado
event-directory-published = directorio publicado

family-notice = aviso
family-reception = recepción
family-screening = tamizaje
family-consent = consentimiento
family-assessment = evaluación
family-plan = plan
family-referral = derivación
family-assistance = asistencia
family-follow-up = seguimiento
family-status = vivienda, trabajo, estudios
family-justice = justicia
family-departure = salida
family-journey = trayectoria
family-correction = corrección
family-erasure = borrado
family-access = acceso
family-cut = corte
family-directory = directorio de servicios

stage-unknown = no se sabe
stage-expected = anunciada
stage-cancelled = cancelada
stage-not-arrived = no llegó
stage-received = recibida
stage-assessed = evaluada
stage-planned = con plan
stage-referred = derivada
stage-in-service = en servicio
stage-contact-lost = contacto perdido
stage-departed = salió
stage-died = falleció
stage-closed = cerrada

referral-state-sent = enviada
referral-state-received = recibida
referral-state-waitlisted = en lista de espera
referral-state-accepted = aceptada
referral-state-contacted = contactada
referral-state-contact-failed = aún sin contacto
referral-state-booked = con cita
referral-state-missed = faltó a la cita
referral-state-attended = atendida
referral-state-in-service = en servicio
referral-state-declined = rechazada
referral-state-rerouted = reenviada a otra entidad
referral-state-withdrawn = retirada
referral-state-consent-withdrawn = consentimiento retirado
referral-state-concluded = concluida

owner-sender = entidad que derivó
owner-provider = prestador
owner-none = nadie

clock-receipt = recepción
clock-decision = decisión
clock-place = un cupo
clock-first-contact = primer contacto
clock-first-attendance = primera asistencia
clock-outcome = resultado
clock-another-way = otra solución
clock-none = sin plazo

step-receipt = del envío a la recepción
step-decision = de la recepción a la decisión
step-answer = del envío a la decisión
step-first-contact = de la aceptación al primer contacto
step-first-attendance = del contacto a la primera asistencia
step-outcome = de la asistencia al resultado
step-whole-loop = del envío al resultado

clock-level-on-time = a tiempo
clock-level-due-soon = por vencer
clock-level-overdue = vencido
clock-level-escalated = vencido y escalado

move-received = marcar como recibida
move-accepted = aceptar
move-declined = rechazar
move-rerouted = enviar a otra entidad
move-waitlisted = poner en lista de espera
move-contacted = anotar un contacto
move-contact-failed = anotar un intento sin éxito
move-booked = fijar una cita
move-attended = anotar la asistencia
move-missed = anotar una falta
move-started = iniciar el servicio
move-concluded = concluir
move-withdrawn = retirar
move-consent-withdrawn = terminar por consentimiento retirado
move-reopened = reabrir

approval-pending = a la espera de decisión
approval-approved = aprobado
approval-sent-back = devuelto para cambios
approval-rejected = rechazado

transfer-state-pending = a la espera de respuesta
transfer-state-accepted = aceptada
transfer-state-declined = rechazada
transfer-state-withdrawn = retirada

follow-up-state-scheduled = programado
follow-up-state-missed = no realizado, pendiente
follow-up-state-completed = realizado
follow-up-state-cancelled = cancelado
follow-up-state-none = ninguno

worklist-kind-arrival = llegada
worklist-kind-assessment = evaluación
worklist-kind-plan = plan
worklist-kind-referral = derivación
worklist-kind-waitlist = lista de espera
worklist-kind-follow-up = seguimiento
worklist-kind-contact = contacto
worklist-kind-consent = consentimiento
worklist-kind-confirmation = confirmación

worklist-standing-upcoming = próximo
worklist-standing-due = por hacer
worklist-standing-overdue = vencido
worklist-standing-running = abierto, sin plazo

worklist-order-deadline = por vencimiento
worklist-order-priority = por prioridad

escalation-level-supervisor = supervisión
escalation-level-manager = dirección

next-answer-transfer = responder a la transferencia
next-close-transferred = cerrar: el caso pasó a otro registro
next-agree-plan = acordar un plan
next-decide-plan = decidir sobre el plan
next-confirm-assistance = confirmar la asistencia
next-follow-up = hacer el seguimiento

manifest-standing-expected = anunciada
manifest-standing-untold = pasó el día, sin noticia
manifest-standing-arrived = llegó
manifest-standing-not-arrived = no llegó
manifest-standing-cancelled = cancelada
manifest-standing-unannounced = llegó sin anuncio

parting-died = falleció
parting-remigrated = volvió a emigrar
parting-removed-again = retornada de nuevo
parting-moved-away = se mudó
parting-contact-lost = contacto perdido
parting-observation-ended = fin de la observación
parting-contact-regained = contacto recuperado

failure-event-arrested = detención
failure-event-charged = acusación
failure-event-convicted = condena
failure-event-custody-entered = vuelta a custodia
failure-event-supervision-breached = incumplimiento de la supervisión
failure-event-removed-again = nuevo retorno forzado
failure-event-remigrated = nueva emigración
failure-event-received-again = nueva recepción

end-failed = ocurrió
end-not-failed = no ocurrió
end-competing = otra cosa ocurrió antes
end-censored = observada solo hasta un día
end-not-yet = aún no se sabe

five-w-kind-reception = dado en la recepción
five-w-kind-assistance = asistencia
five-w-kind-referral = derivación concluida

plan-unit-plan = planes
plan-unit-goal = metas

match-field-given-names = nombres
match-field-surnames = apellidos
match-field-names = nombres y apellidos
match-field-born = fecha de nacimiento
match-field-document = documento
match-field-mother-name = nombre de la madre
match-field-sex = sexo
match-field-sending-country = país que retorna

match-how-same = igual
match-how-both = ambos iguales
match-how-one-of-two = uno de dos igual
match-how-nickname = apodo del otro
match-how-alias = conocido por el nombre del otro
match-how-slip = una letra de diferencia
match-how-sound = suenan igual
match-how-initial = inicial del otro
match-how-other-order = en otro orden
match-how-crossed = nombre y apellido intercambiados
match-how-day-month-swapped = día y mes intercambiados
match-how-digit = un dígito de diferencia
match-how-same-month = mismo mes
match-how-same-year = mismo año
match-how-about = año aproximado
match-how-other-day = mismo año, otro día
match-how-other-kind = mismo número, otro tipo de documento
match-how-partly = igual en parte
match-how-differ = distinto

need-match-answers = responde a la necesidad
need-match-may-answer = puede responder a la necesidad

place-match-served = atiende el lugar
place-match-same-country = en el mismo país
place-match-anywhere = atiende en cualquier lugar
place-match-elsewhere = atiende otros lugares

language-match-spoken = se habla el idioma
language-match-not-said = idiomas no indicados
language-match-not-spoken = no se habla el idioma

fit-fits = abierto a la persona
fit-may-not-fit = puede no estar abierto a la persona
fit-does-not-fit = no está abierto a la persona

fit-about-status = estado
fit-about-need = necesidad
fit-about-place = lugar
fit-about-language = idioma
fit-about-eligibility = para quién es
fit-about-capacity = cupos
fit-about-answers = respuestas recientes

astray-version-unknown = versión del directorio desconocida
astray-not-listed = no está en esa versión
astray-withdrawn = retirado de la lista
astray-other-agency = pertenece a otra entidad

weight-needed = necesario para la cifra
weight-one-of-several = uno de varios que bastan

moved-new = nuevo
moved-late = informado tarde
moved-correction = corrección
moved-link = vínculo
moved-unlink = vínculo retirado
moved-erasure = borrado

model-state-building = en construcción
model-state-live = al día
model-state-halted = detenido
model-state-failed = con error

rebuild-stage-reading = leyendo
rebuild-stage-folding = calculando
rebuild-stage-writing = escribiendo

quality-kind-finding = hechos que no pueden ser todos ciertos
quality-kind-corrected = hechos corregidos
quality-kind-missing = información que falta
quality-kind-lag = días hasta el registro
quality-kind-precision = precisión de las fechas

precision-year = año
precision-month = mes
precision-day = día
precision-instant = hora

missing-field-sex = sexo
missing-field-birth-date = fecha de nacimiento
missing-field-grounds = motivo del retorno
missing-field-area = zona de residencia
missing-field-consent = consentimiento
missing-field-assessment = evaluación

unit-day = día
unit-week = semana
unit-month = mes

cohort-by-year = año
cohort-by-quarter = trimestre
cohort-by-month = mes

area-not-known = zona desconocida

site-not-known = sitio desconocido

ledger-not-known = registro desconocido

programme-not-known = programa desconocido

agency-not-known = entidad desconocida

age-band-not-known = edad desconocida

sending-country-not-known = país desconocido

column-ledger = registro
column-site = sitio
column-agency = entidad
column-group = grupo de participantes
column-return-type = tipo de retorno
column-grounds = motivo
column-sex = sexo
column-age-band = grupo de edad
column-risk-band = nivel de riesgo
column-programme = programa
column-sending-country = país que retorna
column-month = mes
column-agreed-month = mes del acuerdo
column-sent-month = mes de envío
column-answered-month = mes de respuesta
column-stage = etapa
column-state = estado
column-standing = situación
column-from = de
column-to = a
column-need = necesidad
column-service = servicio
column-activity = actividad
column-priority = prioridad
column-owner = a quién le toca
column-clock = plazo
column-due-on = vence el
column-closes-on = cierra el
column-expected-on = prevista el
column-lapsed = terminado
column-answer = respuesta
column-wave = ronda
column-area = zona
column-batch = grupo
column-port = puerto de entrada
column-currency = moneda
column-delivery = entrega
column-mode = modalidad
column-confirmation = confirmación
column-dimension = dimensión
column-level = nivel
column-progress = avance
column-kind = tipo
column-subject = asunto
column-value = valor
column-unit = unidad
column-about = sobre
column-medical-information = información médica
column-criminal-information = información penal
column-directory-version = versión del directorio
column-reason = motivo
column-definition = definición
column-source = fuente
column-count = cantidad
column-journey = trayectoria
column-event = hecho

finding-origin-missing = nada dice cómo empezó la trayectoria
finding-journey-closed = posterior al cierre
finding-not-closed = reabierta sin estar cerrada
finding-after-death = posterior al fallecimiento
finding-consent-missing = ningún consentimiento cubre lo compartido
finding-consent-unknown = nombra un consentimiento que no se dio
finding-consent-withdrawn = posterior al retiro del consentimiento
finding-referral-open = reabre una derivación todavía abierta
finding-referral-undecided = el prestador no ha aceptado la derivación
finding-referral-too-early = falta un paso previo
finding-referral-too-late = la derivación ya pasó este paso
finding-referral-declined = la derivación fue rechazada
finding-referral-ended = la derivación terminó
finding-referral-unknown = nombra una derivación que no se envió
finding-referral-twice = la derivación se envió dos veces
finding-reason-missing = falta el motivo de que no se prestara por completo
finding-outcome-missing = una meta no tiene resultado
finding-schedule-missing = nombra un seguimiento que no se programó
finding-plan-unknown = nombra un plan que no se acordó
finding-goal-unknown = nombra una meta que no está en el plan
finding-goal-twice = una meta está dos veces en el plan
finding-four-eyes = quien acordó el plan decidió sobre él
finding-assistance-unknown = nombra una entrega que no se hizo
finding-spell-unknown = termina un período que no empezó
finding-spell-backwards = un período termina antes de empezar
finding-case-unknown = nombra una causa que no se abrió
finding-correction-unknown = corrige un hecho que no está
finding-correction-foreign = corregido por quien no puede hacerlo
finding-link-to-self = vinculada consigo misma
finding-transfer-unknown = responde a una transferencia que no se propuso
finding-transfer-answered = la transferencia ya tuvo respuesta
finding-transfer-pending = otra transferencia espera respuesta
finding-transfer-foreign = respondida por quien no puede hacerlo
finding-attachment-unknown = retira un documento que no se adjuntó
finding-attachment-twice = un documento se adjuntó dos veces
finding-event-id-reused = un mismo identificador nombra dos hechos
finding-request-unknown = borrado hecho sin solicitud
finding-cut-elsewhere = un corte está en el lugar equivocado
finding-cuts-only = aquí solo van cortes
finding-cut-name-taken = el nombre del corte ya existe
finding-directory-elsewhere = una entrada del directorio está en el lugar equivocado
finding-directory-only = aquí solo va el directorio
finding-directory-version-taken = esta versión del directorio ya se publicó
finding-directory-version-out = agregado a una versión ya publicada
finding-directory-version-gap = falta una versión del directorio
finding-directory-count-differs = el número de servicios no es el publicado
finding-directory-service-unknown = retira un servicio que no estaba
finding-answer-misfit = una respuesta no corresponde al instrumento
finding-score-differs = el puntaje no es el que dan las respuestas
finding-instrument-edited = otro archivo del mismo instrumento y versión

next-receive = recibir a la persona
next-assess = evaluar
next-offer-place = ofrecer un cupo
next-acknowledge = confirmar la recepción
next-decide = aceptar o rechazar
next-contact-client = contactar a la persona
next-bring-client-in = lograr la primera asistencia
next-report-outcome = informar el resultado
next-find-another-way = buscar otra solución
next-act = actuar
next-ask-again = volver a preguntar
next-ask = preguntar cómo va
next-get-in-touch = ponerse en contacto
next-renew-consent = renovar el consentimiento
next-confirm = preguntar si aún sirve

verdict-failed = ocurrió: se cuenta
verdict-failed-again = ocurrió otra vez: se cuenta una vez
verdict-competing = otra cosa ocurrió antes
verdict-censored = observada solo hasta aquí
verdict-complete = observada hasta el final
verdict-open = todavía en observación
verdict-not-mature = aún no se sabe: es pronto
verdict-not-counted = no se cuenta
verdict-counted = se cuenta desde aquí
verdict-not-known = aún no se sabe
verdict-no-failure = no cuenta
verdict-taken-back = retirado después
verdict-no-end = no termina nada
verdict-not-at-risk = tiempo que no cuenta
