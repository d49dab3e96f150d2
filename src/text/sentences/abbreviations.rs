//! Words that decide whether a full stop ends a sentence: abbreviations by class, and words that
//! open or continue sentences.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::characters::{capitalised, lowered};

/// How an abbreviation goes with what follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Leans on the next word, never ends a sentence: `Dr.`
    Title,
    /// A word of its own, unless a number or letter follows: `No.`
    Numbered,
    /// Ends a sentence before a word that opens sentences: `U.S.`
    Open,
    /// Likewise, and also before what looks like a clause: `Inc.`
    Closed,
    /// Ends a sentence before any capital: `etc.`
    Last,
    /// Likewise behind a number: `bn.`
    Unit,
    /// Likewise, but for zones and phrases that open the sentence: `p.m.`
    Time,
}

/// Abbreviations, without their last stop and in small letters.
pub(super) const ABBREVIATIONS: [(Class, &str); 7] = [
    (
        Class::Title,
        "mr mrs ms mx messrs dr drs prof profs lt capt sgt cmdr cdr comdr msgr mgr mme mmes mlle \
         mlles sra srta sres sras dra dres dña gral frl hrn ste vs e.g eg i.e ie viz cf approx \
         aprox ca feat a.k.a z.b d.h u.a bzw vgl evtl ggf inkl sog mio mrd hrsg geb gest abs bd",
    ),
    (Class::Numbered, "no nos art sec ch n° nº nr núm num pp pg pág págs vol vols fig figs eq eqs chap para paras"),
    (
        Class::Open,
        "ed eds trans al st sr jr rd ave av avda blvd hwy dept depts dist est assn assoc intl natl \
         univ govt cía cie uu ee.uu ud uds resp incl excl esp misc tel tél ext avg éd env boul \
         supp u.s u.k e.u u.n u.s.s.r",
    ),
    (
        Class::Closed,
        "inc corp ltd co bros llc plc s.a esq ph.d m.d b.a m.a b.sc m.sc m.b.a ll.b ll.m d.c \
         u.s.a n.y n.j n.c s.c n.m n.h r.i b.c a.d c.e b.c.e",
    ),
    (Class::Last, "etc usw"),
    (
        Class::Unit,
        "bn mn tn km cm mm kg lb lbs oz ft mi yd yds sq hr hrs min mins mph kph kw mw gw \
         kwh",
    ),
    (Class::Time, "a.m p.m"),
];

/// Those that count only when written large, as they look like words otherwise: `Mass.`
pub(super) const PROPER: [(Class, &str); 4] = [
    (
        Class::Title,
        "gen sen sens rep reps gov col rev hon pres supt maj adm pvt cpl brig amb atty ald det insp fr hr \
         mt mts ft pt pr mm mons excmo lic ing ee",
    ),
    (Class::Numbered, "op ep div"),
    (Class::Open, "jan feb mar apr jun jul aug sep sept oct nov dec tue tues thu thur thurs fri"),
    (
        Class::Closed,
        "ala ariz ark calif cal colo conn del fla ga ill ind kan ky mass mich minn miss mo mont \
         neb nev okla ore pa penn tenn tex va vt wash wis wyo ont alta sask",
    ),
];

/// Words that open a sentence and are hardly ever part of a name.
pub(super) const OPENERS: &str = "\
    the he she it they we you this that these those there here but and however what when where \
    who why how which does did is are was were has have had his her its their our my your if as \
    in on at for with from by after before since while although though meanwhile moreover then \
    not some many most all each every another both during under because despite according";

/// Words that open a sentence more often than they carry on a name; a few of Spanish, French and
/// German among them.
pub(super) const LIKELY_OPENERS: &str = "\
    a an i do so no yes one two three four five six ten several few more other others such \
    millions thousands hundreds dozens today yesterday tomorrow now later earlier still even \
    only just also over about among between through without until unless once perhaps maybe \
    instead thus therefore nevertheless finally please let can could would should might must \
    never nothing nobody everyone someone to mr mrs ms born el la los las un una en pero se su \
    le les une il elle ils elles mais ce cette der die das ein eine er sie es wir und aber";

