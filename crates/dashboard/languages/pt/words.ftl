# The words of vocabularies: <vocabulary>-<value>.

sex-female = mulher
sex-male = homem
sex-other = outro
sex-not-known = não se sabe
sex-refused-to-say = prefere não dizer

missing-not-known = não se sabe
missing-refused-to-say = prefere não dizer
missing-not-asked = não se perguntou

participant-group-forced-returnee = retornada contra a vontade
participant-group-voluntary-returnee = retornada por decisão própria
participant-group-refugee = pessoa refugiada
participant-group-migrant = pessoa migrante
participant-group-host-community = comunidade de acolhida
participant-group-indigenous = pessoa indígena
participant-group-other = outro participante

return-type-deported = deportação
return-type-removed-after-conviction = remoção após cumprimento de pena
return-type-refused-entry = entrada recusada
return-type-voluntary = retorno voluntário
return-type-assisted-voluntary = retorno voluntário assistido
return-type-voluntary-humanitarian = retorno voluntário humanitário
return-type-spontaneous = retorno espontâneo
return-type-extradited = extradição
return-type-unknown = não se sabe
return-type-not-known = não se sabe

grounds-immigration = apenas migratório
grounds-drugs = drogas
grounds-firearms = armas de fogo
grounds-homicide = homicídio
grounds-larceny = furto
grounds-fraud = fraude
grounds-assault = agressão
grounds-sexual = crime sexual
grounds-kidnapping = sequestro
grounds-laundering = lavagem de dinheiro
grounds-other = outro motivo
grounds-none-stated = nenhum, segundo o país que envia
grounds-not-provided = não informado pelo país que envia
grounds-not-known = não se sabe

provided-provided = fornecida
provided-none = nenhuma, segundo o país que envia
provided-not-provided = não fornecida

dimension-economic = econômica
dimension-social = social
dimension-psychosocial = psicossocial
dimension-overall = total
dimension-none = nenhuma

level-individual = pessoa e família
level-community = comunidade
level-structural = instituições e serviços
level-none = nenhum

wave-baseline = linha de base
wave-month-1 = 1 mês
wave-month-3 = 3 meses
wave-month-6 = 6 meses
wave-month-12 = 12 meses
wave-endline = no encerramento
wave-extra = fora do calendário

channel-office = no escritório
channel-home-visit = em casa
channel-phone = por telefone
channel-message = por mensagem
channel-video = por vídeo
channel-third-party = pela família ou pela comunidade
channel-records = por registros

delivery-mode-direct = direta
delivery-mode-referral = por encaminhamento
delivery-mode-both = ambas
delivery-mode-none = nenhuma

role-intake = recepção
role-case-worker = responsável pelo caso
role-supervisor = supervisão
role-provider = prestador
role-health = profissional de saúde
role-justice = polícia, justiça, prisão ou liberdade vigiada
role-evaluator = avaliação
role-administrator = administração
role-import = importação

key-role-publisher = publica
key-role-reader = lê
key-role-case-worker = responsável pelo caso
key-role-supervisor = supervisão
key-role-operator = operação

assistance-kind-cash = dinheiro
assistance-kind-in-kind = bens
assistance-kind-training = formação
assistance-kind-grant = apoio a negócio
assistance-kind-counselling = aconselhamento
assistance-kind-medical = apoio médico
assistance-kind-housing = apoio à moradia
assistance-kind-transport = transporte
assistance-kind-documents = documentos
assistance-kind-legal = assistência jurídica
assistance-kind-other = outra

confirmation-finding-in-use = recebido e em uso
confirmation-finding-no-longer-in-use = recebido, já sem uso
confirmation-finding-sold-or-lost = vendido ou perdido
confirmation-finding-not-received = não recebido
confirmation-finding-not-confirmed = não pôde ser confirmado

confirmation-pending = a confirmar
confirmation-none = nenhuma

purpose-case-management = gestão do caso
purpose-referral = encaminhamento a outras entidades
purpose-follow-up = acompanhamento após o apoio
purpose-evaluation = estatísticas sem nomes
purpose-family-tracing = busca de familiares

