//! The numbers and moments of a passage, with the words around them that matter for calculation.

use crate::library::{SentenceId, SourceSentence, View};
use crate::text::Analysis;
use crate::text::blocks::BlockKind;
use crate::text::dates::{Date, day_number};
use crate::text::numbers::{Kind, Number};
use crate::text::words::Word;
use crate::verify::claim::Claim;
use crate::verify::gather::grid::{Grid, Scope};
use crate::verify::words::WordSet;

static PER: WordSet = WordSet::forms("a an per each every");
static RATED: WordSet = WordSet::forms("day week month year hour night minute head person");
static EACH: WordSet = WordSet::forms("each");

/// A number of a source that can be calculated with.
#[derive(Clone, Debug)]
pub struct Operand {
    /// The sentence of the library that has it.
    pub at: usize,
    pub number: Number,
    /// One of the words behind it stands in the claim too.
    pub is_named: bool,
    /// "a day", "per month", "each" behind it.
    pub is_rate: bool,
    /// The small words right before and right behind.
    before: String,
    after: String,
    /// Its place among the numbers of its sentence.
    place: usize,
    /// The year above its column.
    year: Option<i32>,
}

/// A date, a time of day, or both.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    day: Option<i64>,
    minute: Option<u16>,
}

/// Sentences that are calculated with together.
#[derive(Debug, Default)]
pub struct Passage {
    pub numbers: Vec<Operand>,
    pub moments: Vec<(usize, Moment)>,
}

/// More numbers than this are a list, in which some pair fits anything.
const MOST_NUMBERS: usize = 16;

impl Passage {
    pub fn of(claim: &Claim<'_>, ats: &[usize], library: &View<'_>) -> Self {
        let mut passage = Self::default();
        for at in ats {
            let sentence = library.sentence(SentenceId(*at));
            let source = library.source(sentence.source);
            if source.layout.blocks[sentence.block].kind == BlockKind::TableRow {
                passage.numbers.extend(cells(claim, *at, library));
            } else {
                passage.numbers.extend(operands(claim, *at, sentence, &source.layout.visible));
                passage.moments.extend(moments(&sentence.analysis).into_iter().map(|m| (*at, m)));
            }
        }
        passage.numbers.truncate(MOST_NUMBERS);
        passage.moments.truncate(MOST_NUMBERS);
        passage
    }

    /// All pairs of two operands, in the order of the text.
    pub fn pairs(&self) -> impl Iterator<Item = (&Operand, &Operand)> {
        self.numbers.iter().enumerate().flat_map(|(i, a)| self.numbers[i + 1..].iter().map(move |b| (a, b)))
    }
}

fn operands(claim: &Claim<'_>, at: usize, sentence: &SourceSentence, visible: &str) -> Vec<Operand> {
    const REACH: usize = 3;
    let words = &sentence.analysis.words;
    let in_claim = |term| claim.analysis.words.iter().any(|w| !w.is_stop && w.term == term);
    let numbers = sentence.analysis.numbers.iter().enumerate();
    numbers
        .filter(|(_, n)| !n.label && !matches!(n.kind, Kind::Ordinal | Kind::Vague | Kind::Fraction) && !is_score(visible, n))
        .map(|(place, n)| {
            let next = words.iter().position(|w| w.span.start >= n.span.end).unwrap_or(words.len());
            let behind = &words[next..(next + REACH).min(words.len())];
            let lower = |w: Option<&Word>| w.map_or(String::new(), |w| w.span.of(visible).to_lowercase());
            let rate = behind.windows(2).any(|w| PER.has(&w[0]) && RATED.has(&w[1]));
            Operand {
                at,
                number: n.clone(),
                is_named: behind.iter().any(|w| !w.is_stop && in_claim(w.term)),
                is_rate: rate || EACH.is_in(&behind[..behind.len().min(2)]),
                before: lower(words.iter().rfind(|w| w.span.end <= n.span.start)),
                after: lower(behind.first()),
                place,
                year: None,
            }
        })
        .collect()
}

/// The cells of a row that the claim names, under the headers that it names, if it names any.
fn cells(claim: &Claim<'_>, at: usize, library: &View<'_>) -> Vec<Operand> {
    const NAMED: f32 = 0.9;
    let words = &claim.analysis.words;
    let Some(grid) = Grid::around(library, at) else { return Vec::new() };
    let Some(row) = grid.rows.iter().find(|row| row.at == at) else { return Vec::new() };
    let is_named = row.is_total || !row.label.is_empty() && row.label.iter().all(|term| words.iter().any(|w| w.term == *term));
    if !is_named {
        return Vec::new();
    }
    let mut scope = Scope::of(claim.text, words.iter());
    // A change is between two years, of which the claim may name one.
    scope.years.clear();
    let scores: Vec<f32> = grid.columns.iter().map(|head| head.score(&scope).unwrap_or(0.0)).collect();
    let others = (0..scores.len()).filter(|column| *column != grid.names);
    let best = others.clone().map(|column| scores[column]).fold(0.0, f32::max);
    let wanted = others.filter(|column| best < NAMED || scores[*column] >= best);
    wanted
        .filter_map(|column| {
            Some(Operand {
                at,
                number: grid.value(row, column)?,
                // Two years of one row are compared without a word for what they count.
                is_named: scores[column] >= NAMED || best < NAMED && grid.columns[column].years.len() == 1,
                is_rate: false,
                before: String::new(),
                after: String::new(),
                place: column,
                year: grid.columns[column].time(),
            })
        })
        .collect()
}

