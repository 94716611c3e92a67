//! A hundred thousand people who do not exist, called as people of the region are. [ours]
//!
//! What a search costs follows from how often names repeat, so that is what is kept: the nth of a list
//! is about 1 / (n + c) as often as the first (Zipf and Mandelbrot). The commonest surname is one in
//! 36, the hundred commonest are four in ten, and most of the six thousand are a handful of people
//! each; one man in twenty is a José. The frequent ones are real; the rare are put together of pieces,
//! and lie as near to each other as rare names do.

use homeward_e2e::dice::pick;
use serde_json::{Map, Value, json};

/// Distinct surnames and given names, and how much the first of each stand out.
const SURNAMES: u64 = 6000;
const SURNAMES_FLAT: u64 = 5;
const GIVEN: u64 = 1200;
const GIVEN_FLAT: u64 = 4;
/// One in so many is somebody who came before, written down by somebody else.
const AGAIN: u64 = 25;

/// The frequent surnames, the most frequent first.
const FREQUENT_SURNAMES: &[&str] = &[
    "Rodríguez",
    "Hernández",
    "García",
    "González",
    "Martínez",
    "Pérez",
    "López",
    "Brown",
    "Sánchez",
    "Williams",
    "Ramírez",
    "Pierre",
    "Torres",
    "Jean",
    "Flores",
    "Smith",
    "Rivera",
    "Campbell",
    "Gómez",
    "Díaz",
    "Joseph",
    "Cruz",
    "da Silva",
    "Morales",
    "Reyes",
    "Gutiérrez",
    "Ortiz",
    "Ramos",
    "dos Santos",
    "Fernández",
    "Castillo",
    "Charles",
    "Mejía",
    "Jiménez",
    "Vásquez",
    "Louis",
    "Álvarez",
    "Romero",
    "Johnson",
    "Rosario",
    "Peña",
    "Núñez",
    "Mendoza",
    "Thompson",
    "de la Cruz",
    "Aguilar",
    "Guzmán",
    "Méndez",
    "Medina",
    "Baptiste",
    "Santana",
    "Vargas",
    "Castro",
    "Contreras",
    "Ortega",
    "Mohammed",
    "Grant",
    "Reid",
    "Suárez",
    "Pineda",
    "Clarke",
    "Francois",
    "de Jesús",
    "Alvarado",
    "Herrera",
    "Montero",
    "Marte",
    "Polanco",
    "Valdez",
    "Encarnación",
    "Morgan",
    "Gordon",
    "Lewis",
    "Singh",
    "Ali",
    "Souza",
    "Oliveira",
    "Pereira",
    "Lima",
    "Costa",
    "Ferreira",
    "Almeida",
    "McKenzie",
    "St. Louis",
    "O'Connor",
    "Toussaint",
    "Desir",
    "Augustin",
    "Duarte",
    "Espinal",
    "Figueroa",
    "Galindo",
    "Hidalgo",
    "Iglesias",
    "Juárez",
    "Lozano",
    "Maldonado",
    "Navarro",
    "Ojeda",
    "Pacheco",
    "Quiñónez",
    "Robles",
];
/// The frequent given names, the most frequent first.
const FREQUENT_GIVEN: &[&str] = &[
    "José",
    "Juan",
    "Luis",
    "Carlos",
    "María",
    "Francisco",
    "Miguel",
    "Rafael",
    "Jean",
    "Pedro",
    "Manuel",
    "Ana",
    "Ramón",
    "Jorge",
    "Antonio",
    "Jesús",
    "Michael",
    "Víctor",
    "Roberto",
    "Julio",
    "Rosa",
    "Héctor",
    "Óscar",
    "Ángel",
    "Fernando",
    "Enrique",
    "Kevin",
    "Ricardo",
    "Alejandro",
    "Eduardo",
    "Pierre",
    "Andre",
    "Santiago",
    "Andrés",
    "Marie",
    "Ignacio",
    "Carmen",
    "Andrew",
    "Christopher",
    "Wilmer",
    "Elmer",
    "João",
    "Darwin",
    "Nelson",
    "Gilberto",
    "Paulo",
    "Luz",
    "Reynaldo",
    "Winston",
    "Desmond",
    "Altagracia",
    "Omar",
    "Joaquín",
    "Esteban",
    "Felipe",
    "Nicolás",
    "Sebastián",
    "Mauricio",
    "Arturo",
    "Vicente",
    "Leonel",
    "Wilson",
    "Frantz",
    "Jude",
    "Emmanuel",
    "Patrick",
    "Guadalupe",
    "Mercedes",
    "Teresa",
    "Ronald",
];
/// Pieces of rare surnames.
const STEMS: &[&str] = &[
    "Ab", "Acu", "Agu", "Alb", "Amar", "Ar", "Arag", "Bal", "Barr", "Bel", "Ben", "Bor", "Bust",
    "Cab", "Cal", "Camp", "Card", "Carr", "Casta", "Cer", "Chav", "Cor", "Cub", "Del", "Dom", "Du",
    "Echev", "Esc", "Esp", "Far", "Fon", "Fran", "Gal", "Gam", "Gir", "Gran", "Guer", "Hur", "Ib",
    "Jar", "Lar", "Led", "Lin", "Mac", "Mal", "Mar", "Mat", "Mel", "Mir", "Mon", "Mor", "Mur",
    "Nav", "Ol", "Orel", "Pal", "Par", "Pol", "Pres", "Quint", "Ric", "Riv", "Roj", "Sal", "Sand",
    "Sar", "Sil", "Sol", "Tav", "Tej", "Trin", "Ur", "Val", "Vel", "Vill", "Zam",
];
const ENDINGS: &[&str] = &[
    "ada", "adilla", "ago", "aide", "aldo", "ales", "alva", "ancourt", "andre", "anosa", "anza",
    "ard", "arella", "arte", "arza", "astre", "avides", "ayo", "beau", "berte", "bino", "bury",
    "cedo", "chand", "cival", "dero", "dieu", "dillo", "doza", "eaux", "eda", "ega", "eira",
    "elme", "ente", "ero", "errez", "esca", "ester", "eville", "ford", "gart", "gosa", "gueta",
    "ibar", "icourt", "iero", "ijo", "illes", "imond", "ingham", "inho", "ique", "irre", "isco",
    "ival", "land", "lier", "londo", "lozo", "mage", "mont", "mundo", "naire", "nosa", "oa", "oba",
    "ocha", "oise", "olan", "ombe", "onet", "oria", "osta", "ourt", "quera", "rios", "rizo",
    "ston", "tegui", "tino", "tois", "ucho", "ueda", "ume", "urra", "vin", "ward", "worth", "yer",
    "zada", "zuela",
];
/// Pieces of rare given names.
const FIRST: &[&str] = &[
    "Ad", "Al", "Am", "Bern", "Cel", "Clar", "Dam", "Del", "Eli", "Er", "Eu", "Fab", "Gen", "Her",
    "Il", "Jos", "Jul", "Kar", "Lau", "Leo", "Liz", "Marc", "Mel", "Nor", "Ol", "Pas", "Rol",
    "Ros", "Sal", "Sev", "Syl", "Theo", "Val", "Wil", "Yan", "Zul",
];
const LAST: &[&str] = &[
    "a", "ain", "andro", "anor", "ardo", "aris", "astian", "beth", "cia", "dina", "ea", "el",
    "encio", "eta", "fina", "gario", "iana", "icio", "idia", "ien", "ilda", "in", "ina", "ito",
    "ivaldo", "lyn", "mar", "mira", "nette", "ogene", "olfo", "on", "oria", "sha", "son", "ton",
    "ulio", "ver", "vin", "wyn", "xandra",
];

