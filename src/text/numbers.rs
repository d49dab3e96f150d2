//! Numbers in running text: digits and words, with their magnitude, unit and comparator.
//!
//! Values are `f64` in the unit's own scale ("6.5 million" is 6 500 000). Dates and clock times
//! are not numbers; the caller says where they stand.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::Span;
use super::words::{Term, Word, form};

/// A quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The words of the value: currency sign, digits, magnitude, per cent sign.
    pub span: Span,
    pub value: f64,
    pub kind: Kind,
    /// Normalised unit: "percent", "hour", "dollar"; `None` where things are only counted.
    pub unit: Option<&'static str>,
    pub bound: Bound,
    /// Half a unit of the last place that was written: 50 000 for "6.5 million".
    pub precision: f64,
    /// The value if the decimal point is a thousands separator ("9.800").
    pub other_reading: Option<f64>,
    /// Part of a name, such as the 3 of "Terminal 3".
    pub label: bool,
    /// The word behind it, where it has no unit: what is counted.
    pub counted: Option<Term>,
    /// The value with its comparator: "at least 40".
    pub with_bound: Span,
}

/// What is counted or measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Count,
    Percent,
    Money,
    /// A part of a whole: "two thirds", "one in thirteen".
    Fraction,
    Ordinal,
    Duration,
    Measure,
    /// "dozens", "hundreds": the value is the least that it means.
    Vague,
}

/// What the words around a number make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Exact,
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
}

impl Bound {
    /// Whether one is a floor and the other a ceiling.
    #[must_use]
    pub fn opposes(self, other: Self) -> bool {
        let floor = |b: Self| matches!(b, Self::AtLeast | Self::MoreThan);
        let ceiling = |b: Self| matches!(b, Self::AtMost | Self::LessThan);
        floor(self) && ceiling(other) || ceiling(self) && floor(other)
    }
}

impl Number {
    /// Whether both name the same value, as exactly as the coarser of them was written.
    #[must_use]
    pub fn same_value(&self, other: &Self) -> bool {
        let readings = |n: &Self| [Some(n.value), n.other_reading];
        readings(self).into_iter().flatten().any(|a| {
            readings(other).into_iter().flatten().any(|b| {
                let rounded = self.bound == Bound::About || other.bound == Bound::About;
                let slack = if rounded { self.precision.max(other.precision).max(0.05 * a.abs().max(b.abs())) } else { 0.0 };
                (a - b).abs() <= slack + 1e-9 * a.abs().max(1.0)
            })
        })
    }

    /// Whether the two count or measure the same kind of thing, so that one can contradict the other.
    #[must_use]
    pub fn comparable(&self, other: &Self) -> bool {
        let part = |k: Kind| matches!(k, Kind::Percent | Kind::Fraction);
        let kinds = self.kind == other.kind || (part(self.kind) && part(other.kind));
        kinds && (self.unit == other.unit || self.unit.is_none() && other.unit.is_none() || part(self.kind))
    }

    /// Whether a source's number bears this one out, with its comparator.
    #[must_use]
    pub fn satisfied_by(&self, source: &Self) -> bool {
        let part = |k: Kind| matches!(k, Kind::Percent | Kind::Fraction);
        if self.bound.opposes(source.bound) || self.counts_other_money(source) || source.counts_other_money(self) {
            return false;
        }
        let (mine, theirs) = if part(self.kind) && part(source.kind) {
            (self.share(), source.share())
        } else if self.kind == Kind::Duration && source.kind == Kind::Duration {
            (self.seconds(), source.seconds())
        } else if (self.kind == Kind::Ordinal) != (source.kind == Kind::Ordinal)
            || part(self.kind) != part(source.kind)
            || self.unit.is_some() && source.unit.is_some() && self.unit != source.unit
        {
            return false;
        } else {
            if self.same_value(source) {
                return true;
            }
            (self.value, source.value)
        };
        let same = (mine - theirs).abs() <= 1e-9 * mine.abs().max(1.0);
        let near = |factor: f64| theirs <= mine * factor && mine <= theirs * factor;
        // Months and years are not of one length: 18 months are a year and a half.
        let same = same || self.kind == Kind::Duration && self.unit != source.unit && near(1.02);
        match self.bound {
            Bound::Exact => same,
            Bound::About => same || near(1.06) || (self.kind == Kind::Fraction && near(1.08)),
            Bound::AtLeast => theirs >= mine && near(1.5),
            Bound::MoreThan => (theirs > mine || (same && source.bound == Bound::MoreThan)) && near(1.5),
            Bound::AtMost => theirs <= mine && near(1.5),
            Bound::LessThan => (theirs < mine || (same && source.bound == Bound::LessThan)) && near(1.5),
        }
    }

