//! A document as Markdown: the file of the archive, without what its editors noted in it.
//!
//! Words that are redacted are no part of it. Comments of the record and of the text are for those who keep the archive. They may say who gave the file and why it was
//! doubted, and are no part of what is published.

use toml_parser::lexer::TokenKind;

use super::work::Work;
use crate::diagnostic::Source;
use crate::record::front_matter;
use crate::text::comments;
use crate::text::events::Markdown;
use crate::text::redact;

/// The whole document.
pub(crate) fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    let text = work.text?.source;
    Some(without_notes(Source { file: &work.entry.source.path, text }).into_bytes())
}

/// A file of `content/` without what its editors noted in it.
pub(crate) fn without_notes(file: Source<'_>) -> String {
    // The record's end comes before anything that is hidden.
    let text = &*redact::for_readers(file.text);
    let file = Source { text, ..file };
    let Ok(split) = front_matter::split(file) else { return text.to_string() };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..split.record.start]);
    without_comments(&text[split.record.clone()], &mut out);
    out.push_str(&text[split.record.end..split.body.start]);
    let body = &text[split.body];
    let found = match body.contains("<!--") {
        true => comments::places(body, &Markdown::new(body).events().collect::<Vec<_>>()),
        false => Vec::new(),
    };
    out.push_str(&comments::outside(body, &(0..body.len()), &found));
    out
}

/// TOML without comments; a line that is nothing else goes.
pub(crate) fn without_comments(record: &str, out: &mut String) {
    let mut kept = 0;
    let comments = toml_parser::Source::new(record).lex().filter(|token| token.kind() == TokenKind::Comment);
    for comment in comments {
        let span = comment.span().start()..comment.span().end();
        let before = record.get(kept..span.start).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let is_whole_line =
            before[line..].trim().is_empty() && (line > 0 || kept == 0 || record[..kept].ends_with('\n'));
        if is_whole_line {
            out.push_str(&before[..line]);
            kept = record[span.end..].find('\n').map_or(record.len(), |end| span.end + end + 1);
        } else {
            out.push_str(before.trim_end_matches([' ', '\t']));
            kept = span.end;
        }
    }
    out.push_str(record.get(kept..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_stay_with_those_who_keep_the_archive() {
        for (record, published) in [
            ("title = \"甲\"\n", "title = \"甲\"\n"),
            ("# 手记\ntitle = \"甲 # 乙\" # 待核\n  # 又\ndate = \"1950\"\n", "title = \"甲 # 乙\"\ndate = \"1950\"\n"),
            ("subjects = [\n  \"甲\", # 一\n  # 二\n]\n# 末", "subjects = [\n  \"甲\",\n]\n"),
            ("text = '''\n# 正文\n'''\n", "text = '''\n# 正文\n'''\n"),
        ] {
            let mut out = String::new();
            without_comments(record, &mut out);
            assert_eq!(out, published);
        }
    }
}
