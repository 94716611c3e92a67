//! The API's document is reviewed like code: what changes in it, clients will meet.

#[test]
fn the_document_is_as_reviewed() {
    insta::assert_json_snapshot!("openapi", homeward_api::document());
}

#[test]
fn every_path_but_health_and_readiness_needs_a_key() {
    let document = serde_json::to_value(homeward_api::document()).unwrap();
    let open: Vec<&String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().values().map(move |op| (path, op)))
        .filter(|(_, operation)| operation["security"].is_null())
        .map(|(path, _)| path)
        .collect();
    assert_eq!(open, ["/healthz", "/readyz"]);
}
