//! The interface in a language of the archive's own.

use crate::archive::{Archive, is_golden};

/// A file of strings with every word that the English one has, each set in guillemets, and some of its own.
fn whole(own: &[(&str, &str)]) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/strings/en.toml");
    let english = std::fs::read_to_string(path).expect("the English words");
    let lines = english.lines().filter_map(|line| line.split_once(" = \""));
    let lines = lines.filter(|(key, _)| own.iter().all(|(other, _)| other != key));
    let words = lines.map(|(key, text)| format!("{key} = \"«{}»\"\n", text.trim_end_matches('"'))).collect::<String>();
    words + &own.iter().map(|(key, text)| format!("{key} = \"{text}\"\n")).collect::<String>()
}

#[test]
fn a_document_speaks_the_language_of_its_own_file_of_strings() {
    let dates = [
        ("date_year", "{n}-يىل"),
        ("date_day", "{y} {d}-{month}"),
        ("month_5", "ماي"),
        ("date_about", "تەخمىنەن {date}"),
        ("date_between", "{from} دىن {to} غىچە"),
        ("date_century_20", "XX ئەسىر"),
    ];
    let run = Archive::new()
        .file("templates/strings/ug.toml", whole(&dates))
        .document("a.md", "language = \"ug-Arab\"\ndate = \"1966-05-16\"", "بىر.\n\n## ئىككى\n\nئۈچ.")
        .document("b.md", "language = \"ug\"\ndate = \"1950~\"\ncreated = \"1949/1950\"\ncaptured = \"19XX\"", "بىر.")
        .document("latin.md", "language = \"ug-Latn\"", "Bir.")
        .document("zh.md", "date = \"1966-05-16\"", "文。")
        .build()
        .succeeds();
    let page = run.page("a/index.html");
    assert!(page.contains("<html lang=\"ug\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("<div class=\"text\" lang=\"ug-Arab\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("1966-يىل 16-ماي") && page.contains("«Cite»") && page.contains("«Paragraph 1»"), "{page}");
    let page = run.page("b/index.html");
    for said in ["تەخمىنەن 1950-يىل", "1949-يىل دىن 1950-يىل غىچە", "XX ئەسىر"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("<div class=\"text\" lang"), "the text is in the page's language");
    assert!(run.page("latin/index.html").contains("<div class=\"text\" lang=\"ug-Latn\" dir=\"ltr\">"));
    assert!(run.page("zh/index.html").contains("<html lang=\"zh-Hans\" dir=\"ltr\">"));
    let home = run.page("index.html");
    assert!(home.contains("1966年5月16日") && home.contains("lang=\"ug-Arab\" dir=\"rtl\">a</a>"), "{home}");
}

#[test]
fn the_whole_site_speaks_it() {
    let words = whole(&[("search", "Chercher"), ("home", "Accueil"), ("date_decade", "années {n}")]);
    let run = Archive::new()
        .file("site.toml", "title = \"Fonds\"\nlanguage = \"fr-FR\"\n")
        .file("templates/strings/fr.toml", words)
        .document("a.md", "date = \"195X\"", "Un.")
        .document("b.md", "date = \"1961\"", "Deux.")
        .build()
        .succeeds();
    let search = run.page("search.html");
    assert!(search.contains("<html lang=\"fr\" dir=\"ltr\">") && search.contains("<h1>Chercher</h1>"), "{search}");
    assert!(search.contains("data-none=\"«Nothing was found."), "{search}");
    assert!(run.page("browse/dates/index.html").contains("années 1950"));
    assert!(run.page("404.html").contains(">Accueil</a>"));
}

#[test]
fn what_a_file_of_strings_lacks_or_has_too_much_is_told_once() {
    let run = Archive::new()
        .file(
            "templates/strings/fr.toml",
            "hme = \"Accueil\"\ndate_day = \"{jour} {month} {y}\"\nkind_dahir = \"Dahir\"\nmotto = \"Lire\"\n",
        )
        .file("templates/strings/en.toml", "colections = \"Fonds\"\n")
        .file("templates/not-found.html", "{{ t.motto | default(value=\"\") }}")
        .document("a.md", "language = \"fr\"", "Un.")
        .build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    is_golden(&run.stderr, "strings");
    assert!(!run.stderr.contains("kind_dahir") && !run.stderr.contains("`motto`"), "{}", run.stderr);
    assert_eq!(run.stderr.matches("warning[missing-strings]").count(), 1, "{}", run.stderr);
    assert!(run.page("a/index.html").contains("<html lang=\"fr\"") && run.page("a/index.html").contains(">Home</a>"));
    let bad = Archive::new().file("templates/strings/no_tag.toml", "").document("a.md", "", "").build();
    assert!(bad.code == 1 && bad.tells("bad-language"), "{}", bad.stderr);
}

#[test]
fn without_a_search_nothing_of_it_is_left() {
    let archive =
        Archive::new().file("site.toml", "title = \"a\"\n[build]\nsearch = false\n").document("a.md", "", "文。");
    let run = archive.build().succeeds();
    for path in run.files().keys() {
        let gone = ["search", "fold.js", "query.js", "mark.js"].iter().any(|start| path.starts_with(start));
        assert!(!gone, "{path}");
        assert!(
            !path.ends_with(".html") || !run.page(path).replace("x-research-info", "").contains("search"),
            "{path}"
        );
    }
    let run = archive.file("site.toml", "title = \"a\"\n").build().succeeds();
    assert!(run.exists("search/root.js") && run.page("a/index.html").contains("action=\"../search.html\""));
}
