//! The child process: start it, watch it, start it again, end it.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::PrivateServerError;
use super::settings::{self, Settings, file_error};

/// How long a start may take: after a crash, a million subjects take about two seconds to recover.
const READY_PATIENCE: Duration = Duration::from_mins(1);

/// How often we ask whether it is there.
const READY_PAUSE: Duration = Duration::from_millis(20);

/// How long an end in order may take before it is forced. Nothing is lost by force either.
const END_PATIENCE: Duration = Duration::from_secs(10);

/// First and longest pause before a child that died is started again.
const RESTART_PAUSE_MIN: Duration = Duration::from_millis(100);
const RESTART_PAUSE_MAX: Duration = Duration::from_secs(5);

/// A child that ran for this long before it died is started again without a longer pause.
const STEADY: Duration = Duration::from_secs(30);

/// How much of a log is part of an error, in bytes from its end.
const LOG_TAIL_BYTES: usize = 2048;

/// What is known about the child.
#[derive(Debug, Clone, Copy)]
pub(super) struct Status {
    pub(super) pid: Option<i32>,
    pub(super) restarts: u64,
}

/// A running child.
pub(super) struct Child {
    process: tokio::process::Child,
    started: Instant,
}

impl Child {
    pub(super) fn spawn(settings: &Settings) -> Result<Self, PrivateServerError> {
        let errors = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(true)
            .open(&settings.error_file)
            .map_err(|error| file_error("open", &settings.error_file, &error))?;
        let process = tokio::process::Command::new(&settings.binary)
            .arg("-c")
            .arg(&settings.config_file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(errors)
            // Interrupting us at a terminal must not end the log before we are done with it.
            .process_group(0)
            // The last resort, should the supervising task be dropped.
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| file_error("run", &settings.binary, &error))?;
        let child = Self {
            process,
            started: Instant::now(),
        };
        let pid = child.pid().map_or_else(String::new, |pid| pid.to_string());
        fs::write(&settings.pid_file, pid)
            .map_err(|error| file_error("write", &settings.pid_file, &error))?;
        Ok(child)
    }

    pub(super) fn pid(&self) -> Option<i32> {
        self.process.id().and_then(|pid| i32::try_from(pid).ok())
    }

    /// Waits until our server, and no other, answers on the port.
    pub(super) async fn wait_until_ready(
        &mut self,
        settings: &Settings,
    ) -> Result<(), PrivateServerError> {
        let deadline = Instant::now() + READY_PATIENCE;
        loop {
            let greeting = tokio::time::timeout_at(deadline, greet(settings.port)).await;
            if let Ok(Ok(greeting)) = greeting
                && greeting.contains(&settings.server_name)
            {
                return Ok(());
            }
            let dead = !matches!(self.process.try_wait(), Ok(None));
            if dead || Instant::now() >= deadline {
                return Err(PrivateServerError::Silent {
                    patience_s: self.started.elapsed().as_secs(),
                    log: log_tail(settings),
                });
            }
            tokio::time::sleep(READY_PAUSE).await;
        }
    }

    /// Ends it in order, and by force if that takes too long.
    pub(super) async fn end(mut self) {
        if let Some(pid) = self.pid().and_then(Pid::from_raw)
            && let Err(error) = kill_process(pid, Signal::TERM)
        {
            tracing::debug!(%error, "nats-server was gone before it was told to go");
        }
        let ended = tokio::time::timeout(END_PATIENCE, self.process.wait()).await;
        if ended.is_err() {
            tracing::warn!("nats-server did not end in order");
            if let Err(error) = self.process.kill().await {
                tracing::error!(%error, "nats-server cannot be ended");
            }
        }
    }
}

/// The first line that a NATS server says to whoever connects.
async fn greet(port: u16) -> io::Result<String> {
    let stream = TcpStream::connect((std::net::Ipv4Addr::LOCALHOST, port)).await?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).await?;
    Ok(line)
}

