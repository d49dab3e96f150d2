//! What is found out about sources: the labelled example, and the fields of every format.

mod support;

use std::path::Path;

use corroborate::library::{Library, SourceId};
use corroborate::source::Metadata;
use corroborate::workspace::Workspace;
use serde_json::Value;

fn open(root: &Path) -> std::sync::Arc<Workspace> {
    Workspace::open(root)
}

/// What is known of a source, or else what it suggests.
fn of(library: &Library, path: &str) -> Metadata {
    let id: Option<SourceId> = library.by_path(path);
    let view = library.view();
    let source = view.source(id.unwrap_or_else(|| panic!("no source {path}")));
    source.metadata.clone().or(&source.guessed)
}

fn field<'m>(metadata: &'m Metadata, name: &str) -> Option<&'m str> {
    metadata.fields().find(|(field, _)| *field == name).map(|(_, value)| value)
}

/// What the labels have as unknown and is found all the same, each with its reason.
const FOUND_BEYOND: &[(&str, &str)] = &[
    // From the bibliography beside the notes.
    ("sources/0101_port_ansel_outage.txt", "title"),
    ("sources/0101_port_ansel_outage.txt", "publisher"),
    // The line below the commission's name says what the transcript is of.
    ("sources/0107_inquiry_transcript_day2.txt", "title"),
];

#[test]
fn the_example_is_described_as_labelled() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let labels = std::fs::read_to_string(root.join("tests/corpus/sources.json")).expect("the labels");
    let labels: Vec<Value> = serde_json::from_str(&labels).expect("a list");
    let library = open(&support::example());
    let mut missed = Vec::new();
    for label in &labels {
        let path = label["file"].as_str().expect("a file");
        let metadata = of(&library.library, path);
        for name in ["title", "date", "publisher", "lang", "reliability", "credibility"] {
            let (found, wanted) = (field(&metadata, name), label[name].as_str());
            if found != wanted && !(wanted.is_none() && FOUND_BEYOND.contains(&(path, name))) {
                missed.push(format!("{path}: {name} is {found:?}, not {wanted:?}"));
            }
        }
    }
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn every_format_gives_its_own_fields() {
    let library = open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats"));
    let mut missed = Vec::new();
    for (file, name, wanted) in [
        ("harbour-audit.pdf", "title", "Follow-up audit of the Skellow harbour dredging contract"),
        ("harbour-audit.pdf", "author", "Office of the Auditor of Ports"),
        ("kelp-paper.pdf", "title", "Winter survival of cultivated sugar kelp in the Brannoch Sound"),
        ("tidal-mill.pdf", "title", "Tidal mill at Ostrey turns again after 83 years"),
        ("court-judgment.pdf", "author", "Regional Court of Easter Dale"),
        ("lab-incident.docx", "title", "Incident report: loss of samples in cold room 3"),
        ("lab-incident.docx", "author", "Renate Sjöholm"),
        ("lab-incident.docx", "date", "2024-05-02"),
        ("club-minutes.docx", "title", "Minutes of the extraordinary meeting"),
        ("club-minutes.docx", "date", "2023-09-11"),
        ("ferry-brief.docx", "author", "Planning Department of Sarn County"),
        ("frost-report.odt", "title", "Report on the frost of April"),
        ("frost-report.odt", "author", "Käthe Wüst"),
        ("frost-report.odt", "date", "2024-04-30"),
        ("lighthouse-log.odt", "author", "Enok Barr"),
        ("lost-tram.rtf", "author", "Zoë Färber-Núñez"),
        ("lost-tram.rtf", "date", "2022-09-12"),
        ("watchman.rtf", "title", "Statement of the night watchman"),
        ("watchman.rtf", "date", "2021-11-04"),
        ("water-board.rtf", "author", "Radka Němcová"),
        ("winter-road.epub", "title", "The Winter Road to Skarsund"),
        ("winter-road.epub", "author", "Tilde Aas"),
        ("winter-road.epub", "publisher", "Fjordhouse Press"),
        ("winter-road.epub", "date", "2019-10-03"),
        ("winter-road.epub", "lang", "en-GB"),
        ("salt-pans.epub", "author", "P. D. Orme"),
        ("bridge-reply.eml", "title", "Réponse: closing of the stone bridge"),
        ("bridge-reply.eml", "author", "Hélène Barthès"),
        ("bridge-reply.eml", "date", "2024-03-06"),
        ("orchestra-news.eml", "title", "Our last concert in the Corn Exchange – and what comes next"),
        ("port-figures.eml/figures.csv", "date", "2024-04-09"),
        ("port-figures.eml/doctor.pdf", "title", "Note of the harbour doctor"),
        ("hollin-drains.mbox/3.eml", "title", "Re: Blocked drains — thanks"),
        ("hollin-drains.mbox/3.eml", "date", "2023-12-01"),
        ("glass-works.html", "title", "Glassworks at Tarn Vale to close after 140 years"),
        ("glass-works.html", "publisher", "The Easter Dale Courier"),
        ("glass-works.html", "author", "Beatrix Hurn"),
        ("glass-works.html", "date", "2023-11-21"),
        ("glass-works.html", "url", "https://courier.example/2023/11/glassworks-close"),
        ("museum-theft.html", "title", "Two arrested after theft of the Sarn crown"),
        ("museum-theft.html", "publisher", "Coastline Weekly"),
        ("museum-theft.html", "author", "Lorcan Veil"),
        ("museum-theft.html", "date", "2024-08-09"),
        ("museum-theft.html", "url", "https://coastline.example/crown"),
        ("rainfall-table.html", "publisher", "Mérida Observatory"),
        ("rainfall-table.html", "date", "2022-01-14"),
        ("2023-05-04_ice-fair.txt", "date", "2023-05-04"),
        ("wire-bridge.txt", "date", "2024-01-19"),
        ("wire-bridge.txt", "publisher", "Coast Wire"),
        ("watchman.rtf", "lang", "en"),
        ("weaver.json", "title", "Interview with the last weaver of Grèzes"),
        ("weaver.json", "date", "2022-11-03"),
    ] {
        let metadata = of(&library.library, &format!("sources/{file}"));
        let found = field(&metadata, name);
        if found != Some(wanted) {
            missed.push(format!("{file}: {name} is {found:?}, not {wanted:?}"));
        }
    }
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}