    /// Whether this is money in a known currency and the other counts something else.
    fn counts_other_money(&self, other: &Self) -> bool {
        self.kind == Kind::Money && other.unit.is_none() && other.kind == Kind::Count && other.counted.is_some()
    }

    /// Whether both give the same figure in different units: 240 million euros and 240 million crowns.
    #[must_use]
    pub fn differs_in_unit(&self, other: &Self) -> bool {
        let units = match (self.unit, other.unit) {
            (Some(a), Some(b)) => a != b && self.kind == other.kind,
            _ => self.counts_other_money(other) || other.counts_other_money(self),
        };
        units && self.same_value(other)
    }

    /// A percentage or fraction as a part of one.
    fn share(&self) -> f64 {
        if self.kind == Kind::Percent { self.value / 100.0 } else { self.value }
    }

    /// A duration in seconds; months count 30 days and years 365.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        let unit = match self.unit {
            Some("minute") => 60.0,
            Some("hour") => 3600.0,
            Some("day") => 86_400.0,
            Some("week") => 604_800.0,
            Some("month") => 2_592_000.0,
            Some("year") => 31_536_000.0,
            Some("decade") => 315_360_000.0,
            _ => 1.0,
        };
        self.value * unit
    }
}

/// The numbers of a text, given its words; `taken` are spans of dates and clock times.
#[must_use]
pub fn numbers(text: &str, words: &[Word], taken: &[Span]) -> Vec<Number> {
    let scan = Scan { text, words };
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !may_begin(&words[at]) || taken.iter().any(|span| span.overlaps(words[at].span)) {
            at += 1;
            continue;
        }
        match scan.number(at) {
            Some((number, next)) => {
                found.push(number);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    share_units(text, &mut found);
    found
}

/// Whether a number can begin with this word; nearly all words are told at once.
fn may_begin(word: &Word) -> bool {
    static FORMS: LazyLock<FxHashSet<Term>> = LazyLock::new(|| {
        let more = ["a", "an", "half", "dozens", "hundreds", "thousands"];
        UNITS.iter().chain(TENS).chain(ORDINALS).chain(&more).map(|w| form(w)).collect()
    });
    word.has_digit || FORMS.contains(&word.form)
}

/// In "20–45 %" and "5 to 10 hours" the unit belongs to both numbers.
fn share_units(text: &str, found: &mut [Number]) {
    for i in 1..found.len() {
        let between = Span::new(found[i - 1].span.end, found[i].span.start).of(text);
        let is_range = matches!(between.trim(), "-" | "–" | "—" | "to" | "or" | "and") && between.len() <= 5;
        if is_range && found[i - 1].unit.is_none() && found[i - 1].kind == Kind::Count && found[i].unit.is_some() {
            (found[i - 1].unit, found[i - 1].kind) = (found[i].unit, found[i].kind);
        }
    }
}

struct Scan<'t> {
    text: &'t str,
    words: &'t [Word],
}

/// A value while it is read.
struct Value {
    value: f64,
    precision: f64,
    other_reading: Option<f64>,
    kind: Kind,
    next: usize,
}

impl Scan<'_> {
    fn lower(&self, at: usize) -> String {
        self.words.get(at).map_or_else(String::new, |w| w.span.of(self.text).to_lowercase())
    }

    fn gap(&self, at: usize) -> &str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(a), Some(b)) => Span::new(a.span.end, b.span.start).of(self.text),
            _ => "\0",
        }
    }

    /// Whether the words at `at` and `at + 1` stand side by side.
    fn close(&self, at: usize) -> bool {
        let gap = self.gap(at);
        gap.chars().all(|c| c.is_whitespace() || c == '-') && !gap.is_empty() && gap.len() <= 8
    }

    fn number(&self, at: usize) -> Option<(Number, usize)> {
        let mut value = self.digits(at).or_else(|| self.fraction(at)).or_else(|| self.spelled(at))?;
        let before_text = &self.text[..self.words[at].span.start];
        let mut span = self.words[at].span.cover(self.words[value.next - 1].span);
        let (unit, kind, next) = self.unit(&mut value, at, &mut span);
        let currency = currency_before(before_text);
        let (unit, kind) = match currency {
            Some((sign, unit)) => {
                span.start -= sign;
                (Some(unit), Kind::Money)
            }
            None => (unit, kind),
        };
        let (bound, back) = self.bound(at, next);
        let label = self.is_label(at, &value, unit);
        let next = self.and_a_half(&mut value, next, unit.is_some(), &mut span);
        let counted = self
            .words
            .get(next)
            .filter(|w| unit.is_none() && self.close(next - 1) && !w.is_stop && !w.is_capital && !w.has_digit)
            // "4,2 millones de coronas": a particle is not what is counted.
            .filter(|w| w.span.len() >= 4);
        let number = Number {
            span,
            value: value.value,
            kind,
            unit,
            bound,
            precision: value.precision,
            other_reading: value.other_reading,
            label,
            counted: counted.map(|w| w.term),
            with_bound: self.words[at - back].span.cover(span),
        };
        Some((number, next))
    }

    /// "1,140", "6.5 million", "9.800", "3,2", "40k", "2nd".
    fn digits(&self, at: usize) -> Option<Value> {
        let word = self.words.get(at)?;
        let raw = word.span.of(self.text);
        if !raw.starts_with(|c: char| c.is_ascii_digit()) || self.is_code(at) {
            return None;
        }
        let end = raw.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(raw.len());
        let (number, suffix) = raw.split_at(end);
        let (mut value, mut precision, other_reading) = plain_value(number)?;
        let mut kind = Kind::Count;
        match suffix.to_lowercase().as_str() {
            "" => {}
            "st" | "nd" | "rd" | "th" => kind = Kind::Ordinal,
            "k" => (value, precision) = (value * 1e3, precision * 1e3),
            "m" | "mn" if currency_before(&self.text[..word.span.start]).is_some() || suffix == "mn" => {
                (value, precision) = (value * 1e6, precision * 1e6);
            }
            "bn" | "b" => (value, precision) = (value * 1e9, precision * 1e9),
            "tn" => (value, precision) = (value * 1e12, precision * 1e12),
            // "5km", "30s": the unit is read from the suffix below.
            other if unit_of(other).is_some() => {}
            _ => return None,
        }
        let mut found = Value { value, precision, other_reading, kind, next: at + 1 };
        self.spaced_groups(at, &mut found);
        self.magnitude(&mut found);
        Some(found)
    }

    /// Thousands set apart by spaces: "1 234 567".
    fn spaced_groups(&self, at: usize, found: &mut Value) {
        let raw = self.words[at].span.of(self.text);
        if raw.len() > 3 || !raw.bytes().all(|b| b.is_ascii_digit()) {
            return;
        }
        while matches!(self.gap(found.next - 1), " " | "\u{a0}" | "\u{202f}" | "\u{2009}") {
            let group = self.lower(found.next);
            let digits = group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit());
            let Some(value) = digits.then(|| group.parse::<f64>().ok()).flatten() else { break };
            found.value = found.value * 1000.0 + value;
            found.next += 1;
        }
    }

    /// "million" and the like behind a value.
    fn magnitude(&self, found: &mut Value) {
        while self.close(found.next - 1) {
            let Some(factor) = magnitude(&self.lower(found.next)) else { break };
            found.value *= factor;
            found.precision *= factor;
            found.other_reading = None;
            found.next += 1;
        }
    }

    /// Part of an identifier: "HG-07", "MT/118/2024", "v2.1", "#5".
    fn is_code(&self, at: usize) -> bool {
        let span = self.words[at].span;
        let before = &self.text[..span.start];
        let glued_before = before.ends_with(['-', '‑', '\\'])
            && before.trim_end_matches(['-', '‑', '\\']).ends_with(char::is_alphabetic)
            || before.ends_with(['/', '_', '#', '@']);
        let after = &self.text[span.end..];
        let glued_after = after.starts_with(['/', '_', '@']) && after[1..].starts_with(char::is_alphanumeric);
        let ratio = after.starts_with(':') && after[1..].starts_with(|c: char| c.is_ascii_digit())
            || before.ends_with(':') && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit());
        glued_before || glued_after || ratio
    }

    /// "two thirds", "a third", "half of", "three-quarters", "one in thirteen".
    fn fraction(&self, at: usize) -> Option<Value> {
        let first = self.lower(at);
        let part =
            |value: f64, next: usize| Some(Value { value, precision: 0.005, other_reading: None, kind: Kind::Fraction, next });
        if first == "half" && !matches!(self.lower(at + 1).as_str(), "hour" | "past" | "time" | "dozen" | "way") {
            if matches!(self.lower(at + 1).as_str(), "a" | "an")
                && let Some(factor) = magnitude(&self.lower(at + 2))
            {
                return Some(Value {
                    value: 0.5 * factor,
                    precision: 0.05 * factor,
                    other_reading: None,
                    kind: Kind::Count,
                    next: at + 3,
                });
            }
            let of = matches!(self.lower(at + 1).as_str(), "of" | "the" | "its" | "their" | "his" | "her" | "all" | "that");
            return if of { part(0.5, at + 1) } else { None };
        }
        let numerator = if matches!(first.as_str(), "a" | "one") { Some(1.0) } else { small(&first) };
        let numerator = numerator?;
        if self.close(at)
            && let Some(denominator) = denominator(&self.lower(at + 1))
        {
            let counted = matches!(self.lower(at + 1).as_str(), "third" | "fifth" | "fourth" | "quarter")
                && first == "a"
                && !matches!(self.lower(at + 2).as_str(), "of" | "the" | "more" | "less" | "as" | "");
            return if counted { None } else { part(numerator / denominator, at + 2) };
        }
        if matches!(first.as_str(), "one" | "1") {
            // "one in thirteen", "one polling station in thirteen", "one of every five"
            for skip in 1..=4 {
                let word = self.lower(at + skip);
                if matches!(word.as_str(), "in" | "of") && (word == "in" || self.lower(at + skip + 1) == "every") {
                    let after = at + skip + 1 + usize::from(self.lower(at + skip + 1) == "every");
                    let found =
                        self.digits(after).or_else(|| self.spelled(after)).filter(|v| v.kind == Kind::Count && v.value >= 2.0);
                    let is_time =
                        found.as_ref().is_some_and(|v| unit_of(&self.lower(v.next)).is_some_and(|u| u.1 == Kind::Duration));
                    return found.filter(|v| !is_time && v.value < 1000.0).and_then(|v| part(1.0 / v.value, v.next));
                }
                if !self.close(at + skip - 1) {
                    break;
                }
            }
        }
        None
    }

    /// "twenty-two", "one hundred and five", "forty thousand", "a dozen", "dozens", "first".
    fn spelled(&self, at: usize) -> Option<Value> {
        let first = self.lower(at);
        let made = |value: f64, precision: f64, kind: Kind, next: usize| {
            Some(Value { value, precision, other_reading: None, kind, next })
        };
        if let Some(least) = vague(&first) {
            return made(least, least, Kind::Vague, at + 1);
        }
        if let Some(ordinal) = ordinal(&first) {
            let is_time = first == "second" && at > 0 && self.words[at - 1].has_digit;
            return if is_time { None } else { made(ordinal, 0.5, Kind::Ordinal, at + 1) };
        }
        if matches!(first.as_str(), "a" | "an")
            && unit_of(&self.lower(at + 1)).is_some_and(|u| u.1 == Kind::Duration)
            && (self.lower(at + 2), self.lower(at + 3), self.lower(at + 4)) == ("and".into(), "a".into(), "half".into())
        {
            return made(1.0, 0.5, Kind::Count, at + 1);
        }
        if matches!(first.as_str(), "a" | "an") {
            let factor = magnitude(&self.lower(at + 1)).or((self.lower(at + 1) == "dozen").then_some(12.0))?;
            let mut value =
                Value { value: factor, precision: factor / 20.0, other_reading: None, kind: Kind::Count, next: at + 2 };
            self.magnitude(&mut value);
            return Some(value);
        }
        let (mut total, mut group, mut next) = (0.0, 0.0, at);
        let mut seen = false;
        while next < self.words.len() {
            let word = self.lower(next);
            if seen && !self.close(next - 1) {
                break;
            }
            if let Some(unit) = small(&word) {
                // "two three" are two numbers, "twenty two" is one.
                if seen
                    && !(group % 100.0 >= 20.0 && group % 10.0 == 0.0 && unit < 10.0
                        || group % 100.0 == 0.0 && group > 0.0
                        || group == 0.0)
                {
                    break;
                }
                group += unit;
            } else if word == "hundred" && seen {
                group = if group == 0.0 { 100.0 } else { group * 100.0 };
            } else if word == "dozen" && seen {
                group *= 12.0;
            } else if let Some(factor) = magnitude(&word).filter(|_| seen) {
                total += group.max(1.0) * factor;
                group = 0.0;
            } else if let Some(ordinal) = ordinal(&word).filter(|o| seen && group >= 20.0 && group % 10.0 == 0.0 && *o < 10.0) {
                return made(total + group + ordinal, 0.5, Kind::Ordinal, next + 1);
            } else if word == "and"
                && seen
                && (group % 100.0 == 0.0)
                && small(&self.lower(next + 1)).is_some()
                && (group > 0.0 || total > 0.0)
            {
                next += 1;
                continue;
            } else {
                break;
            }
            seen = true;
            next += 1;
        }
        let value: f64 = total + group;
        if !seen || (next == at + 1 && first == "one" && !self.one_counts(at)) {
            return None;
        }
        made(value, coarse(value), Kind::Count, next)
    }

    /// "one" is a number before a unit or a plain noun after a number's usual company.
    fn one_counts(&self, at: usize) -> bool {
        let before = if at == 0 { String::new() } else { self.lower(at - 1) };
        let after = self.lower(at + 1);
        let pronoun = matches!(
            before.as_str(),
            "no" | "the" | "this" | "that" | "every" | "any" | "each" | "some" | "which" | "another" | "only"
        );
        !pronoun && (unit_of(&after).is_some() || after == "of" && matches!(before.as_str(), "" | "least" | "just" | "about"))
    }

    /// Per cent signs, currencies, durations and measures behind a value.
    fn unit(&self, value: &mut Value, at: usize, span: &mut Span) -> (Option<&'static str>, Kind, usize) {
        let next = value.next;
        let after = &self.text[span.end..];
        let trimmed = after.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
        if trimmed.starts_with('%') || trimmed.starts_with('٪') {
            span.end += after.len() - trimmed.len() + trimmed.chars().next().map_or(0, char::len_utf8);
            return (Some("percent"), Kind::Percent, next);
        }
        if let Some((sign, unit)) = CURRENCY_SIGNS.iter().find(|(sign, _)| trimmed.starts_with(sign)) {
            span.end += after.len() - trimmed.len() + sign.len();
            return (Some(unit), Kind::Money, next);
        }
        let raw = self.words[at].span.of(self.text);
        let suffix = raw.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        if next == at + 1
            && !suffix.is_empty()
            && let Some((unit, kind)) = unit_of(&suffix.to_lowercase())
        {
            return (Some(unit), kind, next);
        }
        if matches!(value.kind, Kind::Ordinal | Kind::Fraction) || !self.close(next - 1) {
            return (None, value.kind, next);
        }
        let word = self.lower(next);
        let second = self.lower(next + 1);
        if word == "percent"
            || word == "pct"
            || (word == "per" && second == "cent")
            || (word == "por" && second == "ciento")
            || word == "prozent"
        {
            let words = 1 + usize::from(word == "per" || word == "por");
            span.end = self.words[next + words - 1].span.end;
            return (Some("percent"), Kind::Percent, next + words);
        }
        if word == "percentage" && second.starts_with("point") {
            return (Some("point"), Kind::Measure, next);
        }
        match unit_of(&word) {
            Some((unit, kind)) if value.kind != Kind::Vague => (Some(unit), kind, next),
            _ => (None, value.kind, next),
        }
    }

    /// "two and a half years", "a year and a half".
    fn and_a_half(&self, value: &mut Value, next: usize, has_unit: bool, span: &mut Span) -> usize {
        let is_half = |at: usize| self.lower(at) == "and" && self.lower(at + 1) == "a" && self.lower(at + 2) == "half";
        if value.value.fract() != 0.0 || value.kind == Kind::Ordinal {
            return next;
        }
        let at = [next, next + 1].into_iter().take(1 + usize::from(has_unit)).find(|at| is_half(*at));
        let Some(at) = at else { return next };
        value.value += 0.5;
        *span = span.cover(self.words[at + 2].span);
        at + 3
    }

    /// Comparators before ("at least five", "more than") or behind ("or more") the number, and how
    /// many words they take before it.
    fn bound(&self, at: usize, next: usize) -> (Bound, usize) {
        let word = |back: usize| if at >= back { self.lower(at - back) } else { String::new() };
        let (one, two, three) = (word(1), word(2), word(3));
        let before = match (three.as_str(), two.as_str(), one.as_str()) {
            ("no" | "not", "more", "than") => (Bound::AtMost, 3),
            (_, "at", "most") | (_, "up", "to") | (_, "a", "maximum") => (Bound::AtMost, 2),
            ("no" | "not", "fewer" | "less", "than") => (Bound::AtLeast, 3),
            (_, "at", "least") | (_, "a", "minimum") => (Bound::AtLeast, 2),
            (_, "more" | "greater" | "higher", "than") => (Bound::MoreThan, 2),
            (_, "fewer" | "less" | "lower", "than") => (Bound::LessThan, 2),
            (_, _, "over" | "above" | "exceeding" | "exceeded" | "topped") => (Bound::MoreThan, 1),
            (_, _, "under" | "below") => (Bound::LessThan, 1),
            (
                _,
                _,
                "about" | "some" | "roughly" | "nearly" | "almost" | "around" | "approximately" | "approx" | "circa"
                | "estimated" | "unas" | "unos" | "environ" | "etwa" | "rund" | "perhaps",
            ) => (Bound::About, 1),
            _ => (Bound::Exact, 0),
        };
        if before.0 != Bound::Exact {
            return before;
        }
        let behind = match (self.lower(next).as_str(), self.lower(next + 1).as_str()) {
            ("or", "more") => Bound::AtLeast,
            ("or", "less" | "fewer") => Bound::AtMost,
            ("or", "so") => Bound::About,
            _ => Bound::Exact,
        };
        (behind, 0)
    }

    /// "Terminal 3", "Article 5", "Directorate Nine": a name's number counts nothing.
    fn is_label(&self, at: usize, value: &Value, unit: Option<&str>) -> bool {
        const LABELS: &[&str] = &[
            "no",
            "nos",
            "number",
            "page",
            "p",
            "pp",
            "par",
            "para",
            "section",
            "article",
            "chapter",
            "table",
            "figure",
            "fig",
            "day",
            "paragraph",
            "vol",
            "line",
            "note",
            "version",
        ];
        if at > 0 && unit.is_none() && matches!(self.lower(at - 1).as_str(), "top" | "best") {
            return true;
        }
        if at == 0 || unit.is_some() || value.kind != Kind::Count || value.value > 999.0 || value.value.fract() != 0.0 {
            return false;
        }
        let gap = self.gap(at - 1);
        let behind = &self.text[self.words[at].span.end..];
        // "(2)": the mark of a footnote or of a list.
        if gap.ends_with('(') && behind.starts_with(')') {
            return true;
        }
        let before = &self.words[at - 1];
        let spaced = gap == " " || gap == ". " || gap == "\u{a0}";
        let is_name =
            before.is_capital && !before.is_stop && at > 1 && gap != ". " || self.words[at].is_capital && before.is_capital;
        spaced
            && !before.has_digit
            && (is_name || LABELS.contains(&self.lower(at - 1).as_str()) && !(self.lower(at - 1) == "no" && gap == " "))
    }
}

