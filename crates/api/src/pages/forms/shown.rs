//! A form as it is shown: labels and words in the visitor's language, what was typed, and what is wrong.

use homeward_dashboard::language::{Language, Speech};
use homeward_events::vocabulary::Missing;
use homeward_projections::instrument::{Instrument, Item};

use super::layout::{Field, Form, Kind, Section, Shape, Vocabulary};
use super::subject::Subject;
use super::typed::Typed;

/// Fields that belong together, as they are shown.
pub(super) struct Part {
    /// The heading.
    pub title: String,
    /// What is said before the fields.
    pub note: Option<String>,
    /// The fields.
    pub fields: Vec<Asked>,
}

/// A field as it is shown.
pub(super) struct Asked {
    /// Of the control, and what the summary of what is wrong links to.
    pub id: String,
    /// Of the control.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// Why it cannot be taken as it is.
    pub wrong: Option<Wrong>,
    /// Whether the event cannot do without.
    pub required: bool,
    /// How it is filled in.
    pub control: Control,
}

/// Why a field cannot be taken.
#[derive(Clone)]
pub(super) struct Wrong {
    /// Where it stands: as a field is named, or empty for the form as a whole.
    pub at: String,
    /// In the visitor's language.
    pub said: String,
    /// As the border says it, in English.
    pub detail: Option<String>,
}

/// How a field is filled in.
pub(super) enum Control {
    /// Typed into a line: kind of the input, what is there, and how phones show the keyboard.
    Line(&'static str, String, &'static str),
    /// Typed into several lines.
    Long(String),
    /// One of some.
    Choice(Vec<Choice>),
    /// Any of some.
    Ticks(Vec<Choice>),
    /// One of some for each of several.
    Rows(Vec<Row>),
    /// There is nothing to choose from, which is said.
    Nothing(String),
}

/// One of some.
pub(super) struct Choice {
    /// As the event spells it.
    pub value: String,
    /// As it is read.
    pub said: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// One of several that are asked alike.
pub(super) struct Row {
    /// Of the control.
    pub id: String,
    /// Of the control.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// Answers.
    pub options: Vec<Choice>,
}

/// What a form is shown with.
pub(super) struct Showing<'s> {
    /// The visitor's language.
    pub speech: Speech,
    /// What was typed.
    pub typed: &'s Typed,
    /// What is wrong with it.
    pub wrong: &'s [Wrong],
    /// The journey that it is about.
    pub subject: Option<&'s Subject>,
    /// Whose questions are asked.
    pub instrument: Option<&'s Instrument>,
}

/// A name as ids and messages spell it.
pub(super) fn spelt(at: &str) -> String {
    at.replace(['.', '_'], "-")
}

/// What a field is called.
pub(super) fn label(speech: Speech, at: &str) -> String {
    speech.say(&format!("field-{}", spelt(at)))
}

