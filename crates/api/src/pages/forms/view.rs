//! Pages of forms: the list, a form, and what waits.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use homeward_dashboard::language::Speech;
use homeward_ledger::clock;
use jiff::tz::Offset;

use super::layout::{Form, forms};
use super::shown::{Asked, Control, Part, Showing, Wrong, label, said_of, spelt};
use super::subject::Subject;
use super::typed::Mistyped;
use super::{Opened, Visitor, usable};
use crate::outcome::{Failed, Reason, Refused};
use crate::pages::frame::{Frame, address};
use crate::pages::panel::Link;
use crate::pages::shell::{self, Shell};

/// What a form that is shown again says first.
pub(super) enum Told {
    /// It is shown for the first time.
    Nothing,
    /// It does not come from this session.
    Elsewhere,
    /// Some fields cannot be taken.
    Mistyped(Vec<Mistyped>),
    /// The event is refused.
    Refused(Vec<Reason>),
    /// For none of the visitor's.
    Failed(Failed),
}

/// What the border says of an event that it refuses.
pub(super) fn refusal(refused: Refused) -> Told {
    Told::Refused(refused.errors)
}

/// Which forms there are.
#[derive(Template)]
#[template(path = "record.html")]
struct List {
    shell: Shell,
    of: Option<String>,
    back: Option<String>,
    /// By what they are about.
    groups: Vec<(String, Vec<Link>)>,
}

/// One form.
#[derive(Template)]
#[template(path = "form.html")]
struct Shown {
    shell: Shell,
    action: String,
    /// The list of forms.
    up: String,
    of: Option<String>,
    back: Option<String>,
    hidden: Vec<(&'static str, String)>,
    /// What went wrong: its headline, and what is said about it.
    trouble: Option<(String, Option<String>)>,
    /// Each thing that is wrong: where it stands on the page, and the sentence.
    wrongs: Vec<(String, Wrong)>,
    /// Whose questions are asked, and what must be said beside them.
    instrument: Option<(String, String)>,
    others: Vec<Link>,
    parts: Vec<Part>,
}

/// What waits.
#[derive(Template)]
#[template(path = "kept.html")]
struct Kept {
    shell: Shell,
}

fn of(speech: Speech, subject: &Subject) -> String {
    let told = [
        ("journey", subject.journey.to_string().into()),
        ("ledger", subject.ledger.to_string().into()),
    ];
    speech.tell("record-of", &told)
}

fn back(subject: &Subject) -> String {
    format!("/journeys/{}", subject.journey)
}

fn title(speech: Speech, form: &Form) -> String {
    speech.say(&format!("form-{}", spelt(form.event.name)))
}

/// The address of a form for a journey.
fn form_at(form: &Form, subject: Option<&Subject>) -> String {
    let path = format!("/record/{}", form.event.name);
    of_journey(&path, subject.filter(|_| !form.begins))
}

/// An address that names a journey.
fn of_journey(path: &str, subject: Option<&Subject>) -> String {
    let of = subject.map(|subject| {
        let (ledger, journey) = (&subject.ledger, &subject.journey);
        [
            ("ledger", ledger.to_string()),
            ("journey", journey.to_string()),
        ]
    });
    let of = of.iter().flatten();
    address(path, of.map(|(name, value)| (*name, value.as_str())))
}

/// `/record`
pub(super) fn list(visitor: &Visitor, subject: Option<&Subject>) -> Response {
    let speech = visitor.speech;
    let mut groups: Vec<(String, Vec<Link>)> = Vec::new();
    for form in forms() {
        // A journey begins once, and nothing else is recorded of none.
        if form.begins == subject.is_some() {
            continue;
        }
        let family = form.event.name.split('.').next().unwrap_or_default();
        let group = speech.say(&format!("forms-of-{family}"));
        let link = Link::new(form_at(form, subject), title(speech, form));
        match groups.last_mut() {
            Some((last, links)) if *last == group => links.push(link),
            _ => groups.push((group, vec![link])),
        }
    }
    shell::html(&List {
        shell: shell(visitor, speech.say("record-title"), "/record"),
        of: subject.map(|subject| of(speech, subject)),
        back: subject.map(back),
        groups,
    })
}

fn shell(visitor: &Visitor, title: String, path: &str) -> Shell {
    Shell::new(visitor, title, &Frame::new(path, Vec::new()))
}

/// `/kept`
pub(super) fn kept(visitor: &Visitor) -> Response {
    let title = visitor.speech.say("kept-title");
    shell::html(&Kept {
        shell: shell(visitor, title, "/kept"),
    })
}

/// `/record/{event}`
pub(super) fn form(opened: &Opened, told: &Told) -> Response {
    let (form, speech) = (opened.form, opened.visitor.speech);
    let status = told.status();
    let wrongs = told.wrongs(opened);
    let showing = Showing {
        speech,
        typed: &opened.typed,
        wrong: &wrongs,
        subject: opened.subject.as_ref(),
        instrument: opened.instrument(),
    };
    let mut parts = vec![opened.envelope_part(&showing)];
    parts.extend(showing.parts(form));
    let instrument = opened.instrument();
    let title = title(speech, form);
    let page = Shown {
        action: format!("/record/{}", form.event.name),
        up: of_journey("/record", opened.subject.as_ref()),
        of: opened.subject.as_ref().map(|subject| of(speech, subject)),
        back: opened.subject.as_ref().map(back),
        hidden: opened.hidden(&title),
        trouble: told.trouble(speech),
        wrongs: wrongs.iter().map(|wrong| opened.place(wrong)).collect(),
        instrument: instrument.map(|known| said_of(known, speech.language)),
        others: opened.other_instruments(),
        parts,
        shell: shell(&opened.visitor, title, "/record"),
    };
    (status, shell::html(&page)).into_response()
}

impl Told {
    /// How the answer is marked.
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::Nothing => StatusCode::OK,
            Self::Elsewhere => StatusCode::FORBIDDEN,
            Self::Mistyped(_) | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Failed(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn trouble(&self, speech: Speech) -> Option<(String, Option<String>)> {
        match self {
            Self::Nothing => None,
            Self::Elsewhere => Some((speech.say("form-kept-again"), None)),
            Self::Mistyped(_) | Self::Refused(_) => Some((speech.say("form-refused-title"), None)),
            Self::Failed(failed) => {
                let why = speech.tell("form-failed", &[("why", (&failed.message).into())]);
                Some((speech.say("form-failed-title"), Some(why)))
            }
        }
    }

    fn wrongs(&self, opened: &Opened) -> Vec<Wrong> {
        let speech = opened.visitor.speech;
        match self {
            Self::Nothing | Self::Elsewhere | Self::Failed(_) => Vec::new(),
            Self::Mistyped(mistyped) => {
                let wrong = |wrong: &Mistyped| Wrong {
                    at: wrong.at.clone(),
                    said: speech.say(&format!("refused-{}", wrong.code)),
                    detail: None,
                };
                mistyped.iter().map(wrong).collect()
            }
            Self::Refused(reasons) => reasons
                .iter()
                .map(|reason| opened.wrong(reason, speech))
                .collect(),
        }
    }
}

impl Opened {
    /// When it happened and who says so.
    fn envelope_part(&self, showing: &Showing<'_>) -> Part {
        let key = &self.visitor.key;
        let mut fields = Vec::new();
        let mut occurred = showing.line("occurred", Some("hint-when"));
        if let Control::Line(_, value, _) = &mut occurred.control
            && value.is_empty()
            && showing.wrong.is_empty()
        {
            *value = Offset::UTC.to_datetime(clock::now()).date().to_string();
        }
        fields.push(occurred);
        if self.form.begins {
            let ledgers = usable(&self.gate, key).into_iter();
            fields.push(showing.choice("ledger", ledgers.map(ToString::to_string)));
        }
        match key.agencies.as_slice() {
            // It is filled in at the border.
            [_] => {}
            [] => fields.push(showing.line("agency", Some("hint-code"))),
            several => {
                fields.push(showing.choice("agency", several.iter().map(ToString::to_string)));
            }
        }
        Part {
            title: self.visitor.speech.say("section-when"),
            note: None,
            fields,
        }
    }

