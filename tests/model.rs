//! What the model adds, and what is said of it.

mod support;

use std::process::Command;

use serde_json::Value;
use support::Folder;
use support::findings::check;

const MILL: &str = "
//- sources/mill.txt
The council sued the mill in February over a bill of 2.5 million crowns. The owner of the mill kept every one of its forty
millers at work through the winter.
";

fn run(folder: &Folder, arguments: &[&str], judge: &str) -> String {
    let settings = folder.0.join("user.toml");
    std::fs::write(&settings, format!("[model]\njudge = \"{judge}\"\n")).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    let output = command.args(arguments).current_dir(&folder.0).env("CORROBORATE_SETTINGS", settings).output();
    String::from_utf8_lossy(&output.expect("the program runs").stdout).into_owned()
}

#[test]
fn explain_shows_what_the_model_read_and_what_it_made_of_it() {
    let folder = Folder::with(MILL);
    let shown = run(&folder, &["explain", "In February the council took the mill to court."], "model");
    assert!(shown.contains("what the model read: “The council sued the mill in February"), "{shown}");
    assert!(shown.contains("it says the claim  0."), "{shown}");
    assert!(shown.contains("how surely the passage says it, as the model reads"), "{shown}");
    assert!(
        !run(&folder, &["explain", "In February the council took the mill to court."], "words").contains("what the model read:")
    );
}

#[test]
fn probabilities_are_told_as_json_and_make_about_one() {
    let claim = r#"{"id": 1, "claim": "In February the council took the mill to court."}"#;
    let folder = Folder::with(&format!("{MILL}//- claims.jsonl\n{claim}\n"));
    let report = run(&folder, &["verify", "--claims", "claims.jsonl"], "model");
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let read = &report["entailments"][0];
    let sum: f64 = ["entailed", "contradicted", "neither"].iter().map(|name| read[name].as_f64().expect("a number")).sum();
    assert!((sum - 1.0).abs() < 0.01, "{report}");
    assert!(read["entailed"].as_f64() > read["contradicted"].as_f64(), "{report}");
}

#[test]
fn sentences_that_assert_nothing_are_left_alone() {
    check(
        MILL,
        "\
I still have to call the registry about the millers.
This note is based on the papers that we got in March.
We do not know who paid the lawyers of the mill.
What did the council want from Otto Brandt?
I spent Tuesday in the archive at Orrin and copied nothing.
Otto Brandt dismissed ninety millers in October.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
}
