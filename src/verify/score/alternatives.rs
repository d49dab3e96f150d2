//! Alternatives: words of one kind of which only one can stand in a place ("painter" or
//! "architect", "Maryland" or "Delaware").
//!
//! A curated table. That the source has another word of the kind where the claim has its own is a
//! sign against the claim, and no proof.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::words::{Term, Word, term};

/// How many words of the claim the source has nowhere, while `theirs` has another word of the
/// same kind that the claim lacks.
#[must_use]
pub fn replaced(own: &[Word], theirs: &FxHashSet<Term>, is_in_source: impl Fn(Term) -> bool) -> usize {
    let in_claim = |t: Term| own.iter().any(|w| w.term == t);
    let mut rivals: Vec<u8> = theirs.iter().filter(|t| !in_claim(**t)).flat_map(|t| kinds(*t)).copied().collect();
    rivals.sort_unstable();
    own.iter()
        .filter(|w| {
            kinds(w.term).iter().any(|k| rivals.binary_search(k).is_ok()) && !theirs.contains(&w.term) && !is_in_source(w.term)
        })
        .count()
}

fn kinds(word: Term) -> &'static [u8] {
    static TABLE: LazyLock<FxHashMap<Term, Vec<u8>>> = LazyLock::new(|| {
        let mut found: FxHashMap<Term, Vec<u8>> = FxHashMap::default();
        for (kind, words) in (0u8..).zip(KINDS) {
            for word in words.split(' ') {
                let kinds = found.entry(term(word)).or_default();
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
        }
        found
    });
    TABLE.get(&word).map_or(&[], Vec::as_slice)
}

