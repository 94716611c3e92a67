//! A crowd of people who do not exist, some of whom come twice: seeded, the same everywhere. In the
//! manner of FEBRL (Christen 2008), with the names, families and slips of the region.

use std::collections::BTreeMap;

use homeward_events::sealed::{Identity, Sensitive};
use homeward_events::time::OccurredOn;
use homeward_events::vocabulary::Sex;
use homeward_projections::identity::Statement;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::names::{AT_HOME, FLAVOURS, Flavour};

/// `SplitMix64` (Steele, Lea and Flood 2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(count.max(1)).unwrap()).unwrap()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a list whose first are the most frequent: the nth about 1/n as often.
    fn skewed<'l>(&mut self, list: &[&'l str]) -> &'l str {
        let weight = |nth: usize| 1000 / (nth + 3);
        let all: usize = (0..list.len()).map(weight).sum();
        let mut drawn = self.below(all);
        for (nth, name) in list.iter().enumerate() {
            if drawn < weight(nth) {
                return name;
            }
            drawn -= weight(nth);
        }
        list[0]
    }
}

/// Somebody as they are.
#[derive(Debug, Clone)]
pub(crate) struct Human {
    given: Vec<String>,
    surnames: Vec<String>,
    male: bool,
    born: Date,
    mother: String,
    documents: BTreeMap<&'static str, String>,
}

/// A record, and whose it is.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) whose: usize,
    pub(crate) said: Statement,
}

fn flavour(dice: &mut Dice) -> &'static Flavour {
    let mut drawn = dice.below(100);
    for (share, flavour) in FLAVOURS {
        if drawn < share {
            return flavour;
        }
        drawn -= share;
    }
    FLAVOURS[0].1
}

fn given(dice: &mut Dice, flavour: &Flavour, male: bool) -> Vec<String> {
    let list = if male { flavour.men } else { flavour.women };
    let mut given = vec![dice.skewed(list).to_owned()];
    if dice.chance(flavour.two_given) {
        let second = dice.skewed(list);
        if second != given[0] {
            given.push(second.to_owned());
        }
    }
    given
}

fn documents(dice: &mut Dice) -> BTreeMap<&'static str, String> {
    let mut documents = BTreeMap::new();
    if dice.chance(35) {
        let letter = char::from(b'A' + u8::try_from(dice.below(26)).unwrap());
        documents.insert("passport", format!("{letter}{:07}", dice.below(9_000_000)));
    }
    if dice.chance(40) {
        documents.insert("national-id", format!("{:09}", dice.below(900_000_000)));
    }
    documents
}

fn stranger(dice: &mut Dice) -> Human {
    let flavour = flavour(dice);
    let male = dice.chance(84);
    let father = dice.skewed(flavour.surnames).to_owned();
    let mothers = dice.skewed(flavour.surnames).to_owned();
    let surnames = if dice.chance(flavour.two_surnames) {
        vec![father, mothers.clone()]
    } else {
        vec![father]
    };
    let mother = format!("{} {mothers}", given(dice, flavour, false)[0]);
    let years = 18 + dice.below(24) + dice.below(24);
    let days = i64::try_from(dice.below(365)).unwrap();
    let born = date(2026 - i16::try_from(years).unwrap(), 1, 1).saturating_add(days.days());
    Human {
        given: given(dice, flavour, male),
        surnames,
        male,
        born,
        mother,
        documents: documents(dice),
    }
}

/// Somebody of the same family, who is somebody else: a twin, a brother or sister, a child of the
/// same name.
fn relative(dice: &mut Dice, of: &Human) -> Human {
    let mut own = stranger(dice);
    match dice.below(4) {
        0 => {
            own.male = of.male;
            own.given = given(dice, FLAVOURS[0].1, of.male);
            own.born = of.born;
            own.surnames.clone_from(&of.surnames);
            own.mother.clone_from(&of.mother);
        }
        1 | 2 => {
            own.surnames.clone_from(&of.surnames);
            own.mother.clone_from(&of.mother);
            let years = i64::try_from(1 + dice.below(9)).unwrap();
            let days = i64::try_from(dice.below(300)).unwrap();
            own.born = of
                .born
                .saturating_add(years.years())
                .saturating_add(days.days());
        }
        _ => {
            own.given.clone_from(&of.given);
            own.male = of.male;
            own.surnames[0].clone_from(&of.surnames[0]);
            let years = i64::try_from(17 + dice.below(14)).unwrap();
            own.born = own
                .born
                .with()
                .year(of.born.year())
                .build()
                .unwrap_or(of.born);
            own.born = own.born.saturating_sub(years.years());
        }
    }
    // Brothers of one name are rarer than slips.
    if own.given[0] == of.given[0] && own.mother == of.mother {
        "Anselmo".clone_into(&mut own.given[0]);
    }
    own
}

impl Human {
    /// As an office writes them down that takes its time.
    pub(crate) fn plainly(&self) -> Statement {
        self.written(
            &self.given,
            &self.surnames,
            Some(OccurredOn::Day(self.born)),
            &self.documents,
        )
    }

    fn written(
        &self,
        given: &[String],
        surnames: &[String],
        born: Option<OccurredOn>,
        documents: &BTreeMap<&'static str, String>,
    ) -> Statement {
        let sensitive = |names: &[String]| names.iter().map(Sensitive::new).collect();
        Statement {
            identity: Identity {
                given_names: sensitive(given),
                surnames: sensitive(surnames),
                also_known_as: Vec::new(),
                born_on: born,
                documents: documents
                    .iter()
                    .map(|(kind, number)| ((*kind).to_owned(), Sensitive::new(number)))
                    .collect(),
                mother_name: Some(Sensitive::new(&self.mother)),
            },
            sex: Some(if self.male { Sex::Male } else { Sex::Female }),
            sending_country: None,
        }
    }

