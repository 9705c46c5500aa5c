//! Which elements hold no text of the document.

use crate::import::read::xml::Name;

/// Elements that are passed over: declarations, forms, notes of the program, what another element has too.
pub(super) fn is_skipped(name: Name<'_>) -> bool {
    matches!(
        name,
        (
            "text",
            "note-citation"
                | "sequence-decls"
                | "variable-decls"
                | "user-field-decls"
                | "dde-connection-decls"
                | "alphabetical-index-auto-mark-file"
                | "table-of-content-source"
                | "illustration-index-source"
                | "table-index-source"
                | "object-index-source"
                | "user-index-source"
                | "alphabetical-index-source"
                | "bibliography-source"
                | "script"
                | "soft-page-break"
        ) | ("office", "forms" | "event-listeners" | "scripts" | "font-face-decls" | "settings")
            | ("table", "table-source" | "shapes" | "content-validations")
            | ("draw", "object-ole" | "plugin" | "applet" | "floating-frame" | "glue-point" | "enhanced-geometry")
            | ("svg", "path")
    )
}

/// Shapes with text of their own, which comes after the paragraph that they are anchored in.
pub(super) fn is_shape(name: Name<'_>) -> bool {
    matches!(
        name,
        (
            "draw",
            "text-box"
                | "custom-shape"
                | "rect"
                | "ellipse"
                | "circle"
                | "line"
                | "polygon"
                | "polyline"
                | "path"
                | "caption"
                | "connector"
                | "regular-polygon"
                | "measure"
        )
    )
}
