//! A source on disk: one JSON file, a ZIP file or a folder of tables, a folder of JSON pages.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use homeward_events::place::LanguageCode;

use super::describe::{Described, describe};
use super::json;
use super::record::{Record, RowError};
use super::tabular::{SERVICES, Tables};
use super::terms::Terms;

/// Most bytes that a directory may take, unpacked: the largest that are published take a fifth.
const BYTES_MAX: u64 = 512 << 20;

/// Reads a source.
///
/// # Errors
/// It cannot be read, or is no HSDS. Mistakes in its rows are told in what is returned.
pub(crate) fn read(
    path: &Path,
    terms: Option<&Path>,
    language: &LanguageCode,
) -> Result<Described> {
    let terms = match terms {
        Some(path) => {
            let cannot = || format!("terms {} cannot be read", path.display());
            let text = fs::read_to_string(path).with_context(cannot)?;
            Terms::read(Some(&text)).with_context(cannot)?
        }
        None => Terms::read(None)?,
    };
    let files = files(path).with_context(|| format!("{} cannot be read", path.display()))?;
    described(&files, &terms, language).with_context(|| format!("{} is no HSDS", path.display()))
}

/// Reads files, by name.
///
/// # Errors
/// They are no HSDS.
pub(super) fn described(
    files: &BTreeMap<String, Vec<u8>>,
    terms: &Terms,
    language: &LanguageCode,
) -> Result<Described> {
    let (records, astray): (Vec<Record>, Vec<RowError>) =
        if files.contains_key(&format!("{SERVICES}.csv")) {
            Tables::read(files)?.services()
        } else {
            let mut records = Vec::new();
            for (name, bytes) in files.iter().filter(|(name, _)| is_json(name)) {
                let text = std::str::from_utf8(bytes)
                    .with_context(|| format!("{name} is no text in UTF-8"))?;
                records.extend(json::services(name, text)?);
            }
            if records.is_empty() {
                bail!("expected {SERVICES}.csv and its tables, or services as JSON");
            }
            (records, Vec::new())
        };
    Ok(describe(&records, astray, terms, language))
}

/// A page of services, and not what describes tables.
fn is_json(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        && name != "datapackage.json"
}

fn files(path: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let name = |path: &Path| -> String {
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into_owned()
    };
    if path.is_dir() {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(path)? {
            let path = entry?.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_file() && matches!(extension, Some("csv" | "json")) {
                files.insert(name(&path), bounded(File::open(&path)?)?);
            }
        }
        return Ok(files);
    }
    if path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
    {
        return unpack(File::open(path)?);
    }
    // Whatever it is called, a single file is JSON.
    let name = name(path);
    let name = if is_json(&name) {
        name
    } else {
        format!("{name}.json")
    };
    Ok([(name, bounded(File::open(path)?)?)].into())
}

fn unpack(file: File) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(file)?;
    let (mut files, mut left) = (BTreeMap::new(), BYTES_MAX);
    for index in 0..archive.len() {
        let entry = archive.by_index(index)?;
        // Only the last part counts: nothing is written anywhere, and folders in it do not matter.
        let name = entry
            .name()?
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        if entry.is_dir() || name.starts_with('.') {
            continue;
        }
        let mut bytes = Vec::new();
        entry.take(left.saturating_add(1)).read_to_end(&mut bytes)?;
        left = u64::try_from(bytes.len())
            .ok()
            .and_then(|read| left.checked_sub(read))
            .with_context(too_large)?;
        files.insert(name, bytes);
    }
    Ok(files)
}

fn bounded(file: File) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|read| read <= BYTES_MAX) {
        Ok(bytes)
    } else {
        bail!(too_large())
    }
}

fn too_large() -> String {
    format!("more than {BYTES_MAX} bytes")
}
