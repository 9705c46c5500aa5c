//! Files that a person wrote and the program changes: what need not change stays, down to line ends, the byte-order mark and
//! who may read the file.

use std::fs;

use crate::archive::Archive;

const CAPTURE: &str = "库房札记 沈一帆\n发布时间：2020-04-12 来源：江城县地方史志学会\n\n库房札记\n\n沈一帆\n\n一、清点\n\n逐架清点。\n\n二、登记\n\n逐件登记。\n";

/// A text as an editor on Windows saves it.
fn windows(text: &str) -> String {
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}

fn read(archive: &Archive, path: &str) -> String {
    fs::read_to_string(archive.path().join(path)).expect("a record")
}

#[test]
fn a_waiting_record_of_windows_is_filled_in_as_one() {
    let record = "+++\n# 手记\ntitle = '库房札记'   # 题\naccess = \"record\"\n+++\n";
    let filled = |record: &str| {
        let archive = Archive::new().file("content/a/x.md", record).file("in/x.txt", CAPTURE);
        archive.run(&["import", "in/x.txt"]).succeeds();
        read(&archive, "content/a/x.md")
    };
    let unix = filled(record);
    assert!(unix.starts_with("+++\n# 手记\ntitle = '库房札记'   # 题\nauthors = [\"沈一帆\"]\ndate = "), "{unix}");
    assert!(unix.contains("\n\n[original]\nfile = \"x/original/x.txt\"\nsha256 = "), "{unix}");
    assert!(unix.contains("\n+++\n\n## 一、清点 {#s1}\n"), "{unix}");
    assert_eq!(filled(&windows(record)), windows(&unix));
}

#[test]
fn a_record_of_windows_is_updated_as_one() {
    let updated = |turned: fn(&str) -> String| {
        let archive = Archive::new().file("in/x.txt", CAPTURE);
        archive.run(&["import", "in/x.txt", "--into", "a"]).succeeds();
        let path = "content/a/x/index.md";
        let own = read(&archive, path)
            .replace("date = \"2020-04-12\"", "date   = '2020-04-13' # 见封面")
            .replace("逐架", "一架一架")
            .replace("title = \"库房札记\"", "title = '库房札记'");
        let archive =
            archive.file(path, turned(&own)).file("in/x.txt", CAPTURE.replace("逐件登记。", "逐件登记，\n\n再核对。"));
        archive.run(&["import", "--update", "in/x.txt", "--into", "a"]).succeeds();
        read(&archive, path)
    };
    let unix = updated(str::to_string);
    for part in ["date   = '2020-04-13' # 见封面\n", "一架一架", "再核对。", "title = '库房札记'\n"] {
        assert!(unix.contains(part), "{part} in {unix}");
    }
    assert_eq!(updated(windows), windows(&unix));
}

#[test]
#[cfg(unix)]
fn who_may_read_a_record_stays_when_it_is_changed() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::new()
        .document("a/x.md", "", "## 一、甲 {#s1}\n\n文。")
        .document("a/y.md", "title = \"库房札记\"\naccess = \"record\"", "")
        .file("in/x.txt", CAPTURE);
    let mode = |path: &str| fs::metadata(archive.path().join(path)).expect("a file").permissions().mode() & 0o777;
    for path in ["content/a/x.md", "content/a/y.md"] {
        fs::set_permissions(archive.path().join(path), fs::Permissions::from_mode(0o640)).expect("another mode");
    }
    archive.run(&["mv", "x", "b/z"]).succeeds();
    archive.run(&["import", "in/x.txt"]).succeeds();
    assert!(read(&archive, "content/b/z.md").contains("aliases = [\"a/x\"]"));
    assert!(read(&archive, "content/a/y.md").contains("逐架清点"));
    assert_eq!((mode("content/b/z.md"), mode("content/a/y.md")), (0o640, 0o640));
}