    fn hidden(&self, title: &str) -> Vec<(&'static str, String)> {
        let mut hidden = vec![
            ("token", self.visitor.token.clone()),
            ("event", self.event.to_string()),
            // Of no use here: a form that waits for the link is known by them.
            ("as", self.visitor.key.id.clone()),
            ("title", title.to_owned()),
        ];
        if let Some(subject) = &self.subject {
            hidden.push(("ledger", subject.ledger.to_string()));
            hidden.push(("journey", subject.journey.to_string()));
        }
        if let Some(instrument) = self.instrument() {
            hidden.push(("instrument", instrument.name()));
        }
        hidden
    }

    fn other_instruments(&self) -> Vec<Link> {
        let Some(asked) = self.instrument() else {
            return Vec::new();
        };
        let others = self.gate.instruments.all();
        let others = others.filter(|other| other.name() != asked.name());
        let here = form_at(self.form, self.subject.as_ref());
        let code = self.visitor.speech.language.code();
        let link = |name: String, title: &str| {
            Link::new(
                format!("{here}&instrument={name}"),
                format!("{title} ({name})"),
            )
        };
        others
            .map(|other| link(other.name(), other.title.text(code)))
            .collect()
    }

    /// A reason of the border's, at the field that it is about.
    fn wrong(&self, reason: &Reason, speech: Speech) -> Wrong {
        let within = |at: &str| {
            let pointer = format!("/data/{}", at.replace('.', "/"));
            let rest = reason.field.strip_prefix(&pointer)?;
            (rest.is_empty() || rest.starts_with('/')).then_some(pointer.len())
        };
        let fields = self.form.fields().map(|field| field.at.as_str());
        let found = fields.filter_map(|at| Some((within(at)?, at))).max();
        let at = match reason.field.as_str() {
            "/occurred" => "occurred",
            "/agency" => "agency",
            "/ledger" => "ledger",
            _ => found.map_or("", |(_, at)| at),
        };
        let id = format!("refused-{}", reason.code);
        let told = speech.knows(&id);
        // Where the code says all, the detail would only say it again in English.
        let exact = matches!(reason.code.as_str(), "field-missing" | "word-unknown");
        Wrong {
            at: at.to_owned(),
            said: speech.say(if told { &id } else { "refused-other" }),
            detail: (!exact).then(|| reason.message.clone()),
        }
    }

    /// Where on the page something is wrong, and what is said of it in the summary.
    fn place(&self, wrong: &Wrong) -> (String, Wrong) {
        if wrong.at.is_empty() {
            return ("#content".to_owned(), wrong.clone());
        }
        let label = label(self.visitor.speech, &wrong.at);
        let said = format!("{label}: {}", wrong.said);
        let place = format!("#f-{}", spelt(&wrong.at));
        (
            place,
            Wrong {
                said,
                ..wrong.clone()
            },
        )
    }
}

impl Asked {
    /// What a screen reader reads besides the label.
    fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let wrong = self.wrong.as_ref().map(|_| format!("{}-wrong", self.id));
        let parts: Vec<String> = hint.into_iter().chain(wrong).collect();
        parts.join(" ")
    }
}
