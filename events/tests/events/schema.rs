//! The checked-in schema files are those that the types generate.

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn schema_files_are_those_that_the_types_generate() {
    let refresh = "run `homeward schema --write events/schema` to refresh";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let generated = homeward_events::schema::files();
    for (name, content) in &generated {
        let found = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(
            &found == content,
            "events/schema/{name} is out of date: {refresh}"
        );
    }
    let found: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected: BTreeSet<String> = generated.into_keys().collect();
    assert_eq!(found, expected, "stray files in events/schema: {refresh}");
}

#[test]
fn the_asyncapi_document_names_every_file_that_it_refers_to() {
    let document = homeward_events::schema::asyncapi();
    let generated = homeward_events::schema::files();
    let messages = document["components"]["messages"].as_object().unwrap();
    assert_eq!(messages.len() + 1, generated.len());
    for message in messages.values() {
        let file = message["payload"]["$ref"].as_str().unwrap();
        assert!(
            generated.contains_key(file.trim_start_matches("./")),
            "{file}"
        );
    }
}
