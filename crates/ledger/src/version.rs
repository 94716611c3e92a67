//! Which nats-server will do.

use std::fmt;
use std::str::FromStr;

/// The oldest nats-server that is accepted: older ones have published advisories, and lack the
/// header that the duplicate check across restarts relies on.
pub const SERVER_VERSION_MIN: ServerVersion = ServerVersion {
    major: 2,
    minor: 14,
    patch: 0,
};

/// Version of a nats-server; a pre-release counts as older than its release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServerVersion {
    /// First number.
    pub major: u32,
    /// Second number.
    pub minor: u32,
    /// Third number.
    pub patch: u32,
}

/// A text that is not a version of nats-server, or one that is not released.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a released nats-server version such as {SERVER_VERSION_MIN}, found `{0}`")]
pub struct VersionError(pub String);

impl FromStr for ServerVersion {
    type Err = VersionError;

    /// Reads `2.15.1`, `v2.15.1` and what `nats-server -v` prints (`nats-server: v2.15.1`).
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let refused = || VersionError(text.trim().chars().take(60).collect());
        let text = text.trim();
        let bare = text.strip_prefix("nats-server: ").unwrap_or(text);
        let bare = bare.strip_prefix('v').unwrap_or(bare);
        let mut parts = bare.split('.').map(|part| {
            if part.bytes().all(|byte| byte.is_ascii_digit()) {
                part.parse().map_err(|_| refused())
            } else {
                Err(refused())
            }
        });
        let mut part = || parts.next().unwrap_or_else(|| Err(refused()));
        let version = Self {
            major: part()?,
            minor: part()?,
            patch: part()?,
        };
        if parts.next().is_some() {
            return Err(refused());
        }
        Ok(version)
    }
}

impl fmt::Display for ServerVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_servers_print_them() {
        for text in ["2.15.1", "v2.15.1", "nats-server: v2.15.1\n"] {
            let read: ServerVersion = text.parse().unwrap();
            assert_eq!(read.to_string(), "2.15.1", "{text}");
        }
    }

    #[test]
    fn old_and_unreleased_servers_will_not_do() {
        for text in ["2.9.25", "2.13.99", "1.99.0", "2.2.140"] {
            assert!(
                text.parse::<ServerVersion>().unwrap() < SERVER_VERSION_MIN,
                "{text}"
            );
        }
        for text in ["2.14.0", "2.15.1", "3.0.0"] {
            assert!(
                text.parse::<ServerVersion>().unwrap() >= SERVER_VERSION_MIN,
                "{text}"
            );
        }
        for text in [
            "",
            "2.14",
            "2.14.0-RC.1",
            "2.14.0.1",
            "2.+4.0",
            "two",
            "2..1",
            "99999999999.1.1",
        ] {
            assert!(text.parse::<ServerVersion>().is_err(), "{text}");
        }
    }
}