data-category-identity = quem é a pessoa
data-category-contact = como contatar a pessoa
data-category-health = saúde
data-category-criminal = antecedentes criminais
data-category-protection = riscos de proteção
data-category-needs = necessidades, planos e serviços
data-category-assessment = pontuações de avaliação

consent-form-written = assinado
consent-form-verbal = verbal perante testemunha
consent-form-guardian = por tutor ou representante

override-ground-life-at-risk = vida em risco
override-ground-unable-to-consent = sem condições de consentir
override-ground-child-protection = melhor interesse de uma criança
override-ground-legal-obligation = ordenado por lei ou juiz

correction-reason-entry-error = erro de registro
correction-reason-wrong-person = pertence a outra pessoa
correction-reason-duplicate = registrado duas vezes
correction-reason-new-information = chegou informação melhor
correction-reason-objection = a pessoa contestou

death-cause-illness = doença
death-cause-accident = acidente
death-cause-violence = violência
death-cause-suicide = suicídio
death-cause-not-known = não se sabe

service-status-active = ativo
service-status-inactive = inativo por enquanto

withdrawn-reason-not-in-source = já não está na fonte
withdrawn-reason-defunct = já não existe
withdrawn-reason-other = outro motivo

erasure-basis-subject-request = a pessoa pediu
erasure-basis-consent-withdrawn = consentimento retirado
erasure-basis-retention-ended = terminou o prazo de guarda
erasure-basis-unlawful = nunca deveria ter sido coletado
erasure-basis-safety = põe a pessoa em perigo

missed-reason-unreachable = a pessoa não foi encontrada
missed-reason-refused = a pessoa não quis
missed-reason-worker-unavailable = o profissional não pôde ir
missed-reason-place-unreachable = não foi possível chegar ao local
missed-reason-not-safe = não era seguro
missed-reason-other = outro motivo

standing-better = melhor que da última vez
standing-same = igual à última vez
standing-worse = pior que da última vez

life-area-livelihood = renda e trabalho
life-area-housing = moradia
life-area-schooling = estudos e formação
life-area-health = saúde
life-area-family = família
life-area-community = comunidade e aceitação
life-area-safety = segurança

cancel-reason-journey-closed = a trajetória foi encerrada
cancel-reason-mistake = agendado por engano
cancel-reason-replaced = substituído por outro calendário
cancel-reason-other = outro motivo

severity-summary = infração leve
severity-either-way = julgável por uma ou outra via
severity-indictable = crime grave
severity-not-known = não se sabe

disposal-custody = prisão
disposal-suspended-custody = prisão suspensa
disposal-community = pena comunitária ou liberdade vigiada
disposal-fine = multa
disposal-caution = advertência
disposal-discharge = dispensa de pena
disposal-other = outra

custody-reason-remand = prisão preventiva
custody-reason-new-offence = pena por novo delito
custody-reason-technical-breach = descumprimento técnico, sem novo delito
custody-reason-old-sentence = continua uma pena anterior
custody-reason-immigration = detenção migratória

breach-kind-missed-appointment = falta a compromisso
breach-kind-failed-test = teste não aprovado
breach-kind-left-area = saiu da área
breach-kind-other-technical = outro descumprimento técnico

closure-reason-plan-completed = plano concluído
closure-reason-time-limit = prazo atingido
closure-reason-no-longer-eligible = já não é elegível
closure-reason-withdrew = a pessoa se retirou
closure-reason-moved-away = mudou-se
closure-reason-remigrated = emigrou de novo
closure-reason-removed-again = removido de novo
closure-reason-imprisoned = preso
closure-reason-died = faleceu
closure-reason-lost-to-follow-up = sem contato
closure-reason-transferred = transferido
closure-reason-safety = segurança
closure-reason-funding-ended = terminou o financiamento
closure-reason-security-context = situação de segurança

transfer-reason-moved = a pessoa se mudou
transfer-reason-requested = a pessoa pediu
transfer-reason-better-placed = a outra parte oferece o necessário
transfer-reason-no-capacity = sem vaga aqui
transfer-reason-safety = pela segurança da pessoa
transfer-reason-programme-ended = o programa termina aqui
transfer-reason-other = outro motivo

