//! `fonds check --fix`: what is certain is written, and nothing else.

use proptest::prelude::*;

use crate::archive::{Archive, files_in};

const RECORD: &str = "+++\r\n标题 = \"甲\"   # 手记\r\ndate = \"2017年8月30日\"\r\nauthors = [“沈一帆”， “陈伯年”]\r\nacess = \"open\"\r\n+++\r\n文。\r\n";

#[test]
fn certain_changes_are_shown_and_written_and_no_other_byte_changes() {
    let archive = Archive::new().file("content/a.md", RECORD);
    let before = files_in(archive.path());
    let shown = archive.run(&["check", "--fix"]);
    assert!(shown.stdout.contains("-date = ") && shown.stdout.contains("+date = "), "{}", shown.stdout);
    assert_eq!(files_in(archive.path()), before, "nothing is written without a terminal");
    let run = archive.run(&["check", "--fix", "--yes"]);
    assert_eq!(run.code, 1, "what is only likely is left to a person: {}", run.stderr);
    let expected = RECORD
        .replace("标题", "title")
        .replace("2017年8月30日", "2017-08-30")
        .replace("[“沈一帆”， “陈伯年”]", "[\"沈一帆\",  \"陈伯年\"]");
    let written = std::fs::read_to_string(archive.path().join("content/a.md")).expect("the record");
    // A first pass may leave what could not be read behind another fault.
    let again = archive.run(&["check", "--fix", "--yes"]);
    assert_eq!(again.code, 1);
    let finished = std::fs::read_to_string(archive.path().join("content/a.md")).expect("the record");
    assert!(written == expected || finished == expected, "{finished}");
}

#[test]
fn programs_are_told_the_changes() {
    let archive = Archive::new().document("a.md", "date = \"2017年8月30日\"", "");
    let json = archive.run(&["check", "--format", "json"]);
    let mut faults = json.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let fault = faults.find(|fault| fault["code"] == "bad-date").expect("the date");
    let change = &fault["suggestions"][0];
    assert_eq!((&change["file"], &change["start_line"]), (&"content/a.md".into(), &3.into()));
    assert_eq!((&change["certain"], &change["replacement"]), (&true.into(), &"-08-30".into()));
    let sarif: serde_json::Value =
        serde_json::from_str(&archive.run(&["check", "--format", "sarif"]).stdout).expect("SARIF");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let result = results.iter().find(|result| result["ruleId"] == "bad-date").expect("the date");
    let fix = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(fix["insertedContent"]["text"], "-08-30");
    assert_eq!((&fix["deletedRegion"]["startLine"], &fix["deletedRegion"]["endLine"]), (&3.into(), &3.into()));
}

#[test]
fn with_nothing_to_mend_nothing_is_written() {
    let archive = Archive::new().document("a.md", "", "文。");
    let before = files_in(archive.path());
    assert_eq!(archive.run(&["check", "--fix", "--yes"]).code, 0);
    assert_eq!(files_in(archive.path()), before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever a record says, what is not at fault keeps its bytes, and a fix makes no new fault.
    #[test]
    fn other_lines_keep_their_bytes(
        remark in "[a-z甲乙 ]{0,12}",
        date in prop::sample::select(vec!["2017-8-30", "2017/8/30", "2017年8月30日", "2017.8.30"]),
        ends in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let lines = ["+++", &format!("# {remark}"), "title  =  '甲' ", &format!("date = \"{date}\" # {remark}"), "+++", "文。", ""];
        let text = lines.join(ends);
        let archive = Archive::new().file("content/a.md", &text);
        let run = archive.run(&["check", "--fix", "--yes"]);
        prop_assert_eq!(run.code, 0, "{}", run.stderr);
        let written = std::fs::read_to_string(archive.path().join("content/a.md")).expect("the record");
        prop_assert_eq!(written, text.replace(date, "2017-08-30"));
    }
}
