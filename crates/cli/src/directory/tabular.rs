//! HSDS as tables: CSV files that point at each other, in a folder or in a ZIP file, with the column
//! names of HSDS 2 and 3. Joined to the tree that HSDS's JSON is; `datapackage.json` is not needed.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};

use super::record::{Place, Record, RowError};

/// The table that must be there.
pub(super) const SERVICES: &str = "services";

/// Tables by name, as their files' text.
pub(super) struct Tables {
    tables: BTreeMap<String, Vec<Record>>,
    /// Rows that point at what is not there.
    astray: Vec<RowError>,
}

/// One way of pointing from a table to another's rows.
struct Link<'a> {
    /// The table, in the names that versions of HSDS give it.
    tables: &'a [&'a str],
    /// The column that holds the id.
    column: &'a str,
}

impl Tables {
    /// Reads the files of a folder, by file name.
    ///
    /// # Errors
    /// A file is no CSV, or the table of services is missing.
    pub(super) fn read(files: &BTreeMap<String, Vec<u8>>) -> Result<Self> {
        let mut tables = BTreeMap::new();
        for (file, bytes) in files {
            if let Some(name) = file.strip_suffix(".csv") {
                let read = rows(file, bytes).with_context(|| format!("{file} is no CSV"))?;
                tables.insert(name.to_owned(), read);
            }
        }
        if !tables.contains_key(SERVICES) {
            bail!("there is no {SERVICES}.csv");
        }
        Ok(Self {
            tables,
            astray: Vec::new(),
        })
    }

    /// The services, with what belongs to them, and rows that point at what is not there.
    pub(super) fn services(mut self) -> (Vec<Record>, Vec<RowError>) {
        let mut services = self.tables.remove(SERVICES).unwrap_or_default();
        for service in &mut services {
            self.complete(service);
        }
        (services, self.astray)
    }

    fn complete(&mut self, service: &mut Record) {
        let Some(id) = service.text("id").map(str::to_owned) else {
            return;
        };
        if let Some(mut organization) = self.pointed(service, "organization_id", "organizations") {
            self.attach(&mut organization, "phones", &["phones"], "organization_id");
            let (tables, column) = (&["organization_identifiers"][..], "organization_id");
            self.attach(
                &mut organization,
                "organization_identifiers",
                tables,
                column,
            );
            service.push("organization", organization);
        }
        self.attach(service, "service_areas", &["service_areas"], "service_id");
        self.attach(service, "languages", &["languages"], "service_id");
        self.attach(service, "phones", &["phones"], "service_id");
        let schedules = ["schedules", "regular_schedules"];
        self.attach(service, "schedules", &schedules, "service_id");
        self.attach(
            service,
            "eligibility",
            &["eligibility", "eligibilities"],
            "service_id",
        );
        for mut capacity in self.belonging(
            &Link {
                tables: &["service_capacity", "service_capacities"],
                column: "service_id",
            },
            &id,
        ) {
            if let Some(unit) = self.pointed(&capacity, "unit_id", "units") {
                capacity.push("unit", unit);
            }
            service.push("capacities", capacity);
        }
        self.attach_locations(service, &id);
        self.attach_terms(service, &id);
    }

    fn attach_locations(&mut self, service: &mut Record, id: &str) {
        let at = Link {
            tables: &["service_at_locations", "services_at_location"],
            column: "service_id",
        };
        for mut at_location in self.belonging(&at, id) {
            if let Some(mut location) = self.pointed(&at_location, "location_id", "locations") {
                let addresses = ["addresses", "physical_addresses"];
                self.attach(&mut location, "addresses", &addresses, "location_id");
                self.attach(&mut location, "languages", &["languages"], "location_id");
                at_location.push("location", location);
            }
            let column = "service_at_location_id";
            self.attach(
                &mut at_location,
                "service_areas",
                &["service_areas"],
                column,
            );
            service.push("service_at_locations", at_location);
        }
    }

    /// Taxonomy terms: attributes that point at the service (HSDS 3), or tables between the two
    /// (HSDS 2 and before).
    fn attach_terms(&mut self, service: &mut Record, id: &str) {
        let attributes = Link {
            tables: &["attributes"],
            column: "link_id",
        };
        let mut pointing = self.belonging(&attributes, id);
        pointing.retain(|attribute| {
            let of = attribute.text("link_entity").unwrap_or(SERVICES);
            matches!(of, "service" | SERVICES)
        });
        let between = Link {
            tables: &[
                "service_attributes",
                "service_taxonomies",
                "services_taxonomy",
            ],
            column: "service_id",
        };
        pointing.extend(self.belonging(&between, id));
        for mut attribute in pointing {
            let column = ["taxonomy_term_id", "taxonomy_id"]
                .into_iter()
                .find(|column| attribute.text(column).is_some());
            let terms = ["taxonomy_terms", "taxonomy"]
                .into_iter()
                .find(|table| self.tables.contains_key(*table));
            let term = column
                .zip(terms)
                .and_then(|(column, terms)| self.pointed(&attribute, column, terms));
            if let Some(mut term) = term {
                if let Some(taxonomy) = self.pointed(&term, "taxonomy_id", "taxonomies") {
                    term.push("taxonomy_detail", taxonomy);
                }
                attribute.push("taxonomy_term", term);
            }
            service.push("attributes", attribute);
        }
    }

    /// Attaches the rows of a table that point at a record.
    fn attach(&self, to: &mut Record, name: &str, tables: &[&str], column: &str) {
        let Some(id) = to.text("id").map(str::to_owned) else {
            return;
        };
        for row in self.belonging(&Link { tables, column }, &id) {
            to.push(name, row);
        }
    }

    fn belonging(&self, link: &Link<'_>, id: &str) -> Vec<Record> {
        let rows = link.tables.iter().filter_map(|name| self.tables.get(*name));
        rows.flatten()
            .filter(|row| row.text(link.column) == Some(id))
            .cloned()
            .collect()
    }

    /// The row that a record points at; one that is not there is a mistake.
    fn pointed(&mut self, from: &Record, column: &str, table: &str) -> Option<Record> {
        let id = from.text(column)?;
        let rows = self.tables.get(table);
        let row = rows.and_then(|rows| rows.iter().find(|row| row.text("id") == Some(id)));
        if row.is_none() {
            let reason = format!("`{id}` is not in {table}.csv");
            self.astray.push(from.wrong(column, reason));
        }
        row.cloned()
    }
}

fn rows(file: &str, bytes: &[u8]) -> Result<Vec<Record>> {
    // What spreadsheets put before the first column's name.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let columns: Vec<String> = reader
        .headers()?
        .iter()
        .map(|column| column.trim().to_lowercase())
        .collect();
    let file: Arc<str> = file.into();
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row?;
        let place = Place {
            file: Arc::clone(&file),
            row: row.position().map_or(0, csv::Position::line),
            path: String::new(),
        };
        let mut record = Record::new(place);
        for (column, text) in columns.iter().zip(&row) {
            record.set(column, text);
        }
        rows.push(record);
    }
    Ok(rows)
}
