//! What the settings do: which findings are told, how bad they are, and what is said of mistakes.

mod support;

use std::path::Path;
use std::process::Command;

use corroborate::library::Library;
use corroborate::rules::yardstick::{Standard, Yardstick};
use corroborate::rules::{Level, Profile, Severity};
use corroborate::workspace::settings::model::Judge;
use corroborate::workspace::settings::table::{Kind, SETTINGS};
use corroborate::workspace::settings::{Settings, schema};
use corroborate::workspace::{self, Opener, Workspace};
use serde_json::{Value, json};
use support::Folder;

/// The findings of each note of a folder, as `note: severity code`.
fn told_with(files: &str, client: Option<&Value>) -> Vec<String> {
    let folder = Folder::with(files);
    let workspace = Opener { client, ..Opener::default() }.open(&folder.0).expect("nobody cancels");
    assert_eq!(workspace.mistakes, []);
    let mut told = Vec::new();
    for path in &workspace.files.notes {
        let text = std::fs::read_to_string(folder.path(path)).expect("the note");
        let checked = workspace::check(&text, path, &workspace, &|| false).expect("nobody cancels");
        told.extend(checked.findings.iter().map(|f| format!("{path}: {} {}", f.severity.name(), f.code)));
    }
    told
}

fn told(files: &str) -> Vec<String> {
    told_with(files, None)
}

/// What is wrong with a file, and with an editor's settings.
fn mistakes(client: &Value, file: &str) -> String {
    mistakes_of(None, client, file)
}

fn mistakes_of(user: Option<&str>, client: &Value, file: &str) -> String {
    let (_, mistakes) = Settings::layered(user, Some(client), Some(file));
    mistakes.iter().map(|mistake| format!("{}\n", mistake.told().plain())).collect()
}

const MILL: &str = "
//- sources/2024-03-15-mill.txt
The mill at Orrin closed on 3 May after 112 years. It employed 48 people.
//- notes/drafts/a.md
The mill at Orrin closed on 5 May after 112 years.
It employed 48 people.
Otto Brandt bought the mill from the bank.
//- notes/b.md
The mill at Orrin closed on 5 May after 112 years.
";

#[test]
fn a_rule_has_the_severity_that_the_desk_gives_it_or_none() {
    assert_eq!(
        told(MILL),
        [
            "notes/b.md: error number-conflict",
            "notes/drafts/a.md: error number-conflict",
            "notes/drafts/a.md: warning unsupported-claim",
        ]
    );
    let rules = "//- corroborate.toml\n[rules]\nunsupported-claim = \"off\"\nnumber-conflict = \"information\"\nmissing-citation = \"hint\"\n";
    assert_eq!(
        told(&format!("{MILL}{rules}")),
        [
            "notes/b.md: information number-conflict",
            "notes/drafts/a.md: information number-conflict",
            "notes/drafts/a.md: hint missing-citation",
        ]
    );
}

