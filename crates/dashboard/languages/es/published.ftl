# Páginas para publicar: qué se reserva y por qué.

frame-small = Para publicar: números pequeños reservados
small-title = Cifras
small-withheld = reservado
small-note = Para publicar: se reservan los recuentos de 1 a { $most-said } y otros de los que se deduciría alguno; el cero se muestra. Las proporciones, las medias y los valores medianos son de { $people-said } o más.
small-few = Reservado: hay muy pocos casos detrás, o lo que queda hablaría de personas concretas.
small-closed = Este panel no es para publicar.
small-wider = Preguntar sin «{ $condition }»
small-curve = La curva solo se mueve en momentos entre los cuales nadie tuvo el hecho ni dejó la observación, o bastantes lo hicieron; sus pasos sueltos no se publican.
