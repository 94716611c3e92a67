//! The phrases that sentences are made of, each in every language side by side: one that is missing
//! does not compile. `{}` stands where a number, a word or a list goes.
//!
//! To add a language: a variant of [`Language`], and a column here.

use super::Language;

/// Declares the phrases, in the order English, Spanish, French, Portuguese, Haitian Creole.
macro_rules! phrases {
    ($($name:ident: $en:literal, $es:literal, $fr:literal, $pt:literal, $ht:literal;)+) => {
        /// A piece of a sentence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Phrase { $($name),+ }

        impl Phrase {
            /// Every phrase.
            #[cfg(test)]
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The phrase in a language.
            pub(super) const fn text(self, language: Language) -> &'static str {
                match self {
                    $(Self::$name => match language {
                        Language::English => $en,
                        Language::Spanish => $es,
                        Language::French => $fr,
                        Language::Portuguese => $pt,
                        Language::HaitianCreole => $ht,
                    },)+
                }
            }
        }
    };
}

phrases! {
    And:
        "and",
        "y",
        "et",
        "e",
        "ak";
    Or:
        "or",
        "o",
        "ou",
        "ou",
        "oswa";
    OneMonth:
        "1 calendar month",
        "1 mes natural",
        "1 mois civil",
        "1 mês civil",
        "1 mwa kalandriye";
    Months:
        "{} calendar months",
        "{} meses naturales",
        "{} mois civils",
        "{} meses civis",
        "{} mwa kalandriye";
    OneDay:
        "1 day",
        "1 día",
        "1 jour",
        "1 dia",
        "1 jou";
    Days:
        "{} days",
        "{} días",
        "{} jours",
        "{} dias",
        "{} jou";
    PersonFirstReception:
        "Each person is followed from the first reception on.",
        "Se sigue a cada persona desde su primera recepción.",
        "Chaque personne est suivie à partir de son premier accueil.",
        "Cada pessoa é acompanhada a partir da primeira recepção.",
        "Yo swiv chak moun depi premye akèy li.";
    PersonEveryReception:
        "Each person is followed anew from every reception on.",
        "Se sigue a cada persona de nuevo desde cada recepción.",
        "Chaque personne est suivie de nouveau à partir de chaque accueil.",
        "Cada pessoa é acompanhada de novo a partir de cada recepção.",
        "Yo swiv chak moun ankò depi chak akèy li.";
    JourneyReception:
        "Each journey is followed from its reception on, as if no other journey of the person were known.",
        "Se sigue cada trayectoria desde su recepción, como si no se conociera otra de la misma persona.",
        "Chaque parcours est suivi à partir de son accueil, comme si aucun autre de la personne n'était connu.",
        "Cada percurso é acompanhado a partir da sua recepção, como se nenhum outro da pessoa fosse conhecido.",
        "Yo swiv chak pakou depi akèy li, tankou yo pa t konnen okenn lòt pakou moun nan.";
    PersonFirstRelease:
        "Each person is followed from the first time of leaving custody after reception.",
        "Se sigue a cada persona desde la primera vez que sale de custodia después de la recepción.",
        "Chaque personne est suivie à partir de sa première sortie de détention après l'accueil.",
        "Cada pessoa é acompanhada a partir da primeira saída da custódia após a recepção.",
        "Yo swiv chak moun depi premye fwa li soti nan detansyon apre akèy la.";
    PersonEveryRelease:
        "Each person is followed anew from every time of leaving custody after reception.",
        "Se sigue a cada persona de nuevo desde cada vez que sale de custodia después de la recepción.",
        "Chaque personne est suivie de nouveau à partir de chaque sortie de détention après l'accueil.",
        "Cada pessoa é acompanhada de novo a partir de cada saída da custódia após a recepção.",
        "Yo swiv chak moun ankò depi chak fwa li soti nan detansyon apre akèy la.";
    JourneyFirstRelease:
        "Each journey is followed from the first time of leaving custody after reception, as if no other journey of the person were known.",
        "Se sigue cada trayectoria desde la primera salida de custodia después de la recepción, como si no se conociera otra de la misma persona.",
        "Chaque parcours est suivi à partir de la première sortie de détention après l'accueil, comme si aucun autre de la personne n'était connu.",
        "Cada percurso é acompanhado a partir da primeira saída da custódia após a recepção, como se nenhum outro da pessoa fosse conhecido.",
        "Yo swiv chak pakou depi premye fwa moun nan soti nan detansyon apre akèy la, tankou yo pa t konnen okenn lòt pakou li.";
    JourneyEveryRelease:
        "Each journey is followed anew from every time of leaving custody after reception, as if no other journey of the person were known.",
        "Se sigue cada trayectoria de nuevo desde cada salida de custodia después de la recepción, como si no se conociera otra de la misma persona.",
        "Chaque parcours est suivi de nouveau à partir de chaque sortie de détention après l'accueil, comme si aucun autre de la personne n'était connu.",
        "Cada percurso é acompanhado de novo a partir de cada saída da custódia após a recepção, como se nenhum outro da pessoa fosse conhecido.",
        "Yo swiv chak pakou ankò depi chak fwa moun nan soti nan detansyon apre akèy la, tankou yo pa t konnen okenn lòt pakou li.";
    Only:
        "Counted are only those with {}.",
        "Solo se cuenta a quienes tienen {}.",
        "Ne sont comptées que les personnes avec {}.",
        "Contam-se apenas as pessoas com {}.",
        "Yo konte sèlman moun ki gen {}.";
    Ledger:
        "ledger {}",
        "registro {}",
        "registre {}",
        "registro {}",
        "rejis {}";
    Site:
        "site {}",
        "lugar {}",
        "site {}",
        "local {}",
        "kote {}";
    Programme:
        "programme {}",
        "programa {}",
        "programme {}",
        "programa {}",
        "pwogram {}";
    ReturnType:
        "type of return {}",
        "tipo de retorno {}",
        "type de retour {}",
        "tipo de retorno {}",
        "kalite retou {}";
    Grounds:
        "grounds of the return {}",
        "motivo del retorno {}",
        "motif du retour {}",
        "motivo do retorno {}",
        "rezon retou a {}";
    Group:
        "group of participants {}",
        "grupo de participantes {}",
        "groupe de participants {}",
        "grupo de participantes {}",
        "gwoup patisipan {}";
    Sex:
        "sex {}",
        "sexo {}",
        "sexe {}",
        "sexo {}",
        "sèks {}";
    SendingCountry:
        "sending country {}",
        "país de envío {}",
        "pays d'envoi {}",
        "país de envio {}",
        "peyi ki voye l {}";
    AgeFrom:
        "an age of at least {} years at reception",
        "una edad de al menos {} años en la recepción",
        "un âge d'au moins {} ans à l'accueil",
        "uma idade de pelo menos {} anos na recepção",
        "omwen {} an lè yo akeyi l";
    AgeTo:
        "an age of at most {} years at reception",
        "una edad de {} años como máximo en la recepción",
        "un âge d'au plus {} ans à l'accueil",
        "uma idade de no máximo {} anos na recepção",
        "{} an pou pi plis lè yo akeyi l";
    FailureIs:
        "A failure is {}.",
        "Es un fracaso {}.",
        "Est un échec {}.",
        "É um fracasso {}.",
        "Yon echèk se {}.";
    CountedAs:
        "(told as {})",
        "(dicho como {})",
        "(indiqué comme {})",
        "(indicado como {})",
        "(yo rele l {})";
    Arrested:
        "an arrest",
        "un arresto",
        "une arrestation",
        "uma detenção policial",
        "yon arestasyon";
    Charged:
        "a charge",
        "una acusación formal",
        "une inculpation",
        "uma acusação formal",
        "yon akizasyon fòmèl";
    Convicted:
        "a conviction or caution that was not quashed",
        "una condena o amonestación que no fue anulada",
        "une condamnation ou un avertissement qui n'a pas été annulé",
        "uma condenação ou advertência que não foi anulada",
        "yon kondanasyon oswa yon avètisman yo pa anile";
    CustodyEntered:
        "an entry into custody",
        "un ingreso en custodia",
        "une entrée en détention",
        "uma entrada em custódia",
        "yon antre nan detansyon";
    SupervisionBreached:
        "a technical breach of supervision",
        "un incumplimiento técnico de la supervisión",
        "un manquement technique à la surveillance",
        "um descumprimento técnico da supervisão",
        "yon vyolasyon teknik sipèvizyon an";
    RemovedAgainEvent:
        "being sent back again",
        "ser devuelto de nuevo",
        "un nouveau renvoi",
        "ser devolvido de novo",
        "lè yo voye l tounen ankò";
    RemigratedEvent:
        "leaving the country again",
        "salir de nuevo del país",
        "un nouveau départ du pays",
        "deixar o país de novo",
        "lè li kite peyi a ankò";
    ReceivedAgain:
        "being received again in a later journey",
        "ser recibido de nuevo en una trayectoria posterior",
        "un nouvel accueil dans un parcours ultérieur",
        "ser recebido de novo em um percurso posterior",
        "lè yo akeyi l ankò nan yon lòt pakou apre";
    OfClass:
        "of class {}",
        "de la clase {}",
        "de la catégorie {}",
        "da classe {}",
        "nan kategori {}";
    OfSeverity:
        "of severity {}",
        "de gravedad {}",
        "de gravité {}",
        "de gravidade {}",
        "ak gravite {}";
    ForReason:
        "for the reason {}",
        "por la razón {}",
        "pour la raison {}",
        "pelo motivo {}",
        "poutèt {}";
    OfReturnType:
        "by a return of type {}",
        "por un retorno de tipo {}",
        "par un retour de type {}",
        "por um retorno do tipo {}",
        "ak yon retou kalite {}";
    OffenceAfterOrigin:
        "for an offence committed on or after the day of origin",
        "por un delito cometido el día de origen o después",
        "pour une infraction commise le jour d'origine ou après",
        "por um delito cometido no dia de origem ou depois",
        "pou yon zak ki fèt jou orijin nan oswa apre";
    From:
        "from {} after the origin on",
        "a partir de {} después del origen",
        "à partir de {} après l'origine",
        "a partir de {} após a origem",
        "apati {} apre orijin nan";
    Before:
        "dated before {} after the origin",
        "con fecha anterior a {} después del origen",
        "daté d'avant {} après l'origine",
        "com data anterior a {} após a origem",
        "ki gen dat anvan {} apre orijin nan";
    ProvenBefore:
        "proven before {} after the origin",
        "probado antes de {} después del origen",
        "prouvé avant {} après l'origine",
        "provado antes de {} após a origem",
        "ki pwouve anvan {} apre orijin nan";
    ClockEvent:
        "A failure is dated by its own day.",
        "Un fracaso lleva la fecha de su propio día.",
        "Un échec porte la date de son propre jour.",
        "Um fracasso leva a data do seu próprio dia.",
        "Yon echèk pote dat pwòp jou pa l.";
    ClockOffence:
        "A failure is dated by the day of the offence.",
        "Un fracaso lleva la fecha del delito.",
        "Un échec porte la date de l'infraction.",
        "Um fracasso leva a data do delito.",
        "Yon echèk pote dat zak la.";
    ClockDisposal:
        "A failure is dated by the day of conviction or caution.",
        "Un fracaso lleva la fecha de la condena o amonestación.",
        "Un échec porte la date de la condamnation ou de l'avertissement.",
        "Um fracasso leva a data da condenação ou advertência.",
        "Yon echèk pote dat kondanasyon an oswa avètisman an.";
    ClockRecorded:
        "A failure is dated by the day on which it was written down.",
        "Un fracaso lleva la fecha en que fue anotado.",
        "Un échec porte la date à laquelle il a été noté.",
        "Um fracasso leva a data em que foi anotado.",
        "Yon echèk pote dat yo te ekri l.";
    Windows:
        "Windows close {} after the origin; the day of closing is not in them.",
        "Las ventanas se cierran {} después del origen; el día del cierre no está incluido.",
        "Les fenêtres se ferment {} après l'origine ; le jour de la fermeture n'y est pas compris.",
        "As janelas fecham {} após a origem; o dia do fechamento não está incluído.",
        "Fenèt yo fèmen {} apre orijin nan; jou fèmti a pa ladan.";
    AtOnce:
        "Before a window has closed its answer is “not yet”, never “no”.",
        "Antes del cierre de una ventana la respuesta es «todavía no se sabe», nunca «no».",
        "Avant la fermeture d'une fenêtre, la réponse est « pas encore », jamais « non ».",
        "Antes do fechamento de uma janela a resposta é “ainda não”, nunca “não”.",
        "Anvan yon fenèt fèmen, repons lan se “poko”, pa janm “non”.";
    AfterWait:
        "Until {} after a window has closed its answer is “not yet”, never “no”.",
        "Hasta {} después del cierre de una ventana la respuesta es «todavía no se sabe», nunca «no».",
        "Jusqu'à {} après la fermeture d'une fenêtre, la réponse est « pas encore », jamais « non ».",
        "Até {} após o fechamento de uma janela a resposta é “ainda não”, nunca “não”.",
        "Jiska {} apre yon fenèt fèmen, repons lan se “poko”, pa janm “non”.";
    Grace:
        "Nobody is at risk in the first {} after the origin.",
        "Nadie está en riesgo durante {} después del origen.",
        "Personne n'est à risque pendant {} après l'origine.",
        "Ninguém está em risco durante {} após a origem.",
        "Pèsòn pa nan risk pandan {} apre orijin nan.";
    Repeats:
        "A failure within {} of one that counted is the same failure.",
        "Un fracaso dentro de {} de otro ya contado es el mismo.",
        "Un échec dans les {} suivant un échec compté est le même.",
        "Um fracasso em até {} de outro já contado é o mesmo.",
        "Yon echèk nan {} apre yon echèk yo konte deja se menm nan.";
    Compete:
        "These make a failure impossible and compete: {}.",
        "Hacen imposible un fracaso y compiten: {}.",
        "Rendent un échec impossible et sont concurrents : {}.",
        "Tornam um fracasso impossível e competem: {}.",
        "Sa yo fè yon echèk enposib epi yo fè konkirans: {}.";
    Censor:
        "These end observation without an answer and censor: {}.",
        "Terminan la observación sin respuesta y censuran: {}.",
        "Mettent fin à l'observation sans réponse et censurent : {}.",
        "Terminam a observação sem resposta e censuram: {}.",
        "Sa yo fini obsèvasyon an san repons: {}.";
    Died:
        "death",
        "muerte",
        "décès",
        "morte",
        "lanmò";
    Remigrated:
        "leaving the country again",
        "nueva salida del país",
        "nouveau départ du pays",
        "nova saída do país",
        "kite peyi a ankò";
    RemovedAgain:
        "being sent back again",
        "nueva devolución",
        "nouveau renvoi",
        "nova devolução",
        "voye tounen ankò";
    MovedAway:
        "moving out of the area",
        "traslado fuera de la zona",
        "départ de la zone",
        "mudança para fora da área",
        "kite zòn nan";
    ContactLost:
        "lost contact",
        "pérdida de contacto",
        "perte de contact",
        "perda de contato",
        "kontak ki pèdi";
    ObservationEnded:
        "the planned end of observation",
        "fin previsto de la observación",
        "fin prévue de l'observation",
        "fim previsto da observação",
        "fen obsèvasyon an jan yo te prevwa l";
    ContactRegained:
        "contact regained",
        "contacto recuperado",
        "contact rétabli",
        "contato retomado",
        "kontak ki retabli";
    NotAtRisk:
        "This is no time at risk, and facts in it do not count: {}.",
        "No es tiempo en riesgo, y los hechos en él no cuentan: {}.",
        "Ce n'est pas du temps à risque, et les faits n'y comptent pas : {}.",
        "Não é tempo em risco, e os fatos nele não contam: {}.",
        "Sa a pa tan nan risk, epi sa ki rive ladan l pa konte: {}.";
    InCustody:
        "time in custody",
        "tiempo en custodia",
        "temps en détention",
        "tempo em custódia",
        "tan nan detansyon";
    Abroad:
        "time abroad after leaving the country",
        "tiempo en el extranjero después de salir del país",
        "temps à l'étranger après avoir quitté le pays",
        "tempo no exterior após deixar o país",
        "tan aletranje apre moun nan kite peyi a";
    EveryFailure:
        "All failures are counted as well as the first.",
        "Se cuentan todos los fracasos, además del primero.",
        "Tous les échecs sont comptés, en plus du premier.",
        "Contam-se todos os fracassos, além do primeiro.",
        "Yo konte tout echèk yo, anplis premye a.";
    Points:
        "Points of severity: {}.",
        "Puntos de gravedad: {}.",
        "Points de gravité : {}.",
        "Pontos de gravidade: {}.",
        "Pwen gravite: {}.";
    NotKnownLater:
        "What lies after the reference day is not known.",
        "Lo que es posterior al día de referencia no se conoce.",
        "Ce qui est postérieur au jour de référence n'est pas connu.",
        "O que é posterior ao dia de referência não é conhecido.",
        "Sa ki vini apre jou referans lan pa konnen.";
}
