//! The synthetic directory that comes with the program: the services that synthetic journeys are
//! referred to.

use std::collections::BTreeMap;

use anyhow::Result;
use homeward_events::directory::ServiceArea;
use homeward_events::place::{AreaCode, LanguageCode};

use super::describe::Described;
use super::source::described;
use super::terms::Terms;

/// Invented services of invented organizations in Jamaica, as HSDS 3 JSON.
const SERVICES: &str = include_str!("../../data/directory/synthetic.json");

/// The country that they are invented for.
const HOME: &str = "JM";

/// The synthetic directory; for another country than its own, without offices, and for the whole of
/// the country.
///
/// # Errors
/// It is not what it was.
pub(crate) fn synthetic(country: &AreaCode) -> Result<Described> {
    let files = BTreeMap::from([("synthetic.json".to_owned(), SERVICES.as_bytes().to_vec())]);
    let language: LanguageCode = "en".parse()?;
    let mut told = described(&files, &Terms::read(None)?, &language)?;
    if country.as_str() != HOME {
        for service in told.services.values_mut() {
            service.locations.clear();
            service.areas = [ServiceArea {
                area: Some(country.clone()),
                name: None,
            }]
            .into();
        }
    }
    Ok(told)
}
