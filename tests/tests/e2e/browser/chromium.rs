//! The browser: found where the test command says, one process for each test process.

use std::path::{Path, PathBuf};

use chromiumoxide::BrowserConfig;
use chromiumoxide::cdp::browser_protocol::target::{
    CreateBrowserContextParams, CreateTargetParams,
};
use futures::StreamExt;
use homeward_e2e::house::PATIENCE;
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::Page;

/// Names the Chromium; `cargo xtask test` sets it.
const VARIABLE: &str = "HOMEWARD_CHROMIUM";
/// Says that there has to be one.
const REQUIRED: &str = "HOMEWARD_BROWSER";
/// What Chromium is called on a path, in the order of preference.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// A running Chromium without a window.
pub(crate) struct Browser {
    inner: chromiumoxide::Browser,
    /// Reads what it says, until it goes.
    _reader: JoinSet<()>,
    /// Its profile.
    _profile: TempDir,
}

/// Whether whoever runs the tests insists on a browser.
pub(super) fn required() -> bool {
    std::env::var_os(REQUIRED).is_some_and(|value| value == "required")
}

fn found() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|name| !name.is_empty()) {
        return Some(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

/// Whether this process may do everything: Chromium's sandbox refuses to be started so.
fn all_powerful() -> bool {
    // The owner of a folder that the process has just made is who the process is.
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let made = tempfile::tempdir().unwrap();
        made.path().metadata().unwrap().uid() == 0
    }
    #[cfg(not(unix))]
    false
}

impl Browser {
    /// Starts one; `None` where there is none and nobody insists.
    pub(crate) async fn start() -> Option<Self> {
        let Some(executable) = found() else {
            assert!(!required(), "{REQUIRED}=required, and there is no Chromium");
            eprintln!("SKIPPED: there is no Chromium; `cargo xtask test` says what to do");
            return None;
        };
        Some(Self::start_it(&executable).await)
    }

    async fn start_it(executable: &Path) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut config = BrowserConfig::builder()
            .chrome_executable(executable)
            .user_data_dir(profile.path())
            .new_headless_mode()
            .viewport(None)
            .launch_timeout(PATIENCE)
            .request_timeout(PATIENCE);
        if all_powerful() {
            config = config.no_sandbox();
        }
        let (inner, mut events) = chromiumoxide::Browser::launch(config.build().unwrap())
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", executable.display()));
        let mut reader = JoinSet::new();
        // Newer browsers say things that the library does not know yet; they are passed over.
        reader.spawn(async move { while events.next().await.is_some() {} });
        Self {
            inner,
            _reader: reader,
            _profile: profile,
        }
    }

    /// A tab of somebody who has never been here: no cookies, no cache, nothing kept.
    pub(crate) async fn visitor(&self, url: &str) -> Page {
        let context = CreateBrowserContextParams::default();
        let context = self.inner.create_browser_context(context).await.unwrap();
        let blank = CreateTargetParams::builder()
            .url("about:blank")
            .browser_context_id(context)
            .build()
            .unwrap();
        let tab = self.inner.new_page(blank).await.unwrap();
        Page::new(tab, url).await
    }
}
