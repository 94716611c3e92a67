# Lo que dicen las páginas: curvas, plazos, definiciones, mapas.

nav-definitions = Definiciones
count-weeks = { $count ->
    [one] { $count-said } semana
   *[other] { $count-said } semanas
}
count-months = { $count ->
    [one] { $count-said } mes
   *[other] { $count-said } meses
}
returns-survival-title = Tiempo hasta que se cumple la definición
returns-survival-subtitle = Proporción de personas aún libres de ello, por tiempo desde la recepción; Kaplan-Meier, n = { $count-said }
returns-headline-rearrest = El { $share } no fue detenido en { $time }
returns-headline-reconviction-proven = El { $share } no tuvo ningún delito probado en { $time }
returns-headline-return-to-custody = El { $share } no volvió a prisión en { $time }
returns-headline-removed-again = El { $share } no fue expulsado de nuevo en { $time }
returns-headline-remigration = El { $share } no había vuelto a salir del país en { $time }
returns-headline-other = El { $share } no cumplió lo que cuenta { $definition } en { $time }
returns-sentence-rearrest = { $count ->
    [one] De { $count-said } persona, { $failed-said } fue detenida en { $time }; el { $share } no.
   *[other] De { $count-said } personas, { $failed-said } fueron detenidas en { $time }; el { $share } no.
}
returns-sentence-reconviction-proven = { $count ->
    [one] De { $count-said } persona, { $failed-said } tuvo un delito probado en { $time }; el { $share } no.
   *[other] De { $count-said } personas, { $failed-said } tuvieron un delito probado en { $time }; el { $share } no.
}
returns-sentence-return-to-custody = { $count ->
    [one] De { $count-said } persona, { $failed-said } volvió a prisión en { $time }; el { $share } no.
   *[other] De { $count-said } personas, { $failed-said } volvieron a prisión en { $time }; el { $share } no.
}
returns-sentence-removed-again = { $count ->
    [one] De { $count-said } persona, { $failed-said } fue expulsada de nuevo en { $time }; el { $share } no.
   *[other] De { $count-said } personas, { $failed-said } fueron expulsadas de nuevo en { $time }; el { $share } no.
}
returns-sentence-remigration = { $count ->
    [one] De { $count-said } persona, { $failed-said } volvió a salir del país en { $time }; el { $share } no.
   *[other] De { $count-said } personas, { $failed-said } volvieron a salir del país en { $time }; el { $share } no.
}
returns-sentence-other = { $count ->
    [one] De { $count-said } persona, { $failed-said } cumplió { $definition } en { $time }; el { $share } no.
   *[other] De { $count-said } personas, { $failed-said } cumplieron { $definition } en { $time }; el { $share } no.
}
returns-not-mature = { $count ->
    [one] De { $count-said } persona más aún no hay respuesta firme; no está en ninguna curva y no se cuenta como «no».
   *[other] De { $count-said } personas más aún no hay respuesta firme; no están en ninguna curva y no se cuentan como «no».
}
returns-log-rank = Distinguidos por { $by }: log-rank χ² = { $chi2 }, { $degrees-said } grados de libertad, p = { $p }.
returns-not-compared = No se pueden comparar los grupos: { $why }.
returns-more-groups = { $count ->
    [one] No se dibuja { $count-said } grupo menor; está en la tabla.
   *[other] No se dibujan { $count-said } grupos menores; están en la tabla.
}
returns-everybody = Todas las personas
returns-in = Tiempo en
returns-in-weeks = semanas
returns-in-months = meses
returns-by = Distinguir por
returns-by-none = nada
returns-also = Al lado
returns-also-none = nada
returns-axis-weeks = semanas desde la recepción
returns-axis-months = meses desde la recepción
returns-axis-share = proporción aún libre de ello
returns-axis-begins = El eje de la figura empieza en { $from }, no en cero.
returns-too-few = menos de { $count-said } personas
returns-axis-everybody = proporción de todas las personas
returns-band = intervalo del 95 %
returns-mark = fin de la observación
returns-few = menos de { $count-said } aún observadas
returns-column-at-risk = aún observadas
returns-column-failed = contadas hasta entonces
returns-column-left = fin de la observación entonces
returns-column-share = proporción aún libre de ello
returns-column-lower = inferior
returns-column-upper = superior
returns-column-cohort = Cohorte
returns-outcomes-title = Desenlaces que compiten
returns-outcomes-subtitle = Proporción de todas las personas según lo que ocurrió primero; suma 100 % en cada momento; Aalen-Johansen, n = { $count-said }
returns-outcomes-headline = Después de { $time }, el { $share } no tuvo ninguno de estos desenlaces
returns-none-of-these = ninguno de estos
returns-windows-title = Cohortes por plazo
returns-windows-subtitle = Proporción contada en tantos meses, entre quienes ya tienen respuesta firme; n = { $count-said }
returns-windows-headline = { $final-said } de { $all-said } plazos son definitivos
returns-windows-sentence = Un plazo rayado no es definitivo: parte de sus personas aún está por observar, y «todavía no» no es «no». Quien se perdió de vista no está en ninguna proporción. Donde muchas personas se perdieron de vista, se dan el mínimo y el máximo posibles.
returns-not-yet = { $count-said } todavía no
returns-lost = { $count-said } perdidas de vista
returns-ladder-title = Si el grupo es demasiado pequeño: el grupo más amplio que ya dice bastante
returns-ladder-window = Plazo
returns-ladder-given-up = Se renuncia a
returns-ladder-nothing = nada
returns-ladder-share = Proporción
returns-ladder-people = Personas
returns-ladder-says = Dice bastante
returns-ladder-enough = sí
returns-ladder-not-enough = no, y no hay grupo más amplio
return-cause-proven-offence = delito probado
return-cause-new-offence = nuevo delito
return-cause-technical-breach = incumplimiento de condiciones
definitions-title = Qué cuenta cada definición
definitions-headline = { $count ->
    [one] Hay una definición
   *[other] Hay { $count-said } definiciones
}
definitions-subtitle = Cada texto se hace a partir del archivo de la definición; las cifras la nombran con su versión.
definitions-name = Definición
definitions-counts = Qué cuenta
definitions-source = Fuente
definitions-people = Personas
definitions-beside-title = Las mismas personas según cada definición
definitions-beside-headline = La definición decide la cifra: las mismas personas, contadas por cada una
definitions-beside-subtitle = Proporción contada en tantos meses, entre quienes ya tienen respuesta firme; n = { $count-said } como máximo
map-title = Dónde viven las personas a las que llegaron los servicios
map-headline = { $country }: el área con más personas atendidas es { $area } ({ $count-said })
map-headline-elsewhere = Fuera de los países con mapa: el área con más personas atendidas es { $area } ({ $count-said })
map-subtitle = Personas distintas a las que llegaron los servicios, cada una una vez, por área de primer nivel; { $from } a { $to }
map-area = Área
map-code = Código
map-people = Personas atendidas
map-services = Servicios
map-nobody = nadie registrado
map-not-shown = No está en el mapa
map-note = Un área grande no es mucha gente. Las formas están simplificadas (Natural Earth, dominio público) y no toman partido sobre ninguna frontera.
country-ag = Antigua y Barbuda
country-bb = Barbados
country-gd = Granada
country-gy = Guyana
country-ht = Haití
country-jm = Jamaica
country-tt = Trinidad y Tobago