transfer-decline-reason-no-capacity = sem vaga
transfer-decline-reason-out-of-area = fora da área
transfer-decline-reason-not-eligible = não é elegível lá
transfer-decline-reason-information-missing = falta informação
transfer-decline-reason-consent-missing = falta o consentimento
transfer-decline-reason-other = outro motivo

relation-spouse = cônjuge ou companheiro
relation-parent = mãe ou pai
relation-child = filha ou filho
relation-sibling = irmã ou irmão
relation-grandparent = avó ou avô
relation-grandchild = neta ou neto
relation-guardian = tutor ou tutora
relation-ward = sob os cuidados da pessoa
relation-other-relative = outro familiar
relation-household-member = membro do domicílio

attachment-kind-identity = documento de identidade
attachment-kind-consent = consentimento em papel
attachment-kind-medical = documento médico
attachment-kind-justice = documento judicial ou policial
attachment-kind-certificate = certificado
attachment-kind-receipt = recibo
attachment-kind-photograph = fotografia
attachment-kind-agreement = plano ou acordo
attachment-kind-other = outro

removal-reason-entry-error = anexado por engano
removal-reason-wrong-person = pertence a outra pessoa
removal-reason-superseded = substituído por outro
removal-reason-objection = a pessoa contestou
removal-reason-expired = já não precisa ser guardado

link-basis-document = mesmo documento
link-basis-biometric = mesma biometria
link-basis-self-reported = a pessoa disse
link-basis-review = comparação dos dois registros

goal-progress-not-begun = não iniciado
goal-progress-under-way = em andamento
goal-progress-reached = alcançada
goal-progress-given-up = abandonada
goal-progress-none = nenhum

approval-decision-approved = aprovado
approval-decision-sent-back = devolvido para alterações
approval-decision-rejected = rejeitado

document-passport = passaporte válido
document-emergency-travel-document = documento de viagem de emergência
document-national-id = carteira de identidade
document-birth-certificate = certidão de nascimento
document-driving-licence = carteira de motorista
document-tax-or-social-security = número fiscal ou de previdência

need-meals = comida e água
need-hygiene-kit = kit de higiene
need-clothing = roupas
need-transport = transporte
need-shelter = abrigo para as primeiras noites
need-phone = ligação ou telefone
need-cash = dinheiro de bolso
need-medical = atenção médica
need-psychological-first-aid = primeiros socorros psicológicos
need-family-tracing = busca de familiares
need-documents = documentos de identidade
need-interpreter = intérprete

not-arrived-reason-not-on-board = não estava a bordo
not-arrived-reason-transport-cancelled = o voo ou navio não veio
not-arrived-reason-turned-back = recusado no ponto de entrada
not-arrived-reason-left-before-reception = saiu antes da recepção
not-arrived-reason-not-known = não se sabe

priority-emergency = emergência (24 horas)
priority-urgent = urgente (72 horas)
priority-normal = normal (2 semanas)
priority-none = sem prioridade

service-need-housing = abrigo ou moradia
service-need-livelihood = trabalho ou formação
service-need-education = educação
service-need-health = cuidados de saúde
service-need-mental-health = saúde mental ou uso de substâncias
service-need-documents = documentos de identidade
service-need-legal = assistência jurídica
service-need-protection = proteção
service-need-family = busca ou mediação familiar
service-need-social-assistance = assistência social
service-need-business-grant = capital inicial
service-need-community = grupo religioso ou comunitário
service-need-probation = supervisão ou liberdade vigiada
service-need-other = outra

declined-by-provider = o prestador
declined-by-client = a pessoa

decline-reason-lack-of-capacity = sem capacidade
decline-reason-not-eligible = não é elegível
decline-reason-service-not-offered = serviço não oferecido lá
decline-reason-outside-area = fora da área
decline-reason-information-missing = falta informação
decline-reason-client-refused = a pessoa não quer
decline-reason-safety = questão de segurança
decline-reason-other = outro motivo

withdrawn-by-sender = a entidade que encaminhou
withdrawn-by-client = a pessoa

