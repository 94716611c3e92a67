# What every page says: frame, navigation, sign-in, dates and numbers.

month-1 = janeiro
month-2 = fevereiro
month-3 = março
month-4 = abril
month-5 = maio
month-6 = junho
month-7 = julho
month-8 = agosto
month-9 = setembro
month-10 = outubro
month-11 = novembro
month-12 = dezembro
month-short-1 = jan
month-short-2 = fev
month-short-3 = mar
month-short-4 = abr
month-short-5 = mai
month-short-6 = jun
month-short-7 = jul
month-short-8 = ago
month-short-9 = set
month-short-10 = out
month-short-11 = nov
month-short-12 = dez
date-long = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
number-between = { $low } a { $high }
count-people = { $count ->
    [one] { $count-said } pessoa
   *[other] { $count-said } pessoas
}
count-journeys = { $count ->
    [one] { $count-said } trajetória
   *[other] { $count-said } trajetórias
}
count-days = { $count ->
    [one] { $count-said } dia
   *[other] { $count-said } dias
}
count-commits = { $count ->
    [one] { $count-said } registro
   *[other] { $count-said } registros
}
skip-to-content = Ir para o conteúdo
site-name = Homeward
nav-label = Páginas
nav-figures = Números
nav-casework = Gestão de casos
nav-today = Hoje
nav-arrivals = Chegadas
nav-flow = Fluxo das trajetórias
nav-referrals = Encaminhamentos
nav-follow-ups = Acompanhamentos
nav-outcomes = Resultados
nav-returns = O que acontece com as pessoas
nav-map = Mapa
nav-quality = Qualidade dos dados
nav-worklists = Listas de trabalho
nav-journeys = Trajetórias
nav-people = Procurar pessoas
nav-duplicates = Possíveis duplicados
nav-services = Serviços
nav-manifests = Manifestos
nav-record = Registrar um fato
language-label = Idioma
sign-in-title = Entrar
sign-in-key = Chave
sign-in-hint = A chave que o seu operador lhe deu; começa por hw_.
sign-in-button = Entrar
sign-in-refused = Esta chave não funciona aqui. Copie-a inteira, de hw_ até o fim.
sign-in-not-reading = Esta chave permite publicar, não ler; as páginas precisam de uma chave que leia.
sign-in-elsewhere = Este formulário veio de outra página ou tarde demais. Tente de novo.
sign-out = Sair
signed-in-as = Sessão: { $name }
frame-title = O que é mostrado
frame-ledger = Registro
frame-site = Local
frame-agency = Entidade
frame-group = Grupo de participantes
frame-return-type = Tipo de retorno
frame-grounds = Motivo
frame-sex = Sexo
frame-age-band = Faixa etária
frame-risk-band = Nível de risco
frame-programme = Programa
frame-origin-from = Coorte de
frame-origin-to = Coorte até
frame-definition = Definição
frame-known = Como conhecido em
frame-known-hint = O que o registro sabia: agora, um corte com nome, uma hora como 2026-07-01T00:00Z, ou registro:sequência.
frame-known-head = tudo o que se sabe agora
frame-day = No dia
frame-day-hint = O dia do mundo: o que é posterior ainda não aconteceu. Hoje se vazio.
frame-any = todos
frame-show = Mostrar
frame-clear = Limpar
frame-more = Mais condições
frame-not-narrowed = Sem restrição por: { $names }. Este número não os distingue.
as-of-head = Conhece { $positions }: tudo o que está nos registros.
as-of-behind = Conhece { $positions }; { $lag } atrás dos registros.
as-of-past = Como conhecido em { $positions }, como pedido: nada posterior entra.
as-of-nothing = nenhum registro
as-of-at = Lido em { $at }.
panel-table = O mesmo em tabela
panel-take = Baixar:
panel-explain = Explicar: que trajetórias e fatos
panel-open = Abrir a lista
panel-empty = Nada a mostrar: ninguém atende a estas condições.
panel-loading = Ainda não está pronto: { $why }. Esta página pergunta de novo sozinha; sem script, carregue-a de novo.
panel-refused = Não pode ser respondido: { $why }
few-title = Pessoas de menos para uma proporção: { $part-said } de { $count-said } até agora
few-sentence = Com menos de { $few-said } pessoas, uma proporção diria mais do que se sabe; a tabela dá cada número.
panel-synthetic = Dados sintéticos: inventados para experimentar, de ninguém.
panel-by = segundo { $definition }
error-title = Isto não pode ser mostrado
error-not-found = Essa página não existe, ou não é para você.
error-back = Voltar a hoje
live-changed = Atualizado { $at }
live-on = Ao vivo
live-off = Sem ligação: o que é mostrado pode ser antigo.
column-total = Total
