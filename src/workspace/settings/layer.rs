//! One layer of settings: what a file or an editor gives, over what was there before. What is wrong in
//! it is told, and the rest counts.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::model::Judge;
use super::table::SETTINGS;
use super::{Mistake, Patterns, Settings, Step};
use crate::message;
use crate::rules::yardstick::{Measure, Range, Standard, Yardstick};
use crate::rules::{Level, Profile, no_rule, rule};
use crate::text::spelling::nearest;
use crate::text::{LineIndex, Untrusted};

/// A part of the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Named(String),
    Item(usize),
}

/// Settings in the same section that are the plugins' own.
const OF_PLUGINS: [&str; 3] = ["gutter", "server", "trace"];

/// Settings that are being read.
pub struct Layer<'s> {
    pub settings: &'s mut Settings,
    /// Whether it is the user's own file.
    is_of_user: bool,
    /// What it says of rules for all notes.
    pub step: Step,
    /// And for some.
    overrides: Vec<Step>,
    at: Vec<Key>,
    mistakes: Vec<(Vec<Key>, Untrusted)>,
}

/// Takes over what an editor gives: nested, or with names such as `rules.misquote`.
pub fn of_client(settings: &mut Settings, given: &Value) -> Vec<Mistake> {
    let mistake = |(way, message): (Vec<Key>, Untrusted)| {
        let message = message!("settings of the editor: {}", named(&way, message));
        Mistake { line: None, message }
    };
    Layer::read(settings, &nested(given), false).into_iter().map(mistake).collect()
}

/// Takes over what the user's own file gives.
pub fn of_user(settings: &mut Settings, text: &str) -> Vec<Mistake> {
    let mistakes = of_text(settings, text, true);
    let place = |line: Option<usize>| line.map_or_else(Untrusted::default, |line| message!(", line {}", line));
    let told = |Mistake { line, message }: Mistake| message!("your own settings{}: {}", place(line), message);
    mistakes.into_iter().map(|mistake| Mistake { line: None, message: told(mistake) }).collect()
}

/// Takes over what `corroborate.toml` gives.
pub fn of_file(settings: &mut Settings, text: &str) -> Vec<Mistake> {
    of_text(settings, text, false)
}

fn of_text(settings: &mut Settings, text: &str, is_of_user: bool) -> Vec<Mistake> {
    let lines = LineIndex::new(text);
    let line = |at: usize| Some(lines.line(at) + 1);
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            return vec![Mistake { line: line(at), message: message!("{}; nothing of the file counts", error.message()) }];
        }
    };
    let mistakes = Layer::read(settings, &as_json(table.get_ref()), is_of_user);
    let mistake = |(way, message): (Vec<Key>, Untrusted)| {
        let line = line(place(table.get_ref(), &way));
        Mistake { line, message: named(&way, message) }
    };
    let mut mistakes: Vec<Mistake> = mistakes.into_iter().map(mistake).collect();
    mistakes.sort_by_key(|mistake| mistake.line);
    mistakes
}

impl<'s> Layer<'s> {
    fn read(settings: &'s mut Settings, given: &Value, is_of_user: bool) -> Vec<(Vec<Key>, Untrusted)> {
        let (step, overrides) = (Step::default(), Vec::new());
        let mut layer = Layer { settings, is_of_user, step, overrides, at: Vec::new(), mistakes: Vec::new() };
        for (name, value) in layer.table(given, "a table of settings") {
            match SETTINGS.iter().find(|setting| setting.name == name) {
                Some(setting) if setting.is_of_user && !layer.is_of_user => {
                    layer.inside(Key::Named(name), |layer| layer.wrong("counts only in the user's own settings file"));
                }
                Some(setting) => layer.inside(Key::Named(name), |layer| (setting.set)(layer, &value)),
                None => layer.inside(Key::Named(name.clone()), |layer| layer.wrong(no_setting(&name))),
            }
        }
        let Layer { settings, step, overrides, mistakes, .. } = layer;
        settings.steps.extend(Some(step).filter(|step| *step != Step::default()).into_iter().chain(overrides));
        mistakes
    }

    pub fn globs(&mut self, value: &Value) -> Option<Vec<String>> {
        let Ok(globs) = serde_json::from_value::<Vec<String>>(value.clone()) else {
            self.wrong("must be a list of globs");
            return None;
        };
        let mut are_good = true;
        for (at, glob) in globs.iter().enumerate() {
            if let Err(error) = Patterns::new(std::slice::from_ref(glob)) {
                are_good = false;
                self.inside(Key::Item(at), |layer| layer.wrong(format!("is no glob: {error}")));
            }
        }
        Some(globs).filter(|_| are_good)
    }

