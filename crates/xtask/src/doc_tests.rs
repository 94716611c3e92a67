//! Whether there are doc tests at all: asking rustdoc costs a link of every crate, and nextest does
//! not run them.

use std::fs;
use std::path::Path;

use anyhow::Context;

/// Whether a Rust file under `folder` holds a doc test.
///
/// # Errors
/// When a folder or file cannot be read.
pub(crate) fn any(folder: &Path) -> anyhow::Result<bool> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry.with_context(|| folder.display().to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') && any(&path)? {
                return Ok(true);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            if holds_one(&text) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether a documentation comment opens a code block that rustdoc would run.
fn holds_one(source: &str) -> bool {
    let mut inside = false;
    for line in source.lines().map(str::trim_start) {
        let comment = line.strip_prefix("///").or(line.strip_prefix("//!"));
        let Some(fence) = comment.and_then(|text| text.trim_start().strip_prefix("```")) else {
            continue;
        };
        if !inside && is_run(fence) {
            return true;
        }
        inside = !inside;
    }
    false
}

/// Whether rustdoc runs a block that is opened with these words.
fn is_run(words: &str) -> bool {
    const RUST: [&str; 5] = ["rust", "should_panic", "no_run", "compile_fail", "edition"];
    let mut words = words.split([',', ' ']).map(str::trim);
    words.all(|word| word.is_empty() || RUST.iter().any(|rust| word.starts_with(rust)))
}

#[cfg(test)]
mod tests {
    use super::holds_one;

    #[test]
    fn a_block_of_rust_is_a_doc_test() {
        assert!(holds_one(
            "/// Sums.\n///\n/// ```\n/// assert!(true);\n/// ```\nfn sum() {}"
        ));
        assert!(holds_one(
            "    //! ```rust,no_run\n    //! a();\n    //! ```"
        ));
    }

    #[test]
    fn other_blocks_and_plain_comments_are_not() {
        assert!(!holds_one("/// ```text\n/// a -> b\n/// ```\nfn a() {}"));
        assert!(!holds_one("/// ```json\n/// {}\n/// ```"));
        assert!(!holds_one("/// ```ignore\n/// a()\n/// ```"));
        assert!(!holds_one("// ```\n// a();\n// ```"));
        assert!(!holds_one("fn a() {}"));
    }
}
