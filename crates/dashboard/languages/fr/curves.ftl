# Ce que disent les pages : courbes, délais, définitions, cartes.

nav-definitions = Définitions
count-weeks = { $count ->
    [one] { $count-said } semaine
   *[other] { $count-said } semaines
}
count-months = { $count-said } mois
returns-survival-title = Temps jusqu'à ce que la définition soit remplie
returns-survival-subtitle = Part des personnes à qui cela n'est pas arrivé, selon le temps depuis l'accueil ; Kaplan-Meier, n = { $count-said }
returns-headline-rearrest = { $share } n'ont pas été arrêtées en { $time }
returns-headline-reconviction-proven = { $share } n'ont eu aucune infraction prouvée en { $time }
returns-headline-return-to-custody = { $share } ne sont pas retournées en prison en { $time }
returns-headline-removed-again = { $share } n'ont pas été renvoyées de nouveau en { $time }
returns-headline-remigration = { $share } n'étaient pas reparties en { $time }
returns-headline-other = { $share } n'ont pas rempli ce que compte { $definition } en { $time }
returns-sentence-rearrest = { $count ->
    [one] Sur { $count-said } personne, { $failed-said } a été arrêtée en { $time } ; { $share } ne l'ont pas été.
   *[other] Sur { $count-said } personnes, { $failed-said } ont été arrêtées en { $time } ; { $share } ne l'ont pas été.
}
returns-sentence-reconviction-proven = { $count ->
    [one] Sur { $count-said } personne, { $failed-said } a eu une infraction prouvée en { $time } ; { $share } n'en ont pas eu.
   *[other] Sur { $count-said } personnes, { $failed-said } ont eu une infraction prouvée en { $time } ; { $share } n'en ont pas eu.
}
returns-sentence-return-to-custody = { $count ->
    [one] Sur { $count-said } personne, { $failed-said } est retournée en prison en { $time } ; { $share } n'y sont pas retournées.
   *[other] Sur { $count-said } personnes, { $failed-said } sont retournées en prison en { $time } ; { $share } n'y sont pas retournées.
}
returns-sentence-removed-again = { $count ->
    [one] Sur { $count-said } personne, { $failed-said } a été renvoyée de nouveau en { $time } ; { $share } ne l'ont pas été.
   *[other] Sur { $count-said } personnes, { $failed-said } ont été renvoyées de nouveau en { $time } ; { $share } ne l'ont pas été.
}
returns-sentence-remigration = { $count ->
    [one] Sur { $count-said } personne, { $failed-said } est repartie en { $time } ; { $share } ne sont pas reparties.
   *[other] Sur { $count-said } personnes, { $failed-said } sont reparties en { $time } ; { $share } ne sont pas reparties.
}
returns-sentence-other = { $count ->
    [one] Sur { $count-said } personne, { $failed-said } a rempli { $definition } en { $time } ; { $share } ne l'ont pas remplie.
   *[other] Sur { $count-said } personnes, { $failed-said } ont rempli { $definition } en { $time } ; { $share } ne l'ont pas remplie.
}
returns-not-mature = { $count ->
    [one] Pour { $count-said } autre personne, la réponse n'est pas encore établie ; elle n'est dans aucune courbe et n'est pas comptée comme « non ».
   *[other] Pour { $count-said } autres personnes, la réponse n'est pas encore établie ; elles ne sont dans aucune courbe et ne sont pas comptées comme « non ».
}
returns-log-rank = Distinguées par { $by } : log-rank χ² = { $chi2 }, { $degrees-said } degrés de liberté, p = { $p }.
returns-not-compared = Les groupes ne peuvent pas être comparés : { $why }.
returns-more-groups = { $count ->
    [one] { $count-said } groupe plus petit n'est pas dessiné ; il est dans le tableau.
   *[other] { $count-said } groupes plus petits ne sont pas dessinés ; ils sont dans le tableau.
}
returns-everybody = Toutes les personnes
returns-in = Temps en
returns-in-weeks = semaines
returns-in-months = mois
returns-by = Distinguer par
returns-by-none = rien
returns-also = À côté
returns-also-none = rien
returns-axis-weeks = semaines depuis l'accueil
returns-axis-months = mois depuis l'accueil
returns-axis-share = part à qui cela n'est pas arrivé
returns-axis-begins = L'axe de la figure commence à { $from }, et non à zéro.
returns-too-few = moins de { $count-said } personnes
returns-axis-everybody = part de toutes les personnes
returns-band = intervalle à 95 %
returns-mark = fin de l'observation
returns-few = moins de { $count-said } encore observées
returns-column-at-risk = encore observées
returns-column-failed = comptées jusque-là
returns-column-left = fin de l'observation alors
returns-column-share = part à qui cela n'est pas arrivé
returns-column-lower = borne basse
returns-column-upper = borne haute
returns-column-cohort = Cohorte
returns-outcomes-title = Issues en concurrence
returns-outcomes-subtitle = Part de toutes les personnes selon ce qui est arrivé d'abord, 100 % à chaque moment ; Aalen-Johansen, n = { $count-said }
returns-outcomes-headline = Après { $time }, { $share } n'ont connu aucune de ces issues
returns-none-of-these = aucune de ces issues
returns-windows-title = Cohortes par délai
returns-windows-subtitle = Part comptée en tant de mois, parmi les personnes dont la réponse est établie ; n = { $count-said }
returns-windows-headline = { $final-said } délais sur { $all-said } sont définitifs
returns-windows-sentence = Un délai hachuré n'est pas définitif : une partie de ses personnes reste à observer, et « pas encore » n'est pas « non ». Qui a été perdu de vue n'est dans aucune part. Là où beaucoup ont été perdus de vue, le minimum et le maximum possibles sont donnés.
returns-not-yet = { $count-said } pas encore
returns-lost = { $count-said } perdues de vue
returns-ladder-title = Si le groupe est trop petit : le groupe plus large le plus proche qui en dit assez
returns-ladder-window = Délai
returns-ladder-given-up = Abandonné
returns-ladder-nothing = rien
returns-ladder-share = Part
returns-ladder-people = Personnes
returns-ladder-says = En dit assez
returns-ladder-enough = oui
returns-ladder-not-enough = non, et il n'y a pas de groupe plus large
return-cause-proven-offence = infraction prouvée
return-cause-new-offence = nouvelle infraction
return-cause-technical-breach = manquement aux conditions
definitions-title = Ce que compte chaque définition
definitions-headline = { $count ->
    [one] Une définition est disponible
   *[other] { $count-said } définitions sont disponibles
}
definitions-subtitle = Chaque texte est fait à partir du fichier de la définition ; les chiffres la nomment avec sa version.
definitions-name = Définition
definitions-counts = Ce qu'elle compte
definitions-source = Source
definitions-people = Personnes
definitions-beside-title = Les mêmes personnes selon chaque définition
definitions-beside-headline = La définition fait le chiffre : les mêmes personnes, comptées par chacune
definitions-beside-subtitle = Part comptée en tant de mois, parmi les personnes dont la réponse est établie ; n = { $count-said } au plus
map-title = Où vivent les personnes que les services ont atteintes
map-headline = { $country } : l'aire où le plus de personnes ont été atteintes est { $area } ({ $count-said })
map-headline-elsewhere = Hors des pays cartographiés : l'aire où le plus de personnes ont été atteintes est { $area } ({ $count-said })
map-subtitle = Personnes différentes atteintes par des services, chacune une fois, par aire de premier niveau ; { $from } à { $to }
map-area = Aire
map-code = Code
map-people = Personnes atteintes
map-services = Services
map-nobody = personne d'enregistré
map-not-shown = Hors de la carte
map-note = Une grande aire ne veut pas dire beaucoup de monde. Les formes sont simplifiées (Natural Earth, domaine public) et ne prennent parti sur aucune frontière.
country-ag = Antigua-et-Barbuda
country-bb = Barbade
country-gd = Grenade
country-gy = Guyana
country-ht = Haïti
country-jm = Jamaïque
country-tt = Trinité-et-Tobago
