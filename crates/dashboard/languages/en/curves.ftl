# What pages say: curves, windows, definitions, maps.

nav-definitions = Definitions
count-weeks = { $count ->
    [one] { $count-said } week
   *[other] { $count-said } weeks
}
count-months = { $count ->
    [one] { $count-said } month
   *[other] { $count-said } months
}
returns-survival-title = Time until the definition is met
returns-survival-subtitle = Share of people still free of it, by time since reception; Kaplan-Meier, n = { $count-said }
returns-headline-rearrest = { $share } were not arrested within { $time }
returns-headline-reconviction-proven = { $share } had no proven offence within { $time }
returns-headline-return-to-custody = { $share } did not return to custody within { $time }
returns-headline-removed-again = { $share } were not removed again within { $time }
returns-headline-remigration = { $share } had not left again within { $time }
returns-headline-other = { $share } remained free of what { $definition } counts for { $time }
returns-sentence-rearrest = { $count ->
    [one] Of { $count-said } person, { $failed-said } was arrested within { $time }; { $share } were not.
   *[other] Of { $count-said } people, { $failed-said } were arrested within { $time }; { $share } were not.
}
returns-sentence-reconviction-proven = { $count ->
    [one] Of { $count-said } person, { $failed-said } had a proven offence within { $time }; { $share } had none.
   *[other] Of { $count-said } people, { $failed-said } had a proven offence within { $time }; { $share } had none.
}
returns-sentence-return-to-custody = { $count ->
    [one] Of { $count-said } person, { $failed-said } returned to custody within { $time }; { $share } did not.
   *[other] Of { $count-said } people, { $failed-said } returned to custody within { $time }; { $share } did not.
}
returns-sentence-removed-again = { $count ->
    [one] Of { $count-said } person, { $failed-said } was removed again within { $time }; { $share } were not.
   *[other] Of { $count-said } people, { $failed-said } were removed again within { $time }; { $share } were not.
}
returns-sentence-remigration = { $count ->
    [one] Of { $count-said } person, { $failed-said } left again within { $time }; { $share } had not.
   *[other] Of { $count-said } people, { $failed-said } left again within { $time }; { $share } had not.
}
returns-sentence-other = { $count ->
    [one] Of { $count-said } person, { $failed-said } met { $definition } within { $time }; { $share } did not.
   *[other] Of { $count-said } people, { $failed-said } met { $definition } within { $time }; { $share } did not.
}
returns-not-mature = { $count ->
    [one] Of { $count-said } further person the answer does not stand yet; this one is in no curve, and is not counted as "no".
   *[other] Of { $count-said } further people the answer does not stand yet; they are in no curve, and are not counted as "no".
}
returns-log-rank = Told apart by { $by }: log-rank χ² = { $chi2 }, { $degrees-said } degrees of freedom, p = { $p }.
returns-not-compared = The groups cannot be compared: { $why }.
returns-more-groups = { $count ->
    [one] { $count-said } smaller group is not drawn; it stands in the table.
   *[other] { $count-said } smaller groups are not drawn; they stand in the table.
}
returns-everybody = Everybody
returns-in = Time in
returns-in-weeks = weeks
returns-in-months = months
returns-by = Told apart by
returns-by-none = nothing
returns-also = Beside it
returns-also-none = nothing
returns-axis-weeks = weeks since reception
returns-axis-months = months since reception
returns-axis-share = share still free of it
returns-axis-begins = The picture's axis begins at { $from }, not at nothing.
returns-too-few = fewer than { $count-said } people
returns-axis-everybody = share of everybody
returns-band = 95 % interval
returns-mark = observation ended
returns-few = fewer than { $count-said } still observed
returns-column-at-risk = still observed
returns-column-failed = counted by then
returns-column-left = observation ended then
returns-column-share = share still free of it
returns-column-lower = lower
returns-column-upper = upper
returns-column-cohort = Cohort
returns-outcomes-title = Outcomes that compete
returns-outcomes-subtitle = Share of everybody by what came first, adding up to 100 % at every time; Aalen-Johansen, n = { $count-said }
returns-outcomes-headline = After { $time }, { $share } had none of these outcomes
returns-none-of-these = none of these
returns-windows-title = Cohorts by window
returns-windows-subtitle = Share counted within so many months, of those whose answer stands; n = { $count-said }
returns-windows-headline = { $final-said } of { $all-said } windows are final
returns-windows-sentence = A hatched window is not final: some of its people are still to be observed, and "not yet" is not "no". Whoever was lost from view is in no share. Where many were lost from view, the least and the most that the share can be stand instead.
returns-not-yet = { $count-said } not yet
returns-lost = { $count-said } lost from view
returns-ladder-title = Where the group is too small: the narrowest wider group that says enough
returns-ladder-window = Window
returns-ladder-given-up = Given up
returns-ladder-nothing = nothing
returns-ladder-share = Share
returns-ladder-people = People
returns-ladder-says = Says enough
returns-ladder-enough = yes
returns-ladder-not-enough = no, and there is no wider group
return-cause-proven-offence = proven offence
return-cause-new-offence = new offence
return-cause-technical-breach = breach of conditions
definitions-title = What each definition counts
definitions-headline = { $count ->
    [one] One definition is at hand
   *[other] { $count-said } definitions are at hand
}
definitions-subtitle = Each text is made from the definition's file; the figures name it with its version.
definitions-name = Definition
definitions-counts = What it counts
definitions-source = Source
definitions-people = People
definitions-beside-title = The same people under each definition
definitions-beside-headline = The definition decides the figure: the same people, counted in turn by each
definitions-beside-subtitle = Share counted within so many months, of those whose answer stands; n = { $count-said } at most
map-title = Where the people live whom services reached
map-headline = { $country }: the area where most people were reached is { $area } ({ $count-said })
map-headline-elsewhere = Outside the mapped countries: the area where most people were reached is { $area } ({ $count-said })
map-subtitle = Different people reached by services, each once, by first-level area; { $from } to { $to }
map-area = Area
map-code = Code
map-people = People reached
map-services = Services
map-nobody = nobody recorded
map-not-shown = Not on the map
map-note = A large area is not many people. Shapes are simplified (Natural Earth, public domain) and take no side on any border.
country-ag = Antigua and Barbuda
country-bb = Barbados
country-gd = Grenada
country-gy = Guyana
country-ht = Haiti
country-jm = Jamaica
country-tt = Trinidad and Tobago