/// A numeral's value, half its last place, and the value under the other reading of its marks.
fn plain_value(number: &str) -> Option<(f64, f64, Option<f64>)> {
    let number = number.trim_end_matches(['.', ',']);
    let groups = |mark: char| -> bool {
        let mut parts = number.split(mark);
        parts.next().is_some_and(|p| (1..=3).contains(&p.len()) && !p.starts_with('0')) && parts.all(|p| p.len() == 3)
    };
    let parse = |text: &str| text.parse::<f64>().ok().filter(|v| v.is_finite());
    match (number.matches(',').count(), number.matches('.').count()) {
        (0, 0) => {
            let value = parse(number)?;
            Some((value, coarse(value), None))
        }
        (_, 0) if groups(',') => {
            let value = parse(&number.replace(',', ""))?;
            Some((value, coarse(value), None))
        }
        (1, 0) => decimal(&number.replace(',', ".")),
        (0, 1) => {
            let (value, precision, _) = decimal(number)?;
            let other = groups('.').then(|| parse(&number.replace('.', ""))).flatten();
            Some((value, precision, other))
        }
        (0, _) if groups('.') => {
            let value = parse(&number.replace('.', ""))?;
            Some((value, coarse(value), None))
        }
        (_, 1) if number.rfind('.') > number.rfind(',') => decimal(&number.replace(',', "")),
        (1, _) if number.rfind(',') > number.rfind('.') => decimal(&number.replace('.', "").replace(',', ".")),
        _ => None,
    }
}

