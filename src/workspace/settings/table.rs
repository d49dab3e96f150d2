//! Every setting: the one list from which the file and the editor are read, and from which the schemas
//! and the reference in the documentation are written.

use serde_json::Value;

use super::layer::Layer;
use crate::rules::Profile;
use crate::rules::cite::Style;
use crate::rules::yardstick::Standard;

/// A setting. Unless it is only of the user, it may stand in `corroborate.toml` and in an editor's settings alike.
pub struct Setting {
    pub name: &'static str,
    pub kind: Kind,
    /// As JSON.
    pub default: &'static str,
    /// One line for tables.
    pub summary: &'static str,
    /// One paragraph, in Markdown.
    pub doc: &'static str,
    /// It counts only in the user's own settings file.
    pub is_of_user: bool,
    /// Takes over a value that is given.
    pub(super) set: fn(&mut Layer<'_>, &Value),
}

/// What values a setting has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Globs,
    /// Not set, or globs.
    MaybeGlobs,
    Megabytes,
    Flag,
    OneOf(&'static [&'static str]),
    /// Not set, or one of these.
    MaybeOneOf(&'static [&'static str]),
    /// Names with other names.
    Names,
    /// Rules with their levels.
    Rules,
    Overrides,
    /// Who judges, and where another model is.
    Model,
    /// A table of words of likelihood by its name, or one's own.
    Yardstick,
}

const STYLES: &[&str] = &[Style::ALL[0].name(), Style::ALL[1].name(), Style::ALL[2].name(), Style::ALL[3].name()];
const PROFILES: &[&str] = &[Profile::ALL[0].name(), Profile::ALL[1].name(), Profile::ALL[2].name()];

