//! Writes the checked-in schema files anew, as `homeward schema --write events/schema` does, without
//! building the whole house for it.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    std::fs::create_dir_all(&folder)?;
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            std::fs::remove_file(path)?;
        }
    }
    for (name, content) in homeward_events::schema::files() {
        std::fs::write(folder.join(name), content)?;
    }
    Ok(())
}
