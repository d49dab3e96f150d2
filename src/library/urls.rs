//! Addresses of web pages, and when two of them are the same page.

/// An address in the form in which the same pages are equal: without scheme, `www.`, fragment,
/// trailing slash and what only counts visitors. `None` for what is no address.
#[must_use]
pub fn normal(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
    })?;
    let rest = rest.split('#').next().unwrap_or_default().trim_end();
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if host.is_empty() {
        return None;
    }
    let mut normal = format!("{host}/{path}").trim_end_matches('/').to_owned();
    let kept: Vec<&str> = query.split('&').filter(|field| !field.is_empty() && !counts_visitors(field)).collect();
    if !kept.is_empty() {
        normal = format!("{normal}?{}", kept.join("&"));
    }
    Some(normal)
}

/// The address at which a document with a DOI is found, in the same form.
#[must_use]
pub fn of_doi(doi: &str) -> Option<String> {
    let doi = doi.trim();
    let bare = doi.find("10.").map(|at| &doi[at..])?;
    Some(format!("doi.org/{}", bare.to_ascii_lowercase()))
}

fn counts_visitors(field: &str) -> bool {
    const NAMES: &[&str] = &["fbclid", "gclid"];
    let name = field.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with("utm_") || NAMES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_page_is_equal() {
        for url in [
            "https://a.example/x",
            "http://www.a.example/x/",
            "HTTPS://A.example/x#part",
            "https://a.example/x?utm_source=n&utm_medium=m",
            "https://a.example/x/?utm_source=n#:~:text=y",
        ] {
            assert_eq!(normal(url).as_deref(), Some("a.example/x"), "{url}");
        }
        assert_eq!(normal("https://a.example/?id=3&utm_x=1").as_deref(), Some("a.example?id=3"));
        for other in ["", "a.txt", "mailto:x@a.example", "https://", "ünï"] {
            assert_eq!(normal(other), None, "{other}");
        }
        assert_ne!(normal("https://a.example/X"), normal("https://a.example/x"));
        assert_eq!(of_doi("https://doi.org/10.1/Ab").as_deref(), Some("doi.org/10.1/ab"));
    }
}
