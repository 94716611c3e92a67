//! What people who do not exist are called: drawn from lists of frequent names, [ours], so that a search
//! has somebody to find. Written differently each time, as offices do.

use std::collections::BTreeMap;

use homeward_events::sealed::{Identity, Personal, Sensitive};
use homeward_events::time::OccurredOn;
use homeward_events::vocabulary::Sex;
use jiff::civil::Date;

use super::person::Return;
use super::random::Random;

/// What one human being is called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    given: Option<&'static str>,
    second: Option<&'static str>,
    surname: Option<&'static str>,
    other: Option<&'static str>,
    mother: Option<&'static str>,
    number: u32,
}

struct Lists {
    men: &'static [&'static str],
    women: &'static [&'static str],
    surnames: &'static [&'static str],
}

/// English.
const ENGLISH: Lists = Lists {
    men: &[
        "Andrew",
        "Anthony",
        "Christopher",
        "Clive",
        "Damion",
        "Delroy",
        "Desmond",
        "Devon",
        "Errol",
        "Everton",
        "Garfield",
        "Horace",
        "Kevin",
        "Leroy",
        "Mark",
        "Michael",
        "Nathaniel",
        "Neville",
        "Omar",
        "Patrick",
        "Richard",
        "Robert",
        "Samuel",
        "Trevor",
        "William",
        "Winston",
    ],
    women: &[
        "Beverley",
        "Catherine",
        "Claudette",
        "Deborah",
        "Donna",
        "Elizabeth",
        "Jacqueline",
        "Jennifer",
        "Keisha",
        "Marcia",
        "Margaret",
        "Nadine",
        "Patricia",
        "Sharon",
        "Sonia",
        "Yvonne",
    ],
    surnames: &[
        "Alleyne",
        "Bartholomew",
        "Blackwood",
        "Braithwaite",
        "Brown",
        "Campbell",
        "Chambers",
        "Clarke",
        "Drakes",
        "Facey",
        "Fitzgerald",
        "Gordon",
        "Grant",
        "Greenidge",
        "Hylton",
        "Johnson",
        "Lewis",
        "Lindo",
        "Mackenzie",
        "McDonald",
        "McFarlane",
        "Mohammed",
        "Morgan",
        "Nembhard",
        "O'Connor",
        "Palmer",
        "Persaud",
        "Pinnock",
        "Ramdeen",
        "Rattray",
        "Reid",
        "Samuda",
        "Sewell",
        "Singh",
        "Smith",
        "St. Louis",
        "Thompson",
        "Tulloch",
        "Whyte",
        "Williams",
        "Worrell",
        "Yearwood",
    ],
};

/// French and Haitian Creole.
const FRENCH: Lists = Lists {
    men: &[
        "Antoine",
        "Dieudonné",
        "Emmanuel",
        "Étienne",
        "Evens",
        "François",
        "Frantz",
        "Jacques",
        "Jean",
        "Jean-Baptiste",
        "Jean-Claude",
        "Joseph",
        "Mathieu",
        "Michel",
        "Philippe",
        "Pierre",
        "Ronald",
        "Wilfrid",
        "Wilson",
        "Yves",
    ],
    women: &[
        "Fabienne",
        "Guerda",
        "Islande",
        "Joseline",
        "Marie",
        "Marie-Ange",
        "Marie-Rose",
        "Mireille",
        "Mirlande",
        "Nadège",
        "Nathalie",
        "Rose",
        "Suzanne",
        "Yolette",
    ],
    surnames: &[
        "Augustin",
        "Baptiste",
        "Beauvoir",
        "Bien-Aimé",
        "Cadet",
        "Célestin",
        "Charles",
        "Clerveaux",
        "Désir",
        "Desrosiers",
        "Dorvil",
        "Étienne",
        "Exantus",
        "Fils-Aimé",
        "François",
        "Germain",
        "Guillaume",
        "Jean",
        "Jean-Baptiste",
        "Jean-Louis",
        "Jeudy",
        "Joseph",
        "Lafleur",
        "Laguerre",
        "Lamothe",
        "Louis",
        "Métayer",
        "Mondésir",
        "Narcisse",
        "Pierre",
        "Saint-Fleur",
        "Saint-Louis",
        "Théodore",
        "Toussaint",
        "Ulysse",
        "Vilsaint",
    ],
};

/// What some are called at home.
const AT_HOME: [(&str, &str); 8] = [
    ("Anthony", "Tony"),
    ("Christopher", "Chris"),
    ("Elizabeth", "Liz"),
    ("Emmanuel", "Manno"),
    ("Michael", "Mike"),
    ("Pierre", "Pyè"),
    ("Robert", "Bob"),
    ("William", "Bill"),
];

impl Names {
    pub(super) fn draw(random: &mut Random, language: &str, sex: Sex) -> Self {
        let lists = if language == "ht" { FRENCH } else { ENGLISH };
        let given = if sex == Sex::Female {
            lists.women
        } else {
            lists.men
        };
        Self {
            given: random.pick(given).copied(),
            second: random.pick(given).copied().filter(|_| random.chance(450)),
            surname: random.pick(lists.surnames).copied(),
            other: random
                .pick(lists.surnames)
                .copied()
                .filter(|_| random.chance(60)),
            mother: random.pick(lists.women).copied(),
            number: random.below(9_000_000),
        }
    }

    /// As one office writes them down: some without accents, some by what people are called at home,
    /// some with day and month in the other order.
    pub(super) fn written(&self, random: &mut Random, back: &Return) -> Personal {
        let plain = random.chance(300);
        let write = |name: &str| {
            Sensitive::new(if plain {
                capitals(name)
            } else {
                name.to_owned()
            })
        };
        let home = AT_HOME.iter().find(|(name, _)| Some(*name) == self.given);
        let home = home.filter(|_| random.chance(150)).map(|(_, home)| *home);
        let second = self.second.filter(|_| random.chance(800));
        let mut documents = BTreeMap::new();
        if random.chance(400) {
            // No state issues such a number.
            let number = format!("SYN{:07}", self.number);
            documents.insert("passport".to_owned(), Sensitive::new(number));
        }
        let swapped = random.chance(30);
        let born = back.person.born;
        let mother = [self.mother, self.surname].into_iter().flatten();
        let mother = mother.collect::<Vec<_>>().join(" ");
        Personal {
            identity: Some(Identity {
                given_names: [home.or(self.given), second]
                    .into_iter()
                    .flatten()
                    .map(write)
                    .collect(),
                surnames: [self.surname, self.other]
                    .into_iter()
                    .flatten()
                    .map(write)
                    .collect(),
                also_known_as: Vec::new(),
                born_on: Some(if swapped {
                    day_and_month_swapped(born)
                } else {
                    born
                }),
                documents,
                mother_name: random.chance(600).then(|| Sensitive::new(mother)),
            }),
            ..Personal::default()
        }
    }
}

/// Without accents, in capitals, as on a manifest.
fn capitals(name: &str) -> String {
    let plain = |letter: char| match letter {
        'é' | 'è' | 'É' => 'e',
        'ç' => 'c',
        other => other,
    };
    name.chars().map(plain).collect::<String>().to_uppercase()
}

fn day_and_month_swapped(born: OccurredOn) -> OccurredOn {
    match born {
        OccurredOn::Day(day) => {
            OccurredOn::Day(Date::new(day.year(), day.day(), day.month()).unwrap_or(day))
        }
        OccurredOn::Year(_) | OccurredOn::Month(..) | OccurredOn::Instant(..) => born,
    }
}
