//! What a page says of itself for machines, in JSON.

/// The first text that a JSON document has under a name. Such descriptions are often broken somewhere else, so the document
/// is not parsed as a whole.
pub(super) fn text_under(json: &str, name: &str) -> Option<String> {
    let quoted = format!("\"{name}\"");
    json.match_indices(&quoted).find_map(|(at, _)| {
        let value = json.get(at + quoted.len()..)?.trim_start().strip_prefix(':')?.trim_start();
        let mut values = serde_json::Deserializer::from_str(value).into_iter::<serde_json::Value>();
        let text = values.next()?.ok()?.as_str()?.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_descriptions_are_read_too() {
        let json = "{\"@type\": \"Article\", \"headline\" : \"渡口 \\u505c航\", \"image\": [,], \"datePublished\":\"2019-06-01\"";
        assert_eq!(text_under(json, "headline").as_deref(), Some("渡口 停航"));
        assert_eq!(text_under(json, "datePublished").as_deref(), Some("2019-06-01"));
        assert_eq!(text_under(json, "image"), None);
    }
}
