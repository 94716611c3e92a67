# Pages à publier : ce qui est masqué, et pourquoi.

frame-small = Pour publication : petits nombres masqués
small-title = Chiffres
small-withheld = masqué
small-note = Pour publication : les effectifs de 1 à { $most-said } sont masqués, et d’autres dont l’un d’eux se déduirait ; zéro est montré. Les parts, moyennes et médianes portent sur { $people-said } ou plus.
small-few = Masqué : trop peu de cas derrière ce chiffre, ou ce qui reste parlerait de personnes précises.
small-closed = Ce panneau n’est pas destiné à la publication.
small-wider = Demander sans « { $condition } »
small-curve = La courbe ne bouge qu’à des moments entre lesquels personne n’a connu le fait ni quitté l’observation, ou bien assez de personnes ; ses marches isolées ne sont pas publiées.