/// Words that cannot end a phrase, or want a number behind them.
pub(super) const LEANING: &str = "\
    a an the of in on at to by from for with and or but than as is are was were be that which \
    who its their his her this these section sections chapter part page pages figure table \
    number volume article step phase version level group type grade no nos under between about \
    into over de la el le der die das und am im vom zum y et du des den dem";

/// Words that go with a letter of the alphabet: `Plan B.`
pub(super) const LETTERED: &str = "\
    vitamin plan type group class hepatitis appendix exhibit annex part point section category \
    option grade berth gate terminal";

/// Verbs that name a speaker.
pub(super) const SPEECH: &str = "\
    said says asked asks replied added told wrote cried shouted answered recalled wondered";

/// German words before an ordinal number, and words that follow one.
pub(super) const BEFORE_ORDINAL: &str = "\
    am im vom zum zur beim der die das den dem des ab seit bis und";
pub(super) const AFTER_ORDINAL: &str = "\
    januar jänner februar märz april mai juni juli august september oktober november dezember \
    jahrhundert jahrhunderts";

/// Words that lead to a time of day, and words that may follow one: `by 6 p.m. Monday`.
pub(super) const BEFORE_TIME: &str = "at by around about on from before after until";
pub(super) const AFTER_TIME: &str = "\
    eastern central pacific mountain monday tuesday wednesday thursday friday saturday sunday";

/// The word lists, spread out for looking up.
pub(super) struct Tables {
    abbreviations: HashMap<&'static str, Class>,
    proper: HashMap<&'static str, Class>,
    openers: HashSet<&'static str>,
    likely_openers: HashSet<&'static str>,
    leaning: HashSet<&'static str>,
}

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let set = |list: &'static str| list.split(' ').collect();
    let classes = |lists: &[(Class, &'static str)]| {
        let spread = lists.iter().flat_map(|&(class, list)| list.split(' ').map(move |w| (w, class)));
        spread.collect()
    };
    Tables {
        abbreviations: classes(&ABBREVIATIONS),
        proper: classes(&PROPER),
        openers: set(OPENERS),
        likely_openers: set(LIKELY_OPENERS),
        leaning: set(LEANING),
    }
});

pub(super) fn class(small: &str) -> Option<Class> {
    TABLES.abbreviations.get(small).copied()
}

pub(super) fn surely_opens_sentence(small: &str) -> bool {
    TABLES.openers.contains(small)
}

pub(super) fn opens_sentence(small: &str) -> bool {
    surely_opens_sentence(small) || TABLES.likely_openers.contains(small)
}

pub(super) fn leans_forward(word: &str) -> bool {
    lowered(word, |small| TABLES.leaning.contains(small))
}

/// Whether the word, in small letters, stands in a short list.
pub(super) fn listed(word: &str, list: &str) -> bool {
    lowered(word, |small| list.split(' ').any(|entry| entry == small))
}

/// What may follow a time of day: `6 p.m. EST`, `6 p.m. Monday`.
pub(super) fn is_zone(word: &str) -> bool {
    let large = word.len() > 1 && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_uppercase());
    large || listed(word, AFTER_TIME)
}

/// The class of a word as it stands before a stop, by the tables or by its looks.
pub(super) fn class_of(word: &str) -> Option<Class> {
    if word.len() > 16 {
        return None;
    }
    let small = word.to_lowercase();
    let proper = || capitalised(word).then(|| TABLES.proper.get(&*small).copied())?;
    if let Some(class) = proper().or_else(|| class(&small)) {
        return Some(class);
    }
    if word.contains('.') {
        // `q.v`, `r.s.v.p`; but not `10.40` or `example.com`.
        let short = word.split('.').all(|part| (1..=2).contains(&part.chars().count()));
        return (short && !word.contains(char::is_numeric)).then_some(Class::Open);
    }
    // No vowel and not all capitals: `bldg`, `Sgts`.
    let lettered =
        word.len() <= 5 && word.bytes().all(|b| b.is_ascii_alphabetic()) && word.bytes().skip(1).any(|b| b.is_ascii_lowercase());
    let sound = small.contains(['a', 'e', 'i', 'o', 'u', 'y']) || matches!(&*small, "hmm" | "shh");
    (lettered && !sound).then_some(Class::Open)
}
