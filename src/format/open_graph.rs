//! OpenGraph (ogp.me): what a page says when its address is passed on.

use super::cited::Cited;
use super::element;
use crate::site::Language;

/// Meta tags of a page.
pub(crate) fn meta(cited: &Cited<'_>, head: &mut String) {
    let record = cited.record();
    let site = &cited.work.archive.site;
    let mut put = |name: &str, content: &str| element::meta(head, "property", name, content);
    put("og:type", "article");
    put("og:title", &cited.title());
    put("og:site_name", &site.title);
    put("og:locale", locale(cited.work.language_tag()));
    if let Some(address) = cited.work.permalink(cited.page) {
        put("og:url", &address);
    }
    if let Some(date) = record.date.as_ref().filter(|date| date.is_exact()) {
        put("article:published_time", date.edtf());
    }
    for person in cited.writers() {
        put("article:author", &person.name);
    }
    for subject in &record.subjects {
        put("article:tag", subject);
    }
}

/// A locale with its country, as the protocol wants it.
fn locale(tag: &str) -> &'static str {
    match Language::of(tag) {
        Language::Simplified => "zh_CN",
        Language::Traditional => "zh_TW",
        Language::English | Language::Own(_) => "en_US",
    }
}
