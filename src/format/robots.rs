//! robots.txt (RFC 9309).

/// Everything may be fetched; the sitemap is named where addresses are known.
pub(crate) fn write(base_url: Option<&str>) -> String {
    let mut text = "User-agent: *\nAllow: /\n".to_string();
    if let Some(base) = base_url {
        text.push_str(&format!("\nSitemap: {base}sitemap.xml\n"));
    }
    text
}
