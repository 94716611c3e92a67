# What pages of casework say: worklists, journeys, people, services, manifests, sources.

page-back = Voltar à lista
page-first = Primeira página
page-next = Próxima página
nav-sources = Fontes de dados
worklist-back = Todas as listas de trabalho
worklist-all = Toda a lista
worklist-subtitle = Como está em { $day }; uma data que passa não precisa de nenhum fato.
worklist-journey = Trajetória
worklist-owed = O que falta
worklist-next = Próximo passo
worklist-who = De quem é a vez
worklist-by = Até quando
worklist-standing = Como está
worklist-told = Escalado para
worklist-site = Local
journeys-subtitle = Na ordem dos identificadores; use as condições para restringir a lista.
journeys-journey = Trajetória
journeys-stage = Etapa
journeys-arrival = Chegada
journeys-last = Última notícia
journey-title = Trajetória { $journey }
journey-untold = Nada se sabe de: { $parts }.
journey-stage = Etapa
journey-keeper = Acompanhada por
journey-same-person = A mesma pessoa
journey-story = O que aconteceu
journey-looked = A quem se mostrou o quê
journey-looked-nobody = Não consta nenhuma comunicação nem acesso de emergência.
journey-counted = Por que é contada, ou não
journey-recorded = anotado em { $day }
journey-replaced = Corrigido em { $day } por { $who }: { $reason }.
journey-retracted = Retirado em { $day } por { $who }: { $reason }.
journey-stands-instead = O que vale em seu lugar
journey-correction = A correção
journey-corrects = Motivo: { $reason }.
journey-corrected = O que corrige
journey-next = O que há a fazer
journey-what = O quê
journey-by = Até
journey-whose = De quem é a vez
journey-of = De
journey-referrals = Encaminhamentos
journey-sent = Enviado
journey-consent-expired = o consentimento expirou
journey-consents = Consentimento em vigor
journey-purposes = Para quê
journey-data = Quais dados
journey-agencies = Com quem
journey-agencies-needed = toda entidade que o fim exija
journey-override = sem consentimento: o que a emergência exija
column-from-day = Desde
column-until = Até
journey-plans = Planos
journey-goal = Meta
journey-plan-state = Plano
journey-plan-told = { $state }; acordado em { $day } com { $agency }
journey-assistance = Assistência
journey-on = Em
journey-worth = O quê e seu valor
journey-confirm-on = a confirmar desde { $day }
journey-reversed = anulada
journey-transfers = Transferências
journey-attachments = Anexos
journey-called = Nome
journey-size = Tamanho
journey-kibibytes = { $size-said } KiB
journey-removed = retirado: { $reason }
journey-relatives = Familiares e domicílio
journey-relation = Relação com a pessoa
counted-title = Por que a trajetória { $journey } é contada, ou não
counted-back = Voltar à trajetória
counted-subtitle = Contado desde { $origin } segundo { $definition }, em { $day }.
counted-never-received = Nunca recebida: não é contada
counted-steps = Passo a passo
counted-day = Dia
counted-what = Fato
counted-verdict = Como é tomado
manifests-subtitle = Como estão em { $day }: quem devia chegar antes e de quem nada se sabe consta como tal.
manifests-announced = anunciadas
manifests-no-batch = sem lote
manifests-handed = { $provided } fornecida, { $none } nenhuma, { $missing } não fornecida
manifest-title = Manifesto { $batch }
manifest-back = Todos os manifestos
manifest-counts = Anunciadas e chegadas
manifest-line = Linha
manifest-received-on = Recebida
sources-subtitle = Cada número dado por uma fonte está, foi recusado ou falta.
sources-in = O que há
sources-events = Fatos
sources-first = Primeiro registro
sources-last = Último registro
sources-numbers = Os números próprios das fontes
sources-numbers-in = Estão
sources-numbers-refused = Recusados
sources-numbers-missing = Faltam
sources-which = Quais faltam
sources-refused = O que foi recusado e por quê
services-title = Serviços que atendem à necessidade
services-subtitle = Os { $shown-said } mais adequados primeiro, segundo o diretório em vigor em { $day }.
services-form = Procurar um serviço
services-find = Encontrar serviços
services-area = Onde a pessoa vive
services-area-hint = Um código de área, como JM-01.
services-language = Idioma que a pessoa fala
services-language-en = inglês
services-language-es = espanhol
services-language-fr = francês
services-language-pt = português
services-language-ht = crioulo haitiano
services-language-nl = holandês
services-age = Idade em anos
services-needs = Necessidades
services-fit = Por que está aqui
services-places = Vagas
services-places-unknown = não informado
services-free = { $free-said } de { $places-said } livres
services-answers = Respostas recentes
services-answered = { $accepted-said } aceitos, { $declined-said } recusados em { $months-said } meses
services-directory = O diretório, versão por versão
services-versions = Versões
services-version = Versão
services-published-on = Publicada
services-number = Serviços
services-new = Novos
services-changed = Alterados
services-withdrawn = Retirados
services-as-published = como publicada
services-corrected = corrigida desde então
services-note = Nota
services-astray = Encaminhamentos que citam o que o diretório não inclui
people-title = Procurar pessoas
people-intro = Escreva o que se sabe, seja qual for a grafia. O que se procura não é guardado em lugar nenhum.
people-given-names = Nomes
people-surnames = Sobrenomes
people-names-hint = Separe vários com vírgulas.
people-also-known-as = Também conhecida como
people-born-on = Nascimento
people-born-hint = Até onde se sabe: 1985, 1985-03 ou 1985-03-04.
people-document-kind = Documento
people-document-number = Seu número
people-mother-name = Nome da mãe
people-search = Procurar
people-likely = provável
people-possible = possível
people-score = Pontuação
people-who = Quem esta trajetória diz que é
people-why = O que foi comparado
people-linked = Vinculada a
people-found-title = Quem pode ser
people-nobody = Ninguém aqui corresponde ao escrito.
people-against = contra
people-for = a favor
people-by-rules = Comparado segundo { $rules }; a partir de { $threshold } é provável.
duplicates-subtitle = Pares que podem ser uma só pessoa e que ninguém julgou. Nada se vincula sem que alguém o diga aqui; ambos os juízos podem ser retirados.
duplicates-none = Nenhum par espera um juízo.
duplicates-pair = { $one } e { $other }
duplicates-field = O quê
duplicates-basis = Como se apurou
duplicates-link = É a mesma pessoa
duplicates-unlink = São pessoas diferentes
duplicates-agency = Em nome de que entidade
duplicates-done-link = Registrado: { $one } e { $other } são a mesma pessoa.
duplicates-done-unlink = Registrado: { $one } e { $other } são pessoas diferentes.
duplicates-refused = Não registrado: { $why }
duplicates-all = Todos os pares
worklist-headline = { $count ->
    [0] Nada nesta lista
    [one] Uma coisa a ver
   *[other] { $count-said } coisas a ver
}
worklist-escalated = { $rows ->
    [one] Um chegou a: { $level }.
   *[other] { $rows-said } chegaram a: { $level }.
}
manifests-headline = { $untold ->
    [0] Há notícia de todas as pessoas esperadas até agora
    [one] Esperava-se uma pessoa e nada se sabe
   *[other] Esperavam-se { $untold-said } pessoas e nada se sabe
}
manifest-announced = { $count ->
    [0] Ninguém foi anunciado
    [one] Foi anunciada uma pessoa
   *[other] Foram anunciadas { $count-said } pessoas
}
manifest-unannounced = { $count ->
    [0] Ninguém chegou sem aviso
    [one] Uma pessoa chegou sem aviso
   *[other] { $count-said } pessoas chegaram sem aviso
}
sources-headline = { $missing ->
    [0] Não falta nenhum número dado pelas fontes
    [one] Um número dado por uma fonte nunca chegou
   *[other] { $missing-said } números dados pelas fontes nunca chegaram
}
services-headline = { $count ->
    [0] Nenhum serviço do diretório atende
    [one] Um serviço atende
   *[other] { $count-said } serviços atendem
}
people-found = { $count ->
    [one] Uma trajetória pode ser a procurada
   *[other] { $count-said } trajetórias podem ser a procurada
}
