//! How wide a text will be. A picture is laid out before any browser has seen it, so widths are
//! those of `DejaVu` Sans, the widest of what systems call their sans-serif (Verdana is its equal): a
//! label that fits here fits there.

/// Advance widths of the printable ASCII characters from the space on, in thousandths of the size.
/// Source: `hmtx` of `DejaVu` Sans 2.37.
const WIDTHS: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// What any other character is taken to be: accented letters are as wide as a wide plain one.
const OTHER: u16 = 700;

/// Bold letters are wider, by this much on running text.
pub(crate) const BOLD: f64 = 1.12;

/// The mark for what was cut off.
const CUT: char = '…';

/// How wide `text` is at a font size.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    let thousandths: f64 = text
        .chars()
        .map(|character| {
            let index = u32::from(character).checked_sub(0x20);
            let index = index.and_then(|index| usize::try_from(index).ok());
            f64::from(
                index
                    .and_then(|index| WIDTHS.get(index))
                    .copied()
                    .unwrap_or(OTHER),
            )
        })
        .sum();
    thousandths * size / 1000.0
}

/// How wide `text` is at a font size when it is bold.
pub(crate) fn bold_width(text: &str, size: f64) -> f64 {
    width(text, size) * BOLD
}

/// The text if it fits, else as much of it as does, with a mark that something is missing.
pub(crate) fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.into();
    }
    let mut kept = String::new();
    let mut used = width("…", size);
    for character in text.chars() {
        used += width(character.encode_utf8(&mut [0; 4]), size);
        if used > room {
            break;
        }
        kept.push(character);
    }
    kept.truncate(kept.trim_end().len());
    kept.push(CUT);
    kept
}

/// The text in lines that fit, broken at spaces; what does not fit into `lines_max` is cut.
pub(crate) fn wrap(text: &str, size: f64, room: f64, lines_max: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    let cut = lines.len() > lines_max;
    lines.truncate(lines_max);
    if cut && let Some(last) = lines.last_mut() {
        last.push(CUT);
    }
    lines.iter().map(|line| fit(line, size, room)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_nothing_is_dropped_without_a_mark() {
        let text = "returned to custody for a technical breach of supervision";
        let lines = wrap(text, 13.0, 130.0, 5);
        assert!(
            lines.iter().all(|line| width(line, 13.0) <= 130.0),
            "{lines:?}"
        );
        assert_eq!(lines.join(" "), text);
        assert!(wrap(text, 13.0, 130.0, 2).concat().ends_with(CUT));
        assert!(fit("Upper Takutu-Upper Essequibo", 13.0, 60.0).ends_with(CUT));
        assert_eq!(wrap("", 13.0, 60.0, 2), Vec::<String>::new());
    }
}