fn decimal(number: &str) -> Option<(f64, f64, Option<f64>)> {
    let places = number.rsplit_once('.').map_or(0, |(_, d)| d.len());
    let value = number.parse::<f64>().ok().filter(|v| v.is_finite())?;
    Some((value, 0.5 * 10f64.powi(-(places.min(12) as i32)), None))
}

/// Half of the last place that is not zero: 40 000 was probably rounded, 317 was not.
fn coarse(value: f64) -> f64 {
    let mut place = 1.0;
    while value >= 10.0 * place && (value / (10.0 * place)).fract() == 0.0 && place < 1e15 {
        place *= 10.0;
    }
    0.5 * place
}

const CURRENCY_SIGNS: &[(&str, &str)] = &[
    ("$", "dollar"),
    ("€", "euro"),
    ("£", "pound"),
    ("¥", "yen"),
    ("₽", "ruble"),
    ("₹", "rupee"),
    ("₴", "hryvnia"),
    ("₩", "won"),
];

/// A currency sign or code directly before a number: its length in bytes and its unit.
fn currency_before(before: &str) -> Option<(usize, &'static str)> {
    let trimmed = before.trim_end_matches([' ', '\u{a0}']);
    let spaces = before.len() - trimmed.len();
    if spaces > 2 {
        return None;
    }
    CURRENCY_SIGNS.iter().find(|(sign, _)| trimmed.ends_with(sign)).map(|(sign, unit)| (sign.len() + spaces, *unit))
}