/// Names of one kind, and how often each is drawn.
struct Names {
    frequent: &'static [&'static str],
    pieces: [&'static [&'static str]; 2],
    /// Up to each name, what all weigh together: parts of a million.
    weights: Vec<u64>,
}

impl Names {
    fn new(
        frequent: &'static [&'static str],
        pieces: [&'static [&'static str]; 2],
        (count, flat): (u64, u64),
    ) -> Self {
        let mut all = 0;
        let weights = (0..count).map(|rank| {
            all += 1_000_000 / (rank + flat);
            all
        });
        Self {
            frequent,
            pieces,
            weights: weights.collect(),
        }
    }

    fn draw(&self, seed: u64, nth: u64) -> String {
        let all = self.weights.last().copied().unwrap_or(1);
        let drawn = pick(seed, nth, all);
        let rank = self.weights.partition_point(|weight| *weight <= drawn);
        if let Some(name) = self.frequent.get(rank) {
            return (*name).to_owned();
        }
        let [first, last] = self.pieces;
        // Every pair of pieces comes once before one comes twice.
        let stem = first.get(rank % first.len()).copied();
        let ending = last.get(rank / first.len() % last.len()).copied();
        [stem, ending].into_iter().flatten().collect()
    }
}

/// People, and questions after them.
pub(crate) struct Crowd {
    people: u64,
    surnames: Names,
    given: Names,
}

/// Somebody, as a body of the API says it.
struct Person {
    given: Vec<String>,
    surnames: Vec<String>,
    born: String,
    documents: Vec<(&'static str, String)>,
    mother: Option<String>,
}

impl Crowd {
    pub(crate) fn new(people: usize) -> Self {
        Self {
            people: u64::try_from(people).unwrap_or(u64::MAX),
            surnames: Names::new(
                FREQUENT_SURNAMES,
                [STEMS, ENDINGS],
                (SURNAMES, SURNAMES_FLAT),
            ),
            given: Names::new(FREQUENT_GIVEN, [FIRST, LAST], (GIVEN, GIVEN_FLAT)),
        }
    }