const KINDS: &[&str] = &[
    "actor actress architect painter sculptor poet novelist writer journalist editor singer musician composer \
     guitarist drummer pianist dancer photographer director producer screenwriter comedian magician lawyer judge \
     barrister solicitor doctor surgeon nurse dentist pharmacist engineer mechanic electrician plumber carpenter \
     farmer fisherman miner teacher professor lecturer scientist physicist chemist biologist mathematician astronomer \
     historian philosopher economist banker accountant soldier sailor pilot astronaut policeman detective firefighter \
     priest bishop monk nun politician senator governor mayor president king queen prince princess emperor chef cook \
     waiter baker butcher tailor shoemaker shopkeeper merchant clerk secretary librarian athlete footballer boxer \
     wrestler jockey model designer programmer hairdresser gardener driver blacksmith cowboy sheriff pirate slave \
     servant psychologist psychiatrist therapist sociologist anthropologist geologist botanist zoologist diplomat \
     ambassador spy",
    "father mother son daughter brother sister uncle aunt nephew niece cousin grandfather grandmother grandson \
     granddaughter husband wife widow widower stepfather stepmother fiance fiancee girlfriend boyfriend",
    "red blue green yellow orange purple pink brown black white grey gray gold silver violet crimson scarlet",
    "monday tuesday wednesday thursday friday saturday sunday",
    "january february march april june july august september october november december",
    "spring summer autumn winter fall",
    "football soccer rugby cricket tennis golf basketball baseball hockey boxing wrestling swimming cycling rowing \
     athletics gymnastics volleyball badminton skiing snooker darts softball lacrosse polo handball triathlon \
     marathon judo karate fencing archery surfing skating",
    "rock pop jazz blues country folk classical opera rap soul punk metal reggae disco techno gospel",
    "comedy drama tragedy romance thriller horror western musical fantasy documentary mystery satire biography \
     adventure animation",
    "novel poem play story film movie song album book opera essay painting sculpture photograph game series \
     documentary symphony ballet musical",
    "guitar piano violin drums bass trumpet saxophone flute clarinet cello harp organ banjo trombone keyboard \
     harmonica",
    "dog cat horse cow pig sheep goat chicken duck goose rabbit mouse rat lion tiger bear wolf fox deer elephant \
     monkey whale dolphin shark fish snake lizard frog bird eagle owl parrot crow bee ant spider butterfly turtle \
     crocodile camel donkey penguin seal",
    "gold silver copper iron steel bronze brass tin lead aluminium aluminum zinc nickel platinum uranium coal oil gas \
     diamond wood stone brick concrete glass plastic paper leather cotton wool silk rubber marble granite limestone \
     clay sand",
    "square round circular oval triangular rectangular spherical cylindrical hexagonal octagonal flat curved",
    "catholic protestant muslim jewish hindu buddhist christian islamic anglican orthodox methodist baptist lutheran \
     mormon sikh atheist",
    "physics chemistry biology mathematics history geography economics law medicine engineering philosophy psychology \
     sociology literature linguistics theology astronomy geology politics art music",
    "murder manslaughter rape assault robbery burglary theft fraud arson kidnapping bribery corruption perjury \
     blackmail smuggling trafficking espionage treason terrorism vandalism stalking harassment embezzlement forgery",
    "cancer diabetes pneumonia tuberculosis malaria cholera influenza flu hiv aids stroke leukaemia leukemia asthma \
     measles smallpox polio hepatitis dementia alzheimer parkinson epilepsy depression",
    "head neck arm leg hand foot shoulder elbow wrist knee ankle hip chest back stomach eye ear nose mouth heart lung \
     liver kidney brain hamstring calf thigh groin toe finger thumb",
    "car bus train tram plane aircraft helicopter ship boat ferry bicycle motorcycle motorbike lorry truck van \
     tractor taxi ambulance",
    "gun rifle pistol knife sword axe bomb grenade missile cannon bow spear tank",
    "church cathedral mosque temple synagogue school university college hospital prison library museum theatre \
     theater cinema hotel restaurant bank factory warehouse airport station stadium castle palace house farm shop \
     supermarket courthouse mill barn",
    "private corporal sergeant lieutenant captain major colonel general admiral commander",
    "goalkeeper defender midfielder striker forward winger batsman bowler wicketkeeper pitcher catcher shortstop \
     outfielder quarterback linebacker prop hooker flanker centre",
    "second minute hour day week month year decade century",
    "english french german spanish italian portuguese russian chinese japanese arabic dutch swedish polish turkish \
     greek latin hebrew hindi korean danish norwegian finnish irish welsh scottish american british canadian \
     australian indian mexican brazilian argentine egyptian israeli iranian iraqi pakistani nigerian kenyan swiss \
     austrian belgian hungarian czech romanian ukrainian thai vietnamese cuban african european asian",
    "england france germany spain italy portugal russia china japan netherlands sweden poland turkey greece korea \
     denmark norway finland ireland wales scotland america britain canada australia india mexico brazil argentina \
     egypt israel iran iraq pakistan nigeria kenya switzerland austria belgium hungary romania ukraine thailand \
     vietnam cuba syria libya afghanistan zealand indonesia malaysia philippines singapore chile colombia peru \
     venezuela",
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois \
     indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri \
     montana nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania rhode \
     tennessee texas utah vermont virginia washington wisconsin wyoming",
    "london paris berlin madrid rome moscow beijing tokyo dublin edinburgh glasgow cardiff belfast manchester \
     liverpool birmingham leeds bristol sheffield newcastle chicago boston houston philadelphia detroit seattle miami \
     atlanta dallas denver phoenix cleveland pittsburgh baltimore sydney melbourne toronto montreal mumbai delhi \
     cairo istanbul",
    "africa europe asia america australia antarctica",
    "atlantic pacific arctic mediterranean baltic caribbean",
    "mercury venus earth mars jupiter saturn uranus neptune pluto moon sun",
    "breakfast lunch dinner supper",
    "beer wine whisky whiskey vodka rum gin champagne coffee tea milk water juice",
    "apple pear orange banana grape lemon cherry peach plum strawberry tomato potato onion carrot cabbage bean rice \
     wheat corn maize barley bread cheese butter meat beef pork lamb egg sugar salt",
    "oak pine elm ash maple birch tree flower grass rose lily tulip bush shrub vine fern moss",
    "gold silver bronze",
    "conservative labour liberal republican democrat democratic socialist communist green fascist nationalist \
     independent",
    "dollar pound euro yen rupee franc mark ruble peso crown",
    "boy girl man woman child baby teenager adult",
    "primary secondary tertiary undergraduate postgraduate doctoral",
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "radio television newspaper magazine internet website blog podcast",
    "mountain river lake sea ocean island desert forest valley beach volcano hill canyon swamp waterfall bay",
    "fire flood earthquake hurricane tornado tsunami drought storm landslide avalanche blizzard",
    "birth death marriage divorce wedding funeral",
    "single married divorced widowed engaged",
    "health home car auto life travel dental vision pet",
    "supervised unsupervised reinforcement",
    "classification regression clustering generation translation segmentation detection recognition",
    "email phone text fax letter mail",
    "king queen prince princess duke duchess earl baron",
    "hear see smell taste touch",
    "morning afternoon evening night noon midnight",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    fn count(claim: &str, source: &str) -> usize {
        let theirs: FxHashSet<Term> = words(source).iter().map(|w| w.term).collect();
        replaced(&words(claim), &theirs, |_| false)
    }

    #[test]
    fn another_word_of_the_kind_replaces_the_claims() {
        assert_eq!(count("It is about an architect.", "The life of a painter."), 1);
        assert_eq!(count("He was born in Delaware.", "He was born in Maryland."), 1);
    }

    #[test]
    fn words_that_both_have_or_of_other_kinds_do_not() {
        assert_eq!(count("A painter and an architect met.", "The painter met the architect."), 0);
        assert_eq!(count("It is about an architect.", "It was born in Maryland."), 0);
    }
}
