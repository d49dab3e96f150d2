//! Reader for captions (SubRip `.srt`, WebVTT `.vtt`): what is said, with the time of each cue.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::marks::MarkKind;
use super::rendition::Rendition;
use super::{Content, ReadError, html};
use crate::text::blocks::BlockKind;

static TIMES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})")
        .expect("a valid pattern")
});
static VOICE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^<v(?:\.[^ >]*)? ([^>]+)>").expect("a valid pattern"));
static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"</?[A-Za-z0-9][^<>]*>|\{\\[^}]*\}").expect("a valid pattern"));

/// Silence that parts paragraphs, in milliseconds.
const PAUSE: u64 = 2_500;

/// A paragraph that is longer ends with its sentence, in bytes.
const LONG: usize = 500;

struct Cue {
    start: u64,
    end: u64,
    speaker: Option<String>,
    text: String,
}

pub fn read(text: &str) -> Result<Content, ReadError> {
    let cues = cues(text);
    if cues.is_empty() {
        return Err(ReadError::Broken("it has no cues".to_owned()));
    }
    let mut rendition = Rendition::default();
    let mut last: Option<&Cue> = None;
    let mut length = 0;
    for cue in &cues {
        let label = clock(cue.start);
        let starts = last.is_none_or(|last| {
            let ended = last.text.ends_with(['.', '!', '?', '”', '"']);
            last.speaker != cue.speaker
                || is_sound(&last.text) != is_sound(&cue.text)
                || cue.text.starts_with(['-', '–', '>'])
                || ended && (cue.start > last.end + PAUSE || length > LONG)
        });
        rendition.mark(MarkKind::Time, &label);
        if starts {
            let speaker = cue.speaker.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
            if let Some(name) = &cue.speaker {
                rendition.mark(MarkKind::Speaker, name);
            }
            rendition.labelled_block(BlockKind::Paragraph, &format!("[{label}] "), &(speaker + &cue.text));
            length = 0;
        } else {
            rendition.go_on(&cue.text);
        }
        length += cue.text.len();
        last = Some(cue);
    }
    Ok(Content::of_rendition(rendition))
}

fn cues(text: &str) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if let Some(times) = TIMES.captures(line) {
            let at = |group: usize| times.get(group).and_then(|part| part.as_str().parse::<u64>().ok()).unwrap_or(0);
            let time = |first: usize| ((at(first) * 60 + at(first + 1)) * 60 + at(first + 2)) * 1000 + at(first + 3);
            found.push(Cue { start: time(1), end: time(5), speaker: None, text: String::new() });
            open = true;
        } else if line.trim().is_empty() {
            open = false;
        } else if let Some(cue) = found.last_mut().filter(|_| open) {
            if let Some(voice) = VOICE.captures(line.trim_start()) {
                cue.speaker = Some(voice[1].trim().to_owned());
            }
            if !cue.text.is_empty() {
                cue.text.push(' ');
            }
            let line = html::unescape(TAG.replace_all(line, "").trim());
            cue.text.push_str(without_sounds(&line).trim());
        }
    }
    unroll(&mut found);
    found.retain(|cue| !cue.text.is_empty());
    found
}

/// Where captions roll, as video services make them, each line comes two or three times: what a cue has of the one before
/// is taken off. A file rolls if many of its cues begin with words on which the one before ended.
fn unroll(cues: &mut [Cue]) {
    const ROLLING: usize = 4;
    let repeated = |pair: &[Cue]| shared(&pair[0].text, &pair[1].text);
    let shares: Vec<usize> = cues.windows(2).map(repeated).collect();
    let rolling = shares.iter().filter(|share| **share > 0).count();
    if rolling < 2 || rolling * ROLLING < cues.len() {
        return;
    }
    for (cue, share) in cues[1..].iter_mut().zip(shares) {
        cue.text = cue.text[share..].trim_start().to_owned();
    }
}

/// How much of a text, in bytes, are words on which another one ended: at least two, or all that it has.
fn shared(before: &str, text: &str) -> usize {
    const LEAST: usize = 2;
    const MOST: usize = 60;
    // Nearly always the next cue begins with another word.
    if !text.split_whitespace().next().is_some_and(|first| before.contains(first)) {
        return 0;
    }
    let last: Vec<&str> = before.split_whitespace().collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let most = words.len().min(last.len()).min(MOST);
    let is_shared = |count: &usize| last[last.len() - count..] == words[..*count] && (*count >= LEAST || *count == words.len());
    let count = (1..=most).rev().find(is_shared).unwrap_or(0);
    words[..count].last().map_or(0, |word| word.as_ptr() as usize + word.len() - text.as_ptr() as usize)
}

/// A line of speech without the sounds in it, which captions write in capitals: `(SIGHS) I hid it.`
fn without_sounds(line: &str) -> Cow<'_, str> {
    static SOUND: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\([\p{Lu}][\p{Lu} ,'’-]+\)\s*").expect("a valid pattern"));
    if !line.contains('(') {
        return line.into();
    }
    let spoken = SOUND.replace_all(line, "");
    if spoken.trim().is_empty() { line.into() } else { spoken }
}

/// Music and noises stand between marks: `♪ slow piano ♪`, `[door slams]`.
fn is_sound(text: &str) -> bool {
    text.starts_with(['♪', '♫', '[', '(']) && text.ends_with(['♪', '♫', ']', ')'])
}

/// Milliseconds as `h:mm:ss`.
fn clock(at: u64) -> String {
    let seconds = at / 1000;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rolling_captions_say_everything_once() {
        let roll = "1\n00:00:00,000 --> 00:00:03,000\nthe board paid\nthe owners of\n\n2\n00:00:03,000 --> 00:00:06,000\nthe owners of\nnine boats\n\n3\n00:00:06,000 --> 00:00:06,010\nnine boats\n\n4\n00:00:07,000 --> 00:00:09,000\nnine boats\nin May\n";
        let shown = |text: &str| cues(text).into_iter().map(|c| c.text).collect::<Vec<_>>();
        assert_eq!(shown(roll), ["the board paid the owners of", "nine boats", "in May"]);
        let said_twice = "1\n00:00:00,000 --> 00:00:03,000\nNo.\n\n2\n00:00:03,000 --> 00:00:06,000\nNo.\n\n3\n00:00:06,000 --> 00:00:09,000\nIt fell.\n";
        assert_eq!(shown(said_twice), ["No.", "No.", "It fell."]);
    }

    #[test]
    fn cues_have_times_speakers_and_no_tags() {
        let text = "WEBVTT\n\nNOTE no cue\n\n1\n00:00:01.000 --> 00:00:02.500\n<v Ann Ode>The <i>tide</i>\nrose.\n\n01:02.000 --> 01:03.000\nIt fell.\n";
        let shown: Vec<_> = cues(text).into_iter().map(|c| (clock(c.start), c.speaker, c.text)).collect();
        assert_eq!(
            shown,
            [
                ("0:00:01".to_owned(), Some("Ann Ode".to_owned()), "The tide rose.".to_owned()),
                ("0:01:02".to_owned(), None, "It fell.".to_owned())
            ]
        );
    }
}