    /// Who the nth says to be, as facts hold it.
    pub(crate) fn identity(&self, nth: u64) -> Value {
        let part = |kind: u64, below: u64| pick(nth + 1_000_003, 300 + kind, below);
        if nth < 100 || part(0, AGAIN) > 0 {
            return self.person(nth).said();
        }
        let mut again = self.person(pick(nth, 5, nth));
        match part(1, 4) {
            0 => again.surnames.truncate(1),
            1 => again.born.truncate(4),
            2 => again.surnames = again.surnames.iter().map(|name| slip(name)).collect(),
            _ => again.given.truncate(1),
        }
        again.documents.clear();
        again.said()
    }

    fn person(&self, nth: u64) -> Person {
        let seed = nth + 1_000_003;
        let part = |kind: u64, below: u64| pick(seed, 100 + kind, below);
        let mut person = Person {
            given: vec![self.given.draw(seed, 1)],
            surnames: vec![self.surnames.draw(seed, 2)],
            born: format!(
                "{}-{:02}-{:02}",
                1955 + part(1, 50),
                1 + part(2, 12),
                1 + part(3, 28)
            ),
            documents: Vec::new(),
            mother: None,
        };
        if part(4, 100) < 55 {
            person.given.push(self.given.draw(seed, 3));
        }
        if part(5, 100) < 70 {
            person.surnames.push(self.surnames.draw(seed, 4));
        }
        if part(6, 100) < 8 {
            person.born.truncate(4);
        }
        if part(7, 100) < 35 {
            let number = format!("A{:07}", part(8, 9_000_000));
            person.documents.push(("passport", number));
        }
        if part(9, 100) < 30 {
            let mother = [self.given.draw(seed, 5), self.surnames.draw(seed, 4)];
            person.mother = Some(mother.join(" "));
        }
        // Half of the offices write in capitals and without accents.
        if part(10, 2) == 0 {
            for name in person.given.iter_mut().chain(&mut person.surnames) {
                *name = name.to_uppercase();
            }
        }
        person
    }

    /// As a case worker asks the nth time: names only, or with a year; one surname or both; a letter
    /// wrong; everything there is; and often for somebody with the commonest names there are.
    pub(crate) fn question(&self, nth: usize) -> Value {
        let seed = u64::try_from(nth).unwrap_or_default();
        let mut who = self.person(pick(seed, 21, self.people));
        who.documents.clear();
        who.mother = None;
        if seed.is_multiple_of(3) {
            who.surnames = who.surnames.iter().map(|name| slip(name)).collect();
        }
        match nth % 8 {
            0 | 1 => who.born.clear(),
            2 => (who.born, who.given) = (String::new(), Vec::new()),
            3 => who.surnames.truncate(1),
            4 => who.born.truncate(4),
            5 => {
                let common = [[0, 0], [1, 2], [4, 1], [2, 7]];
                let at = usize::try_from(pick(seed, 22, 4)).unwrap_or_default();
                let [given, surname] = common.get(at).copied().unwrap_or_default();
                let name = |list: &[&str], at: usize| list.get(at).copied().map(str::to_owned);
                who.given = name(FREQUENT_GIVEN, given).into_iter().collect();
                who.surnames = name(FREQUENT_SURNAMES, surname).into_iter().collect();
                who.born
                    .truncate(if seed.is_multiple_of(2) { 4 } else { 0 });
            }
            6 => {
                let [first, second] = [0, 3].map(|at| FREQUENT_SURNAMES.get(at).copied());
                who.surnames = first.into_iter().map(str::to_owned).collect();
                if seed.is_multiple_of(16) {
                    who.surnames.extend(second.map(str::to_owned));
                }
                (who.born, who.given) = (String::new(), Vec::new());
            }
            _ => {}
        }
        who.said()
    }
}

impl Person {
    fn said(&self) -> Value {
        let documents = self.documents.iter();
        let documents: Map<String, Value> = documents
            .map(|(kind, number)| ((*kind).to_owned(), json!(number)))
            .collect();
        // What is not known is not said.
        let fields = [
            ("given_names", Some(json!(self.given))),
            ("surnames", Some(json!(self.surnames))),
            ("born_on", (!self.born.is_empty()).then(|| json!(self.born))),
            (
                "documents",
                (!documents.is_empty()).then_some(documents.into()),
            ),
            ("mother_name", self.mother.as_ref().map(|name| json!(name))),
        ];
        let known = fields.into_iter();
        known
            .filter_map(|(field, said)| Some((field.to_owned(), said?)))
            .collect()
    }
}

/// One letter wrong.
fn slip(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let middle = letters.len() / 2;
    if letters.len() > 4
        && let Some(letter) = letters.get_mut(middle)
    {
        *letter = if *letter == 'e' { 'a' } else { 'e' };
    }
    letters.into_iter().collect()
}
