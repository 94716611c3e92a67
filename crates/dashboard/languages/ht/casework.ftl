# What pages of casework say: worklists, journeys, people, services, manifests, sources.

page-back = Tounen nan lis la
page-first = Premye paj
page-next = Pwochen paj
nav-sources = Sous done yo
worklist-back = Tout lis travay yo
worklist-all = Tout lis la
worklist-subtitle = Jan l ye nan { $day }; yon dat ki pase pa bezwen okenn fè.
worklist-journey = Pakou
worklist-owed = Sa ki dwe fèt
worklist-next = Pwochen etap
worklist-who = Tou ki moun
worklist-by = Pou ki lè
worklist-standing = Kijan l ye
worklist-told = Yo avèti
worklist-site = Kote
journeys-subtitle = Nan lòd idantifyan yo; sèvi ak kondisyon yo pou redui lis la.
journeys-journey = Pakou
journeys-stage = Etap
journeys-arrival = Arive
journeys-last = Dènye nouvèl
journey-title = Pakou { $journey }
journey-untold = Pa gen anyen ki di sou: { $parts }.
journey-stage = Etap
journey-keeper = Ki kenbe dosye a
journey-same-person = Menm moun nan
journey-story = Sa ki pase
journey-looked = Ki moun yo montre kisa
journey-looked-nobody = Pa gen okenn pataj ni aksè ijans ki anrejistre.
journey-counted = Poukisa yo konte l, oswa non
journey-recorded = ekri nan { $day }
journey-replaced = { $who } korije l nan { $day }: { $reason }.
journey-retracted = { $who } retire l nan { $day }: { $reason }.
journey-stands-instead = Sa ki ranplase l
journey-correction = Koreksyon an
journey-corrects = Rezon: { $reason }.
journey-corrected = Sa l korije
journey-next = Sa ki pou fèt
journey-what = Kisa
journey-by = Pou
journey-whose = Tou ki moun
journey-of = Sou
journey-referrals = Referans yo
journey-sent = Voye
journey-consent-expired = konsantman an fini
journey-consents = Konsantman ki bon kounye a
journey-purposes = Pou kisa
journey-data = Ki done
journey-agencies = Ak ki moun
journey-agencies-needed = tout ajans rezon an mande
journey-override = san konsantman: sa ijans lan mande
column-from-day = Depi
column-until = Jiska
journey-plans = Plan yo
journey-goal = Objektif
journey-plan-state = Plan
journey-plan-told = { $state }; dakò nan { $day } ak { $agency }
journey-assistance = Èd
journey-on = Nan dat
journey-worth = Kisa, ak valè l
journey-confirm-on = pou konfime depi { $day }
journey-reversed = anile
journey-transfers = Transfè yo
journey-attachments = Dokiman yo
journey-called = Non
journey-size = Gwosè
journey-kibibytes = { $size-said } KiB
journey-removed = retire: { $reason }
journey-relatives = Fanmi ak moun nan kay la
journey-relation = Kisa yo ye pou moun nan
counted-title = Poukisa yo konte pakou { $journey }, oswa non
counted-back = Tounen nan pakou a
counted-subtitle = Konte depi { $origin } dapre { $definition }, nan { $day }.
counted-never-received = Yo pa janm resevwa l: li pa konte
counted-steps = Etap pa etap
counted-day = Jou
counted-what = Fè
counted-verdict = Kijan yo pran l
manifests-subtitle = Jan yo ye nan { $day }: moun yo t ap tann anvan epi ki pa gen nouvèl parèt konsa.
manifests-announced = anonse
manifests-no-batch = san gwoup
manifests-handed = { $provided } bay, { $none } okenn, { $missing } pa bay
manifest-title = Manifès { $batch }
manifest-back = Tout manifès yo
manifest-counts = Anonse ak rive
manifest-line = Liy
manifest-received-on = Resevwa
sources-subtitle = Chak nimewo yon sous bay la, li refize oswa li manke.
sources-in = Sa ki la
sources-events = Fè
sources-first = Premye anrejistreman
sources-last = Dènye anrejistreman
sources-numbers = Nimewo sous yo
sources-numbers-in = La
sources-numbers-refused = Refize
sources-numbers-missing = Manke
sources-which = Kilès ki manke
sources-refused = Sa yo refize, ak poukisa
services-title = Sèvis ki reponn bezwen an
services-subtitle = { $shown-said } ki pi bon yo anvan, dapre repètwa ki te bon nan { $day }.
services-form = Chèche yon sèvis
services-find = Jwenn sèvis
services-area = Kote moun nan rete
services-area-hint = Yon kòd zòn, tankou JM-01.
services-language = Lang moun nan pale
services-language-en = angle
services-language-es = panyòl
services-language-fr = fransè
services-language-pt = pòtigè
services-language-ht = kreyòl ayisyen
services-language-nl = olandè
services-age = Laj an ane
services-needs = Bezwen
services-fit = Poukisa l isit la
services-places = Plas
services-places-unknown = yo pa di
services-free = { $free-said } lib sou { $places-said }
services-answers = Dènye repons
services-answered = { $accepted-said } aksepte, { $declined-said } refize nan { $months-said } mwa
services-directory = Repètwa a, vèsyon pa vèsyon
services-versions = Vèsyon yo
services-version = Vèsyon
services-published-on = Pibliye
services-number = Sèvis
services-new = Nouvo
services-changed = Chanje
services-withdrawn = Retire
services-as-published = jan yo pibliye l
services-corrected = korije depi lè sa a
services-note = Nòt
services-astray = Referans ki nonmen sa repètwa a pa genyen
people-title = Chèche moun
people-intro = Ekri sa yo konnen, kèlkeswa jan yo ekri l. Yo pa kenbe sa w ap chèche a okenn kote.
people-given-names = Non
people-surnames = Siyati
people-names-hint = Separe plizyè ak vigil.
people-also-known-as = Yo rele l tou
people-born-on = Nesans
people-born-hint = Jan yo konnen l: 1985, 1985-03 oswa 1985-03-04.
people-document-kind = Papye
people-document-number = Nimewo l
people-mother-name = Non manman
people-search = Chèche
people-likely = gen chans
people-possible = posib
people-score = Nòt
people-who = Ki moun pakou sa a di li ye
people-why = Sa yo konpare
people-linked = Konekte ak
people-found-title = Ki moun sa ka ye
people-nobody = Pa gen moun isit la ki koresponn.
people-against = kont
people-for = pou
people-by-rules = Konpare dapre { $rules }; depi { $threshold } li gen chans.
duplicates-subtitle = Pè ki ka yon sèl moun e ki pèsonn poko jije. Anyen pa konekte si pèsonn pa di l isit la; tou de jijman yo ka retire.
duplicates-none = Pa gen okenn pè k ap tann jijman.
duplicates-pair = { $one } ak { $other }
duplicates-field = Kisa
duplicates-basis = Kijan yo jwenn sa
duplicates-link = Se menm moun nan
duplicates-unlink = Se moun diferan
duplicates-agency = Nan non ki ajans
duplicates-done-link = Anrejistre: { $one } ak { $other } se menm moun nan.
duplicates-done-unlink = Anrejistre: { $one } ak { $other } se moun diferan.
duplicates-refused = Pa anrejistre: { $why }
duplicates-all = Tout pè yo
worklist-headline = { $count ->
    [0] Pa gen anyen nan lis sa a
   *[other] { $count-said } bagay pou gade
}
worklist-escalated = { $rows ->
   *[other] { $rows-said } rive nan: { $level }.
}
manifests-headline = { $untold ->
    [0] Gen nouvèl tout moun yo t ap tann jiska kounye a
   *[other] Yo t ap tann { $untold-said } moun, pa gen nouvèl
}
manifest-announced = { $count ->
    [0] Yo pa anonse pèsonn
   *[other] Yo anonse { $count-said } moun
}
manifest-unannounced = { $count ->
    [0] Pèsonn pa vini san anons
   *[other] { $count-said } moun vini san anons
}
sources-headline = { $missing ->
    [0] Pa gen okenn nimewo sous yo bay ki manke
   *[other] { $missing-said } nimewo sous yo bay pa janm rive
}
services-headline = { $count ->
    [0] Pa gen okenn sèvis nan repètwa a ki reponn
   *[other] { $count-said } sèvis reponn
}
people-found = { $count ->
   *[other] { $count-said } pakou ka sa w ap chèche a
}
