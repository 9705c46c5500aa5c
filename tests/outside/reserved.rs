//! Names that the site's own pages take.

use crate::archive::Archive;

const EDITION: &str = "title = \"试验库\"\nlanguage = \"zh-Hans\"\n[variants]\nzh-Hant = true\n";

#[test]
fn a_name_that_is_taken_is_told_with_what_takes_it() {
    Archive::new()
        .file("site.toml", EDITION)
        .document("browse/one.md", "", "文。")
        .document("Search/two.md", "", "文。")
        .document("zh-Hant/three.md", "", "文。")
        .document("four.md", "id = \"search\"", "文。")
        // Below a folder of its own, and in the record alone, the same names are free.
        .document("laws/browse/zh-Hant.md", "", "文。")
        .run(&["build"])
        .fails_as("reserved");
    let document = Archive::new().file("site.toml", EDITION).document("zh-hant/index.md", "", "文。").run(&["check"]);
    assert_eq!(document.code, 1);
    assert!(document.stderr.contains("error[bad-id]"), "{}", document.stderr);
}

#[test]
fn a_name_that_nothing_takes_is_free() {
    let run = Archive::new().document("zh-Hant/one.md", "aliases = [\"zh-Hant/former\"]", "文。").build().succeeds();
    assert!(run.exists("zh-Hant/one/index.html") && run.exists("zh-Hant/former/index.html"));
    let with_edition = Archive::new().file("site.toml", EDITION).document("a/one.md", "", "文。").build().succeeds();
    assert!(with_edition.exists("zh-Hant/a/one/index.html"));
}

#[test]
fn nothing_is_imported_or_moved_to_a_name_that_is_taken() {
    let archive = Archive::new()
        .file("site.toml", EDITION)
        .document("laws/one.md", "", "文。")
        .file("captures/a.txt", "库房札记\n来源: Search\n\n第一段文字写在这里，说明库房里的事情。\n");
    for into in ["browse", "zh-Hant/x"] {
        let run = archive.run(&["import", "--into", into, "captures"]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("error[bad-folder-name]"), "{}", run.stderr);
    }
    let moved = archive.run(&["mv", "one", "zh-Hant/one"]);
    assert_eq!(moved.code, 2, "{}", moved.stderr);
    assert!(moved.stderr.contains("error[cannot-move]"), "{}", moved.stderr);
    // An office that is called as a folder of the site is.
    archive.run(&["import", "captures"]).succeeds();
    assert!(archive.path().join("content/search_/a/index.md").is_file());
    archive.run(&["check"]).succeeds();
}
