//! The house as it stands: its crates, what they import, its files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand};
use serde::Deserialize;

/// What the laws are held against.
#[derive(Debug, Default)]
pub(super) struct House {
    /// What each crate of ours names in its manifest.
    pub(super) crates: BTreeMap<String, Vec<Import>>,
    /// What each package of the lock file imports, by name; of our own, tests included.
    pub(super) packages: BTreeMap<String, BTreeSet<String>>,
    /// Every file that holds text, by its path from the top, with `/`.
    pub(super) files: BTreeMap<String, String>,
    /// The names at the top.
    pub(super) top_level: BTreeSet<String>,
}

/// A dependency that a manifest names.
#[derive(Debug, Clone)]
pub(super) struct Import {
    /// The package.
    pub(super) name: String,
    /// It is imported by tests only.
    pub(super) by_tests: bool,
}

impl House {
    /// Reads the workspace around us, without what lies in `passed_over` at the top.
    pub(super) fn read(passed_over: &BTreeSet<String>) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut house = Self {
            crates: crates(&root),
            packages: packages(&root),
            ..Self::default()
        };
        for name in names_in(&root).difference(passed_over) {
            house.read_files(&root, name);
            house.top_level.insert(name.clone());
        }
        house
    }

    fn read_files(&mut self, root: &Path, path: &str) {
        let place = root.join(path);
        if place.is_dir() {
            for name in names_in(&place) {
                self.read_files(root, &format!("{path}/{name}"));
            }
        } else if let Ok(text) = String::from_utf8(fs::read(&place).expect(path)) {
            self.files.insert(path.to_owned(), text);
        }
    }
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder of the house");
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("a name in UTF-8");
    entries
        .map(|entry| name(entry.expect("an entry of a folder")))
        .collect()
}

fn crates(root: &Path) -> BTreeMap<String, Vec<Import>> {
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .expect("cargo metadata");
    let import = |dependency: cargo_metadata::Dependency| Import {
        name: dependency.name,
        by_tests: dependency.kind == DependencyKind::Development,
    };
    metadata
        .packages
        .into_iter()
        .map(|package| {
            let imports = package.dependencies.into_iter().map(import).collect();
            (package.name.to_string(), imports)
        })
        .collect()
}

fn packages(root: &Path) -> BTreeMap<String, BTreeSet<String>> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        #[serde(default)]
        dependencies: Vec<String>,
    }
    let text = fs::read_to_string(root.join("Cargo.lock")).expect("Cargo.lock");
    let lock: Lock = toml::from_str(&text).expect("Cargo.lock");
    let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in lock.package {
        // `name version` where there is more than one version: the name alone tells enough.
        let names = package
            .dependencies
            .iter()
            .filter_map(|line| line.split(' ').next());
        packages
            .entry(package.name)
            .or_default()
            .extend(names.map(str::to_owned));
    }
    packages
}
