//! Style sheets of strangers: whatever stands in them, the work is bounded, and what was not heeded is said.
//!
//! Work is counted in rules and steps, never in time.

use super::Cascade;
use super::matching::MOST_STEPS;
use super::sheet::MOST_RULES;
use crate::source::html::tree::Tree;

/// What a page with a sheet costs, and whether it is heeded in part.
struct Cost {
    rules: usize,
    steps: u32,
    is_cut: bool,
}

fn cost(css: &str, body: &str) -> Cost {
    let tree = Tree::read(&format!("<style>{css}</style>{body}"));
    let mut cascade = Cascade::of(&tree);
    for (id, element) in tree.elements() {
        cascade.of_element(id, element);
    }
    let (rules, steps) = cascade.work();
    assert!(rules <= MOST_RULES && steps <= MOST_STEPS, "{rules} rules, {steps} steps");
    Cost { rules, steps, is_cut: cascade.is_cut() }
}

#[test]
fn what_hides_nothing_costs_nothing() {
    let css = ".a{border:1px solid}".repeat(100_000) + &"@font-face{font-family:x;src:url(x)}".repeat(10_000);
    let cost = cost(&css, &"<p class=a>x</p>".repeat(1000));
    assert_eq!((cost.rules, cost.steps, cost.is_cut), (0, 0, false));
}

#[test]
fn an_element_meets_only_rules_that_may_mean_it() {
    let css: String = (0..100_000).map(|n| format!(".c{n},#i{n} p,[data-{n}],:is(.d{n},.e{n}){{display:none}}")).collect();
    // Rules about a p inside of something are the ones that a p meets.
    let cost = cost(&css[..2_000_000], &"<div class='c7 x' id=i9 data-3=1>x</div>".repeat(1000));
    assert!(cost.rules > 100_000 && cost.steps < 20_000 && !cost.is_cut, "{} rules, {} steps", cost.rules, cost.steps);
}

#[test]
fn sheets_that_are_too_much_are_cut_and_say_so() {
    let many = "p{display:none}".repeat(MOST_RULES + 1);
    let deep_blocks = "@media screen{".repeat(100_000) + "p{display:none}";
    let deep_rules = "div{".repeat(100_000) + "display:none";
    let deep_not = ":not(".repeat(50) + "p" + &")".repeat(50) + "{display:none}";
    let deep_is = ":is(".repeat(50) + "p" + &")".repeat(50) + "{display:none}";
    let long_chain = "div ".repeat(100_000) + "p{display:none}";
    let long_list = "p,".repeat(100_000) + "p{display:none}";
    let layers: String = (0..1000).map(|n| format!("@layer l{n}{{p{{display:none}}}}")).collect();
    for css in [many, deep_blocks, deep_rules, deep_not, deep_is, long_chain, long_list, layers] {
        assert!(cost(&css, "<p>x</p>").is_cut, "{}", &css[..40]);
    }
}

#[test]
fn selectors_that_look_everywhere_end() {
    let deep = "<div>".repeat(20_000) + "<p>x</p>";
    let wide = "<p>x</p>".repeat(20_000);
    let rule = |selector: &str| format!("{selector}{{display:none}}");
    for (css, body) in [
        (rule("b * * * * *"), &deep),
        (rule("b ~ * ~ * ~ *"), &wide),
        (rule("div:has(b)"), &deep),
        (rule(":has(b) :has(i)"), &deep),
        (rule("p:not(:not(b ~ p))"), &wide),
        (rule(":nth-last-of-type(2n)"), &wide),
        ((0..10_000).map(|n| rule(&format!(":not(#n{n})"))).collect(), &wide),
        ((0..10_000).map(|n| rule(&format!("p:not(.n{n})"))).collect(), &wide),
        (rule(&format!("p{}", ":not(b)".repeat(100_000))), &wide),
    ] {
        assert!(cost(&css, body).is_cut, "{}", &css[..css.len().min(40)]);
    }
    // What is found at once is heeded, wherever it stands.
    assert!(!cost(&rule("* * * * *"), &deep).is_cut);
}

#[test]
fn broken_syntax_is_read_once() {
    let long = |text: &str| text.repeat(300_000);
    for css in [
        long("("),
        long("([{") + &long("}])"),
        long("(") + &long("]"),
        long("{"),
        long("}"),
        long("\""),
        long("\\"),
        long("/*"),
        long("<!--"),
        long(":not("),
        long("["),
        long("a["),
        long("@media("),
        long("@layer a"),
        long("&"),
        long(";"),
        long("p{clip-path:polygon("),
        long("*"),
        long(">"),
    ] {
        cost(&css, "<p>x</p>");
    }
}