/// One half of "3–2", or of a range.
fn is_score(text: &str, number: &Number) -> bool {
    let dash = ['-', '–', '‑'];
    let (before, after) = (&text[..number.span.start], &text[number.span.end..]);
    number.unit.is_none() && (before.ends_with(dash) || after.starts_with(dash))
}

impl Operand {
    pub fn value(&self) -> f64 {
        self.number.value
    }

    pub fn is_percent(&self) -> bool {
        self.number.kind == Kind::Percent
    }

    /// Whether it is a multiple of another.
    pub fn is_times(&self, other: &Self, factor: f64) -> bool {
        const SLACK: f64 = 0.05;
        let (mine, theirs) = (self.number.value, other.number.value);
        theirs > 0.0 && (mine / (theirs * factor) - 1.0).abs() <= SLACK
    }

    /// Whether both count the same kind of thing.
    pub fn is_like(&self, other: &Self) -> bool {
        self.counts_like(&other.number)
    }

    /// The same; sums of money may leave their currency out the second time.
    pub fn counts_like(&self, other: &Number) -> bool {
        const MONEY: f64 = 1000.0;
        let is_sum = |n: &Number| n.kind == Kind::Money || n.kind == Kind::Count && n.unit.is_none() && n.value >= MONEY;
        let mine = &self.number;
        mine.kind == other.kind && mine.unit == other.unit
            || is_sum(mine) && is_sum(other) && (mine.unit.is_none() || other.unit.is_none())
    }

    /// "41 of the 55".
    pub fn is_part_of(&self, other: &Self) -> bool {
        let between = other.number.span.start.saturating_sub(self.number.span.end);
        const CLOSE: usize = 40;
        self.at == other.at && other.place == self.place + 1 && between <= CLOSE && self.after == "of"
    }
}

/// Whether the numbers of a pair rise or fall in time, where a word says which is the earlier.
pub fn direction(a: &Operand, b: &Operand) -> Option<bool> {
    let is_earlier = |o: &Operand| matches!(o.before.as_str(), "from" | "against" | "with" | "after" | "than");
    if let (Some(first), Some(second)) = (a.year, b.year)
        && first != second
    {
        return Some((second > first) == (b.value() > a.value()));
    }
    match (is_earlier(a), is_earlier(b)) {
        (true, false) => Some(b.value() > a.value()),
        (false, true) => Some(a.value() > b.value()),
        _ => None,
    }
}

/// "from 12 to 15".
pub fn is_from_to(a: &Operand, b: &Operand) -> bool {
    a.at == b.at && a.before == "from" && b.before == "to"
}

/// The moments of a sentence; a time belongs to the nearest date.
pub fn moments(analysis: &Analysis) -> Vec<Moment> {
    let distance = |d: &Date, at: usize| d.span.start.abs_diff(at);
    let day = |d: &Date| Some(day_number(d.year.unwrap_or(2000), d.month?, d.day?));
    let timed = analysis.times.iter().filter(|t| !t.ambiguous).map(|time| {
        let date = analysis.dates.iter().min_by_key(|d| distance(d, time.span.start));
        Moment { day: date.and_then(day), minute: Some(time.minute_of_day) }
    });
    let mut found: Vec<Moment> = timed.collect();
    if found.is_empty() {
        found.extend(analysis.dates.iter().filter_map(day).map(|day| Moment { day: Some(day), minute: None }));
    }
    found
}

impl Moment {
    /// Seconds between two moments; `None` where one lacks what the other has.
    pub fn until(&self, other: &Self) -> Option<f64> {
        const DAY: f64 = 86_400.0;
        const MINUTE: f64 = 60.0;
        let days = match (self.day, other.day) {
            (Some(a), Some(b)) => b.checked_sub(a)? as f64 * DAY,
            (None, None) => 0.0,
            _ => return None,
        };
        let minutes = match (self.minute, other.minute) {
            (Some(a), Some(b)) => (f64::from(b) - f64::from(a)) * MINUTE,
            (None, None) => 0.0,
            _ => return None,
        };
        Some((days + minutes).abs())
    }
}