    pub fn megabytes(&mut self, value: &Value) -> Option<u32> {
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            self.wrong("must be a whole number of megabytes");
        }
        number
    }

    pub fn flag(&mut self, value: &Value) -> Option<bool> {
        let flag = value.as_bool();
        if flag.is_none() {
            self.wrong("must be true or false");
        }
        flag
    }

    pub fn one_of<'v>(&mut self, value: &'v Value, names: &[&str]) -> Option<&'v str> {
        let given = value.as_str();
        let found = given.filter(|given| names.contains(given));
        if found.is_none() {
            let meant = given.and_then(|given| nearest(given, names.iter().copied()));
            self.wrong(format!("must be one of {}{}", names.join(", "), did_you_mean(meant)));
        }
        found
    }

    pub fn aliases(&mut self, value: &Value) {
        /// All names are looked for in every sentence.
        const MOST: usize = 5_000;
        let given = self.table(value, "a table of names");
        if given.len() > MOST {
            self.wrong(format!("has {} names; the first {MOST} count, in the order of the alphabet", given.len()));
        }
        for (name, other) in given.into_iter().take(MOST) {
            match other.as_str() {
                Some(other) => _ = self.settings.aliases.insert(name, other.to_owned()),
                None => self.inside(Key::Named(name), |layer| layer.wrong("must be another name, as a text")),
            }
        }
    }

    pub fn levels(&mut self, value: &Value) -> BTreeMap<&'static str, Level> {
        let mut levels = BTreeMap::new();
        let names = Level::ALL.map(Level::name);
        for (name, value) in self.table(value, "a table of rules") {
            self.at.push(Key::Named(name.clone()));
            match rule(&name) {
                Some(rule) => levels.extend(self.one_of(&value, &names).and_then(Level::of).map(|level| (rule.code, level))),
                None => self.wrong(no_rule(&name)),
            }
            self.at.pop();
        }
        levels
    }

    pub fn model(&mut self, value: &Value) {
        for (name, value) in self.table(value, "a table") {
            self.inside(Key::Named(name.clone()), |layer| match name.as_str() {
                "judge" => {
                    let judge = layer.one_of(&value, &Judge::ALL.map(Judge::name)).and_then(Judge::of);
                    layer.settings.model.judge = judge.unwrap_or_default();
                }
                "path" => match value.as_str().map(PathBuf::from).filter(|path| path.is_absolute()) {
                    Some(path) => layer.settings.model.path = Some(path),
                    None => layer.wrong("must be the whole path of a folder"),
                },
                _ => layer.wrong("is not known here; a model has “judge” and “path”"),
            });
        }
    }

    /// A table that is known by its name, or one's own.
    pub fn yardstick(&mut self, value: &Value) -> Option<Yardstick> {
        /// All are looked for in every judgement.
        const MOST: usize = 100;
        if value.is_string() {
            return self.one_of(value, &Standard::ALL.map(Standard::name)).and_then(Standard::of).map(Yardstick::of);
        }
        let given = self.table(value, "the name of a yardstick, or a table of words");
        if given.len() > MOST {
            self.wrong(format!("has {} words; the first {MOST} count, in the order of the alphabet", given.len()));
        }
        let mut measures = Vec::new();
        for (words, value) in given.into_iter().take(MOST) {
            let ends = value.as_array().and_then(|ends| <[Value; 2]>::try_from(ends.clone()).ok());
            let number = |end: &Value| end.as_u64().and_then(|number| u8::try_from(number).ok()).filter(|number| *number <= 100);
            let range = ends.and_then(|[low, high]| Some(Range { low: number(&low)?, high: number(&high)? }));
            match range.filter(|range| range.low <= range.high) {
                Some(range) => measures.push(Measure { words: words.to_lowercase(), range }),
                None => {
                    self.inside(Key::Named(words), |layer| layer.wrong("must be two whole numbers from 0 to 100, as in [55, 75]"))
                }
            }
        }
        (!measures.is_empty()).then(|| Yardstick::own(measures))
    }

    pub fn overrides(&mut self, value: &Value) {
        let Some(list) = value.as_array() else { return self.wrong("must be a list of tables") };
        for (at, value) in list.iter().enumerate() {
            self.inside(Key::Item(at), |layer| {
                let step = layer.one_override(value);
                layer.overrides.extend(step);
            });
        }
    }

    fn one_override(&mut self, value: &Value) -> Option<Step> {
        let mut step = Step::default();
        for (name, value) in self.table(value, "a table") {
            self.inside(Key::Named(name.clone()), |layer| match name.as_str() {
                "notes" => step.notes = layer.globs(&value).and_then(|globs| Patterns::new(&globs).ok()),
                "rules" => step.rules = layer.levels(&value),
                "profile" => step.profile = layer.one_of(&value, &Profile::ALL.map(Profile::name)).and_then(Profile::of),
                _ => layer.wrong("is not known here; an override has “notes”, “rules” and “profile”"),
            });
        }
        if step.notes.is_none() && value.get("notes").is_none() && value.is_object() {
            self.wrong("must say for which “notes” it holds");
        }
        // Without valid globs it would hold for all notes.
        step.notes.is_some().then_some(step)
    }

    /// The fields of a table that are given.
    fn table(&mut self, value: &Value, what: &str) -> Vec<(String, Value)> {
        let Some(table) = value.as_object() else {
            // Lua has one way to write an empty table and an empty list.
            if !value.is_null() && *value != Value::Array(Vec::new()) {
                self.wrong(format!("must be {what}"));
            }
            return Vec::new();
        };
        let mut fields: Vec<(String, Value)> =
            table.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), value.clone())).collect();
        fields.sort_by(|a, b| a.0.cmp(&b.0));
        fields
    }

    fn inside(&mut self, key: Key, work: impl FnOnce(&mut Self)) {
        self.at.push(key);
        work(self);
        self.at.pop();
    }

    fn wrong(&mut self, message: impl Into<Untrusted>) {
        /// Who has more has other worries, and each is looked up in the file.
        const MOST: usize = 100;
        match self.mistakes.len() {
            0..MOST => self.mistakes.push((self.at.clone(), message.into())),
            MOST => self.mistakes.push((Vec::new(), "has more mistakes than are told".into())),
            _ => {}
        }
    }
}

