//! A chart that leaves its page: the picture with its headline, what it rests on and its style sheet,
//! as one SVG file or as PNG.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::ink::Ink;
use super::pen::{Pen, px};
use super::{Frame, STYLE, typeface};

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

/// A picture could not be taken from its page.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// There is none, or it is not one of ours.
    #[error("no picture of a chart in this figure")]
    NoPicture,
    /// What was drawn cannot be read as SVG.
    #[error("a picture is not readable as svg")]
    Unreadable(#[from] resvg::usvg::Error),
    /// There is no room for its pixels.
    #[error("no room for a picture of {width} x {height}")]
    NoRoom {
        /// Of the picture, in its units.
        width: f32,
        /// Of the picture, in its units.
        height: f32,
    },
    /// The pixels cannot be written as PNG.
    #[error("a picture is not writable as png")]
    Unwritable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A picture that stands alone.
#[derive(Debug, Clone)]
pub struct Picture<'a> {
    caption: Caption<'a>,
    /// The attributes and all that is in the drawing for desks.
    drawing: &'a str,
    height: f64,
}

impl<'a> Picture<'a> {
    /// The drawing for desks out of what [`Chart::figure`](super::Chart::figure) gave, with what its page
    /// says around it.
    ///
    /// # Errors
    /// The figure holds no picture of a chart.
    pub fn of(figure: &'a str, caption: &Caption<'a>) -> Result<Self, PictureError> {
        let drawing = figure
            .split_once("<svg ")
            .and_then(|(_, from)| from.split_once("</svg>"));
        let drawing = drawing
            .map(|(drawing, _)| drawing)
            .ok_or(PictureError::NoPicture)?;
        let view = drawing
            .split_once("viewBox=\"")
            .and_then(|(_, from)| from.split('"').next());
        let height = view.and_then(|view| view.rsplit(' ').next()?.parse().ok());
        let height = height.ok_or(PictureError::NoPicture)?;
        Ok(Self {
            caption: *caption,
            drawing,
            height,
        })
    }

    /// As an SVG file, style sheet inside: it is light or dark as its reader likes.
    pub fn svg(&self) -> String {
        self.written(Some(STYLE))
    }

    /// As PNG, on white.
    ///
    /// # Errors
    /// Never for a picture of reasonable size; what could go wrong is named by [`PictureError`].
    pub fn png(&self) -> Result<Vec<u8>, PictureError> {
        static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
            let mut database = Database::new();
            for font in FONTS {
                database.load_font_data(font.to_vec());
            }
            database.set_sans_serif_family("Noto Sans");
            Arc::new(database)
        });
        // The font has no sign for minus; a dash of its width stands in.
        let drawn = self.written(None).replace('\u{2212}', "\u{2013}");
        let options = Options {
            fontdb: Arc::clone(&DATABASE),
            font_family: "Noto Sans".into(),
            ..Options::default()
        };
        let tree = Tree::from_str(&drawn, &options)?;
        let size = tree.size().to_int_size().scale_by(PIXELS_PER_UNIT);
        let pixels = size.and_then(|size| Pixmap::new(size.width(), size.height()));
        let Some(mut pixels) = pixels else {
            let (width, height) = (tree.size().width(), tree.size().height());
            return Err(PictureError::NoRoom { width, height });
        };
        let scale = Transform::from_scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
        resvg::render(&tree, scale, &mut pixels.as_mut());
        pixels
            .encode_png()
            .map_err(|error| PictureError::Unwritable(error.into()))
    }

    /// The drawing within its caption, on a ground of its own.
    fn written(&self, style: Option<&str>) -> String {
        let inner = Frame::Wide.width();
        let mut words = Pen::default();
        let y = lines(
            &mut words,
            self.caption.headline,
            (MARGIN, 22.0, inner),
            (Ink::Words, "700"),
        );
        let y = lines(
            &mut words,
            self.caption.subtitle,
            (y + 4.0, 14.0, inner),
            (Ink::Soft, "400"),
        );
        let top = y + 18.0;
        let footer = (top + self.height + 14.0, 12.0, inner);
        let end = lines(&mut words, self.caption.footer, footer, (Ink::Soft, "400"));
        let (width, height) = (inner + 2.0 * MARGIN, end + MARGIN);
        let mut pen = Pen::default();
        pen.element("svg")
            .set("xmlns", "http://www.w3.org/2000/svg")
            .set("class", "hc")
            .set(
                "viewBox",
                &format!("{} 0 {} {}", px(-MARGIN), px(width), px(height)),
            )
            .at("width", width)
            .at("height", height)
            .set("font-family", "system-ui, 'Noto Sans', sans-serif")
            .set("role", "group")
            .set("aria-label", self.caption.headline)
            .open();
        if let Some(style) = style {
            pen.words("style", style);
        }
        let ground = pen.element("rect").at("x", -MARGIN).at("y", 0.0);
        ground
            .at("width", width)
            .at("height", height)
            .fill(Ink::Ground)
            .empty();
        pen.markup(&words.written());
        let place = (px(top), px(inner), px(self.height));
        pen.markup(&format!(
            "<svg x=\"0\" y=\"{}\" width=\"{}\" height=\"{}\" ",
            place.0, place.1, place.2
        ));
        // What gives a drawing the width of its column would do so here as well.
        pen.markup(&self.drawing.replacen("class=\"hc hc-wide\" ", "", 1));
        pen.close("svg");
        pen.close("svg");
        pen.written()
    }
}

/// Words in lines from the left edge on. Returns where they end.
fn lines(
    pen: &mut Pen,
    words: &str,
    (top, size, room): (f64, f64, f64),
    (ink, weight): (Ink, &str),
) -> f64 {
    let mut y = top;
    for line in typeface::wrap(words, size * typeface::BOLD, room, 4) {
        let text = pen
            .element("text")
            .at("x", 0.0)
            .at("y", y + size)
            .at("font-size", size);
        text.fill(ink).set("font-weight", weight).text(&line);
        y += size * 1.3;
    }
    y
}
