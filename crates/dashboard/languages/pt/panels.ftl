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
    [one] { $count-said } chegada: { $kind }
   *[other] { $count-said } trajetórias começaram com uma chegada; o mais frequente foi { $kind }, { $share }
}
arrivals-subtitle = Trajetórias por mês de chegada e tipo de retorno; n = { $count-said }
arrivals-other-kinds = outros tipos
arrivals-journeys = Trajetórias
explain-title = Quem e o que está por trás de um número
explain-headline = { $count ->
    [one] { $count-said } pessoa nesta página e os fatos em que se apoia
   *[other] { $count-said } pessoas nesta página e os fatos em que se apoia
}
explain-subtitle = { $model } em { $day }; { $count-said } trajetórias examinadas para esta página
explain-next = Continuar
explain-journeys = Pessoa
explain-adds = Soma
explain-fact = Fato
explain-occurred = Ocorreu
explain-says = Diz
explain-weight = Necessário
explain-needed = sem ele, outro número
explain-one-of-several = um de vários que dizem o mesmo
explain-withheld = { $count ->
    [one] { $count-said } fato em um registro que esta chave não abre
   *[other] { $count-said } fatos em registros que esta chave não abre
}
flow-title = Até onde vão as trajetórias
flow-headline = De { $count-said } trajetórias, { $assessed } chegaram a uma avaliação e { $served } a um serviço
flow-headline-few = Chegaram a uma avaliação: { $assessed-said } de { $count-said }; a um serviço: { $served-said }
flow-subtitle = Trajetórias recebidas até { $day }, pela última etapa alcançada; n = { $count-said }
flow-step = Etapa
flow-reached = Chegaram
flow-share = Parcela
flow-took = Fizeram esta etapa
flow-waiting = Esperam aqui
flow-left = Saíram daqui
flow-how = Como saíram
times-title = Tempo até cada etapa
times-half = { $step }: metade chegou em { $days }
times-half-at-once = { $step }: metade chegou no próprio dia da recepção
times-no-half = { $step }: menos da metade chegou
times-subtitle = Parcela que fez cada etapa, em dias desde a recepção; a saída compete (Aalen-Johansen); n = { $count-said }
times-desc = Uma curva por etapa: a parcela dos recebidos que a fez em cada dia.
times-taken = Fizeram
times-left = Saíram antes
times-waiting = Ainda esperam
times-median = Metade em, dias
times-not-reached = não alcançado
times-not-observed = ainda não observado
times-by-day = No dia { $days-said }
times-days = Dias desde a recepção
times-share = Parcela que fez a etapa
quality-title = O que não pode estar certo e o que falta
quality-headline = { $count ->
    [one] { $count-said } fato quebra uma regra
   *[other] { $count-said } fatos quebram uma regra
}
quality-subtitle = Fatos do registro que não podem ser todos verdadeiros, fichas incompletas, fatos corrigidos
quality-finding = Quebra uma regra
quality-missing = Falta
quality-corrected = Foi corrigido
quality-kind = Tipo
quality-subject = Regra, campo ou motivo
quality-count = Fatos ou fichas
lag-title = Dias entre um fato e seu registro
lag-headline = { $share } dos fatos foram registrados mais de dois dias depois
lag-subtitle = Fatos por família e por dias até o registro; n = { $count-said }
lag-bucket = { $days } dias
lag-family = Família
lag-facts = Fatos
models-title = Modelos de leitura
models-headline = { $count ->
    [0] Todos os modelos conhecem o registro inteiro
    [one] Um modelo está atrasado
   *[other] { $count-said } modelos estão atrasados
}
models-subtitle = Saúde do projetor; versão { $version }
models-model = Modelo
models-state = Estado
models-lag = Registros de atraso
models-rate = Registros por segundo
models-wrong = O que falhou
views-title = Registros consultados
views-headline = { $count ->
    [0] Nenhum registro foi mostrado a ninguém, e nenhum foi aberto em emergência
    [one] Consta uma divulgação ou um acesso de emergência
   *[other] Constam { $count-said } divulgações e acessos de emergência
}
views-subtitle = Divulgações de dados pessoais e acessos de emergência, como o livro os guarda; por livro e agência
views-disclosed = Divulgados
views-broken = Abertos em emergência
funnel-title = Encaminhamentos por situação
funnel-headline = { $count ->
    [one] { $count-said } encaminhamento aberto; fora do prazo: { $overdue-said }
   *[other] { $count-said } encaminhamentos estão abertos; { $overdue-said } fora do prazo
}
funnel-subtitle = Cada encaminhamento por sua situação em { $day }; n = { $count-said }
funnel-referrals = Encaminhamentos
funnel-state = Situação
funnel-open = Abertos
funnel-overdue = Fora do prazo
ages-title = Idade dos encaminhamentos abertos
ages-headline = { $count ->
    [one] { $count-said } encaminhamento aberto; escalado: { $escalated-said }
   *[other] De { $count-said } encaminhamentos abertos, { $escalated-said } precisam que outra pessoa veja
}
ages-subtitle = Encaminhamentos abertos por dias desde o envio
ages-class = { $days } dias
ages-age = Enviados há
clocks-title = Quanto os prestadores demoram a responder
clocks-headline = { $slow ->
    [0] Nenhum prestador demora mais que o combinado
   *[other] { $slow-said } de { $count-said } prestadores demoram mais que o combinado
}
clocks-subtitle = Mediana de dias do envio à resposta, encaminhamentos { $priority }, contando os abertos (Kaplan-Meier), intervalo de 95 %
clocks-desc = Uma linha por prestador: a mediana até a resposta com seu intervalo e o limite combinado.
clocks-days = Dias do envio à resposta
clocks-note = { $count-said } enviados, { $running-said } abertos
clocks-limit = combinado: { $days } dias
clocks-within = dentro
clocks-beyond = além
clocks-provider = Prestador
clocks-asked = Enviados
clocks-answered = Respondidos
clocks-running = Aguardando
clocks-left = Encerrados sem resposta
clocks-median = Mediana, dias
clocks-nine = Nove em dez, dias
clocks-in-time = No prazo
clocks-late = Atrasados
providers-title = O que respondem os prestadores
providers-headline = De { $count-said } encaminhamentos, { $share } foram aceitos
providers-headline-few = Encaminhamentos aceitos: { $part-said } de { $count-said }
providers-subtitle = O que segue sem resposta fora do prazo não está aceito; entre parênteses, o mínimo e o máximo possíveis
providers-accepted = Aceitos
providers-declined = Recusados
providers-undecided = No prazo
providers-unanswered = Sem resposta, atrasados
providers-left = Encerrados por outros
providers-share = Aceitos (pode chegar a)
reasons-title = Por que encaminhamentos terminam sem o que se pediu
reasons-headline = O motivo mais frequente é “{ $reason }”: { $count-said }
reasons-subtitle = De { $count-said } encaminhamentos; motivos agrupados segundo { $file }
reasons-reason = Motivo
reasons-kind = Como terminou
reasons-group = Grupo
reasons-declined = recusado
reasons-not-delivered = não prestado
reasons-withdrawn = retirado
reasons-consent-withdrawn = consentimento retirado
adherence-title = Se os acompanhamentos acontecem
adherence-headline = Aconteceram { $share } dos { $count-said } acompanhamentos cujo prazo terminou
adherence-headline-few = Acompanhamentos realizados, daqueles cujo prazo terminou: { $part-said } de { $count-said }
adherence-nothing-over = nenhum venceu ainda
adherence-subtitle = Acompanhamentos por onda em { $day }; o encerrado ou caduco não é devido por ninguém
adherence-follow-ups = Acompanhamentos
adherence-wave = Onda
adherence-completed = Aconteceram
adherence-overdue = Atrasados
adherence-due = A fazer
adherence-upcoming = Próximos
adherence-cancelled = Cancelados
adherence-lapsed = Caducos
adherence-missed = Tentados em vão
adherence-kept = Aconteceram, dos vencidos
calendar-title = Em que dias caem os acompanhamentos
calendar-headline = O dia mais cheio será { $day }: { $count-said } pendentes
calendar-nothing = Nenhum acompanhamento pendente a partir deste dia
calendar-subtitle = Acompanhamentos ainda pendentes, por dia previsto: oito semanas atrás e oito à frente
calendar-owed = Pendentes
calendar-day = Dia
weekday-1 = seg
weekday-2 = ter
weekday-3 = qua
weekday-4 = qui
weekday-5 = sex
weekday-6 = sáb
weekday-7 = dom
scores-title = Como estão as mesmas pessoas em cada onda
scores-up = { $wave }: os { $count-said } ouvidos duas vezes subiram de { $from } para { $to }
scores-down = { $wave }: os { $count-said } ouvidos duas vezes caíram de { $from } para { $to }
scores-nothing-paired = Ninguém foi ouvido duas vezes ainda
scores-subtitle = { $count ->
    [one] Pontuação média por onda, { $instrument }; { $count-said } pessoa
   *[other] Pontuação média por onda, { $instrument }; { $count-said } pessoas diferentes
}
scores-desc = Uma linha por dimensão de onda em onda; abaixo, quantos responderam e quantos faltam.
scores-answered = responderam { $count-said } de { $expected-said }
scores-nobody = ninguém ouvido
scores-mean = Pontuação média, 0 a 1
scores-missing = Faltam
scores-dimension = Dimensão
scores-paired = Ouvidas duas vezes
scores-from = Média antes
scores-to = Média depois
scores-change = Mudança (95 %)
scores-expected = Esperadas
scores-responded = Ouvidas
scores-rate = Taxa de resposta
scores-not-observed = Fora de vista
scores-not-yet = Ainda não é hora
scores-who = Quem foi ouvido em cada onda
life-title = Trabalho, moradia e estudo após a recepção
life-headline = { $share } tinham sustento { $months-said } meses após, de { $count-said } ainda observadas
life-headline-few = Com sustento { $months-said } meses após: { $part-said } de { $count-said } ainda em observação
life-subtitle = Trajetórias no prazo e ainda observadas; quem está fora de vista não conta como sem nada
life-area = Área da vida
life-months = Meses depois
life-observed = Observadas
life-in-spell = Com
life-share = Parcela
leaving-died = morte
leaving-remigrated = reemigrou
leaving-removed-again = removida de novo
leaving-moved-away = mudou se
leaving-contact-lost = contato perdido
leaving-observation-ended = fim da observação
