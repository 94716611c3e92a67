//! The link between a browser and a house: it can drop, and come back.
//!
//! A browser that is told to be offline still lets its service workers out; a link that is cut lets
//! nobody through, as at sea.

use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// A door of its own on loopback, with a house behind it.
pub(crate) struct Link {
    /// `http://127.0.0.1:port`: what the browser is sent to.
    pub(crate) url: String,
    up: Arc<watch::Sender<bool>>,
    /// Carries bytes until it goes.
    _carrier: JoinSet<()>,
}

impl Link {
    /// A link to the house at `url`; it is up.
    pub(crate) async fn to(url: &str) -> Self {
        let house = url.trim_start_matches("http://").to_owned();
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", door.local_addr().unwrap());
        let up = Arc::new(watch::Sender::new(true));
        let mut carrier = JoinSet::new();
        carrier.spawn(carry(door, house, Arc::clone(&up)));
        Self {
            url,
            up,
            _carrier: carrier,
        }
    }

    /// The link drops: whoever is connected is cut off, and nobody gets through.
    pub(crate) fn drop_it(&self) {
        self.up.send_replace(false);
    }

    /// The link is there again.
    pub(crate) fn restore(&self) {
        self.up.send_replace(true);
    }
}

async fn carry(door: TcpListener, house: String, up: Arc<watch::Sender<bool>>) {
    let mut connections = JoinSet::new();
    while let Ok((browser, _)) = door.accept().await {
        let mut state = up.subscribe();
        if !*state.borrow() {
            continue;
        }
        let house = house.clone();
        connections.spawn(async move {
            tokio::select! {
                () = pass_on(browser, &house) => {}
                _ = state.wait_for(|up| !up) => {}
            }
        });
    }
}

async fn pass_on(mut browser: TcpStream, house: &str) {
    if let Ok(mut house) = TcpStream::connect(house).await {
        // Whoever closes first closes both; how many bytes went is of no interest.
        drop(tokio::io::copy_bidirectional(&mut browser, &mut house).await);
    }
}
