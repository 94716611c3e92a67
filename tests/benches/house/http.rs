//! The cheapest HTTP client that can be: one request at a time on one kept connection. Client and
//! server share the machine, and what the client spends would count against the house.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Result;

/// Longest wait for one answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// Room for the next piece of an answer.
const PIECE_BYTES: usize = 16 * 1024;

/// A kept connection.
pub(crate) struct Caller {
    stream: TcpStream,
    read: Vec<u8>,
}

/// Where to call, and what to show.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    pub(crate) address: String,
    pub(crate) key: String,
}

/// An answer whose body has a length.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
}

impl Door {
    /// A door at `http://host:port`.
    pub(crate) fn new(url: &str, key: String) -> Self {
        Self {
            address: url.trim_start_matches("http://").to_owned(),
            key,
        }
    }

    pub(crate) fn get(&self, path: &str) -> Vec<u8> {
        let Self { address, key } = self;
        format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\n\r\n")
            .into_bytes()
    }

    pub(crate) fn post(&self, commit: &str) -> Vec<u8> {
        self.post_to("/v1/events", "application/cloudevents-batch+json", commit)
    }

    pub(crate) fn post_to(&self, path: &str, kind: &str, body: &str) -> Vec<u8> {
        let (Self { address, key }, length) = (self, body.len());
        format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\n\
             content-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }

    pub(crate) async fn open(&self) -> Result<Caller> {
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        Ok(Caller {
            stream,
            read: Vec::with_capacity(PIECE_BYTES),
        })
    }
}

impl Caller {
    /// Sends a request and reads its answer to the end.
    pub(crate) async fn call(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.read.clear();
        let (status, from) = tokio::time::timeout(ANSWER_WITHIN, self.receive()).await??;
        Ok(Answer {
            status,
            body: self.read.get(from..).unwrap_or_default(),
        })
    }

    /// Reads one answer; gives its status and where its body begins.
    async fn receive(&mut self) -> Result<(u16, usize)> {
        loop {
            if let Some(head) = Head::read(&self.read)? {
                let missing = (head.ends + head.length).saturating_sub(self.read.len());
                if missing == 0 {
                    return Ok((head.status, head.ends));
                }
            }
            self.read.reserve(PIECE_BYTES);
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Err("the connection was closed".into());
            }
        }
    }
}

struct Head {
    status: u16,
    ends: usize,
    length: usize,
}

impl Head {
    fn read(bytes: &[u8]) -> Result<Option<Self>> {
        let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Ok(None);
        };
        let text = std::str::from_utf8(bytes.get(..at).unwrap_or_default())?;
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let status = status.ok_or("no status line")?.parse()?;
        let length = lines
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .ok_or("an answer without content-length")?;
        Ok(Some(Self {
            status,
            ends: at + 4,
            length: length.1.trim().parse()?,
        }))
    }
}
