//! The browser tests can fail: what they look for is found where it is, on pages made for it.

use homeward_e2e::house::until;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::{Browser, FIRST_VIEW_BYTES_MAX, Link, Look};

const SOUND: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sound</title><style>
    .paper { display: none } @media print { .paper { display: block } .screen { display: none } }
</style>
<main><h1>Sound</h1>
<p class="screen">on a screen</p><p class="paper">on paper</p>
<p id="script">no script</p><script>document.getElementById('script').textContent = 'script'</script>
<p><a id="on" href="/next">Next</a></p>
<form action="/next">
<p><label>Name <input name="name" value="before"></label></p>
<p><label>Day <input type="date" name="day"></label></p>
<p><label>Kind <select name="kind"><option>a</option><option>b</option></select></label></p>
<p><label><input type="checkbox" name="tick"> Tick</label></p>
<p><button id="send">Send</button></p></form></main></html>"#;

/// Everything that a page may not do; the port is that of a stranger.
const UNSOUND: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Unsound</title>
<style>a { outline: none !important }</style>
<main><h1>Unsound</h1><p style="color:#bbb;background:#fff">hardly to be read</p>
<img src="http://localhost:STRANGER/picture"><a id="unseen" href="/">unseen</a>
<button id="under">Under</button><div style="position:fixed;inset:0"></div>
<script>console.error('a complaint')</script></main></html>"#;

/// A house of two rooms, for these tests.
async fn stage() -> (String, JoinSet<()>) {
    let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = door.local_addr().unwrap().port();
    let mut players = JoinSet::new();
    players.spawn(async move {
        let mut answers = JoinSet::new();
        while let Ok((visitor, _)) = door.accept().await {
            answers.spawn(answer(visitor, port));
        }
    });
    (format!("http://127.0.0.1:{port}"), players)
}

async fn answer(mut visitor: TcpStream, port: u16) {
    let mut asked = Vec::new();
    while !asked.ends_with(b"\r\n\r\n") {
        let Ok(byte) = visitor.read_u8().await else {
            return;
        };
        asked.push(byte);
    }
    let asked = String::from_utf8(asked).unwrap();
    let path = asked.split(' ').nth(1).unwrap();
    let (status, page) = match path.split('?').next().unwrap() {
        "/sound" => ("200 OK", SOUND.to_owned()),
        "/unsound" => ("200 OK", UNSOUND.replace("STRANGER", &port.to_string())),
        "/next" => ("200 OK", SOUND.replace("Sound", "Next")),
        "/heavy" => ("200 OK", SOUND.replace("</main>", &"heavy ".repeat(50_000))),
        "/blocked" => (
            "200 OK",
            SOUND.replace("<style>", "<link rel=stylesheet href=/sheet.css><style>"),
        ),
        "/favicon.ico" => ("204 No Content", String::new()),
        _ => ("404 Not Found", SOUND.replace("Sound", "Not here")),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        page.len()
    );
    drop(visitor.write_all((head + &page).as_bytes()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sound_page_is_read_filled_and_walked_through() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let (url, _stage) = stage().await;
    let page = browser.visitor(&url).await;
    assert_eq!(page.open("/nowhere").await, 404);
    assert_eq!(
        page.complaints().len(),
        1,
        "the console says of a page that is not there"
    );
    assert_eq!(page.open("/sound").await, 200);
    assert!(
        (500..FIRST_VIEW_BYTES_MAX).contains(&page.bytes()),
        "{}",
        page.bytes()
    );
    assert_eq!(page.says("#script").await.as_deref(), Some("script"));
    page.pass("harness-sound").await;

    page.look(Look::Print).await;
    assert_eq!(page.says(".paper").await.as_deref(), Some("on paper"));
    assert_eq!(page.says(".screen").await.as_deref(), Some(""));
    page.look(Look::Light).await;

    let walked = page.walk().await;
    let controls: Vec<&str> = walked.iter().map(|stop| stop.control.as_str()).collect();
    let all = [
        "a#on",
        "input[name]",
        "input[day]",
        "select[kind]",
        "input[tick]",
        "button#send",
    ];
    assert_eq!(controls, all);
    assert_eq!(walked[1].name, "Name");

    assert_eq!(page.count("input").await, 3);
    let kind = page.attribute("[name=day]", "type").await;
    assert_eq!(kind.as_deref(), Some("date"));
    page.fill("[name=name]", "José").await;
    assert_eq!(page.value("[name=name]").await, "José");
    page.fill("[name=day]", "2026-07-01").await;
    page.fill("[name=kind]", "b").await;
    page.fill("[name=tick]", "on").await;
    page.follow("#send").await;
    let sent = "/next?name=Jos%C3%A9&day=2026-07-01&kind=b&tick=on";
    assert_eq!(page.at().await, sent);
    page.until_says("h1", "Next").await;

    page.open("/sound").await;
    page.reload().await;
    page.key("Tab").await;
    page.key("Tab").await;
    page.key_with_shift("Tab").await;
    assert_eq!(page.stop().await.unwrap().name, "Next");
    page.follow_key("Enter").await;
    assert_eq!(page.at().await, "/next");

    page.without_script(true).await;
    page.open("/sound").await;
    assert_eq!(page.says("#script").await.as_deref(), Some("no script"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_page_may_not_do_is_found() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let (url, _stage) = stage().await;
    let page = browser.visitor(&url).await;
    page.open("/unsound").await;
    let found = page.axe().await;
    for rule in ["image-alt", "color-contrast"] {
        let about = |line: &&String| line.starts_with(&format!("{rule}: "));
        assert_eq!(
            found.iter().filter(about).count(),
            1,
            "{rule} in {found:#?}"
        );
    }
    let strangers = page.strangers();
    assert!(strangers[0].ends_with("/picture"), "{strangers:?}");
    until("a complaint", async || {
        let said = page.complaints();
        said.iter()
            .any(|said| said.contains("a complaint"))
            .then_some(())
    })
    .await;
    page.key("Tab").await;
    let stop = page.stop().await.unwrap();
    assert_eq!((stop.control.as_str(), stop.is_seen()), ("a#unseen", false));
    assert_eq!(
        page.try_press("#under").await.unwrap_err().lines().count(),
        1
    );
    page.open("/heavy").await;
    assert!(page.bytes() > FIRST_VIEW_BYTES_MAX, "{}", page.bytes());
    page.open("/blocked").await;
    assert_eq!(page.blocking().await, ["/sheet.css"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_drops_and_comes_back() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let (url, _stage) = stage().await;
    let link = Link::to(&url).await;
    let page = browser.visitor(&link.url).await;
    assert_eq!(page.open("/sound").await, 200);
    link.drop_it();
    assert!(page.try_open("/sound").await.is_some());
    link.restore();
    assert_eq!(page.open("/sound").await, 200);
    page.offline(true).await;
    let online = "() => navigator.onLine";
    assert!(!page.ask::<bool>(online).await);
    assert!(page.try_open("/sound").await.is_some());
    page.offline(false).await;
    assert!(page.ask::<bool>(online).await);
}
