//! Flowed text (RFC 3676): lines that end in a space go on in the next one.

/// Puts the lines of each paragraph together. `joins_words`: the space at the end of a line is none of the text (`DelSp=yes`).
pub fn read(text: &str, joins_words: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let words = line.trim_start_matches('>');
        let depth = line.len() - words.len();
        let words = words.strip_prefix(' ').unwrap_or(words);
        let is_signature = words == "-- ";
        if open != Some(depth) || is_signature {
            if open.is_some() {
                out.push('\n');
            }
            out.push_str(&">".repeat(depth));
            if depth > 0 {
                out.push(' ');
            }
        }
        let goes_on = words.ends_with(' ') && !is_signature;
        out.push_str(if goes_on && joins_words { &words[..words.len() - 1] } else { words });
        open = goes_on.then_some(depth);
        if !goes_on {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn lines_go_on_in_their_own_quotation() {
        assert_eq!(read("One \ntwo.\n\n> It \n> rained. \nNo.\n", false), "One two.\n\n> It rained. \nNo.\n");
        assert_eq!(read("The no \nrth  \npier.\n-- \nMe\n", true), "The north pier.\n-- \nMe\n");
        assert_eq!(read(" stuffed\n", false), "stuffed\n");
    }
}
