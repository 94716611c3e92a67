# What the panels of figures say.

today-owed-title = Sa ki rete pou fèt
today-subtitle = Tout sa ki rete pou fèt nan { $day }, lis pa lis; yon dat ki pase pa bezwen okenn fè.
today-headline = { $lists ->
    [0] Anyen pa an reta
    [1] Yon lis gen bagay ki an reta
   *[other] { $lists-said } lis gen bagay ki an reta
}
today-nothing = Pa gen anyen ki rete pou fèt
today-list = Lis
today-rows = Tout
today-upcoming = K ap vini
today-due = Pou fèt
today-overdue = An reta
today-running = San dat limit
arrivals-title = Arive yo pa mwa ak kalite retou
arrivals-month = Mwa arive a
arrivals-headline = { $count ->
    [1] Yon moun rive: { $kind }
   *[other] { $count-said } pakou kòmanse ak yon arive; sa ki pi souvan se { $kind }, { $share }
}
arrivals-subtitle = Pakou pa mwa arive ak kalite retou; n = { $count-said }
arrivals-other-kinds = lòt kalite
arrivals-journeys = Pakou
explain-title = Kiyès ak kisa ki dèyè yon chif
explain-headline = { $count-said } moun sou paj sa a, ak fè ki soutni sa
explain-subtitle = { $model } nan { $day }; yo gade { $count-said } pakou pou paj sa a
explain-next = Kontinye
explain-journeys = Moun
explain-adds = Ajoute
explain-fact = Fè
explain-occurred = Rive
explain-says = Di
explain-weight = Nesesè
explain-needed = san li, yon lòt chif
explain-one-of-several = youn nan plizyè ki di menm bagay
explain-withheld = { $count-said } fè nan rejis kle sa a pa louvri
flow-title = Ki kote pakou yo rive
flow-headline = Sou { $count-said } pakou, { $assessed } rive nan yon evalyasyon epi { $served } rive nan yon sèvis
flow-headline-few = Rive nan yon evalyasyon: { $assessed-said } sou { $count-said }; nan yon sèvis: { $served-said }
flow-subtitle = Pakou yo resevwa jiska { $day }, dapre dènye etap yo rive; n = { $count-said }
flow-step = Etap
flow-reached = Rive la
flow-share = Pati
flow-took = Fè etap sa a
flow-waiting = Ap tann la
flow-left = Soti depi la
flow-how = Kijan yo soti
times-title = Tan pou rive nan chak etap
times-half = { $step }: mwatye rive nan { $days }
times-half-at-once = { $step }: mwatye rive la menm jou akèy la
times-no-half = { $step }: mwens pase mwatye rive la
times-subtitle = Pati ki fè chak etap, an jou depi akèy la; soti a fè konkirans (Aalen-Johansen); n = { $count-said }
times-desc = Yon koub pou chak etap: pati moun yo resevwa ki fè l nan chak jou.
times-taken = Fè l
times-left = Soti anvan
times-waiting = Ap tann toujou
times-median = Mwatye nan, jou
times-not-reached = poko rive
times-not-observed = poko obsève
times-by-day = Nan jou { $days-said }
times-days = Jou depi akèy la
times-share = Pati ki fè etap la
quality-title = Sa ki pa ka kòrèk, ak sa ki manke
quality-headline = { $count-said } fè pa respekte yon règ
quality-subtitle = Fè nan rejis la ki pa ka tout vre, dosye ki manke bagay, fè yo korije
quality-finding = Pa respekte yon règ
quality-missing = Manke
quality-corrected = Yo korije l
quality-kind = Kalite
quality-subject = Règ, chan oswa rezon
quality-count = Fè oswa dosye
lag-title = Jou ant yon fè ak anrejistreman l
lag-headline = Yo anrejistre { $share } fè yo plis pase de jou apre
lag-subtitle = Fè pa fanmi ak pa jou jiska anrejistreman; n = { $count-said }
lag-bucket = { $days } jou
lag-family = Fanmi
lag-facts = Fè
models-title = Modèl lekti yo
models-headline = { $count ->
    [0] Tout modèl yo konnen tout rejis la
    [1] Yon modèl an reta
   *[other] { $count-said } modèl an reta
}
models-subtitle = Sante pwojektè a; vèsyon { $version }
models-model = Modèl
models-state = Eta
models-lag = Anrejistreman an reta
models-rate = Anrejistreman pa segonn
models-wrong = Sa ki pa mache
views-title = Dosye yo gade
views-headline = { $count ->
    [0] Yo pa montre pèsonn okenn dosye, e yo pa louvri okenn nan ijans
   *[other] { $count-said } fwa yo montre yon dosye oswa louvri l nan ijans
}
views-subtitle = Done pèsonèl yo montre ak aksè nan ijans, jan rejis la kenbe yo; pa rejis ak pa ajans
views-disclosed = Yo montre
views-broken = Yo louvri nan ijans
funnel-title = Referans dapre kote yo ye
funnel-headline = { $count-said } referans louvri; { $overdue-said } depase tan yo
funnel-subtitle = Chak referans dapre eta l nan { $day }; n = { $count-said }
funnel-referrals = Referans
funnel-state = Eta
funnel-open = Louvri
funnel-overdue = Depase tan yo
ages-title = Laj referans ki louvri yo
ages-headline = Sou { $count-said } referans ki louvri, { $escalated-said } bezwen yon lòt moun gade
ages-subtitle = Referans ki louvri pa jou depi yo voye yo
ages-class = { $days } jou
ages-age = Voye depi
clocks-title = Konbyen tan founisè yo pran pou reponn
clocks-headline = { $slow ->
    [0] Okenn founisè pa pran plis tan pase sa yo te dakò
   *[other] { $slow-said } nan { $count-said } founisè pran plis tan pase sa yo te dakò
}
clocks-subtitle = Medyàn an jou depi voye jiska repons, referans { $priority }, sa ki louvri yo konte tou (Kaplan-Meier), entèval 95 %
clocks-desc = Yon liy pou chak founisè: medyàn jiska repons ak entèval li, ak limit yo te dakò a.
clocks-days = Jou depi voye jiska repons
clocks-note = { $count-said } voye, { $running-said } louvri
clocks-limit = dakò: { $days } jou
clocks-within = anndan l
clocks-beyond = depase l
clocks-provider = Founisè
clocks-asked = Voye
clocks-answered = Reponn
clocks-running = Ap tann
clocks-left = Fini san repons
clocks-median = Medyàn, jou
clocks-nine = Nèf sou dis, jou
clocks-in-time = Alè
clocks-late = An reta
providers-title = Sa founisè yo reponn
providers-headline = Sou { $count-said } referans, yo aksepte { $share }
providers-headline-few = Referans yo aksepte: { $part-said } sou { $count-said }
providers-subtitle = Sa ki pa gen repons apre tan l pa aksepte; nan parantèz, minimòm ak maksimòm li ka rive
providers-accepted = Aksepte
providers-declined = Refize
providers-undecided = Nan tan an
providers-unanswered = San repons, an reta
providers-left = Lòt moun fini yo
providers-share = Aksepte (ka vin)
reasons-title = Poukisa referans yo fini san sa yo te mande a
reasons-headline = Rezon ki pi souvan an se « { $reason } »: { $count-said }
reasons-subtitle = Sou { $count-said } referans; rezon yo gwoupe dapre { $file }
reasons-reason = Rezon
reasons-kind = Kijan l fini
reasons-group = Gwoup
reasons-declined = refize
reasons-not-delivered = yo pa bay li
reasons-withdrawn = retire
reasons-consent-withdrawn = konsantman retire
adherence-title = Si swivi yo fèt
adherence-headline = { $share } nan { $count-said } swivi ki fini tan yo te fèt
adherence-headline-few = Swivi ki fèt, nan sa ki fini tan yo: { $part-said } sou { $count-said }
adherence-nothing-over = okenn poko fini
adherence-subtitle = Swivi pa vag jan yo ye nan { $day }; sa ki fèmen pa rete sou pèsonn
adherence-follow-ups = Swivi
adherence-wave = Vag
adherence-completed = Fèt
adherence-overdue = An reta
adherence-due = Pou fèt
adherence-upcoming = K ap vini
adherence-cancelled = Anile
adherence-lapsed = Pa nesesè ankò
adherence-missed = Eseye pou gremesi
adherence-kept = Fèt, nan sa ki fini
calendar-title = Ki jou swivi yo tonbe
calendar-headline = Jou ki pi chaje a se { $day }: { $count-said } pou fèt
calendar-nothing = Pa gen swivi pou fèt apati jou sa a
calendar-subtitle = Swivi ki rete pou fèt, pa jou yo dwe fèt: uit semèn dèyè, uit semèn devan
calendar-owed = Pou fèt
calendar-day = Jou
weekday-1 = len
weekday-2 = mad
weekday-3 = mèk
weekday-4 = jed
weekday-5 = van
weekday-6 = sam
weekday-7 = dim
scores-title = Kijan menm moun yo ye nan chak vag
scores-up = { $wave }: { $count-said } moun yo poze kesyon de fwa monte soti { $from } rive { $to }
scores-down = { $wave }: { $count-said } moun yo poze kesyon de fwa desann soti { $from } rive { $to }
scores-nothing-paired = Yo poko poze pèsonn kesyon de fwa
scores-subtitle = Mwayèn nòt pa vag, { $instrument }; { $count-said } moun diferan
scores-desc = Yon liy pou chak dimansyon de vag an vag; anba, konbyen ki reponn ak konbyen ki manke.
scores-answered = { $count-said } nan { $expected-said } reponn
scores-nobody = yo pa poze pèsonn kesyon
scores-mean = Mwayèn nòt, 0 a 1
scores-missing = Manke
scores-dimension = Dimansyon
scores-paired = Kesyon de fwa
scores-from = Mwayèn anvan
scores-to = Mwayèn apre
scores-change = Chanjman (95 %)
scores-expected = Yo t ap tann
scores-responded = Poze kesyon
scores-rate = To repons
scores-not-observed = Yo pa wè yo ankò
scores-not-yet = Poko lè
scores-who = Ki moun yo poze kesyon nan chak vag
life-title = Travay, lojman ak lekòl apre akèy la
life-headline = { $share } te gen yon mwayen viv { $months-said } mwa apre akèy la, sou { $count-said } yo swiv toujou
life-headline-few = Te gen yon mwayen viv { $months-said } mwa apre akèy la: { $part-said } sou { $count-said } yo swiv toujou
life-subtitle = Pakou ki rive nan dat la epi yo swiv toujou; moun yo pa wè yo pa konte kòm moun ki pa genyen
life-area = Pati nan lavi
life-months = Mwa apre
life-observed = Yo swiv
life-in-spell = Genyen
life-share = Pati
leaving-died = mouri
leaving-remigrated = pati ankò
leaving-removed-again = depòte ankò
leaving-moved-away = demenaje
leaving-contact-lost = pèdi kontak
leaving-observation-ended = fen swivi
