//! A chart that leaves its page: the picture with its headline, what it rests on and its style sheet,
//! as one SVG file or as PNG.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::ink::Ink;
use super::pen::Pen;
use super::scale::number;
use super::sheet::Sheet;
use super::{Chart, ChartId, Frame, STYLE, typeface};

/// Air around a picture that stands alone.
const MARGIN: f64 = 24.0;

/// Pixels of a PNG per unit of the picture: sharp in a printed report of common width.
const PIXELS_PER_UNIT: f32 = 2.0;

const FONTS: [&[u8]; 2] = [
    include_bytes!("font/NotoSans-Regular-latin.ttf"),
    include_bytes!("font/NotoSans-Bold-latin.ttf"),
];

/// What the page says around a chart.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// The finding.
    pub headline: &'a str,
    /// The measure, how many, the definition and its version.
    pub subtitle: &'a str,
    /// As of when, and from where.
    pub footer: &'a str,
}

/// A picture could not be made of a chart.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// What was drawn cannot be read as SVG.
    #[error("chart {id}: not readable as svg")]
    Unreadable {
        /// The chart.
        id: String,
        /// Why.
        source: resvg::usvg::Error,
    },
    /// There is no room for its pixels.
    #[error("chart {id}: no room for {width} x {height} pixels")]
    NoRoom {
        /// The chart.
        id: String,
        /// Of the picture.
        width: f32,
        /// Of the picture.
        height: f32,
    },
    /// The pixels cannot be written as PNG.
    #[error("chart {id}: not writable as png")]
    Unwritable {
        /// The chart.
        id: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Chart<'_> {
    /// The chart as an SVG file of its own: caption and style sheet are inside.
    pub fn file(&self, id: &ChartId, caption: &Caption<'_>) -> String {
        self.alone(id, caption, Some(STYLE))
    }

    /// The chart as PNG, on white.
    ///
    /// # Errors
    /// Never for a chart of reasonable size; what could go wrong is named by [`PictureError`].
    pub fn png(&self, id: &ChartId, caption: &Caption<'_>) -> Result<Vec<u8>, PictureError> {
        static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
            let mut database = Database::new();
            for font in FONTS {
                database.load_font_data(font.to_vec());
            }
            database.set_sans_serif_family("Noto Sans");
            Arc::new(database)
        });
        // The font has no sign for minus; a dash of its width stands in.
        let drawn = self
            .alone(id, caption, None)
            .replace('\u{2212}', "\u{2013}");
        let options = Options {
            fontdb: Arc::clone(&DATABASE),
            font_family: "Noto Sans".into(),
            ..Options::default()
        };
        let name = || id.as_str().to_owned();
        let tree = Tree::from_str(&drawn, &options)
            .map_err(|source| PictureError::Unreadable { id: name(), source })?;
        let size = tree.size().to_int_size().scale_by(PIXELS_PER_UNIT);
        let pixels = size.and_then(|size| Pixmap::new(size.width(), size.height()));
        let Some(mut pixels) = pixels else {
            let (width, height) = (tree.size().width(), tree.size().height());
            return Err(PictureError::NoRoom {
                id: name(),
                width,
                height,
            });
        };
        let scale = Transform::from_scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
        resvg::render(&tree, scale, &mut pixels.as_mut());
        pixels
            .encode_png()
            .map_err(|source| PictureError::Unwritable {
                id: name(),
                source: source.into(),
            })
    }

    /// The picture with its caption on a ground of its own.
    fn alone(&self, id: &ChartId, caption: &Caption<'_>, style: Option<&str>) -> String {
        let mut sheet = Sheet::new(id, Frame::Wide);
        let inner = sheet.width();
        let mut above = Pen::default();
        let mut y = MARGIN;
        y = lines(
            &mut above,
            caption.headline,
            (y, 22.0, inner),
            (Ink::Words, "700"),
        );
        y = lines(
            &mut above,
            caption.subtitle,
            (y + 4.0, 14.0, inner),
            (Ink::Soft, "400"),
        );
        let picture_top = y + 18.0;
        sheet.pen.markup(&above.written());
        let group = sheet.pen.element("g");
        group
            .set(
                "transform",
                &format!("translate(0 {})", super::pen::px(picture_top)),
            )
            .open();
        let height = self.draw(&mut sheet);
        sheet.pen.close("g");
        let mut below = Pen::default();
        let end = lines(
            &mut below,
            caption.footer,
            (picture_top + height + 14.0, 12.0, inner),
            (Ink::Soft, "400"),
        );
        sheet.pen.markup(&below.written());
        sheet.finish_alone(&self.words, self.name(), (end + MARGIN, MARGIN), style)
    }
}

/// Words in lines from the left edge on. Returns where they end.
fn lines(
    pen: &mut Pen,
    words: &str,
    (top, size, room): (f64, f64, f64),
    (ink, weight): (Ink, &str),
) -> f64 {
    let lines = typeface::wrap(words, size * typeface::BOLD, room, 4);
    let mut y = top;
    for line in &lines {
        let text = pen
            .element("text")
            .at("x", 0.0)
            .at("y", y + size)
            .at("font-size", size);
        text.fill(ink).set("font-weight", weight).text(line);
        y += size * 1.3;
    }
    if number(lines.len()) > 0.0 { y } else { top }
}
