//! What is known of a source besides its words.

use super::Fields;

/// Facts about a source, all optional. Dates are ISO 8601 (`2024-03-15`). Reliability (of the
/// origin, A–F) and credibility (of the content, 1–6) are the two scales of the Admiralty code
/// and are never merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pub title: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub date: Option<String>,
    pub lang: Option<String>,
    pub url: Option<String>,
    pub reliability: Option<String>,
    pub credibility: Option<String>,
}

impl Metadata {
    /// Metadata from named fields, as front matter and HTML `<meta>` hold them.
    #[must_use]
    pub fn from_fields(fields: &Fields) -> Self {
        let get = |names: &[&str]| names.iter().find_map(|name| fields.get(name));
        Self {
            title: get(&["title", "og:title"]),
            author: get(&["author", "authors", "article:author"]),
            publisher: get(&["publisher", "og:site_name", "organization", "institution"]),
            date: get(&["date", "article:published_time", "pubdate", "dc.date", "published"])
                .map(|date| date.get(..10).map_or(date.clone(), str::to_owned)),
            lang: get(&["lang", "language"]),
            url: get(&["url", "og:url", "canonical"]),
            reliability: get(&["reliability"]),
            credibility: get(&["credibility"]),
        }
    }

    /// Takes a date from the file name (`2024-03-15_inquiry.txt`) where none is known.
    pub(super) fn or_from_file_name(mut self, path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        if self.date.is_none() {
            self.date = (0..name.len()).filter_map(|at| name.get(at..at + 10)).find(|part| is_iso_date(part)).map(str::to_owned);
        }
        self
    }
}

/// Whether the text is a date such as `2024-03-15`.
pub(super) fn is_iso_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
        && matches!(text[5..7].parse(), Ok(1..=12))
        && matches!(text[8..10].parse(), Ok(1..=31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_name_gives_a_date_as_a_last_resort() {
        let dated = |path| Metadata::default().or_from_file_name(path).date;
        assert_eq!(dated("sources/2024-03-15-port.txt").as_deref(), Some("2024-03-15"));
        assert_eq!(dated("sources/0101-99-99-port.txt"), None);
    }
}
