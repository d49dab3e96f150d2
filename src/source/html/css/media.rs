//! Conditions of rules: media queries and `@supports`, for a reader at a desk.

use super::certainty::Certainty;
use super::syntax::{length_up_to, split, words};

/// The windows of readers at desks, in CSS pixels. What holds in all of them holds.
const WIDTHS: (f32, f32) = (1024.0, 1920.0);
const HEIGHTS: (f32, f32) = (600.0, 1200.0);

/// What is longer is written by nobody.
const LONGEST: usize = 2000;

pub fn media(query: &str) -> Certainty {
    if query.trim().is_empty() {
        return Certainty::Yes;
    }
    if query.len() > LONGEST {
        return Certainty::Maybe;
    }
    Certainty::any(split(query, b',').map(|one| one_query(&one.trim().to_ascii_lowercase())))
}

/// `[not | only] screen and (…) and (…)`, or a condition.
fn one_query(query: &str) -> Certainty {
    let mut rest = query;
    let mut is_negated = false;
    if let Some(behind) = rest.strip_prefix("not ").filter(|behind| !behind.trim_start().starts_with('(')) {
        (is_negated, rest) = (true, behind.trim_start());
    }
    rest = rest.strip_prefix("only ").unwrap_or(rest).trim_start();
    let mut found = Certainty::Yes;
    if !rest.starts_with('(') && !rest.starts_with("not ") {
        let (kind, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        found = matches!(kind, "all" | "screen").into();
        rest = behind.trim_start().strip_prefix("and").unwrap_or_default().trim_start();
    }
    if !rest.is_empty() {
        found = found.and(|| condition(rest, 0, &feature));
    }
    if is_negated { !found } else { found }
}

pub fn supports(text: &str) -> Certainty {
    if text.len() > LONGEST {
        return Certainty::Maybe;
    }
    condition(&text.to_ascii_lowercase(), 0, &|inside| match inside.split_once(':') {
        // Browsers know what style sheets ask for; of what is for one of them nobody can say.
        Some((property, value)) if !property.trim_start().starts_with('-') && !value.trim_start().starts_with('-') => {
            Certainty::Yes
        }
        _ => Certainty::Maybe,
    })
}

/// `(…)`, `not (…)`, `(…) and (…)`, `(…) or (…)`
fn condition(text: &str, depth: usize, test: &dyn Fn(&str) -> Certainty) -> Certainty {
    const DEEPEST: usize = 8;
    if depth > DEEPEST {
        return Certainty::Maybe;
    }
    let parts: Vec<&str> = words(text).collect();
    let one = |part: &&str| match part.strip_prefix('(').and_then(|inside| inside.strip_suffix(')')) {
        Some(inside)
            if inside.trim_start().starts_with(['(', 'n'])
                && (inside.contains('(') || inside.trim_start().starts_with("not ")) =>
        {
            condition(inside.trim(), depth + 1, test)
        }
        Some(inside) => test(inside.trim()),
        None => Certainty::Maybe,
    };
    match parts.as_slice() {
        ["not", inside] => !one(inside),
        [first, rest @ ..] if rest.chunks(2).all(|pair| matches!(pair, ["and", _])) => {
            rest.chunks(2).fold(one(first), |all, pair| all.and(|| one(&pair[1])))
        }
        [first, rest @ ..] if rest.chunks(2).all(|pair| matches!(pair, ["or", _])) => {
            Certainty::any(std::iter::once(one(first)).chain(rest.chunks(2).map(|pair| one(&pair[1]))))
        }
        _ => Certainty::Maybe,
    }
}

/// One feature, such as `min-width: 600px` or `400px <= width < 900px`.
fn feature(text: &str) -> Certainty {
    if let Some((name, value)) = text.split_once(':') {
        let (name, value) = (name.trim(), value.trim());
        if let Some((sign, name)) =
            name.strip_prefix("min-").map(|n| (">=", n)).or_else(|| name.strip_prefix("max-").map(|n| ("<=", n)))
        {
            return range(name, sign, value);
        }
        return match (name, value) {
            ("orientation", value) => (value == "landscape").into(),
            ("prefers-color-scheme", value) => (value == "light").into(),
            ("prefers-reduced-motion" | "prefers-contrast" | "prefers-reduced-data", value) => (value == "no-preference").into(),
            ("hover" | "any-hover", value) => (value == "hover").into(),
            ("pointer" | "any-pointer", value) => (value == "fine").into(),
            ("print" | "-ms-high-contrast" | "forced-colors", value) => (value == "none").into(),
            ("grid", value) => (value == "0").into(),
            ("scripting", value) => (value == "enabled").into(),
            _ => Certainty::Maybe,
        };
    }
    let sign_at = text.find(['<', '>', '=']);
    let Some(at) = sign_at else {
        return match text {
            "width" | "height" | "color" | "hover" | "any-hover" | "pointer" | "any-pointer" => Certainty::Yes,
            "grid" | "monochrome" | "prefers-reduced-motion" | "prefers-contrast" => Certainty::No,
            _ => Certainty::Maybe,
        };
    };
    let (left, behind) = (text[..at].trim(), &text[at..]);
    let (sign, behind) = sign(behind);
    let end = length_up_to(behind, b"<>=");
    let (middle, rest) = (behind[..end].trim(), &behind[end..]);
    if matches!(left, "width" | "height") {
        return range(left, sign, middle);
    }
    let first = range(middle, turned(sign), left);
    if rest.is_empty() {
        return first;
    }
    let (sign, value) = self::sign(rest);
    first.and(|| range(middle, sign, value.trim()))
}

fn sign(text: &str) -> (&str, &str) {
    let length = if text.as_bytes().get(1) == Some(&b'=') { 2 } else { 1 };
    text.split_at(length)
}

fn turned(sign: &str) -> &'static str {
    match sign {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => "=",
    }
}