impl Showing<'_> {
    /// The parts of a form, in order.
    pub(super) fn parts(&self, form: &Form) -> Vec<Part> {
        let part = |section: &Section| {
            let fields = section.fields.iter();
            let fields = fields.filter(|field| field.kind != Kind::Fresh);
            let personal = |field: &Field| field.at.starts_with("personal.");
            let note = section.fields.iter().any(personal);
            Part {
                title: self.speech.say(&format!("section-{}", section.id)),
                note: note.then(|| self.speech.say("hint-personal")),
                fields: fields.map(|field| self.field(field)).collect(),
            }
        };
        form.sections.iter().map(part).collect()
    }

    /// One line that the envelope asks for.
    pub(super) fn line(&self, at: &str, hint: Option<&str>) -> Asked {
        let value = self.typed.one(at).unwrap_or_default().to_owned();
        let hint = hint.map(|hint| self.speech.say(hint));
        self.asked(at, true, hint, Control::Line("text", value, "text"))
    }

    /// One of some that the envelope asks for.
    pub(super) fn choice(&self, at: &str, values: impl Iterator<Item = String>) -> Asked {
        let options = values.map(|value| (value.clone(), value)).collect();
        self.asked(at, true, None, Control::Choice(self.chosen(at, options)))
    }

    fn asked(&self, at: &str, required: bool, hint: Option<String>, control: Control) -> Asked {
        Asked {
            id: format!("f-{}", spelt(at)),
            name: at.to_owned(),
            label: label(self.speech, at),
            hint,
            wrong: self.wrong.iter().find(|wrong| wrong.at == at).cloned(),
            required,
            control,
        }
    }

    fn field(&self, field: &Field) -> Asked {
        let at = field.at.as_str();
        let typed = || self.typed.one(at).unwrap_or_default().to_owned();
        let mut hint = None;
        let control = match &field.kind {
            Kind::Word(words) => Control::Choice(self.chosen(at, self.words(words))),
            Kind::Words(words) => Control::Ticks(self.chosen(at, self.words(words))),
            Kind::YesNo => {
                let mut options = vec![
                    ("yes".to_owned(), self.speech.say("form-yes")),
                    ("no".to_owned(), self.speech.say("form-no")),
                ];
                options.extend(self.missing());
                Control::Choice(self.chosen(at, options))
            }
            Kind::Each(each, words) => Control::Rows(self.each(at, each, words)),
            Kind::Items => Control::Rows(self.items(at)),
            Kind::Day => Control::Line("date", typed(), "text"),
            Kind::When => {
                hint = Some("hint-when");
                Control::Line("text", typed(), "text")
            }
            Kind::Number(..) => Control::Line("text", typed(), "numeric"),
            Kind::Line(shape) => {
                hint = hint_of(*shape);
                Control::Line("text", typed(), "text")
            }
            Kind::Lines(shape) => {
                hint = Some(match shape {
                    Shape::Code => "hint-all-agencies",
                    Shape::Free | Shape::Country | Shape::Area => "hint-lines",
                });
                Control::Line("text", typed(), "text")
            }
            Kind::Long | Kind::Fresh => Control::Long(typed()),
            Kind::Of(things) => {
                let found = self
                    .subject
                    .map(|subject| subject.things(*things, self.speech));
                match found {
                    Some(found) if !found.is_empty() => Control::Choice(self.chosen(at, found)),
                    Some(_) | None => Control::Nothing(self.speech.say(things.none())),
                }
            }
        };
        let hint = hint.map(|hint| self.speech.say(hint));
        self.asked(at, field.required, hint, control)
    }

    fn words(&self, vocabulary: &Vocabulary) -> Vec<(String, String)> {
        let words = vocabulary.words.iter();
        let said = |word: &String| (word.clone(), self.speech.word(&vocabulary.name, word));
        words.map(said).collect()
    }

    fn missing(&self) -> Vec<(String, String)> {
        let said = |missing: &Missing| {
            let word = missing.as_str();
            (word.to_owned(), self.speech.word("missing", word))
        };
        Missing::ALL.iter().map(said).collect()
    }

    fn each(&self, at: &str, each: &Vocabulary, words: &Vocabulary) -> Vec<Row> {
        let row = |(word, label): (String, String)| {
            let mut options = self.words(words);
            options.extend(self.missing());
            self.row(&format!("{at}.{word}"), label, options)
        };
        self.words(each).into_iter().map(row).collect()
    }

    fn items(&self, at: &str) -> Vec<Row> {
        let items = self.instrument.map_or(&[][..], |known| &known.items);
        let code = self.speech.language.code();
        let row = |item: &Item| {
            let options = item.options.iter().enumerate();
            let mut options: Vec<(String, String)> = options
                .map(|(index, option)| (index.to_string(), option.text.text(code).to_owned()))
                .collect();
            options.extend(self.missing());
            let label = item.text.text(code).to_owned();
            self.row(&format!("{at}.{}", item.id), label, options)
        };
        items.iter().map(row).collect()
    }

    fn row(&self, name: &str, label: String, options: Vec<(String, String)>) -> Row {
        Row {
            id: format!("f-{}", spelt(name)),
            name: name.to_owned(),
            label,
            options: self.chosen(name, options),
        }
    }

    fn chosen(&self, name: &str, options: Vec<(String, String)>) -> Vec<Choice> {
        let typed = self.typed.all(name);
        let choice = |(value, said): (String, String)| Choice {
            chosen: typed.contains(&value),
            value,
            said,
        };
        options.into_iter().map(choice).collect()
    }
}

/// What helps to fill in a line of some shape.
fn hint_of(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Free => None,
        Shape::Code => Some("hint-code"),
        Shape::Country => Some("hint-country"),
        Shape::Area => Some("hint-area"),
    }
}

/// What must be said beside an instrument's questions.
pub(super) fn said_of(instrument: &Instrument, language: Language) -> (String, String) {
    let code = language.code();
    let title = format!("{} ({})", instrument.title.text(code), instrument.name());
    (title, instrument.label.text(code).to_owned())
}