withdraw-reason-no-longer-needed = já não é necessário
withdraw-reason-sent-by-mistake = enviado por engano
withdraw-reason-no-answer = sem resposta a tempo
withdraw-reason-client-changed-mind = a pessoa mudou de ideia
withdraw-reason-journey-closed = a trajetória foi encerrada
withdraw-reason-other = outro motivo

attendance-on-time = na hora
attendance-late = atrasado

delivery-delivered = prestado por completo
delivery-partly = prestado em parte
delivery-not-delivered = não prestado

not-delivered-reason-client-refused = a pessoa não quis
not-delivered-reason-lack-of-capacity = sem capacidade
not-delivered-reason-no-longer-needed = já não é necessário
not-delivered-reason-client-unreachable = a pessoa não foi encontrada
not-delivered-reason-provider-unreachable = o prestador não foi encontrado
not-delivered-reason-other = outro motivo

goal-outcome-reached = alcançada
goal-outcome-partly-reached = alcançada em parte
goal-outcome-not-reached = não alcançada

screening-kind-health = saúde
screening-kind-mental-health = saúde mental e uso de substâncias
screening-kind-vulnerability = vulnerabilidade
screening-kind-protection-risk = risco de proteção

depth-rapid = rápida
depth-full = completa

screening-result-negative = nada encontrado
screening-result-positive = algo encontrado
screening-result-inconclusive = não pôde ser concluída
screening-result-declined = a pessoa recusou

urgent-flag-medical-emergency = emergência médica
urgent-flag-medication-continuity = medicação vai acabar
urgent-flag-self-harm = risco de autolesão
urgent-flag-threat-to-life = ameaça à vida
urgent-flag-trafficking = indícios de tráfico de pessoas
urgent-flag-gender-based-violence = violência de gênero
urgent-flag-unaccompanied-child = criança desacompanhada ou separada
urgent-flag-homeless = sem abrigo esta noite
urgent-flag-pregnancy = gravidez
urgent-flag-disability = deficiência que requer apoio

vulnerability-level-low = baixa
vulnerability-level-medium = média
vulnerability-level-high = alta

factor-level-individual = a pessoa
factor-level-household = domicílio e família
factor-level-community = comunidade
factor-level-structural = estruturas

housing-kind-own-or-rented = moradia própria ou alugada
housing-kind-with-family = com a família
housing-kind-with-friends = com amigos
housing-kind-shelter = abrigo
housing-kind-transitional = moradia de transição
housing-kind-street = na rua
housing-kind-institution = instituição

employment-kind-formal = emprego formal
employment-kind-informal = trabalho informal ou por dia
employment-kind-self-employed = negócio próprio
employment-kind-apprenticeship = aprendizagem ou formação paga
employment-kind-family-work = trabalho familiar sem pagamento
employment-kind-not-known = não se disse qual

schooling-kind-primary = ensino fundamental
schooling-kind-secondary = ensino médio
schooling-kind-vocational = ensino profissional
schooling-kind-tertiary = ensino superior
schooling-kind-literacy = alfabetização
schooling-kind-language = curso de idioma

spell-end-completed = concluído
spell-end-left = deixado pela pessoa
spell-end-put-out = demissão, despejo ou expulsão
spell-end-expired = terminou por si
spell-end-moved-on = encontrou algo melhor
spell-end-not-known = não se sabe

