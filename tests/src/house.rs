//! A house for one test: the real binary, its own nats-server, a folder that goes when the test does.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::Value;
use tempfile::TempDir;

/// How long anything may take before a test gives up on it.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// How often a test looks again.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A running house.
pub struct House {
    child: Child,
    folder: TempDir,
    /// Of `serve`.
    arguments: Vec<String>,
    /// `http://127.0.0.1:port`.
    pub url: String,
    /// For requests.
    pub client: reqwest::Client,
}

/// A file that the test command names in the environment, or leaves where it is built.
fn tool(variable: &str, fallback: &str) -> PathBuf {
    let named = std::env::var_os(variable).map(PathBuf::from);
    let path = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(fallback));
    assert!(
        path.is_file(),
        "{} is not there: run `cargo xtask test`",
        path.display()
    );
    path
}

/// The `homeward` binary.
pub fn homeward() -> PathBuf {
    tool("HOMEWARD_BIN", "../target/debug/homeward")
}

/// A nats-server.
pub fn nats_server() -> PathBuf {
    tool(
        "HOMEWARD_NATS_SERVER",
        "../target/tools/nats-server-2.15.1/nats-server",
    )
}

/// Looks again until `found` says something, or patience ends.
///
/// # Panics
/// Patience ends.
pub async fn until<T>(what: &str, mut found: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = found().await {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain: {what}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

impl House {
    /// Starts a house that keeps some ledgers, and waits until it is ready.
    ///
    /// # Panics
    /// It does not start.
    pub async fn start(ledgers: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        Self::start_in(folder, ledgers, &[]).await
    }

    /// The same in a folder of the caller's choice, with more arguments for `serve`.
    ///
    /// # Panics
    /// It does not start.
    pub async fn start_in(folder: TempDir, ledgers: &[&str], more: &[&str]) -> Self {
        let ledgers = ledgers.iter().flat_map(|ledger| ["--ledger", ledger]);
        let arguments: Vec<String> = ledgers
            .chain(more.iter().copied())
            .map(str::to_owned)
            .collect();
        let child = spawn(folder.path(), &arguments);
        let mut house = Self {
            child,
            folder,
            arguments,
            url: String::new(),
            client: reqwest::Client::new(),
        };
        house.wait().await;
        house
    }

    /// The house's folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The process of the house.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Kills the house without warning; its nats-server stays behind.
    ///
    /// # Panics
    /// It cannot be killed.
    pub fn kill(&mut self) {
        self.child.kill().expect("kill");
        self.child.wait().expect("wait");
    }

    /// Starts it again on the same folder, and waits until it is ready.
    pub async fn restart(&mut self) {
        self.child = spawn(self.folder.path(), &self.arguments);
        self.wait().await;
    }

    /// Starts it again on the same folder, and waits until it answers, whether or not it is ready.
    pub async fn restart_unready(&mut self) {
        self.child = spawn(self.folder.path(), &self.arguments);
        self.answers().await;
    }

    /// What a running `serve` wrote about itself: `address`, `pid`, `nats_url`, `nats_login`.
    pub fn running(&self) -> Option<Value> {
        let text = std::fs::read_to_string(self.folder.path().join("serve.json")).ok()?;
        let left: Value = serde_json::from_str(&text).ok()?;
        left.get("running").cloned()
    }

    /// The process of its private nats-server, unless it is being started.
    pub fn nats_pid(&self) -> Option<u32> {
        let path = self.folder.path().join("log").join("nats.pid");
        std::fs::read_to_string(path).ok()?.trim().parse().ok()
    }

    async fn wait(&mut self) {
        self.answers().await;
        self.until_well("readyz").await;
    }

    async fn answers(&mut self) {
        let pid = self.child.id();
        self.url = until("serve.json of this process", async || {
            if let Some(status) = self.child.try_wait().expect("wait") {
                let log = std::fs::read_to_string(self.folder.path().join("serve.log"));
                panic!(
                    "the house ended early ({status}):\n{}",
                    log.unwrap_or_default()
                );
            }
            let notice = self
                .running()
                .filter(|notice| notice.get("pid").is_some_and(|known| *known == pid))?;
            Some(format!("http://{}", notice.get("address")?.as_str()?))
        })
        .await;
        self.until_well("healthz").await;
    }

    async fn until_well(&self, path: &str) {
        let at = format!("{}/{path}", self.url);
        until(path, async || {
            let answer = self.client.get(&at).send().await.ok()?;
            answer.status().is_success().then_some(())
        })
        .await;
    }

    /// Runs a command of the binary on the house's folder.
    ///
    /// # Panics
    /// It cannot be started.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Output {
        command(self.folder.path())
            .args(arguments)
            .output()
            .expect("homeward runs")
    }

    /// Every commit of the log, in order, as `homeward export` writes it.
    ///
    /// # Panics
    /// The log cannot be exported whole.
    pub fn export(&self) -> Vec<Value> {
        let output = self.run(&["export"]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
        let text = String::from_utf8(output.stdout).expect("text");
        text.lines()
            .map(|line| serde_json::from_str(line).expect("json"))
            .collect()
    }

    /// Makes a key and gives its text.
    ///
    /// # Panics
    /// It cannot be made.
    pub fn key(&self, role: &str, more: &[&str]) -> String {
        let mut arguments = vec!["--json", "keys", "create", "--name", "test", "--role", role];
        arguments.extend(more);
        let output = self.run(&arguments);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let made: Value = serde_json::from_slice(&output.stdout).expect("json");
        made.get("key")
            .and_then(Value::as_str)
            .expect("the key's text")
            .to_owned()
    }

    /// Asks for something.
    ///
    /// # Panics
    /// There is no answer, or it is not JSON.
    pub async fn get(&self, key: &str, path: &str) -> (u16, Value) {
        let request = self.client.get(format!("{}{path}", self.url));
        let answer = request
            .header(AUTHORIZATION, bearer(key))
            .send()
            .await
            .expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("json"))
    }

    /// Publishes bytes.
    ///
    /// # Panics
    /// There is no answer, or it is not JSON.
    pub async fn post(&self, key: &str, body: impl Into<reqwest::Body>) -> (u16, Value) {
        let request = self.client.post(format!("{}/v1/events", self.url));
        let answer = request
            .header(AUTHORIZATION, bearer(key))
            .header(CONTENT_TYPE, "application/cloudevents-batch+json")
            .body(body)
            .send()
            .await
            .expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("json"))
    }

    /// Publishes a commit.
    pub async fn publish(&self, key: &str, events: &[Value]) -> (u16, Value) {
        self.post(key, Value::from(events).to_string()).await
    }
}

impl Drop for House {
    fn drop(&mut self) {
        // The house first asked to stop, so that it takes its nats-server with it.
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        let begun = Instant::now();
        while asked.as_ref().is_ok_and(std::process::ExitStatus::success)
            && begun.elapsed() < Duration::from_secs(15)
        {
            match self.child.try_wait() {
                Ok(None) => std::thread::sleep(LOOK_EVERY),
                Ok(Some(_)) | Err(_) => break,
            }
        }
        self.child.kill().unwrap_or_default();
        if let Err(error) = self.child.wait() {
            // A test that is over has nobody to tell but its log.
            eprintln!("the house could not be waited for: {error}");
        }
    }
}

/// The `Authorization` header that shows a key.
pub fn bearer(key: &str) -> String {
    format!("Bearer {key}")
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(homeward());
    command
        .env("HOMEWARD_NATS_SERVER", nats_server())
        .env_remove("HOMEWARD_KEY")
        .arg("--data-dir")
        .arg(folder);
    command
}

fn spawn(folder: &Path, arguments: &[String]) -> Child {
    let log = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("serve.log"))
        .expect("a log file");
    let mut command = command(folder);
    command
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("homeward starts")
}