#[test]
fn overrides_hold_for_some_notes_and_later_ones_win() {
    let rules = "
//- corroborate.toml
profile = \"release\"
[[overrides]]
notes = [\"notes/**\"]
rules = { number-conflict = \"warning\" }
[[overrides]]
notes = [\"notes/drafts/**\", \"more/**\"]
profile = \"draft\"
rules = { number-conflict = \"hint\", unsupported-claim = \"off\" }
[[overrides]]
notes = [\"more/**\"]
rules = { number-conflict = \"off\" }
";
    assert_eq!(
        told(&format!("{MILL}{rules}")),
        ["notes/b.md: warning number-conflict", "notes/drafts/a.md: hint number-conflict"]
    );
}

#[test]
fn what_is_to_be_released_lacks_no_citation() {
    let release = "//- corroborate.toml\nprofile = \"release\"\n";
    let warned = "notes/drafts/a.md: warning missing-citation".to_owned();
    assert!(told(&format!("{MILL}{release}")).contains(&warned));
    assert!(!told(MILL).contains(&warned));
    let hinted = format!("{MILL}{release}[rules]\nmissing-citation = \"hint\"\n");
    assert!(told(&hinted).contains(&"notes/drafts/a.md: hint missing-citation".to_owned()));
    let usual = format!("{MILL}{release}[rules]\nmissing-citation = \"default\"\n");
    assert!(told(&usual).contains(&warned));
}

/// The messages of `single-origin` on a sentence, with these sources beside the first.
fn origins(sentence: &str, more: &str) -> Vec<String> {
    let first = "//- sources/mill.md\n---\npublisher: The Orrin Post\ndate: 2024-03-15\n---\nThe mill at Orrin closed on 3 May after 112 years of grinding flour for the valley. The council met.\n";
    let all = format!("{first}{more}");
    let sources = support::parts(&all).into_iter().flat_map(|(path, text)| support::sources(path, &text)).collect();
    let mut workspace = Workspace::of_library(Library::new(sources, Default::default()));
    workspace.settings = Settings::layered(None, Some(&json!({ "profile": "release" })), None).0;
    let checked = workspace::check(sentence, "note.md", &workspace, &|| false).expect("nobody cancels");
    checked.findings.iter().filter(|f| f.code == "single-origin").map(|f| f.message.plain().to_owned()).collect()
}

#[test]
fn what_is_to_be_released_has_more_than_one_origin() {
    let note = "The mill at Orrin closed on 3 May after 112 years.\n";
    let unrelated = "//- sources/fair.md\nThe fair in Vesk has 40 stalls.\n";
    let copy = "//- sources/copy.md\nORRIN — The mill at Orrin closed on 3 May after 112 years of grinding flour for the valley, it is said.\n";
    let same = "//- sources/late.md\n---\npublisher: the Orrin post\n---\nAfter 112 years the Orrin mill was closed on 3 May.\n";
    let own = "//- sources/own.md\n---\npublisher: Vesk Daily\n---\nOn 3 May the old mill at Orrin closed; it had worked for 112 years.\n";
    expect_test::expect!["This rests on one source, mill.md, 2024-03-15 (line 5)."]
        .assert_eq(&origins(note, unrelated).join("\n"));
    expect_test::expect!["This rests on one origin: copy.md (line 1) and mill.md, 2024-03-15 have it in the same words."]
        .assert_eq(&origins(note, copy).join("\n"));
    expect_test::expect!["This rests on one origin: late.md (line 4) and mill.md, 2024-03-15 are both by the Orrin post."]
        .assert_eq(&origins(note, same).join("\n"));
    assert_eq!(origins(note, own), [""; 0]);
    assert_eq!(origins(note, &format!("{copy}{own}")), [""; 0]);
    assert_eq!(origins(note, ""), [""; 0], "one source in all");
    for other in [
        "According to the Post the mill at Orrin closed on 3 May after 112 years.\n",
        "The Post said that the mill at Orrin closed on 3 May after 112 years.\n",
        "The mill at Orrin closed on 5 May after 112 years.\n",
        "Did the mill at Orrin close on 3 May after 112 years?\n",
    ] {
        assert_eq!(origins(other, unrelated), [""; 0], "{other}");
    }
}

#[test]
fn the_file_wins_over_the_editor_for_what_it_gives() {
    let editor = json!({
        "rules": { "number-conflict": "hint", "unsupported-claim": "off" },
        "overrides": [{ "notes": ["**"], "rules": { "number-conflict": "off" } }],
    });
    let file = "//- corroborate.toml\n[rules]\nnumber-conflict = \"warning\"\n";
    assert_eq!(
        told_with(&format!("{MILL}{file}"), Some(&editor)),
        ["notes/b.md: warning number-conflict", "notes/drafts/a.md: warning number-conflict"]
    );
    assert_eq!(told_with(MILL, Some(&editor)), [""; 0]);
}

#[test]
fn an_editor_may_write_names_with_dots_and_leave_settings_null() {
    let nested = json!({ "rules": { "number-conflict": "off", "misquote": "hint" }, "largest-source": 3 });
    let expected = Settings::layered(None, Some(&nested), None);
    for given in [
        json!({ "rules.number-conflict": "off", "rules": { "misquote": "hint" }, "largest-source": 3, "notes": null }),
        json!({ "rules": { "misquote": "hint", "overclaim": null }, "rules.number-conflict": "off", "largest-source": 3 }),
        json!({ "corroborate.rules.number-conflict": "off", "corroborate.rules.misquote": "hint", "corroborate.largest-source": 3 }),
        json!({ "corroborate": nested }),
    ] {
        assert_eq!(Settings::layered(None, Some(&given), None), expected, "{given}");
    }
    assert_eq!(expected.1, []);
    for nothing in [Value::Null, json!({}), json!([]), json!({ "corroborate": null, "profile": null, "rules": [] })] {
        assert_eq!(Settings::layered(None, Some(&nothing), None), (Settings::default(), Vec::new()), "{nothing}");
    }
}

#[test]
fn mistakes_are_named_with_their_lines_and_the_rest_counts() {
    let file = "\
suorces = [\"a/**\"]
missing-citation = true
largest-source = \"big\"
notes = [\"notes/**\",
  \"b/[\"]
citation-style = \"wikis\"
profile = \"final\"

[rules]
unsuported-claim = \"off\"
misquote = \"eror\"
overclaim = \"hint\"

[aliases]
\"the firm\" = 3

[[overrides]]
notes = \"drafts/**\"
[[overrides]]
rules = { misquote = \"of\" }
files = []
[[overrides]]
notes = [\"c/[\"]
rules = { overclaim = \"off\" }
";
    expect_test::expect![[r#"
        corroborate.toml:1: “suorces” is no setting; did you mean “sources”?
        corroborate.toml:2: “missing-citation” is a rule, and belongs into the table “rules”
        corroborate.toml:3: “largest-source” must be a whole number of megabytes
        corroborate.toml:5: “notes[2]” is no glob: error parsing glob 'b/[': unclosed character class; missing ']'
        corroborate.toml:6: “citation-style” must be one of key, wiki, link, text-fragment; did you mean “wiki”?
        corroborate.toml:7: “profile” must be one of draft, release, icd203
        corroborate.toml:10: “rules.unsuported-claim” is no rule; did you mean “unsupported-claim”?
        corroborate.toml:11: “rules.misquote” must be one of default, off, hint, information, warning, error; did you mean “error”?
        corroborate.toml:15: “aliases.the firm” must be another name, as a text
        corroborate.toml:18: “overrides[1].notes” must be a list of globs
        corroborate.toml:19: “overrides[2]” must say for which “notes” it holds
        corroborate.toml:20: “overrides[2].rules.misquote” must be one of default, off, hint, information, warning, error
        corroborate.toml:21: “overrides[2].files” is not known here; an override has “notes”, “rules” and “profile”
        corroborate.toml:23: “overrides[3].notes[1]” is no glob: error parsing glob 'c/[': unclosed character class; missing ']'
    "#]].assert_eq(&mistakes(&Value::Null, file));
    let (settings, _) = Settings::layered(None, None, Some(file));
    let overclaim = Settings::layered(None, Some(&json!({ "rules": { "overclaim": "hint" } })), None).0;
    assert_eq!(settings, overclaim);
    expect_test::expect![[r#"
        corroborate.toml:2: unclosed array, expected `]`; nothing of the file counts
    "#]]
    .assert_eq(&mistakes(&Value::Null, "sources = [\"a\"]\nnotes = [\n"));
    expect_test::expect![[r#"
        settings of the editor: “colour” is no setting
        settings of the editor: “rules.misqoute” is no rule; did you mean “misquote”?
        settings of the editor: “sources” must be a list of globs
    "#]]
    .assert_eq(&mistakes(&json!({ "rules.misqoute": "off", "sources": 3, "colour": "red" }), ""));
    expect_test::expect![[r#"
        settings of the editor: this must be a table of settings
    "#]]
    .assert_eq(&mistakes(&json!("red"), ""));
}

#[test]
fn a_yardstick_is_a_name_or_a_table_of_ranges() {
    let yardstick = |file: &str| Settings::layered(None, None, Some(file)).0.yardstick;
    assert_eq!(yardstick(""), Yardstick::of(Standard::Icd203));
    assert_eq!(yardstick("yardstick = \"phia\"\n"), Yardstick::of(Standard::Phia));
    let own = yardstick("[yardstick]\n\"A fair chance\" = [55, 75]\nremote = [0, 5]\n");
    let measures: Vec<String> =
        own.measures().iter().map(|it| format!("{} {}-{}", it.words, it.range.low, it.range.high)).collect();
    assert_eq!(measures, ["a fair chance 55-75", "remote 0-5"]);
    expect_test::expect![[r#"
        corroborate.toml:1: “yardstick” must be one of icd203, phia, ipcc
    "#]]
    .assert_eq(&mistakes(&Value::Null, "yardstick = \"kent\"\n"));
    expect_test::expect![[r#"
        corroborate.toml:2: “yardstick.likely” must be two whole numbers from 0 to 100, as in [55, 75]
        corroborate.toml:3: “yardstick.remote” must be two whole numbers from 0 to 100, as in [55, 75]
        corroborate.toml:4: “yardstick.sure” must be two whole numbers from 0 to 100, as in [55, 75]
    "#]]
    .assert_eq(&mistakes(&Value::Null, "[yardstick]\nlikely = [80, 55]\nremote = 5\nsure = [99, 101]\nunlikely = [20, 45]\n"));
}

#[test]
fn the_command_line_has_the_last_word_on_rules() {
    let folder = Folder::with(&format!("{MILL}//- corroborate.toml\n[[overrides]]\nnotes = [\"**\"]\nprofile = \"draft\"\n"));
    let check = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
        let output = command.arg("check").args(arguments).current_dir(&folder.0).output().expect("the program runs");
        (output.status.code(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    };
    assert!(check(&["--profile", "release"]).1.contains("warning[missing-citation]"));
    assert!(!check(&["--profile", "draft"]).1.contains("missing-citation"));
    // Information and hints leave the exit code alone.
    let (code, shown) = check(&["--rule", "number-conflict=hint", "--rule", "unsupported-claim=off"]);
    assert!(shown.contains("hint[number-conflict]") && !shown.contains("unsupported-claim"), "{shown}");
    assert_eq!(code, Some(0));
    assert_eq!(check(&["--rule", "number-conflict=warning", "--rule", "unsupported-claim=off"]).0, Some(1));
    let (code, shown) = check(&["--rule", "number-conflit=hint"]);
    assert_eq!(code, Some(2));
    assert!(shown.contains("number-conflit is no rule; did you mean “number-conflict”?"), "{shown}");
    assert_eq!(check(&["--rule", "misquote=loud"]).0, Some(2));
    assert_eq!(check(&["--profile", "final"]).0, Some(2));
}

#[test]
fn every_setting_has_a_default_that_it_takes_and_a_doc() {
    assert!(SETTINGS.is_sorted_by_key(|setting| setting.name));
    assert_eq!(Settings::layered(None, Some(&json!({})), Some("")), (Settings::default(), Vec::new()));
    for setting in SETTINGS.iter().filter(|setting| !setting.is_of_user) {
        let default: Value = serde_json::from_str(setting.default).expect("JSON");
        let given = json!({ setting.name: default });
        let (mut settings, mistakes) = Settings::layered(None, Some(&given), None);
        assert_eq!((settings.severities("a.md"), mistakes), (Settings::default().severities("a.md"), Vec::new()), "{given}");
        settings.steps.clear();
        assert_eq!(settings, Settings::default(), "{given}");
        assert!(setting.doc.ends_with('.') && !setting.summary.ends_with('.'), "{}", setting.name);
        let wrong = Settings::layered(None, Some(&json!({ setting.name: 0.5 })), None).1;
        assert_eq!(wrong.len(), 1, "{}", setting.name);
    }
}

#[test]
fn the_model_is_chosen_in_the_users_own_file_and_nowhere_else() {
    let own = "inlay-hints = true\n\n[model]\njudge = \"words\"\npath = \"/models/nli\"\n";
    let (settings, mistakes) = Settings::layered(Some(own), None, Some("inlay-hints = false\n"));
    assert_eq!((settings.model.judge, mistakes), (Judge::Words, Vec::new()));
    assert_eq!(settings.model.path.as_deref(), Some(std::path::Path::new("/models/nli")));
    assert!(!settings.inlay_hints, "the workspace's file wins");
    expect_test::expect![[r#"
        corroborate.toml:1: “model” counts only in the user's own settings file
    "#]]
    .assert_eq(&mistakes_of(None, &Value::Null, "[model]\npath = \"/models/nli\"\n"));
    expect_test::expect![[r#"
        settings of the editor: “model” counts only in the user's own settings file
    "#]]
    .assert_eq(&mistakes_of(None, &json!({ "model": { "judge": "words" } }), ""));
    expect_test::expect![[r#"
        your own settings, line 2: “model.judge” must be one of model, words
        your own settings, line 3: “model.path” must be the whole path of a folder
        your own settings, line 4: “model.url” is not known here; a model has “judge” and “path”
    "#]]
    .assert_eq(&mistakes_of(Some("[model]\njudge = \"coin\"\npath = \"nli\"\nurl = \"x\"\n"), &Value::Null, ""));
}

#[test]
fn a_model_that_cannot_be_used_is_told_and_the_bundled_one_is_used() {
    let own = Folder::with("//- settings.toml\n[model]\npath = \"/there/is/no/model\"\n");
    let folder = Folder::with(MILL);
    let check = |variable: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
        command.arg("check").current_dir(&folder.0).env("CORROBORATE_SETTINGS", own.0.join(variable));
        let output = command.output().expect("the program runs");
        (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (with, told) = check("settings.toml");
    assert!(told.contains("your own settings: “model.path”: model.onnx: "), "{told}");
    assert_eq!(with, check("none.toml").0);
}

#[test]
fn notes_know_their_levels() {
    let settings = Settings::layered(None, Some(&json!({ "rules": { "misquote": "off" } })), None).0;
    let severities = settings.severities("a.md");
    assert!(!severities.wants("misquote") && !severities.wants("missing-citation") && severities.wants("overclaim"));
    assert!(!severities.wants("gone"));
    assert_eq!((Level::of("hint"), Level::of("loud")), (Some(Level::As(Severity::Hint)), None));
    assert_eq!(Profile::of("release"), Some(Profile::Release));
}

#[test]
fn a_workspace_says_what_is_wrong_and_goes_on() {
    let folder = Folder::with("//- corroborate.toml\nsources = 3\nnotes = [\"n/**\"]\n");
    let workspace = Workspace::open(&folder.0);
    assert_eq!(workspace.mistakes.len(), 1);
    assert_eq!(workspace.settings.notes, ["n/**"]);
}

fn repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Holds a file against what it should be, or writes it, with `UPDATE_EXPECT=1`.
#[track_caller]
fn is_fresh(path: &str, make: impl FnOnce(&str) -> String) {
    let file = repository(path);
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    let after = make(&before);
    if before != after && std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &after).expect("the file can be written");
    } else {
        assert!(before == after, "{path} is not fresh; UPDATE_EXPECT=1 cargo test --test settings writes it");
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

/// The text with other words between two marks.
fn between(text: &str, from: &str, to: &str, words: &str) -> String {
    let start = text.find(from).map(|at| at + from.len()).unwrap_or_else(|| panic!("{from} is missing"));
    let end = start + text[start..].find(to).unwrap_or_else(|| panic!("{to} is missing"));
    format!("{}{words}{}", &text[..start], &text[end..])
}

#[test]
fn the_schema_is_fresh() {
    is_fresh("docs/corroborate.schema.json", |_| pretty(&schema::of_file()) + "\n");
}

#[test]
fn the_reference_is_fresh() {
    let (from, to) = ("<!-- written from src/workspace/settings/table.rs -->\n\n", "\n<!-- end -->");
    is_fresh("docs/settings.md", |before| between(before, from, to, &schema::reference()));
}

/// The package is written by hand but for the properties of one block, so the rest stays as it is.
#[test]
fn the_package_of_the_extension_is_fresh() {
    const PACKAGE: &str = "editors/vscode/package.json";
    if !repository(PACKAGE).exists() {
        return;
    }
    is_fresh(PACKAGE, with_properties);
}

fn with_properties(package: &str) -> String {
    let block = package.find("\"title\": \"Server\"").expect("a block with the title Server");
    let start = block + package[block..].find("\"properties\": ").expect("its properties") + "\"properties\": ".len();
    let mut values = serde_json::Deserializer::from_str(&package[start..]).into_iter::<Value>();
    values.next().expect("a value").expect("JSON");
    let line = &package[package[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    let indent = &line[..line.len() - line.trim_start().len()];
    let properties = pretty(&schema::of_vscode()).replace('\n', &format!("\n{indent}"));
    format!("{}{properties}{}", &package[..start], &package[start + values.byte_offset()..])
}

#[test]
fn a_package_keeps_all_but_its_properties() {
    let package = "{\n  \"name\": \"x\",\n  \"contributes\": {\n    \"configuration\": [\n      {\n        \"title\": \"Server\",\n        \"properties\": {}\n      }\n    ]\n  },\n  \"a\": 1\n}\n";
    let filled = with_properties(package);
    assert_eq!(with_properties(&filled), filled);
    let value: Value = serde_json::from_str(&filled).expect("JSON");
    let properties = &value["contributes"]["configuration"][0]["properties"];
    assert_eq!(properties, &schema::of_vscode());
    assert!(filled.starts_with("{\n  \"name\"") && filled.ends_with("  \"a\": 1\n}\n"));
    assert!(filled.contains("\n          \"corroborate.aliases\": {\n            \"additionalProperties\""), "{filled}");
    assert!(SETTINGS.iter().any(|setting| setting.kind == Kind::Rules && setting.name == "rules"));
}
