//! What happened, event by event, as people read it: what stands, what was corrected, by whom and why.

use homeward_dashboard::language::Speech;
use homeward_projections::timeline::{Corrects, Entry, Struck};

use crate::pages::panel::Link;
use crate::pages::written;

/// The family of events that say who was shown what.
const ACCESS: &str = "access.";

/// An event.
pub(super) struct Told {
    /// What links to it say, after `event-`.
    pub id: String,
    /// What happened.
    pub said: String,
    /// When.
    pub occurred: String,
    /// For machines, where it is a whole day or an instant.
    pub datetime: String,
    /// On whose behalf, by whom, in which capacity.
    pub who: String,
    /// When it was written down, where that was another day.
    pub recorded: Option<String>,
    /// Whether it stands no longer.
    pub is_struck: bool,
    /// What there is to say besides: corrections and what breaks a rule, each with where it leads.
    pub remarks: Vec<Remark>,
}

/// What there is to say of an event besides.
pub(super) struct Remark {
    pub said: String,
    pub links: Vec<Link>,
    /// Whether it is a question of data quality.
    pub is_finding: bool,
}

/// Whether it says who was shown what.
pub(super) fn is_access(entry: &Entry) -> bool {
    entry.event_type.starts_with(ACCESS)
}

impl Told {
    pub(super) fn of(speech: Speech, entry: &Entry) -> Self {
        let mut remarks = Vec::new();
        remarks.extend(entry.struck.as_ref().map(|by| struck(speech, by)));
        remarks.extend(entry.corrects.as_ref().map(|of| corrects(speech, of)));
        remarks.extend(entry.findings.iter().map(|rule| Remark {
            said: speech.word("finding", rule),
            links: Vec::new(),
            is_finding: true,
        }));
        let recorded = entry.recorded.day();
        let late = !(entry.occurred.day()..=entry.occurred.last_day()).contains(&recorded);
        let day = [("day", recorded.to_string().into())];
        Self {
            id: entry.event.to_string(),
            said: speech.word("event", &entry.event_type),
            occurred: written::occurred(entry.occurred),
            datetime: entry.occurred.to_string(),
            who: who(
                speech,
                entry.agency.as_str(),
                entry
                    .actor
                    .as_ref()
                    .map(homeward_events::id::ActorId::as_str),
                entry.role.map(homeward_events::vocabulary::Role::as_str),
            ),
            recorded: late.then(|| speech.tell("journey-recorded", &day)),
            is_struck: entry.struck.is_some(),
            remarks,
        }
    }
}

/// Agency, account, capacity.
fn who(speech: Speech, agency: &str, actor: Option<&str>, role: Option<&str>) -> String {
    let role = role.map(|role| speech.word("role", role));
    let parts = [Some(agency.to_owned()), actor.map(str::to_owned), role];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn struck(speech: Speech, by: &Struck) -> Remark {
    let who = who(
        speech,
        by.agency.as_str(),
        by.actor.as_ref().map(homeward_events::id::ActorId::as_str),
        by.role.map(homeward_events::vocabulary::Role::as_str),
    );
    let told = [
        ("who", who.into()),
        ("day", written::occurred(by.occurred).into()),
        (
            "reason",
            speech.word("correction-reason", by.reason.as_str()).into(),
        ),
    ];
    let said = if by.replaced_by.is_some() {
        speech.tell("journey-replaced", &told)
    } else {
        speech.tell("journey-retracted", &told)
    };
    let replaced = by.replaced_by.map(|event| {
        Link::new(
            format!("#event-{event}"),
            speech.say("journey-stands-instead"),
        )
    });
    let correction = Link::new(
        format!("#event-{}", by.by),
        speech.say("journey-correction"),
    );
    Remark {
        said,
        links: replaced.into_iter().chain([correction]).collect(),
        is_finding: false,
    }
}

fn corrects(speech: Speech, of: &Corrects) -> Remark {
    let reason = speech.word("correction-reason", of.reason.as_str());
    let corrected = Link::new(
        format!("#event-{}", of.event),
        speech.say("journey-corrected"),
    );
    Remark {
        said: speech.tell("journey-corrects", &[("reason", reason.into())]),
        links: vec![corrected],
        is_finding: false,
    }
}
