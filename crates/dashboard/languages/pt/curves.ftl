# O que dizem as páginas: curvas, prazos, definições, mapas.

nav-definitions = Definições
count-weeks = { $count ->
    [one] { $count-said } semana
   *[other] { $count-said } semanas
}
count-months = { $count ->
    [one] { $count-said } mês
   *[other] { $count-said } meses
}
returns-survival-title = Tempo até a definição se cumprir
returns-survival-subtitle = Proporção de pessoas ainda livres disso, por tempo desde a recepção; Kaplan-Meier, n = { $count-said }
returns-headline-rearrest = { $share } não foram detidas em { $time }
returns-headline-reconviction-proven = { $share } não tiveram nenhum crime provado em { $time }
returns-headline-return-to-custody = { $share } não voltaram à prisão em { $time }
returns-headline-removed-again = { $share } não foram expulsas de novo em { $time }
returns-headline-remigration = { $share } não tinham saído de novo em { $time }
returns-headline-other = { $share } não cumpriram o que { $definition } conta em { $time }
returns-sentence-rearrest = { $count ->
    [one] De { $count-said } pessoa, { $failed-said } foi detida em { $time }; { $share } não.
   *[other] De { $count-said } pessoas, { $failed-said } foram detidas em { $time }; { $share } não.
}
returns-sentence-reconviction-proven = { $count ->
    [one] De { $count-said } pessoa, { $failed-said } teve um crime provado em { $time }; { $share } não.
   *[other] De { $count-said } pessoas, { $failed-said } tiveram um crime provado em { $time }; { $share } não.
}
returns-sentence-return-to-custody = { $count ->
    [one] De { $count-said } pessoa, { $failed-said } voltou à prisão em { $time }; { $share } não.
   *[other] De { $count-said } pessoas, { $failed-said } voltaram à prisão em { $time }; { $share } não.
}
returns-sentence-removed-again = { $count ->
    [one] De { $count-said } pessoa, { $failed-said } foi expulsa de novo em { $time }; { $share } não.
   *[other] De { $count-said } pessoas, { $failed-said } foram expulsas de novo em { $time }; { $share } não.
}
returns-sentence-remigration = { $count ->
    [one] De { $count-said } pessoa, { $failed-said } saiu de novo em { $time }; { $share } não.
   *[other] De { $count-said } pessoas, { $failed-said } saíram de novo em { $time }; { $share } não.
}
returns-sentence-other = { $count ->
    [one] De { $count-said } pessoa, { $failed-said } cumpriu { $definition } em { $time }; { $share } não.
   *[other] De { $count-said } pessoas, { $failed-said } cumpriram { $definition } em { $time }; { $share } não.
}
returns-not-mature = { $count ->
    [one] De { $count-said } outra pessoa ainda não há resposta firme; não está em nenhuma curva e não conta como «não».
   *[other] De { $count-said } outras pessoas ainda não há resposta firme; não estão em nenhuma curva e não contam como «não».
}
returns-log-rank = Distinguidas por { $by }: log-rank χ² = { $chi2 }, { $degrees-said } graus de liberdade, p = { $p }.
returns-not-compared = Os grupos não podem ser comparados: { $why }.
returns-more-groups = { $count ->
    [one] { $count-said } grupo menor não está desenhado; está na tabela.
   *[other] { $count-said } grupos menores não estão desenhados; estão na tabela.
}
returns-everybody = Todas as pessoas
returns-in = Tempo em
returns-in-weeks = semanas
returns-in-months = meses
returns-by = Distinguir por
returns-by-none = nada
returns-also = Ao lado
returns-also-none = nada
returns-axis-weeks = semanas desde a recepção
returns-axis-months = meses desde a recepção
returns-axis-share = proporção ainda livre disso
returns-axis-begins = O eixo da figura começa em { $from }, não em zero.
returns-too-few = menos de { $count-said } pessoas
returns-axis-everybody = proporção de todas as pessoas
returns-band = intervalo de 95 %
returns-mark = fim da observação
returns-few = menos de { $count-said } ainda observadas
returns-column-at-risk = ainda observadas
returns-column-failed = contadas até então
returns-column-left = fim da observação então
returns-column-share = proporção ainda livre disso
returns-column-lower = inferior
returns-column-upper = superior
returns-column-cohort = Coorte
returns-outcomes-title = Desfechos que competem
returns-outcomes-subtitle = Proporção de todas as pessoas pelo que ocorreu primeiro, somando 100 % em cada momento; Aalen-Johansen, n = { $count-said }
returns-outcomes-headline = Depois de { $time }, { $share } não tiveram nenhum destes desfechos
returns-none-of-these = nenhum destes
returns-windows-title = Coortes por prazo
returns-windows-subtitle = Proporção contada em tantos meses, entre quem já tem resposta firme; n = { $count-said }
returns-windows-headline = { $final-said } de { $all-said } prazos são definitivos
returns-windows-sentence = Um prazo tracejado não é definitivo: parte das suas pessoas ainda está por observar, e «ainda não» não é «não». Quem se perdeu de vista não está em nenhuma proporção. Onde muitas se perderam de vista, dão-se o mínimo e o máximo possíveis.
returns-not-yet = { $count-said } ainda não
returns-lost = { $count-said } perdidas de vista
returns-ladder-title = Se o grupo é pequeno demais: o grupo mais amplo mais próximo que diz o bastante
returns-ladder-window = Prazo
returns-ladder-given-up = Abdica-se de
returns-ladder-nothing = nada
returns-ladder-share = Proporção
returns-ladder-people = Pessoas
returns-ladder-says = Diz o bastante
returns-ladder-enough = sim
returns-ladder-not-enough = não, e não há grupo mais amplo
return-cause-proven-offence = crime provado
return-cause-new-offence = novo crime
return-cause-technical-breach = violação de condições
definitions-title = O que conta cada definição
definitions-headline = { $count ->
    [one] Há uma definição
   *[other] Há { $count-said } definições
}
definitions-subtitle = Cada texto é feito a partir do arquivo da definição; os números a nomeiam com a sua versão.
definitions-name = Definição
definitions-counts = O que conta
definitions-source = Fonte
definitions-people = Pessoas
definitions-beside-title = As mesmas pessoas por cada definição
definitions-beside-headline = A definição decide o número: as mesmas pessoas, contadas por cada uma
definitions-beside-subtitle = Proporção contada em tantos meses, entre quem já tem resposta firme; n = { $count-said } no máximo
map-title = Onde vivem as pessoas que os serviços alcançaram
map-headline = { $country }: a área com mais pessoas alcançadas é { $area } ({ $count-said })
map-headline-elsewhere = Fora dos países com mapa: a área com mais pessoas alcançadas é { $area } ({ $count-said })
map-subtitle = Pessoas diferentes alcançadas por serviços, cada uma uma vez, por área de primeiro nível; { $from } a { $to }
map-area = Área
map-code = Código
map-people = Pessoas alcançadas
map-services = Serviços
map-nobody = ninguém registrado
map-not-shown = Fora do mapa
map-note = Uma área grande não é muita gente. As formas são simplificadas (Natural Earth, domínio público) e não tomam partido sobre nenhuma fronteira.
country-ag = Antígua e Barbuda
country-bb = Barbados
country-gd = Granada
country-gy = Guiana
country-ht = Haiti
country-jm = Jamaica
country-tt = Trinidad e Tobago
