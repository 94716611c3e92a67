//! The link between a browser and a house: it can drop, lose what the house answers, and come back.
//!
//! A browser that is told to be offline still lets its service workers out; a link that is cut lets
//! nobody through, as at sea.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// What a link lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lets {
    Everything,
    /// What is sent arrives, and nobody hears so.
    Requests,
    Nothing,
}

/// A door of its own on loopback, with a house behind it.
pub(crate) struct Link {
    /// `http://127.0.0.1:port`: what the browser is sent to.
    pub(crate) url: String,
    lets: watch::Sender<Lets>,
    /// Carries bytes until it goes.
    _carrier: JoinSet<()>,
}

impl Link {
    /// A link to the house at `url`; it is up.
    pub(crate) async fn to(url: &str) -> Self {
        let house = url.trim_start_matches("http://").to_owned();
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", door.local_addr().unwrap());
        let lets = watch::Sender::new(Lets::Everything);
        let mut carrier = JoinSet::new();
        carrier.spawn(carry(door, house, lets.subscribe()));
        Self {
            url,
            lets,
            _carrier: carrier,
        }
    }

    /// The link drops: whoever is connected is cut off, and nobody gets through.
    pub(crate) fn drop_it(&self) {
        self.lets.send_replace(Lets::Nothing);
    }

    /// What is sent arrives from now on, and what is answered does not.
    pub(crate) fn lose_answers(&self) {
        self.lets.send_replace(Lets::Requests);
    }

    /// The link is there again.
    pub(crate) fn restore(&self) {
        self.lets.send_replace(Lets::Everything);
    }
}

async fn carry(door: TcpListener, house: String, lets: watch::Receiver<Lets>) {
    let mut connections = JoinSet::new();
    while let Ok((browser, _)) = door.accept().await {
        let mut cut = lets.clone();
        if *cut.borrow() == Lets::Nothing {
            continue;
        }
        let (house, lets) = (house.clone(), lets.clone());
        connections.spawn(async move {
            tokio::select! {
                () = pass_on(browser, &house, lets) => {}
                _ = cut.wait_for(|lets| *lets == Lets::Nothing) => {}
            }
        });
    }
}

async fn pass_on(browser: TcpStream, house: &str, lets: watch::Receiver<Lets>) {
    if let Ok(house) = TcpStream::connect(house).await {
        let (from_browser, to_browser) = browser.into_split();
        let (from_house, to_house) = house.into_split();
        // Whoever closes first closes both.
        tokio::select! {
            () = copy(from_browser, to_house, || true) => {}
            () = copy(from_house, to_browser, || *lets.borrow() == Lets::Everything) => {}
        }
    }
}

/// Copies what comes while it is let through; the rest is lost.
async fn copy(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, let_through: impl Fn() -> bool) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if let_through() && to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}
