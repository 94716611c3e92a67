//! The log: what is stored for ever, in the order in which it was stored.
//!
//! One stream per ledger, one subject per journey, one message per commit. This crate knows how a
//! commit gets in ([`Appender`]), how commits come out ([`Reader`]), how a stream has to be set up
//! so that nothing can be lost or removed ([`streams`]), where attachments lie beside it ([`Attachments`]), and how to run a private nats-server
//! ([`private_server`]). What the bytes of a commit mean is nobody's business here.
//!
//! Invariants:
//! - an acknowledged commit is in the log once, whole, for ever; an unknown outcome is called that;
//! - a reader never steps over a missing sequence, a replaced stream or a rewritten tail;
//! - no other crate names the NATS client, and none of its types is in this crate's interface;
//! - nothing here can delete, purge or change a stream;
//! - payloads are never printed, logged or changed.
//!
//! To add another kind of log: a room beside `jetstream`, `memory` and [`archive`], and a variant
//! in the `Log` of [`Reader`]; the compiler asks for the rest. If it cannot be appended to, as an
//! archive cannot, [`Appender`] never hears of it. To change a setting of the streams: its line in [`streams`], and
//! a way for streams that exist to get there, because this crate will refuse them.

mod append;
pub mod archive;
mod attachments;
pub mod clock;
mod commit;
mod connect;
mod dead_letter;
mod error;
mod intake;
mod jetstream;
mod memory;
pub mod private_server;
mod read;
pub mod streams;
mod version;

pub use append::Appender;
pub use attachments::{ATTACHMENT_BYTES_MAX, AttachmentError, Attachments, digest_of};
pub use commit::{
    Appended, COMMIT_BYTES_MAX, DEAD_LETTER_BYTES_MAX, DeadLetter, Head, NewCommit,
    REASON_BYTES_MAX, StoredCommit, StoredDeadLetter, sequence_of,
};
pub use connect::{Connection, Durability, INBOX, Ledgers, Login, Responder, connect, in_memory};
pub use error::{AppendError, ConnectError, Incomplete, ReadError, ServeError};
pub use intake::{Reply, Request, ServiceName, serve_requests};
pub use memory::MemoryLog;
pub use read::{DEAD_LETTERS_PAGE_MAX, Reader};
pub use version::{SERVER_VERSION_MIN, ServerVersion, VersionError};