event-notice-notified = anunciada pelo país que envia
event-notice-changed = anúncio alterado
event-notice-cancelled = anúncio cancelado
event-reception-received = recebida na chegada
event-reception-not-arrived = não chegou
event-reception-registered = registrada
event-screening-completed = triagem feita
event-consent-given = consentimento dado
event-consent-refused = consentimento negado
event-consent-withdrawn = consentimento retirado
event-consent-overridden = consentimento suprido
event-assessment-completed = avaliada
event-plan-agreed = plano acordado
event-plan-reviewed = plano revisto
event-plan-approved = decisão sobre o plano
event-referral-sent = encaminhamento enviado
event-referral-received = encaminhamento recebido
event-referral-accepted = encaminhamento aceito
event-referral-declined = encaminhamento recusado
event-referral-rerouted = encaminhamento redirecionado
event-referral-waitlisted = posta em lista de espera
event-referral-contacted = pessoa contatada
event-referral-contact-failed = tentativa de contato sem êxito
event-referral-booked = compromisso marcado
event-referral-attended = compareceu
event-referral-missed = não compareceu
event-referral-started = serviço iniciado
event-referral-concluded = encaminhamento concluído
event-referral-withdrawn = encaminhamento retirado
event-referral-consent-withdrawn = encaminhamento encerrado: consentimento retirado
event-referral-reopened = encaminhamento reaberto
event-assistance-delivered = assistência entregue
event-assistance-confirmed = assistência confirmada
event-assistance-reversed = entrega anulada
event-follow-up-scheduled = acompanhamento agendado
event-follow-up-rescheduled = acompanhamento remarcado
event-follow-up-completed = acompanhamento realizado
event-follow-up-missed = acompanhamento não realizado
event-follow-up-cancelled = acompanhamento cancelado
event-status-housed = com moradia
event-status-employed = com trabalho
event-status-enrolled = matriculada em estudos
event-status-ended = um período terminou
event-justice-arrested = detida
event-justice-charged = acusada
event-justice-convicted = condenada
event-justice-acquitted = absolvida
event-justice-quashed = condenação anulada
event-justice-custody-entered = entrou em custódia
event-justice-custody-left = saiu da custódia
event-justice-supervision-breached = descumpriu a supervisão
event-departure-remigrated = emigrou de novo
event-departure-removed-again = removida de novo
event-departure-moved-away = mudou-se
event-departure-died = faleceu
event-departure-contact-lost = contato perdido
event-departure-contact-regained = contato retomado
event-journey-closed = trajetória encerrada
event-journey-reopened = trajetória reaberta
event-journey-transfer-proposed = transferência proposta
event-journey-transferred = transferida
event-journey-transfer-declined = transferência recusada
event-journey-transfer-withdrawn = transferência retirada
event-journey-linked = vinculada: a mesma pessoa
event-journey-unlinked = separada: pessoas diferentes
event-journey-related = familiar registrado
event-journey-unrelated = parentesco retirado
event-journey-attached = documento anexado
event-journey-detached = anexo retirado
event-correction-retracted = um fato retirado
event-correction-replaced = um fato corrigido
event-erasure-requested = exclusão solicitada
event-erasure-completed = dados pessoais excluídos
event-access-disclosed = dados comunicados
event-access-glass-broken = acesso de emergência
event-cut-named = corte nomeado
event-directory-service-listed = serviço incluído
event-directory-service-withdrawn = serviço retirado
event-directory-published = diretório publicado

family-notice = aviso
family-reception = recepção
family-screening = triagem
family-consent = consentimento
family-assessment = avaliação
family-plan = plano
family-referral = encaminhamento
family-assistance = assistência
family-follow-up = acompanhamento
family-status = moradia, trabalho, estudos
family-justice = justiça
family-departure = saída
family-journey = trajetória
family-correction = correção
family-erasure = exclusão
family-access = acesso
family-cut = corte
family-directory = diretório de serviços

stage-unknown = não se sabe
stage-expected = anunciada
stage-cancelled = cancelada
stage-not-arrived = não chegou
stage-received = recebida
stage-assessed = avaliada
stage-planned = com plano
stage-referred = encaminhada
stage-in-service = em serviço
stage-contact-lost = contato perdido
stage-departed = saiu
stage-died = faleceu
stage-closed = encerrada

referral-state-sent = enviado
referral-state-received = recebido
referral-state-waitlisted = em lista de espera
referral-state-accepted = aceito
referral-state-contacted = contatado
referral-state-contact-failed = ainda sem contato
referral-state-booked = com horário marcado
referral-state-missed = faltou
referral-state-attended = atendido
referral-state-in-service = em serviço
referral-state-declined = recusado
referral-state-rerouted = redirecionado
referral-state-withdrawn = retirado
referral-state-consent-withdrawn = consentimento retirado
referral-state-concluded = concluído

owner-sender = entidade que encaminhou
owner-provider = prestador
owner-none = ninguém

clock-receipt = recebimento
clock-decision = decisão
clock-place = uma vaga
clock-first-contact = primeiro contato
clock-first-attendance = primeiro comparecimento
clock-outcome = resultado
clock-another-way = outro caminho
clock-none = sem prazo

