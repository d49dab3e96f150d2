//! What is known of a source besides its words.

use serde::{Deserialize, Serialize};

use super::Fields;

/// Facts about a source, all optional. Dates are ISO 8601, to the day, month or year
/// (`2024-03-15`, `2024-03`, `2024`). Reliability (of the origin, A–F) and credibility (of the
/// content, 1–6) are the two scales of the Admiralty code and are never merged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    pub title: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub date: Option<String>,
    pub lang: Option<String>,
    pub url: Option<String>,
    /// Where a copy is kept.
    pub archive_url: Option<String>,
    pub reliability: Option<String>,
    pub credibility: Option<String>,
    /// The marking as it stands on the document, such as `SECRET//NOFORN` or `TLP:AMBER`.
    pub classification: Option<String>,
    /// Whose word it is as a whole, as somebody has judged it.
    pub origin: Option<String>,
    /// Origins on which it does not rest, whatever its words say; several with `;` between them.
    pub not_origin: Option<String>,
}

impl Metadata {
    /// `B2`: how reliable the source is and how credible what it says, as far as somebody has judged it.
    #[must_use]
    pub fn grade(&self) -> Option<String> {
        let grade: String = [self.reliability.as_deref(), self.credibility.as_deref()].into_iter().flatten().collect();
        (!grade.is_empty()).then_some(grade)
    }

    /// Metadata from named fields, as front matter, sidecars and HTML `<meta>` hold them.
    #[must_use]
    pub fn from_fields(fields: &Fields) -> Self {
        let get = |names: &[&str]| names.iter().find_map(|name| fields.get(name));
        Self {
            title: get(&["title", "og:title", "headline", "dc.title", "twitter:title"]),
            author: get(&["author", "authors", "creator", "dc.creator", "article:author", "byline"]).map(|name| unlinked(&name)),
            publisher: get(&["publisher", "og:site_name", "organization", "institution", "dc.publisher", "agency", "issuer"]),
            date: get(&[
                "date",
                "article:published_time",
                "datepublished",
                "pubdate",
                "dc.date",
                "published",
                "date-published",
                "date_published",
                "published_date",
                "time",
            ])
            .map(|date| iso_date(&date).unwrap_or(date)),
            lang: get(&["lang", "language", "inlanguage", "og:locale", "dc.language"]),
            // Web clippers name the address so.
            url: get(&["url", "og:url", "canonical"])
                .or_else(|| get(&["source", "source-url", "source_url", "link"]).filter(|source| source.starts_with("http"))),
            archive_url: get(&["archive-url", "archive_url", "archived", "archive"]),
            reliability: get(&["reliability", "source-reliability"]).map(|grade| grade.to_uppercase()),
            credibility: get(&["credibility", "information-credibility"]),
            classification: get(&["classification", "marking", "tlp"]),
            origin: get(&["origin"]),
            not_origin: get(&["not-origin", "not_origin"]),
        }
    }

    /// The same, with what is unknown here taken from `other`.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        for (field, known) in self.slots_mut().into_iter().zip(other.slots()) {
            if field.is_none() {
                field.clone_from(known);
            }
        }
        self
    }

    /// The names of all fields, and their values as far as they are known.
    #[must_use]
    pub fn slots_named(&self) -> [(&'static str, Option<&str>); 12] {
        let mut slots = self.slots().into_iter();
        NAMES.map(|name| (name, slots.next().and_then(|slot| slot.as_deref())))
    }

    /// The known fields by name.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.slots_named().into_iter().filter_map(|(name, value)| value.map(|value| (name, value)))
    }

    fn slots(&self) -> [&Option<String>; 12] {
        [
            &self.title,
            &self.author,
            &self.publisher,
            &self.date,
            &self.lang,
            &self.url,
            &self.archive_url,
            &self.reliability,
            &self.credibility,
            &self.classification,
            &self.origin,
            &self.not_origin,
        ]
    }

    fn slots_mut(&mut self) -> [&mut Option<String>; 12] {
        [
            &mut self.title,
            &mut self.author,
            &mut self.publisher,
            &mut self.date,
            &mut self.lang,
            &mut self.url,
            &mut self.archive_url,
            &mut self.reliability,
            &mut self.credibility,
            &mut self.classification,
            &mut self.origin,
            &mut self.not_origin,
        ]
    }
}

/// The fields' names, in the order of their slots.
const NAMES: [&str; 12] = [
    "title",
    "author",
    "publisher",
    "date",
    "lang",
    "url",
    "archive-url",
    "reliability",
    "credibility",
    "classification",
    "origin",
    "not-origin",
];

/// Names without the brackets of links between notes: `[[Ada Moss]]`, `[[people/moss|Ada Moss]]`.
fn unlinked(names: &str) -> String {
    let mut out = String::new();
    let mut parts = names.split("[[");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (target, rest) = part.split_once("]]").unwrap_or((part, ""));
        out.push_str(target.rsplit('|').next().unwrap_or(target));
        out.push_str(rest);
    }
    out
}

/// A date in a file's name (`2024-03-15_inquiry.txt`, `20240315 inquiry.pdf`).
pub(super) fn date_of_file_name(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let dashed = || (0..name.len()).filter_map(|at| name.get(at..at + 10)).find(|part| is_iso_date(part)).map(str::to_owned);
    let compact = || {
        name.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 8).find_map(|run| {
            let date = format!("{}-{}-{}", &run[..4], &run[4..6], &run[6..]);
            (is_iso_date(&date) && matches!(&run[..2], "19" | "20")).then_some(date)
        })
    };
    dashed().or_else(compact)
}

/// The calendar date at the head of an ISO 8601 or PDF time stamp, or of a date in words.
pub(super) fn iso_date(value: &str) -> Option<String> {
    let value = value.trim().trim_start_matches("D:");
    if let Some(date) = value.get(..10).filter(|date| is_iso_date(date)) {
        return Some(date.to_owned());
    }
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    if digits >= 8 {
        let date = format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..8]);
        return is_iso_date(&date).then_some(date);
    }
    let parts: Vec<&str> = value.split(['-', '/']).collect();
    if digits == 4 && (value.len() == 4 || value.len() == 7 && matches!(parts[..], [_, m] if matches!(m.parse(), Ok(1..=12)))) {
        return Some(value.replace('/', "-"));
    }
    crate::text::dates::first_full_date(value)
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
    fn a_file_name_may_hold_a_date() {
        for (path, date) in [
            ("sources/2024-03-15-port.txt", Some("2024-03-15")),
            ("20240315 port.pdf", Some("2024-03-15")),
            ("sources/0101-99-99-port.txt", None),
            ("99999999.txt", None),
        ] {
            assert_eq!(date_of_file_name(path).as_deref(), date, "{path}");
        }
    }

    #[test]
    fn dates_of_all_formats_are_iso_dates() {
        for (value, date) in [
            ("2024-03-15T10:00:00Z", Some("2024-03-15")),
            ("D:20240315100000+01'00'", Some("2024-03-15")),
            ("2024-03", Some("2024-03")),
            ("2024", Some("2024")),
            ("15 March 2024", Some("2024-03-15")),
            ("soon", None),
        ] {
            assert_eq!(iso_date(value).as_deref(), date, "{value}");
        }
    }

    #[test]
    fn what_is_known_first_stays() {
        let known = Metadata { title: Some("A".into()), ..Metadata::default() };
        let other = Metadata { title: Some("B".into()), date: Some("2024".into()), ..Metadata::default() };
        assert_eq!(known.or(&other).fields().collect::<Vec<_>>(), [("title", "A"), ("date", "2024")]);
    }
}
