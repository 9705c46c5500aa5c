//! Which elements part a text into paragraphs, and which hold no text at all.

/// Elements that begin and end a paragraph.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
            | "title"
    )
}

/// Elements whose characters no reader sees.
pub(super) fn is_silent(name: Option<&str>) -> bool {
    matches!(name, Some("script" | "style" | "noscript" | "template" | "iframe" | "noembed" | "noframes"))
}

/// Buttons, fields, choices.
pub(super) fn is_control(name: &str) -> bool {
    matches!(name, "button" | "select" | "textarea" | "option" | "optgroup" | "datalist")
}
