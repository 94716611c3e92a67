//! How a page looks: by day, by night, on a phone, on paper; and the inspection that each page passes.

use std::path::{Path, PathBuf};

use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
};
use chromiumoxide::cdp::browser_protocol::page::CaptureScreenshotFormat;
use chromiumoxide::page::ScreenshotParams;

use super::Page;

/// Under what circumstances a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Light,
    Dark,
    Phone,
    Print,
}

impl Look {
    pub(crate) const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::Phone, Self::Print];

    fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Phone => "phone",
            Self::Print => "print",
        }
    }

    fn size(self) -> (i64, i64) {
        match self {
            Self::Light | Self::Dark => (1280, 800),
            // A common phone; the narrowest in use has 320.
            Self::Phone => (360, 740),
            // A4 at 96 dots to the inch.
            Self::Print => (794, 1123),
        }
    }
}

/// A folder for pictures, beside what is built.
pub(super) fn folder(name: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let folder = target.join("pages").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A picture of the whole page, as PNG.
pub(super) async fn picture(tab: &chromiumoxide::Page) -> Vec<u8> {
    let whole = ScreenshotParams::builder()
        .format(CaptureScreenshotFormat::Png)
        .full_page(true)
        .build();
    tab.screenshot(whole).await.unwrap_or_default()
}

impl Page {
    /// Looks at the page under other circumstances from now on.
    pub(crate) async fn look(&self, look: Look) {
        let scheme = if look == Look::Dark { "dark" } else { "light" };
        let media = SetEmulatedMediaParams::builder()
            .media(if look == Look::Print {
                "print"
            } else {
                "screen"
            })
            .features([
                MediaFeature::new("prefers-color-scheme", scheme),
                // What moves would be caught anywhere on its way.
                MediaFeature::new("prefers-reduced-motion", "reduce"),
            ]);
        self.tab().execute(media.build()).await.unwrap();
        let (width, height) = look.size();
        let phone = look == Look::Phone;
        let size = SetDeviceMetricsOverrideParams::new(width, height, 1.0, phone);
        self.tab().execute(size).await.unwrap();
    }

    /// Leaves a picture of the page as it looks now under `target/pages`.
    pub(crate) async fn picture(&self, name: &str, look: Look) {
        let file = folder("").join(format!("{name}-{}.png", look.name()));
        std::fs::write(file, picture(self.tab()).await).unwrap();
    }

    /// The inspection of a page: in each look it is pictured, axe finds nothing serious, and nothing
    /// runs out to the right; nobody but the house was asked, and the console is silent.
    pub(crate) async fn pass(&self, name: &str) {
        for look in Look::ALL {
            self.look(look).await;
            self.picture(name, look).await;
            if look != Look::Print {
                assert_eq!(self.axe().await, [""; 0], "{name}, {look:?}");
            }
            let over: i64 = self
                .ask("() => document.scrollingElement.scrollWidth - innerWidth")
                .await;
            assert!(over <= 0, "{name}, {look:?}: {over} pixels too wide");
        }
        self.look(Look::Light).await;
        assert_eq!(self.strangers(), [""; 0], "{name} asks others");
        assert_eq!(self.complaints(), [""; 0], "{name} complains");
    }
}
