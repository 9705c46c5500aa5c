//! Which groups hold no text of the document.

/// Groups that are passed over, with `\*` before them or without: headers and footers, what programs note for themselves,
/// entries of an index, and the second of two forms of the same.
pub(super) fn is_skipped(word: &str) -> bool {
    const SKIPPED: [&str; 49] = [
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "colortbl",
        "generator",
        "xe",
        "tc",
        "tcn",
        "rxe",
        "atnid",
        "atnauthor",
        "atndate",
        "atnref",
        "atnicn",
        "atnparent",
        "atrfstart",
        "atrfend",
        "nonshppict",
        "shprslt",
        "objdata",
        "objclass",
        "objname",
        "themedata",
        "colorschememapping",
        "datastore",
        "datafield",
        "formfield",
        "template",
        "pn",
        "ftnsep",
        "ftnsepc",
        "ftncn",
        "aftnsep",
        "aftnsepc",
        "aftncn",
        "revtbl",
        "rsidtbl",
        "latentstyles",
        "mmathPr",
        "filetbl",
        "bkmkend",
        "private",
        "picprop",
        "operator",
    ];
    const DATES: [&str; 9] =
        ["creatim", "revtim", "printim", "buptim", "company", "manager", "category", "doccomm", "comment"];
    SKIPPED.contains(&word) || DATES.contains(&word) || matches!(word, "hlinkbase" | "nonesttables")
}

/// Groups that begin with `\*`, which says to pass over what one does not know, and that hold text.
pub(super) fn is_starred_text(word: &str) -> bool {
    matches!(word, "shppict" | "shpinst" | "ud" | "nesttableprops" | "do" | "moMath" | "moMathPara" | "fldinst")
}