fn no_setting(name: &str) -> String {
    if rule(name).is_some() {
        return "is a rule, and belongs into the table “rules”".to_owned();
    }
    format!("is no setting{}", did_you_mean(nearest(name, SETTINGS.iter().map(|setting| setting.name))))
}

fn did_you_mean(name: Option<&str>) -> String {
    name.map(|name| format!("; did you mean “{name}”?")).unwrap_or_default()
}

/// “rules.misquote must be …”.
fn named(way: &[Key], message: Untrusted) -> Untrusted {
    let mut name = Untrusted::default();
    for key in way {
        name = match key {
            Key::Named(key) if name.is_empty() => key.into(),
            Key::Named(key) => message!("{}.{}", name, key),
            Key::Item(at) => message!("{}[{}]", name, at + 1),
        }
    }
    if way.is_empty() { message!("this {}", message) } else { message!("“{}” {}", name, message) }
}

/// Where in the file a value stands, or the last thing on the way to it that is there.
fn place(table: &DeTable<'_>, way: &[Key]) -> usize {
    let mut at = 0;
    let mut inside: Option<&DeValue<'_>> = None;
    for key in way {
        let table = inside.map_or(Some(table), DeValue::as_table);
        let next: Option<(usize, &Spanned<DeValue<'_>>)> = match key {
            Key::Named(name) => table
                .and_then(|table| table.iter().find(|(key, _)| key.get_ref() == name))
                .map(|(key, value)| (key.span().start, value)),
            Key::Item(item) => {
                inside.and_then(DeValue::as_array).and_then(|list| list.get(*item)).map(|value| (value.span().start, value))
            }
        };
        let Some((start, value)) = next else { break };
        (at, inside) = (start, Some(value.get_ref()));
    }
    at
}

fn as_json(table: &DeTable<'_>) -> Value {
    let fields = table.iter().map(|(name, value)| (name.get_ref().to_string(), value_as_json(value.get_ref())));
    Value::Object(fields.collect())
}

fn value_as_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::from(f64::MAX), Value::from)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::from(f64::MAX), Value::from),
        DeValue::Boolean(is) => Value::from(*is),
        DeValue::Datetime(date) => Value::from(date.to_string()),
        DeValue::Array(list) => list.iter().map(|item| value_as_json(item.get_ref())).collect(),
        DeValue::Table(table) => as_json(table),
    }
}

/// An editor's settings with a table for each dot before the first name; the section's own name may
/// stand before all.
fn nested(given: &Value) -> Value {
    const SECTION: &str = "corroborate";
    let Some(table) = given.as_object() else { return given.clone() };
    if let (1, Some(inner)) = (table.len(), table.get(SECTION)) {
        return nested(inner);
    }
    let mut fields = Map::new();
    for (name, value) in table.iter().filter(|(_, value)| !value.is_null()) {
        let name = name.strip_prefix(SECTION).and_then(|name| name.strip_prefix('.')).unwrap_or(name);
        if OF_PLUGINS.contains(&name.split('.').next().unwrap_or(name)) {
            continue;
        }
        match name.split_once('.') {
            Some((outer, inner)) => {
                if let Some(outer) = fields.entry(outer).or_insert_with(|| Map::new().into()).as_object_mut() {
                    outer.insert(inner.to_owned(), value.clone());
                }
            }
            None => match (fields.get_mut(name).and_then(Value::as_object_mut), value.as_object()) {
                (Some(before), Some(value)) => before.extend(value.clone()),
                _ => _ = fields.insert(name.to_owned(), value.clone()),
            },
        }
    }
    fields.into()
}