step-receipt = do envio ao recebimento
step-decision = do recebimento à decisão
step-answer = do envio à decisão
step-first-contact = da aceitação ao primeiro contato
step-first-attendance = do contato ao primeiro comparecimento
step-outcome = do comparecimento ao resultado
step-whole-loop = do envio ao resultado

clock-level-on-time = no prazo
clock-level-due-soon = a vencer
clock-level-overdue = em atraso
clock-level-escalated = em atraso e escalado

move-received = marcar como recebido
move-accepted = aceitar
move-declined = recusar
move-rerouted = redirecionar
move-waitlisted = pôr em lista de espera
move-contacted = anotar um contato
move-contact-failed = anotar tentativa sem êxito
move-booked = marcar um horário
move-attended = anotar o comparecimento
move-missed = anotar uma falta
move-started = iniciar o serviço
move-concluded = concluir
move-withdrawn = retirar
move-consent-withdrawn = encerrar por consentimento retirado
move-reopened = reabrir

approval-pending = à espera de decisão
approval-approved = aprovado
approval-sent-back = devolvido para alterações
approval-rejected = rejeitado

transfer-state-pending = à espera de resposta
transfer-state-accepted = aceita
transfer-state-declined = recusada
transfer-state-withdrawn = retirada

follow-up-state-scheduled = agendado
follow-up-state-missed = não realizado, pendente
follow-up-state-completed = realizado
follow-up-state-cancelled = cancelado
follow-up-state-none = nenhum

worklist-kind-arrival = chegada
worklist-kind-assessment = avaliação
worklist-kind-plan = plano
worklist-kind-referral = encaminhamento
worklist-kind-waitlist = lista de espera
worklist-kind-follow-up = acompanhamento
worklist-kind-contact = contato
worklist-kind-consent = consentimento
worklist-kind-confirmation = confirmação

worklist-standing-upcoming = próximo
worklist-standing-due = a fazer
worklist-standing-overdue = em atraso
worklist-standing-running = aberto, sem prazo

worklist-order-deadline = por prazo
worklist-order-priority = por prioridade

escalation-level-supervisor = supervisão
escalation-level-manager = gerência

next-answer-transfer = responder à transferência
next-close-transferred = encerrar: o caso passou a outro registro
next-agree-plan = acordar um plano
next-decide-plan = decidir sobre o plano
next-confirm-assistance = confirmar a assistência
next-follow-up = fazer o acompanhamento

manifest-standing-expected = anunciada
manifest-standing-untold = dia passado, sem notícia
manifest-standing-arrived = chegou
manifest-standing-not-arrived = não chegou
manifest-standing-cancelled = cancelada
manifest-standing-unannounced = chegou sem aviso

parting-died = faleceu
parting-remigrated = emigrou de novo
parting-removed-again = removida de novo
parting-moved-away = mudou-se
parting-contact-lost = contato perdido
parting-observation-ended = fim da observação
parting-contact-regained = contato retomado

failure-event-arrested = detenção
failure-event-charged = acusação
failure-event-convicted = condenação
failure-event-custody-entered = retorno à custódia
failure-event-supervision-breached = descumprimento da supervisão
failure-event-removed-again = nova remoção
failure-event-remigrated = nova emigração
failure-event-received-again = nova recepção

end-failed = ocorreu
end-not-failed = não ocorreu
end-competing = outra coisa ocorreu antes
end-censored = observada só até um dia
end-not-yet = ainda não se sabe

five-w-kind-reception = dado na recepção
five-w-kind-assistance = assistência
five-w-kind-referral = encaminhamento concluído

plan-unit-plan = planos
plan-unit-goal = metas

match-field-given-names = nomes
match-field-surnames = sobrenomes
match-field-names = nomes e sobrenomes
match-field-born = data de nascimento
match-field-document = documento
match-field-mother-name = nome da mãe
match-field-sex = sexo
match-field-sending-country = país que envia

