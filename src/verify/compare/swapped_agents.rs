//! Who does what to whom: agent and patient of a verb the wrong way round. "Merrow sued the town" against "the
//! town sued Merrow".

use crate::verify::compare::comparison::prelude::*;
use crate::verify::gather::clauses::looks_past;

pub const COMPARISON: Comparison = Comparison::new("swapped-agents", "who does what to whom", Compare::Clause(compare));

/// How far agent and patient stand from the verb, in words.
const REACH: usize = 6;

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    let claim = clause.claim;
    let statements = clause.statements(enough::MOST);
    if statements.is_empty() {
        return None;
    }
    clause.range.clone().filter(|at| is_verb_like(&claim.analysis.words[*at])).find_map(|at| {
        let own = Action::of(claim.text, claim.analysis, at, Some(clause.span))?;
        let verb = claim.analysis.words[at].term;
        let actions = |s: &Statement<'_>| {
            let verbs = (0..s.words().len()).filter(|i| s.words()[*i].term == verb);
            verbs.filter_map(|i| Action::of(s.text, s.analysis(), i, None)).collect::<Vec<_>>()
        };
        if statements.iter().any(|s| actions(s).iter().any(|action| action.is_same(&own))) {
            return None;
        }
        let turned = |s: &Statement<'_>| actions(s).into_iter().find(|action| action.is_turned(&own));
        let (statement, action) = statements.iter().find_map(|s| Some((s, turned(s)?)))?;
        Some(statement.conflict(Slot::Agent, own.agent.span, action.agent.span))
    })
}

fn is_verb_like(word: &Word) -> bool {
    /// What both sides do.
    static MUTUAL: WordSet = WordSet::stems(
        "meet marry agree merge talk discuss join share draw compete negotiate deal match between face divorce partner \
         cooperate trade border say tell",
    );
    !word.is_stop && !word.is_capital && !word.has_digit && !NEGATIONS.has(word) && !MUTUAL.has(word)
}

/// Who acts or is acted on.
struct Party {
    terms: Vec<Term>,
    span: Span,
}

impl Party {
    /// The name or noun that a word is a part of.
    fn at(analysis: &Analysis, at: usize) -> Self {
        let word = &analysis.words[at];
        match analysis.names.iter().find(|n| n.span.encloses(word.span)) {
            Some(name) => {
                let words = analysis.words[name.first..name.last].iter().filter(|w| !w.is_stop);
                Self { terms: words.map(|w| w.term).collect(), span: name.span }
            }
            None => Self { terms: vec![word.term], span: word.span },
        }
    }

    fn is(&self, other: &Self) -> bool {
        self.terms.iter().any(|t| other.terms.contains(t))
    }
}

/// A verb with the words for who does it and to whom.
struct Action {
    agent: Party,
    patient: Party,
    /// Behind "to" or "from": who else takes part.
    other: Option<Party>,
}

static LEADING: WordSet = WordSet::forms("will would to has have had was were been can could may not");
/// "its coach": a noun does nothing to anybody.
static OWNING: WordSet = WordSet::forms("the a an its his her their of this that no");
static BE: WordSet = WordSet::forms("was were been being be is are");
static BY: WordSet = WordSet::forms("by");
static TO: WordSet = WordSet::forms("to from");
/// Between agent and verb, and between verb and patient, these open something else.
static PARTING_BEFORE: WordSet = WordSet::forms("and or who which that of");
static PARTING_BEHIND: WordSet = WordSet::forms("and or that after when");
static PREPOSITIONS: WordSet = WordSet::forms("by with in at from on for to about against");

impl Action {
    fn of(text: &str, analysis: &Analysis, verb: usize, within: Option<Span>) -> Option<Self> {
        let words = &analysis.words;
        let is_led = verb > 0 && LEADING.has(&words[verb - 1]);
        let is_owned = verb > 0 && (gap(text, words, verb).contains(['\'', '’']) || OWNING.has(&words[verb - 1]));
        if is_owned || !is_led && !looks_past(text, &words[verb]) {
            return None;
        }
        let is_joined = |from: usize, to: usize| {
            let between = Span::new(words[from].span.end, words[to].span.start).of(text);
            !between.contains([';', ':', '.', '“', '”', '"'])
        };
        let is_inside = |at: usize| within.is_none_or(|span| span.encloses(words[at].span));
        let is_party = |at: usize| is_inside(at) && is_party(text, analysis, at) && is_joined(verb.min(at), verb.max(at));
        let before = (verb.saturating_sub(REACH)..verb).rev().find(|at| is_party(*at))?;
        let after = (verb + 1..(verb + 1 + REACH).min(words.len())).find(|at| is_party(*at))?;
        let (to_verb, from_verb) = (&words[before + 1..verb], &words[verb + 1..after]);
        if PARTING_BEFORE.is_in(to_verb) || PARTING_BEHIND.is_in(from_verb) {
            return None;
        }
        let is_passive = BY.is_in(from_verb) && BE.is_in(&words[verb.saturating_sub(3)..verb]);
        let is_active = after - verb <= 3 || !PREPOSITIONS.is_in(from_verb);
        let mut behind = after + 1..(verb + 3 * REACH).min(words.len());
        let other = behind.find(|at| TO.has(&words[at - 1]) && is_party(*at)).map(|at| Party::at(analysis, at));
        let (first, second) = (Party::at(analysis, before), Party::at(analysis, after));
        match (is_passive, is_active) {
            (true, _) => Some(Self { agent: second, patient: first, other }),
            (false, true) => Some(Self { agent: first, patient: second, other }),
            (false, false) => None,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.agent.is(&other.agent) && self.patient.is(&other.patient)
    }

    fn is_turned(&self, own: &Self) -> bool {
        // "A sold it to B" against "B sold it to A".
        if self.patient.is(&own.patient) {
            let (Some(theirs), Some(mine)) = (&self.other, &own.other) else { return false };
            return theirs.is(&own.agent) && self.agent.is(mine) && !self.agent.is(&own.agent);
        }
        self.agent.is(&own.patient) && self.patient.is(&own.agent) && !self.agent.is(&own.agent)
    }
}

/// A word of a name, or a noun behind "the".
fn is_party(text: &str, analysis: &Analysis, at: usize) -> bool {
    /// Nothing is done by "the end of March", though words say so.
    static TIMES: WordSet = WordSet::stems(
        "end start beginning middle close deadline time moment minute hour morning noon afternoon evening night day week \
         weekend month quarter season spring summer autumn winter year decade century date",
    );
    let word = &analysis.words[at];
    let is_named = analysis.names.iter().any(|n| n.span.encloses(word.span));
    let is_behind_the = at > 0 && analysis.words[at - 1].span.of(text).eq_ignore_ascii_case("the");
    !word.is_stop && (is_named || is_behind_the && !word.has_digit && !TIMES.has(word))
}

#[cfg(test)]
mod tests {
    use super::COMPARISON;
    use crate::verify::compare::testing::both_ways;

    #[test]
    fn speaks_and_stays_silent() {
        both_ways(
            &COMPARISON,
            r#"
            Merrow sued Brennick over the landing rights.
            - [Brennick] sued Merrow over the landing rights. = Merrow
            - Brennick was sued by Merrow over the landing rights.
        "#,
        );
    }
}