fn magnitude(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" | "mil" => 1e3,
        "lakh" => 1e5,
        "million" | "mn" | "mln" | "millions" | "millones" | "millionen" => 1e6,
        "crore" => 1e7,
        "billion" | "bn" | "bln" | "billions" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Number words below a hundred.
fn small(word: &str) -> Option<f64> {
    if let Some(at) = UNITS.iter().position(|w| *w == word) {
        return Some(at as f64);
    }
    TENS.iter().position(|w| *w == word).map(|at| (at as f64 + 2.0) * 10.0)
}

/// "first" to "twentieth".
pub(super) const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

fn ordinal(word: &str) -> Option<f64> {
    ORDINALS.iter().position(|w| *w == word).map(|at| at as f64 + 1.0)
}

fn denominator(word: &str) -> Option<f64> {
    Some(match word {
        "half" | "halves" => 2.0,
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" | "fourth" | "fourths" => 4.0,
        "fifth" | "fifths" => 5.0,
        "sixths" => 6.0,
        "sevenths" => 7.0,
        "eighths" => 8.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    })
}

/// Plurals of magnitude that give no figure.
fn vague(word: &str) -> Option<f64> {
    Some(match word {
        "dozens" => 24.0,
        "hundreds" => 200.0,
        "thousands" => 2000.0,
        _ => return None,
    })
}

/// A unit's normal form and what it measures.
fn unit_of(word: &str) -> Option<(&'static str, Kind)> {
    const UNITS: &[(&str, &str, Kind)] = &[
        ("second", "second", Kind::Duration),
        ("sec", "second", Kind::Duration),
        ("minute", "minute", Kind::Duration),
        ("min", "minute", Kind::Duration),
        ("hour", "hour", Kind::Duration),
        ("day", "day", Kind::Duration),
        ("week", "week", Kind::Duration),
        ("month", "month", Kind::Duration),
        ("year", "year", Kind::Duration),
        ("decade", "decade", Kind::Duration),
        ("dollar", "dollar", Kind::Money),
        ("buck", "dollar", Kind::Money),
        ("euro", "euro", Kind::Money),
        ("pound", "pound", Kind::Money),
        ("quid", "pound", Kind::Money),
        ("crown", "crown", Kind::Money),
        ("florin", "florin", Kind::Money),
        ("yen", "yen", Kind::Money),
        ("ruble", "ruble", Kind::Money),
        ("rouble", "ruble", Kind::Money),
        ("franc", "franc", Kind::Money),
        ("rupee", "rupee", Kind::Money),
        ("yuan", "yuan", Kind::Money),
        ("krona", "krona", Kind::Money),
        ("peso", "peso", Kind::Money),
        ("usd", "dollar", Kind::Money),
        ("eur", "euro", Kind::Money),
        ("gbp", "pound", Kind::Money),
        ("metre", "metre", Kind::Measure),
        ("meter", "metre", Kind::Measure),
        ("km", "kilometre", Kind::Measure),
        ("kilometre", "kilometre", Kind::Measure),
        ("kilometer", "kilometre", Kind::Measure),
        ("mile", "mile", Kind::Measure),
        ("foot", "foot", Kind::Measure),
        ("feet", "foot", Kind::Measure),
        ("inch", "inch", Kind::Measure),
        ("acre", "acre", Kind::Measure),
        ("hectare", "hectare", Kind::Measure),
        ("tonne", "tonne", Kind::Measure),
        ("ton", "ton", Kind::Measure),
        ("kg", "kilogram", Kind::Measure),
        ("gram", "gram", Kind::Measure),
        ("milligram", "milligram", Kind::Measure),
        ("mg", "milligram", Kind::Measure),
        ("microgram", "microgram", Kind::Measure),
        ("millilitre", "millilitre", Kind::Measure),
        ("milliliter", "millilitre", Kind::Measure),
        ("ml", "millilitre", Kind::Measure),
        ("watt", "watt", Kind::Measure),
        ("kilowatt", "kilowatt", Kind::Measure),
        ("kw", "kilowatt", Kind::Measure),
        ("volt", "volt", Kind::Measure),
        ("hertz", "hertz", Kind::Measure),
        ("kilogram", "kilogram", Kind::Measure),
        ("kilo", "kilogram", Kind::Measure),
        ("litre", "litre", Kind::Measure),
        ("liter", "litre", Kind::Measure),
        ("barrel", "barrel", Kind::Measure),
        ("megawatt", "megawatt", Kind::Measure),
        ("mw", "megawatt", Kind::Measure),
        ("gigawatt", "gigawatt", Kind::Measure),
        ("gw", "gigawatt", Kind::Measure),
        ("terabyte", "terabyte", Kind::Measure),
        ("gigabyte", "gigabyte", Kind::Measure),
        ("degree", "degree", Kind::Measure),
        ("knot", "knot", Kind::Measure),
        ("mph", "mph", Kind::Measure),
        ("cm", "centimetre", Kind::Measure),
        ("mm", "millimetre", Kind::Measure),
    ];
    let find = |word: &str| UNITS.iter().find(|(name, _, _)| *name == word).map(|(_, unit, kind)| (*unit, *kind));
    find(word).or_else(|| word.strip_suffix('s').and_then(find)).or_else(|| word.strip_suffix("es").and_then(find))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    fn found(text: &str) -> Vec<Number> {
        numbers(text, &words(text), &[])
    }

    fn shown(text: &str) -> String {
        found(text)
            .iter()
            .map(|n| format!("{}={}{}", n.span.of(text), n.value, n.unit.map_or(String::new(), |u| format!(" {u}"))))
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn values_and_units() {
        for (text, expected) in [
            ("sent 40,000 papers", "40,000=40000"),
            ("cost 6.5 million crowns a day", "6.5 million=6500000 crown"),
            ("worth $1.2 billion", "$1.2 billion=1200000000 dollar"),
            ("a £135,000 study", "£135,000=135000 pound"),
            ("raised €20m", "€20m=20000000 euro"),
            ("may lose 5 mln bucks", "5 mln=5000000 dollar"),
            ("ten quid each", "ten=10 pound"),
            ("was 61.4 % there", "61.4 %=61.4 percent"),
            ("rose by 8 per cent", "8 per cent=8 percent"),
            ("Twenty-two of them", "Twenty-two=22"),
            ("forty thousand papers", "forty thousand=40000"),
            ("one hundred and five men", "one hundred and five=105"),
            ("a dozen\nstates", "a dozen=12"),
            ("half a million voters", "half a million=500000"),
            ("a thirty-year lease", "thirty=30 year"),
            ("sixty hours later", "sixty=60 hour"),
            ("one week before", "one=1 week"),
            ("about 11 metres", "11=11 metre"),
            ("between 5 and 10 hours", "5=5 hour; 10=10 hour"),
            ("20–45 %", "20=20 percent; 45 %=45 percent"),
            ("3,2 million", "3,2 million=3200000"),
            ("1\u{a0}234\u{a0}567 votes", "1\u{a0}234\u{a0}567=1234567"),
            ("two fifths of it", "two fifths=0.4"),
            ("the 21st day", "21st=21"),
            ("saw one polling station in ten", "one polling station in ten=0.1"),
            ("Seven out of nine cranes", "Seven=7; nine=9"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn codes_and_pronouns_are_no_numbers() {
        for text in
            ["HG-07", "ref MT/118/2024", "no one came", "one another", "the one that", "COVID-19", "half past", "0101_port"]
        {
            assert_eq!(shown(text), "", "{text}");
        }
    }

    #[test]
    fn numbers_of_names_are_labels() {
        let labels = |text: &str| found(text).iter().map(|n| n.label).collect::<Vec<_>>();
        assert_eq!(labels("near Terminal 3 now"), [true]);
        assert_eq!(labels("that Directorate Nine did"), [true]);
        assert_eq!(labels("see p. 3 there"), [true]);
        assert_eq!(labels("then crane four stopped"), [false]);
    }

    fn holds(claim: &str, source: &str) -> bool {
        found(claim)[0].satisfied_by(&found(source)[0])
    }

    #[test]
    fn comparators_and_rounding() {
        for (claim, source, expected) in [
            ("over 100 men", "120 men", true),
            ("over 100 men", "90 men", false),
            ("more than two thirds of it", "68 per cent of it", true),
            ("about 40 men", "41 men", true),
            ("about 40 men", "46 men", false),
            ("40 men", "41 men", false),
            ("a dozen men", "12 men", true),
            ("9,800 people", "9.800 personas", true),
            ("two days", "48 hours", true),
            ("8 per cent", "8 men", false),
            ("third", "3 men", false),
            ("at most 50 men", "48 men", true),
            ("nearly 3 million people", "2.9 million people", true),
        ] {
            assert_eq!(holds(claim, source), expected, "{claim} / {source}");
        }
    }
}