    /// As another office writes them down: one to three things go amiss.
    pub(crate) fn amiss(&self, dice: &mut Dice) -> Statement {
        let (mut given, mut surnames) = (self.given.clone(), self.surnames.clone());
        let mut born = Some(OccurredOn::Day(self.born));
        let mut documents = self.documents.clone();
        let (mut no_mother, mut also) = (dice.chance(35), None);
        if dice.chance(55) {
            given = given.iter().map(|name| plain(name)).collect();
            surnames = surnames.iter().map(|name| plain(name)).collect();
        }
        for _ in 0..=dice.below(3) {
            match dice.below(12) {
                0 | 1 if surnames.len() > 1 => {
                    let kept = usize::from(!dice.chance(80));
                    surnames = vec![surnames[kept].clone()];
                }
                2 if given.len() > 1 => given.truncate(1),
                3 => born = Some(swapped(self.born)),
                4 => born = Some(digit_off(dice, self.born)),
                5 => born = Some(OccurredOn::Year(self.born.year())),
                6 => {
                    let names: Vec<&str> = AT_HOME
                        .iter()
                        .filter(|(name, _)| *name == self.given[0])
                        .map(|(_, home)| *home)
                        .collect();
                    if let Some(home) = names.get(dice.below(names.len())) {
                        if dice.chance(70) {
                            (*home).clone_into(&mut given[0]);
                        } else {
                            also = Some((*home).to_owned());
                        }
                    }
                }
                7 => surnames[0] = slip(dice, &surnames[0]),
                8 => given[0] = slip(dice, &given[0]),
                9 => std::mem::swap(&mut given, &mut surnames),
                10 => documents
                    .values_mut()
                    .for_each(|number| *number = slip(dice, number)),
                11 => surnames = vec![surnames.join(if dice.chance(50) { " " } else { "-" })],
                _ => {
                    documents.clear();
                    no_mother |= dice.chance(50);
                }
            }
        }
        if dice.chance(40) {
            documents.retain(|_, _| dice.chance(50));
        }
        let mut said = self.written(&given, &surnames, born, &documents);
        said.identity.also_known_as.extend(also.map(Sensitive::new));
        if no_mother {
            said.identity.mother_name = None;
        }
        said
    }
}

/// Without accents, in capitals.
fn plain(name: &str) -> String {
    let map = |letter: char| match letter {
        'á' | 'ã' | 'â' => 'a',
        'é' | 'ê' | 'è' | 'ë' => 'e',
        'í' | 'ï' => 'i',
        'ó' | 'ô' => 'o',
        'ú' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        'Á' => 'A',
        'É' => 'E',
        'Ó' => 'O',
        other => other,
    };
    name.chars().map(map).collect::<String>().to_uppercase()
}

fn swapped(born: Date) -> OccurredOn {
    Date::new(born.year(), born.day(), born.month()).map_or(OccurredOn::Day(born), OccurredOn::Day)
}

fn digit_off(dice: &mut Dice, born: Date) -> OccurredOn {
    let moved = match dice.below(3) {
        0 => Date::new(born.year(), born.month(), (born.day() + 9) % 28 + 1),
        1 => Date::new(born.year() - 10, born.month(), born.day()),
        _ => Date::new(
            born.year(),
            born.month(),
            if born.day() > 9 {
                born.day() - 10
            } else {
                born.day() + 10
            },
        ),
    };
    moved.map_or(OccurredOn::Day(born), OccurredOn::Day)
}

/// One character is left out, doubled or changed, or two change places.
fn slip(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 4 {
        return text.to_owned();
    }
    let at = 1 + dice.below(letters.len() - 2);
    match dice.below(5) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        3 => {
            letters[at] = match letters[at] {
                'z' => 's',
                's' => 'z',
                'b' => 'v',
                'v' => 'b',
                'i' => 'y',
                'c' => 'k',
                '1' => '7',
                '0' => '8',
                digit if digit.is_ascii_digit() => '0',
                _ => 'e',
            };
        }
        _ => {
            letters[at] = if letters[at].is_ascii_digit() {
                '3'
            } else {
                'u'
            }
        }
    }
    letters.into_iter().collect()
}

/// So many records of people, one in three of whom comes a second time, and one in 25 a third time.
pub(crate) fn crowd(seed: u64, people: usize) -> Vec<Record> {
    let mut dice = Dice::new(seed);
    let mut humans: Vec<Human> = Vec::with_capacity(people);
    while humans.len() < people {
        let human = if humans.len() > 10 && dice.chance(12) {
            let of = dice.below(humans.len());
            let of = humans[of].clone();
            relative(&mut dice, &of)
        } else {
            stranger(&mut dice)
        };
        humans.push(human);
    }
    let mut records = Vec::new();
    for (whose, human) in humans.iter().enumerate() {
        records.push(Record {
            whose,
            said: human.plainly(),
        });
        let again = usize::from(dice.chance(33)) + usize::from(dice.chance(4));
        for _ in 0..again {
            let said = human.amiss(&mut dice);
            records.push(Record { whose, said });
        }
    }
    records
}