match-how-same = igual
match-how-both = ambos iguais
match-how-one-of-two = um de dois igual
match-how-nickname = apelido do outro
match-how-alias = conhecido pelo nome do outro
match-how-slip = uma letra de diferença
match-how-sound = soam igual
match-how-initial = inicial do outro
match-how-other-order = em outra ordem
match-how-crossed = nome e sobrenome trocados
match-how-day-month-swapped = dia e mês trocados
match-how-digit = um dígito de diferença
match-how-same-month = mesmo mês
match-how-same-year = mesmo ano
match-how-about = ano aproximado
match-how-other-day = mesmo ano, outro dia
match-how-other-kind = mesmo número, outro tipo de documento
match-how-partly = igual em parte
match-how-differ = diferente

need-match-answers = atende à necessidade
need-match-may-answer = pode atender à necessidade

place-match-served = atende o lugar
place-match-same-country = no mesmo país
place-match-anywhere = atende em qualquer lugar
place-match-elsewhere = atende outros lugares

language-match-spoken = fala-se o idioma
language-match-not-said = idiomas não informados
language-match-not-spoken = não se fala o idioma

fit-fits = aberto à pessoa
fit-may-not-fit = pode não estar aberto à pessoa
fit-does-not-fit = não está aberto à pessoa

fit-about-status = situação
fit-about-need = necessidade
fit-about-place = lugar
fit-about-language = idioma
fit-about-eligibility = para quem é
fit-about-capacity = vagas
fit-about-answers = respostas recentes

astray-version-unknown = versão do diretório desconhecida
astray-not-listed = não está nessa versão
astray-withdrawn = retirado da lista
astray-other-agency = pertence a outra entidade

weight-needed = necessário para o número
weight-one-of-several = um de vários que bastam

moved-new = novo
moved-late = informado com atraso
moved-correction = correção
moved-link = vínculo
moved-unlink = vínculo retirado
moved-erasure = exclusão

model-state-building = em construção
model-state-live = em dia
model-state-halted = parado
model-state-failed = com falha

rebuild-stage-reading = lendo
rebuild-stage-folding = calculando
rebuild-stage-writing = gravando

quality-kind-finding = fatos que não podem estar todos certos
quality-kind-corrected = fatos corrigidos
quality-kind-missing = informações em falta
quality-kind-lag = dias até o registro
quality-kind-precision = precisão das datas

precision-year = ano
precision-month = mês
precision-day = dia
precision-instant = hora

missing-field-sex = sexo
missing-field-birth-date = data de nascimento
missing-field-grounds = motivo do retorno
missing-field-area = área de residência
missing-field-consent = consentimento
missing-field-assessment = avaliação

unit-day = dia
unit-week = semana
unit-month = mês

cohort-by-year = ano
cohort-by-quarter = trimestre
cohort-by-month = mês

area-not-known = área desconhecida

site-not-known = local desconhecido

ledger-not-known = registro desconhecido

programme-not-known = programa desconhecido

agency-not-known = entidade desconhecida

age-band-not-known = idade desconhecida

sending-country-not-known = país desconhecido

column-ledger = registro
column-site = local
column-agency = entidade
column-group = grupo de participantes
column-return-type = tipo de retorno
column-grounds = motivo
column-sex = sexo
column-age-band = faixa etária
column-risk-band = nível de risco
column-programme = programa
column-sending-country = país que envia
column-month = mês
column-agreed-month = mês do acordo
column-sent-month = mês de envio
column-answered-month = mês de resposta
column-stage = etapa
column-state = estado
column-standing = situação
column-from = de
column-to = para
column-need = necessidade
column-service = serviço
column-activity = atividade
column-priority = prioridade
column-owner = de quem é a vez
column-clock = prazo
column-due-on = vence em
column-closes-on = fecha em
column-expected-on = prevista para
column-lapsed = terminado
column-answer = resposta
column-wave = rodada
column-area = área
column-batch = lote
column-port = ponto de entrada
column-currency = moeda
column-delivery = entrega
column-mode = modalidade
column-confirmation = confirmação
column-dimension = dimensão
column-level = nível
column-progress = progresso
column-kind = tipo
column-subject = assunto
column-value = valor
column-unit = unidade
column-about = sobre
column-medical-information = informação médica
column-criminal-information = informação criminal
column-directory-version = versão do diretório
column-reason = motivo
column-definition = definição
column-source = fonte
column-count = quantidade
column-journey = trajetória
column-event = fato

