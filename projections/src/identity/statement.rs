//! What one fact says of who a person is.

use homeward_events::catalogue::{Notice, Reception};
use homeward_events::place::CountryCode;
use homeward_events::sealed::{Identity, Personal};
use homeward_events::time::OccurredOn;
use homeward_events::vocabulary::Sex;
use homeward_events::{Body, Event};

/// Who a person is, as one fact says, or as somebody searches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// Names, birth date, documents, mother's name.
    pub identity: Identity,
    /// Sex.
    pub sex: Option<Sex>,
    /// Country that sends the person back.
    pub sending_country: Option<CountryCode>,
}

impl Statement {
    /// What an event says; `None` where it names nobody. Needs the event as it is in the log: read
    /// models are given events without personal data.
    pub fn of(event: &Event) -> Option<Self> {
        let (personal, sex, sending_country, born) = match &event.body {
            Body::Notice(Notice::Notified(body)) => (
                &body.personal,
                body.sex,
                Some(body.sending_country.clone()),
                None,
            ),
            Body::Reception(Reception::Received(body)) => (
                &body.personal,
                Some(body.sex),
                Some(body.sending_country.clone()),
                body.born,
            ),
            Body::Reception(Reception::Registered(body)) => (&body.personal, None, None, None),
            Body::Notice(Notice::Changed(_) | Notice::Cancelled(_))
            | Body::Reception(Reception::NotArrived(_))
            | Body::Screening(_)
            | Body::Consent(_)
            | Body::Assessment(_)
            | Body::Plan(_)
            | Body::Referral(_)
            | Body::Assistance(_)
            | Body::FollowUp(_)
            | Body::Status(_)
            | Body::Justice(_)
            | Body::Departure(_)
            | Body::Lifecycle(_)
            | Body::Correction(_)
            | Body::Erasure(_)
            | Body::Access(_)
            | Body::Cut(_)
            | Body::Directory(_) => return None,
        };
        Self::said(personal.as_ref(), born).map(|identity| Self {
            identity,
            sex,
            sending_country,
        })
    }

    fn said(personal: Option<&Personal>, born: Option<OccurredOn>) -> Option<Identity> {
        let mut identity = personal?.identity.clone()?;
        identity.born_on = identity.born_on.or(born);
        Some(identity)
    }

    /// A total order by everything that is said, so that no choice depends on arrival.
    pub(super) fn key(&self) -> impl Ord {
        let reveal = |names: &[homeward_events::sealed::Sensitive]| -> Vec<String> {
            names.iter().map(|name| name.reveal().to_owned()).collect()
        };
        let identity = &self.identity;
        let documents: Vec<(String, String)> = identity
            .documents
            .iter()
            .map(|(kind, number)| (kind.clone(), number.reveal().to_owned()))
            .collect();
        (
            reveal(&identity.given_names),
            reveal(&identity.surnames),
            reveal(&identity.also_known_as),
            identity.born_on,
            documents,
            identity
                .mother_name
                .as_ref()
                .map(|name| name.reveal().to_owned()),
            self.sex,
            self.sending_country.as_ref().map(ToString::to_string),
        )
    }
}