/// In the order of their names.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "aliases",
        kind: Kind::Names,
        default: "{}",
        summary: "names that mean the same, each with one other name",
        doc: "Other names of the same thing, such as `\"the Ministry\" = \"Ministry of Ports\"`. A sentence that has \
              one of them is borne out by a passage that has the other.",
        is_of_user: false,
        set: |layer, value| layer.aliases(value),
    },
    Setting {
        name: "bibliography",
        kind: Kind::MaybeGlobs,
        default: "null",
        summary: "the bibliographies; not set: all that are found",
        doc: "Globs or paths of the bibliographies, BibTeX or CSL-JSON. Only these are read, and those that the front \
              matter of a note names. If it is not set, all bibliographies that are found are read.",
        is_of_user: false,
        set: |layer, value| layer.globs(value).into_iter().for_each(|globs| layer.settings.bibliography = Some(globs)),
    },
    Setting {
        name: "citation-style",
        kind: Kind::MaybeOneOf(STYLES),
        default: "null",
        summary: "how citations are written that a fix inserts; not set: in the note's own style",
        doc: "How a fix writes a citation: `key` is `[@report]`, `wiki` is `[[report]]`, `link` is a link to the source, \
              and `text-fragment` is a link to the words. If it is not set, citations are written as the note already \
              cites, and as keys where it does not.",
        is_of_user: false,
        set: |layer, value| {
            let style = layer.one_of(value, STYLES).and_then(Style::of);
            layer.settings.citation_style = style.or(layer.settings.citation_style);
        },
    },
    Setting {
        name: "code-lens",
        kind: Kind::Flag,
        default: "true",
        summary: "whether editors show how a note's claims stand, and how many notes cite a source",
        doc: "Whether editors show on top of a note how its claims stand, and on top of a source how many notes cite it.",
        is_of_user: false,
        set: |layer, value| layer.flag(value).into_iter().for_each(|flag| layer.settings.code_lens = flag),
    },
    Setting {
        name: "inlay-hints",
        kind: Kind::Flag,
        default: "false",
        summary: "whether editors show a mark behind each claim",
        doc: "Whether editors show a mark for its verdict behind each claim, with the number of sources that say it if \
              there are several.",
        is_of_user: false,
        set: |layer, value| layer.flag(value).into_iter().for_each(|flag| layer.settings.inlay_hints = flag),
    },
    Setting {
        name: "largest-source",
        kind: Kind::Megabytes,
        default: "64",
        summary: "larger sources are named and not read, in megabytes of 1,048,576 bytes",
        doc: "Sources of more megabytes (1,048,576 bytes) are named and not read.",
        is_of_user: false,
        set: |layer, value| layer.megabytes(value).into_iter().for_each(|most| layer.settings.largest_source_mb = most),
    },
    Setting {
        name: "model",
        kind: Kind::Model,
        default: "{}",
        summary: "who judges what claims mean: `judge`, and the `path` of another model",
        doc: "Who judges what claims mean. `judge` is `\"model\"`, or `\"words\"` for the comparisons of words alone. `path` \
              names the folder of another model than the bundled one: a cross-encoder for entailment of BERT's kind, \
              with `model.onnx`, `tokenizer.json` and `config.json`.",
        is_of_user: true,
        set: |layer, value| layer.model(value),
    },
    Setting {
        name: "notes",
        kind: Kind::Globs,
        default: r#"["**/*.md", "**/*.markdown"]"#,
        summary: "the files that are checked when a folder is",
        doc: "Globs of the files that are checked when a folder is, relative to the workspace's folder. What is a source \
              is never a note.",
        is_of_user: false,
        set: |layer, value| layer.globs(value).into_iter().for_each(|globs| layer.settings.notes = globs),
    },
    Setting {
        name: "overrides",
        kind: Kind::Overrides,
        default: "[]",
        summary: "other rules, or another profile, for some notes",
        doc: "What holds for some notes only. Each has `notes`, a list of globs, and `rules` or a `profile` or both. Of \
              several that match a note, later ones win.",
        is_of_user: false,
        set: |layer, value| layer.overrides(value),
    },
    Setting {
        name: "profile",
        kind: Kind::OneOf(PROFILES),
        default: "\"draft\"",
        summary: "what the notes are meant for",
        doc: "What the notes are meant for. In a `draft`, what is only lacking for readers is left alone. In a `release` \
              it is a warning. `icd203` asks besides for the language of judgement of ICD 203.",
        is_of_user: false,
        set: |layer, value| layer.step.profile = layer.one_of(value, PROFILES).and_then(Profile::of),
    },
    Setting {
        name: "rules",
        kind: Kind::Rules,
        default: "{}",
        summary: "how severe the findings of a rule are, or `off`",
        doc: "How severe the findings of a rule are: `error`, `warning`, `information`, `hint`, or `off` for none. \
              `default` is what the profile says.",
        is_of_user: false,
        set: |layer, value| layer.step.rules = layer.levels(value),
    },
    Setting {
        name: "semantic-tokens",
        kind: Kind::Flag,
        default: "false",
        summary: "whether editors colour claims, judgements and quotations",
        doc: "Whether editors are told which words are claims, with their verdicts, judgements and quotations, so that a \
              theme can colour them.",
        is_of_user: false,
        set: |layer, value| layer.flag(value).into_iter().for_each(|flag| layer.settings.semantic_tokens = flag),
    },
    Setting {
        name: "sources",
        kind: Kind::Globs,
        default: r#"["sources/**"]"#,
        summary: "the files that can be evidence",
        doc: "Globs of the files that can be evidence, relative to the workspace's folder.",
        is_of_user: false,
        set: |layer, value| layer.globs(value).into_iter().for_each(|globs| layer.settings.sources = globs),
    },
    Setting {
        name: "yardstick",
        kind: Kind::Yardstick,
        default: "\"icd203\"",
        summary: "the words of likelihood that judgements have, and what they stand for in per cent",
        doc: "The words of likelihood that judgements have: those of `icd203` (ICD 203), `phia` (the PHIA Probability \
              Yardstick), `ipcc` (the IPCC's guidance note), or a table of your own, such as \
              `\"a fair chance\" = [55, 75]`, from so many per cent to so many. The profile `icd203` holds \
              judgements to it.",
        is_of_user: false,
        set: |layer, value| layer.yardstick(value).into_iter().for_each(|own| layer.settings.yardstick = own),
    },
];

impl Kind {
    /// What a value must be, in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Globs | Self::MaybeGlobs => "a list of globs".to_owned(),
            Self::Megabytes => "a whole number".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::OneOf(names) | Self::MaybeOneOf(names) => {
                names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            }
            Self::Names => "a table of names".to_owned(),
            Self::Rules => "a table of rules".to_owned(),
            Self::Overrides => "a list of tables".to_owned(),
            Self::Model => "a table".to_owned(),
            Self::Yardstick => {
                let names: Vec<String> = Standard::ALL.iter().map(|standard| format!("`{}`", standard.name())).collect();
                format!("{}, or a table of ranges", names.join(", "))
            }
        }
    }
}

/// All defaults, as a layer of settings.
pub(super) fn defaults() -> Value {
    let default = |setting: &Setting| (setting.name.to_owned(), serde_json::from_str(setting.default).unwrap_or_default());
    Value::Object(SETTINGS.iter().filter(|setting| !setting.is_of_user).map(default).collect())
}
