//! `unknown-citation`: a citation that leads to no source.

use super::view::Pointer;
use super::{Check, CitationView, Finding, Fix, Rule, Severity, cite};
use crate::library::resolve::CitationTarget;
use crate::message;
use crate::note::{CitationKind, is_daily_note};
use crate::text::Untrusted;
use crate::text::words::readable;

pub const RULE: Rule = Rule {
    code: "unknown-citation",
    severity: Severity::Warning,
    summary: "a citation leads to no source",
    is_of_absence: true,
    ..Rule::of(Check::Citation(check))
};

fn check(subject: &CitationView<'_>, rule: &Rule) -> Vec<Finding> {
    let citation = &subject.citation;
    let is_of_day = || citation.kind() == CitationKind::Wiki && is_daily_note(&readable(citation.target()));
    if *citation.cited != CitationTarget::Unknown || is_of_day() {
        return Vec::new();
    }
    let name = if subject.is_lone_unknown { subject.library.nearest_name(&readable(citation.target())) } else { None };
    let mut message = message(citation, name);
    if !subject.is_lone_unknown && citation.kind() != CitationKind::Footnote {
        message.push_ours(" So many citations of the note lead nowhere that none is looked for that was meant.");
    }
    vec![rule.finding(subject.span(), message, None).with_fixes(fixed(citation, name))]
}

/// Only a name can be exchanged for another: a link needs a path, and a footnote a definition.
fn fixed(citation: &Pointer<'_>, name: Option<&str>) -> Option<Fix> {
    let is_name = matches!(citation.kind(), CitationKind::Key | CitationKind::BareKey | CitationKind::Wiki);
    name.filter(|_| is_name).and_then(|name| cite::renamed(citation, name))
}

fn message(citation: &Pointer<'_>, meant: Option<&str>) -> Untrusted {
    let target = citation.target();
    let what = match citation.kind() {
        CitationKind::Footnote => return message!("The footnote “{}” has no definition.", target),
        CitationKind::Link | CitationKind::Address | CitationKind::Definition => message!("There is no source at “{}”.", target),
        CitationKind::Key | CitationKind::BareKey => {
            message!("No bibliography entry and no source has the key “{}”.", target)
        }
        CitationKind::Wiki => message!("No source and no note is called “{}”.", target),
    };
    match meant {
        Some(name) => message!("{} Did you mean “{}”?", what, name),
        None => what,
    }
}