/// Whether a length holds in all windows, in some, or in none.
fn range(name: &str, sign: &str, value: &str) -> Certainty {
    let (least, most) = match name {
        "width" | "device-width" => WIDTHS,
        "height" | "device-height" => HEIGHTS,
        _ => return Certainty::Maybe,
    };
    let digits = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')).len();
    let Ok(number) = value[..digits].parse::<f32>() else { return Certainty::Maybe };
    let bound = match &value[digits..] {
        "px" => number,
        "em" | "rem" => number * 16.0,
        "" if number == 0.0 => 0.0,
        _ => return Certainty::Maybe,
    };
    let holds = |width: f32| match sign {
        ">" => width > bound,
        ">=" => width >= bound,
        "<" => width < bound,
        "<=" => width <= bound,
        _ => false,
    };
    match (holds(least), holds(most)) {
        (true, true) => Certainty::Yes,
        (false, false) if sign != "=" || !(least..=most).contains(&bound) => Certainty::No,
        _ => Certainty::Maybe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_hold_in_windows_at_a_desk() {
        use Certainty::{Maybe, No, Yes};
        for (query, expected) in [
            ("", Yes),
            ("screen", Yes),
            ("print", No),
            ("not print", Yes),
            ("only screen and (min-width: 48em)", Yes),
            ("(max-width:600px)", No),
            ("(max-width: 1400px)", Maybe),
            ("print, screen and (width >= 700px)", Yes),
            ("(400px <= width < 900px)", No),
            ("(min-width: 700px) and (max-width: 900px)", No),
            ("not all and (min-width: 700px)", No),
            ("not (min-width: 700px)", No),
            ("(prefers-color-scheme: dark)", No),
            ("(min-resolution: 2dppx)", Maybe),
            ("((max-width: 10px) or (min-width: 20px))", Yes),
            ("(((((((((((((width)))))))))))))", Maybe),
            ("screen and", Yes),
            ("(", Maybe),
        ] {
            assert_eq!(media(query), expected, "{query}");
        }
        assert_eq!(supports("(display: grid)"), Yes);
        assert_eq!(supports("not (display: grid)"), No);
        assert_eq!(supports("(-webkit-touch-callout: none)"), Maybe);
    }
}
