//! Pictures of panels as files to take away, with the panel's words around them.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use homeward_dashboard::chart::{Caption, Picture, PictureError};

use super::ask::Ask;
use super::panel::{Drawn, Link, Panel};
use crate::problem::Problem;

/// Asks a page for the file of one of its pictures instead of the page: `?picture=survival.png`.
const ASKED: &str = "picture";

/// How a picture leaves: as drawing, or as points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Svg,
    Png,
}

impl Format {
    const ALL: [Self; 2] = [Self::Svg, Self::Png];

    const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
        }
    }
}

/// Adds to each panel that has a picture where its files are. If the page was asked for one of them, that
/// is the response.
pub(crate) async fn offer(ask: &Ask, panels: &mut [Panel]) -> Option<Response> {
    let mut asked_for = None;
    for panel in panels {
        if panel.picture.is_none() {
            continue;
        }
        for format in Format::ALL {
            let name = format!("{}.{}", panel.id, format.ending());
            let href = ask.frame.with(ASKED, &name);
            panel
                .takes
                .push(Link::new(href, format.ending().to_uppercase()));
            if ask.frame.one(ASKED) == name {
                asked_for = Some((panel.clone(), format, name));
            }
        }
    }
    let (panel, format, name) = asked_for?;
    let id = panel.id;
    // Points are computed: other requests do not wait for them.
    let written = tokio::task::spawn_blocking(move || written(&panel, format)).await;
    let error = match written {
        Ok(Ok(bytes)) => return Some(file(bytes, format, &name)),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    tracing::error!(panel = id, error, "a picture could not be written");
    Some(Problem::internal().into_response())
}

fn written(panel: &Panel, format: Format) -> Result<Vec<u8>, PictureError> {
    let basis = panel.basis.as_ref().map_or("", |basis| basis.said.as_str());
    let subtitle = format!("{} {basis}", panel.subtitle);
    let caption = Caption {
        headline: &panel.headline,
        subtitle: subtitle.trim(),
        footer: &panel.foot,
    };
    let figure = panel.picture.as_ref().map_or("", Drawn::svg);
    let picture = Picture::of(figure, &caption)?;
    match format {
        Format::Svg => Ok(picture.svg().into_bytes()),
        Format::Png => picture.png(),
    }
}

fn file(bytes: Vec<u8>, format: Format, name: &str) -> Response {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    let media_type = HeaderValue::from_static(format.media_type());
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}
