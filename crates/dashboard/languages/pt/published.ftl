# Páginas para publicar: o que é reservado, e porquê.

frame-small = Para publicação: números pequenos reservados
small-title = Números
small-withheld = reservado
small-note = Para publicação: as contagens de 1 a { $most-said } são reservadas, e outras de que uma delas se deduziria; o zero é mostrado. As proporções, médias e medianas são de { $people-said } ou mais.
small-few = Reservado: há poucos casos por trás disto, ou o que resta falaria de pessoas concretas.
small-closed = Este painel não é para publicação.
small-wider = Perguntar sem “{ $condition }”
small-curve = A curva só se move em momentos entre os quais ninguém teve o facto nem saiu da observação, ou bastantes o fizeram; os seus passos isolados não se publicam.
