//! An instrument's file: read strictly, and checked until nothing it says can surprise a score.

use std::collections::BTreeSet;

use homeward_events::assessment::Score;
use homeward_events::id::InstrumentId;
use homeward_events::vocabulary::Dimension;
use serde::Deserialize;

use super::{Band, Choice, Instrument, Item, Part, Texts, digest};

/// Largest file, in bytes: an instrument of hundreds of items in five languages is a quarter of it.
pub const FILE_BYTES_MAX: usize = 1024 * 1024;
/// Largest weight: sums of weighted scores stay far inside 64 bits.
const WEIGHT_MAX: u32 = 1_000_000;
/// Longest name of an item, as `answers` may hold it.
const ITEM_LETTERS_MAX: usize = 64;
/// Most options of an item: an answer is a number of one byte.
const OPTIONS_MAX: usize = 256;

/// Why a file is no instrument.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: `{field}`: {problem}")]
pub struct InstrumentError {
    /// The file.
    pub file: String,
    /// The field, `items[3].scale`.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: InstrumentId,
    version: u16,
    languages: Vec<String>,
    source: String,
    title: Texts,
    label: Texts,
    missing: MissingRule,
    dimensions: Vec<DimensionEntry>,
    #[serde(default)]
    bands: Vec<BandEntry>,
    scales: Vec<ScaleEntry>,
    items: Vec<ItemEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MissingRule {
    dimensions_min: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionEntry {
    id: Dimension,
    weight: u32,
    answered_min: u32,
    title: Texts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BandEntry {
    id: String,
    from: Score,
    title: Texts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleEntry {
    id: String,
    options: Vec<OptionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionEntry {
    score: Score,
    text: Texts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemEntry {
    id: String,
    dimension: Dimension,
    weight: u32,
    scale: String,
    text: Texts,
}

/// A field and what is wrong with it.
type Wrong = (String, String);

pub(super) fn parse(name: &str, text: &str) -> Result<Instrument, InstrumentError> {
    let error = |(field, problem): Wrong| InstrumentError {
        file: name.to_owned(),
        field,
        problem,
    };
    if text.len() > FILE_BYTES_MAX {
        let problem = format!(
            "expected at most {FILE_BYTES_MAX} bytes, found {}",
            text.len()
        );
        return Err(error(("file".to_owned(), problem)));
    }
    let file = read(text).map_err(error)?;
    check(&file).map_err(error)?;
    Ok(build(file, text))
}

fn read(text: &str) -> Result<File, Wrong> {
    let deserializer =
        toml::Deserializer::parse(text).map_err(|error| ("file".to_owned(), told(&error, text)))?;
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { "file".to_owned() } else { path };
        (field, told(error.inner(), text))
    })
}

/// What the reader says, with the line where it can tell.
fn told(error: &toml::de::Error, text: &str) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    match before {
        Some(before) => {
            let line = before.matches('\n').count() + 1;
            format!("line {line}: {}", error.message())
        }
        None => error.message().to_owned(),
    }
}

fn check(file: &File) -> Result<(), Wrong> {
    if file.version == 0 {
        return wrong("version", "expected a number from 1");
    }
    if file.source.trim().is_empty() {
        return wrong("source", "expected where the instrument comes from");
    }
    distinct("languages", file.languages.iter().map(String::as_str))?;
    if file.languages.is_empty() {
        return wrong("languages", "expected one language at the least");
    }
    let texts = |field: String, texts: &Texts| in_every_language(&file.languages, field, texts);
    texts("title".to_owned(), &file.title)?;
    texts("label".to_owned(), &file.label)?;
    check_dimensions(file)?;
    check_bands(file)?;
    check_scales(file)?;
    check_items(file)
}

fn check_dimensions(file: &File) -> Result<(), Wrong> {
    let count = u32::try_from(file.dimensions.len()).unwrap_or(u32::MAX);
    distinct("dimensions", file.dimensions.iter().map(|d| d.id.as_str()))?;
    if file.missing.dimensions_min == 0 || file.missing.dimensions_min > count {
        let found = file.missing.dimensions_min;
        let problem = format!("expected 1 to {count}, the number of dimensions, found {found}");
        return wrong("missing.dimensions_min", problem);
    }
    for (at, dimension) in file.dimensions.iter().enumerate() {
        let field = |name: &str| format!("dimensions[{at}].{name}");
        weight(field("weight"), dimension.weight)?;
        in_every_language(&file.languages, field("title"), &dimension.title)?;
        let of = file
            .items
            .iter()
            .filter(|item| item.dimension == dimension.id);
        let items = u32::try_from(of.count()).unwrap_or(u32::MAX);
        if dimension.answered_min == 0 || dimension.answered_min > items {
            let found = dimension.answered_min;
            let problem = format!("expected 1 to {items}, the number of its items, found {found}");
            return wrong(field("answered_min"), problem);
        }
    }
    Ok(())
}

fn check_bands(file: &File) -> Result<(), Wrong> {
    distinct("bands", file.bands.iter().map(|band| band.id.as_str()))?;
    let mut last: Option<Score> = None;
    for (at, band) in file.bands.iter().enumerate() {
        let field = |name: &str| format!("bands[{at}].{name}");
        in_every_language(&file.languages, field("title"), &band.title)?;
        let follows = match last {
            None => band.from.ten_thousandths() == 0,
            Some(last) => last < band.from,
        };
        if !follows {
            let problem = "expected bands that begin with 0 and rise: every score lies in one";
            return wrong(field("from"), problem);
        }
        last = Some(band.from);
    }
    Ok(())
}

fn check_scales(file: &File) -> Result<(), Wrong> {
    distinct("scales", file.scales.iter().map(|scale| scale.id.as_str()))?;
    for (at, scale) in file.scales.iter().enumerate() {
        let field = format!("scales[{at}].options");
        if !(2..=OPTIONS_MAX).contains(&scale.options.len()) {
            let found = scale.options.len();
            return wrong(field, format!("expected 2 to {OPTIONS_MAX}, found {found}"));
        }
        for (option, entry) in scale.options.iter().enumerate() {
            let text = format!("{field}[{option}].text");
            in_every_language(&file.languages, text, &entry.text)?;
        }
        if !file.items.iter().any(|item| item.scale == scale.id) {
            return wrong(format!("scales[{at}].id"), "no item is answered on it");
        }
    }
    Ok(())
}

fn check_items(file: &File) -> Result<(), Wrong> {
    distinct("items", file.items.iter().map(|item| item.id.as_str()))?;
    for (at, item) in file.items.iter().enumerate() {
        let field = |name: &str| format!("items[{at}].{name}");
        if item.id.is_empty() || item.id.chars().count() > ITEM_LETTERS_MAX {
            return wrong(
                field("id"),
                format!("expected 1 to {ITEM_LETTERS_MAX} letters"),
            );
        }
        weight(field("weight"), item.weight)?;
        in_every_language(&file.languages, field("text"), &item.text)?;
        if !file.dimensions.iter().any(|d| d.id == item.dimension) {
            let problem = format!("`{}` is not among the dimensions", item.dimension);
            return wrong(field("dimension"), problem);
        }
        if !file.scales.iter().any(|scale| scale.id == item.scale) {
            return wrong(
                field("scale"),
                format!("`{}` is not among the scales", item.scale),
            );
        }
    }
    Ok(())
}

fn weight(field: String, weight: u32) -> Result<(), Wrong> {
    if (1..=WEIGHT_MAX).contains(&weight) {
        Ok(())
    } else {
        wrong(field, format!("expected 1 to {WEIGHT_MAX}, found {weight}"))
    }
}

fn distinct<'t>(field: &str, names: impl Iterator<Item = &'t str>) -> Result<(), Wrong> {
    let mut seen = BTreeSet::new();
    for (at, name) in names.enumerate() {
        if !seen.insert(name) {
            return wrong(format!("{field}[{at}]"), format!("`{name}` stands twice"));
        }
    }
    Ok(())
}

fn in_every_language(languages: &[String], field: String, texts: &Texts) -> Result<(), Wrong> {
    for language in languages {
        if texts
            .0
            .get(language)
            .is_none_or(|text| text.trim().is_empty())
        {
            return wrong(field, format!("no text in `{language}`"));
        }
    }
    match texts
        .0
        .keys()
        .find(|language| !languages.contains(language))
    {
        Some(other) => wrong(field, format!("`{other}` is not among the languages")),
        None => Ok(()),
    }
}

fn wrong<T>(field: impl Into<String>, problem: impl Into<String>) -> Result<T, Wrong> {
    Err((field.into(), problem.into()))
}

fn build(file: File, text: &str) -> Instrument {
    let scales = file.scales;
    let options = |scale: &str| -> Vec<Choice> {
        let entries = scales.iter().filter(|known| known.id == scale);
        entries
            .flat_map(|known| &known.options)
            .map(|option| Choice {
                score: option.score,
                text: option.text.clone(),
            })
            .collect()
    };
    let item = |entry: ItemEntry| Item {
        options: options(&entry.scale),
        id: entry.id,
        dimension: entry.dimension,
        text: entry.text,
        weight: entry.weight,
    };
    let part = |entry: DimensionEntry| Part {
        dimension: entry.id,
        title: entry.title,
        weight: entry.weight,
        answered_min: entry.answered_min,
    };
    let band = |entry: BandEntry| Band {
        id: entry.id,
        from: entry.from,
        title: entry.title,
    };
    Instrument {
        id: file.id,
        version: file.version,
        languages: file.languages,
        title: file.title,
        label: file.label,
        source: file.source.trim().to_owned(),
        dimensions: file.dimensions.into_iter().map(part).collect(),
        dimensions_min: file.missing.dimensions_min,
        items: file.items.into_iter().map(item).collect(),
        bands: file.bands.into_iter().map(band).collect(),
        digest: digest(text),
        text: text.to_owned(),
    }
}
