//! How bad a desk finds what the rules say, and which of them it wants to hear.

use super::{Finding, RULES, Rule, Severity};

/// What the settings say of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// What the profile says.
    #[default]
    Default,
    As(Severity),
    Off,
}

/// What a note is meant for. Each asks for all that those before it ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// To be worked on: what is only lacking for readers is left alone.
    #[default]
    Draft,
    /// To be read by others.
    Release,
    /// To be read by those who expect the language of ICD 203.
    Icd203,
}

/// The levels of all rules for one note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Severities {
    /// In the order of [`RULES`].
    levels: Vec<Level>,
}

impl Level {
    pub const ALL: [Self; 6] = [
        Self::Default,
        Self::Off,
        Self::As(Severity::Hint),
        Self::As(Severity::Information),
        Self::As(Severity::Warning),
        Self::As(Severity::Error),
    ];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Off => "off",
            Self::As(severity) => severity.name(),
        }
    }

    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

impl Profile {
    pub const ALL: [Self; 3] = [Self::Draft, Self::Release, Self::Icd203];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Release => "release",
            Self::Icd203 => "icd203",
        }
    }

    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// What it says of a rule of which nothing else is said.
    fn level(self, rule: &Rule) -> Level {
        match rule.profile {
            Self::Draft => Level::Default,
            asking if asking <= self => Level::As(Severity::Warning),
            _ => Level::Off,
        }
    }
}

impl Severities {
    /// Those of a profile with what is said of single rules, the last word last.
    pub fn of<'a>(profile: Profile, said: impl IntoIterator<Item = (&'a str, Level)>) -> Self {
        let usual = |rule| profile.level(rule);
        let mut levels: Vec<Level> = RULES.iter().map(usual).collect();
        for (code, level) in said {
            if let Some(at) = place(code) {
                levels[at] = if level == Level::Default { usual(&RULES[at]) } else { level };
            }
        }
        Self { levels }
    }

    /// Whether a rule is to be heard.
    #[must_use]
    pub fn wants(&self, code: &str) -> bool {
        place(code).is_some_and(|at| self.levels[at] != Level::Off)
    }

    /// One character for each rule, different for different levels.
    #[must_use]
    pub fn written(&self) -> String {
        let character = |level| Level::ALL.iter().position(|other| *other == level).map_or('?', |at| char::from(b'0' + at as u8));
        self.levels.iter().map(|level| character(*level)).collect()
    }

    /// A finding as the desk sees it.
    pub(super) fn applied(&self, finding: Finding) -> Finding {
        match place(finding.code).map(|at| self.levels[at]) {
            Some(Level::As(severity)) => Finding { severity, ..finding },
            _ => finding,
        }
    }
}

fn place(code: &str) -> Option<usize> {
    RULES.binary_search_by_key(&code, |rule| rule.code).ok()
}