/// Starts the child again whenever it dies, until told to stop; then ends it.
pub(super) async fn supervise(
    settings: Arc<Settings>,
    child: Child,
    status: watch::Sender<Status>,
    stop: CancellationToken,
) {
    let mut child = Some(child);
    let mut pause = RESTART_PAUSE_MIN;
    loop {
        if let Some(mut running) = child.take() {
            tokio::select! {
                () = stop.cancelled() => {
                    running.end().await;
                    break;
                }
                exit = running.process.wait() => {
                    let exit = exit.map_or_else(|error| error.to_string(), |exit| exit.to_string());
                    tracing::error!(%exit, "nats-server died and is started again");
                }
            }
            if running.started.elapsed() >= STEADY {
                pause = RESTART_PAUSE_MIN;
            }
        }
        status.send_modify(|status| status.pid = None);
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(pause) => {}
        }
        pause = (pause * 2).min(RESTART_PAUSE_MAX);
        let Some(started) = start_again(&settings, &stop).await else {
            continue;
        };
        status.send_modify(|status| {
            status.pid = started.pid();
            status.restarts += 1;
        });
        child = Some(started);
    }
    status.send_modify(|status| status.pid = None);
    if let Err(error) = fs::remove_file(&settings.pid_file) {
        tracing::debug!(%error, "the pid file was gone already");
    }
}

/// Starts the child and waits until it answers; none if it does not, or if we are to stop.
async fn start_again(settings: &Settings, stop: &CancellationToken) -> Option<Child> {
    let mut child = match Child::spawn(settings) {
        Ok(child) => child,
        Err(error) => {
            tracing::error!(%error, "nats-server cannot be started again");
            return None;
        }
    };
    let ready = tokio::select! {
        () = stop.cancelled() => None,
        ready = child.wait_until_ready(settings) => Some(ready),
    };
    match ready {
        Some(Ok(())) => return Some(child),
        Some(Err(error)) => tracing::error!(%error, "nats-server was started again in vain"),
        None => {}
    }
    child.end().await;
    None
}

/// Ends the server that a killed parent left behind, if there is one.
pub(super) async fn end_left_behind(data_dir: &Path) -> Result<(), PrivateServerError> {
    let data_dir =
        fs::canonicalize(data_dir).map_err(|error| file_error("find", data_dir, &error))?;
    let path = settings::pid_file(&data_dir);
    let number = match fs::read_to_string(&path) {
        Ok(text) => text.trim().parse::<i32>().ok(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(file_error("read", &path, &error)),
    };
    let Some(pid) = number.and_then(Pid::from_raw) else {
        return Ok(());
    };
    let config = settings::config_file(&data_dir);
    for signal in [Signal::TERM, Signal::KILL] {
        if !is_ours(pid, &config)? {
            return Ok(());
        }
        tracing::warn!(pid = pid.as_raw_pid(), "ending a nats-server left behind");
        if let Err(error) = kill_process(pid, signal)
            && error != rustix::io::Errno::SRCH
        {
            return Err(left_behind(pid, &error.to_string()));
        }
        let deadline = Instant::now() + END_PATIENCE;
        while is_ours(pid, &config)? && Instant::now() < deadline {
            tokio::time::sleep(READY_PAUSE).await;
        }
    }
    if is_ours(pid, &config)? {
        return Err(left_behind(pid, "it does not end"));
    }
    Ok(())
}

fn left_behind(pid: Pid, reason: &str) -> PrivateServerError {
    PrivateServerError::LeftBehind {
        pid: pid.as_raw_pid(),
        reason: reason.to_owned(),
    }
}

/// Whether the process runs with our configuration file: ids of processes are used again, and
/// somebody else's process is not ours to end. Two servers on the same files would destroy them,
/// so a process that cannot be identified is an error.
fn is_ours(pid: Pid, config: &Path) -> Result<bool, PrivateServerError> {
    if test_kill_process(pid).is_err_and(|error| error == rustix::io::Errno::SRCH) {
        return Ok(false);
    }
    let path = format!("/proc/{}/cmdline", pid.as_raw_pid());
    match fs::read(&path) {
        // A process that ended and was not waited for has an empty command line.
        Ok(line) => {
            let config = config.as_os_str().as_encoded_bytes();
            Ok(line.split(|byte| *byte == 0).any(|word| word == config))
        }
        Err(error)
            if error.kind() == io::ErrorKind::NotFound && Path::new("/proc/self").exists() =>
        {
            Ok(false)
        }
        Err(error) => Err(left_behind(pid, &format!("cannot read {path}: {error}"))),
    }
}

/// The end of what the server wrote, for people.
fn log_tail(settings: &Settings) -> String {
    let mut text = String::new();
    for path in [&settings.log_file, &settings.error_file] {
        let bytes = fs::read(path).unwrap_or_default();
        let from = bytes.len().saturating_sub(LOG_TAIL_BYTES);
        text.push_str(&String::from_utf8_lossy(
            bytes.get(from..).unwrap_or_default(),
        ));
    }
    text
}
