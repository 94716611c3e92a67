//! What the operating system says of processes: processor time and peak memory. Linux only, as the
//! figures of the README are.

use std::fs;

use crate::Result;

/// Ticks of processor time a second, as Linux counts for programs on every architecture.
const TICKS_PER_SECOND: f64 = 100.0;

/// Processor time that a process has spent.
pub(crate) struct Processor {
    pub(crate) seconds: f64,
}

impl Processor {
    pub(crate) fn of(pid: u32) -> Result<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        // The name may hold anything, but ends with the last bracket.
        let (_, fields) = text.rsplit_once(')').ok_or("no process name")?;
        let ticks = |nth: usize| -> Result<f64> {
            Ok(fields
                .split_whitespace()
                .nth(nth)
                .ok_or("too few fields")?
                .parse()?)
        };
        Ok(Self {
            seconds: (ticks(11)? + ticks(12)?) / TICKS_PER_SECOND,
        })
    }
}

/// This process.
pub(crate) fn own_pid() -> u32 {
    std::process::id()
}

/// The most memory that this process has had, in bytes.
pub(crate) fn peak_bytes() -> Result<u64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line
        .and_then(|line| line.split_whitespace().next())
        .ok_or("no VmHWM")?;
    Ok(kib.parse::<u64>()? * 1024)
}