finding-origin-missing = nada diz como a trajetória começou
finding-journey-closed = posterior ao encerramento
finding-not-closed = reaberta sem ter sido encerrada
finding-after-death = posterior ao falecimento
finding-consent-missing = nenhum consentimento cobre o que é partilhado
finding-consent-unknown = cita um consentimento que não foi dado
finding-consent-withdrawn = posterior à retirada do consentimento
finding-referral-open = reabre um encaminhamento ainda aberto
finding-referral-undecided = o prestador não aceitou o encaminhamento
finding-referral-too-early = falta um passo anterior
finding-referral-too-late = o encaminhamento já passou deste passo
finding-referral-declined = o encaminhamento foi recusado
finding-referral-ended = o encaminhamento terminou
finding-referral-unknown = cita um encaminhamento que não foi enviado
finding-referral-twice = o encaminhamento foi enviado duas vezes
finding-reason-missing = falta o motivo de não ter sido prestado por completo
finding-outcome-missing = uma meta não tem resultado
finding-schedule-missing = cita um acompanhamento que não foi agendado
finding-plan-unknown = cita um plano que não foi acordado
finding-goal-unknown = cita uma meta que não está no plano
finding-goal-twice = uma meta está duas vezes no plano
finding-four-eyes = quem acordou o plano decidiu sobre ele
finding-assistance-unknown = cita uma entrega que não foi feita
finding-spell-unknown = termina um período que não começou
finding-spell-backwards = um período termina antes de começar
finding-case-unknown = cita um processo que não foi aberto
finding-correction-unknown = corrige um fato que não está lá
finding-correction-foreign = corrigido por quem não pode
finding-link-to-self = vinculada a si mesma
finding-transfer-unknown = responde a uma transferência não proposta
finding-transfer-answered = a transferência já teve resposta
finding-transfer-pending = outra transferência espera resposta
finding-transfer-foreign = respondida por quem não pode
finding-attachment-unknown = retira um documento que não foi anexado
finding-attachment-twice = um documento foi anexado duas vezes
finding-event-id-reused = um mesmo identificador nomeia dois fatos
finding-request-unknown = exclusão feita sem pedido
finding-cut-elsewhere = um corte está no lugar errado
finding-cuts-only = aqui só cabem cortes
finding-cut-name-taken = o nome do corte já existe
finding-directory-elsewhere = um registro do diretório está no lugar errado
finding-directory-only = aqui só cabe o diretório
finding-directory-version-taken = esta versão do diretório já foi publicada
finding-directory-version-out = acrescentado a uma versão já publicada
finding-directory-version-gap = falta uma versão do diretório
finding-directory-count-differs = o número de serviços não é o publicado
finding-directory-service-unknown = retira um serviço que não estava
finding-answer-misfit = uma resposta não cabe no instrumento
finding-score-differs = a pontuação não é a que as respostas dão
finding-instrument-edited = outro arquivo do mesmo instrumento e versão

next-receive = receber a pessoa
next-assess = avaliar
next-offer-place = oferecer uma vaga
next-acknowledge = confirmar o recebimento
next-decide = aceitar ou recusar
next-contact-client = contatar a pessoa
next-bring-client-in = trazer a pessoa
next-report-outcome = informar o resultado
next-find-another-way = encontrar outro caminho
next-act = agir
next-ask-again = perguntar de novo
next-ask = perguntar como vai
next-get-in-touch = entrar em contato
next-renew-consent = renovar o consentimento
next-confirm = perguntar se ainda serve

verdict-failed = ocorreu: é contado
verdict-failed-again = ocorreu de novo: contado uma vez
verdict-competing = outra coisa ocorreu antes
verdict-censored = observada só até aqui
verdict-complete = observada até o fim
verdict-open = ainda em observação
verdict-not-mature = ainda não se sabe: é cedo
verdict-not-counted = não é contado
verdict-counted = contado a partir daqui
verdict-not-known = ainda não se sabe
verdict-no-failure = não conta
verdict-taken-back = retirado depois
verdict-no-end = não termina nada
verdict-not-at-risk = tempo não contado
