//! Names of files that programs leave beside the files that people write: backups, locks, caches of pictures, copies made
//! where two versions met.
//!
//! What lies in a document's folder is published with it, and such a file may hold what was taken out of the text, or who
//! had it open. Nobody meant it for readers, so it is never read as a document and never published, and the build names it:
//! a file that is wanted after all gets another name. Hidden files (`.DS_Store`, `.~lock.…#`) are not read at all.

/// Names of whole files and folders, in lower case.
const NAMES: [&str; 12] = [
    "thumbs.db",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "desktop.ini",
    "picasa.ini",
    "icon\r",
    "__macosx",
    "@eadir",
    "#recycle",
    "$recycle.bin",
    "recycler",
    "system volume information",
];

/// Endings that editors, merging programs, browsers and offices give to what they keep for themselves.
const ENDINGS: [&str; 27] = [
    "asd",
    "autosave",
    "backup",
    "bak",
    "bck",
    "bkp",
    "crdownload",
    "download",
    "dwl",
    "dwl2",
    "laccdb",
    "ldb",
    "lck",
    "lnk",
    "old",
    "orig",
    "part",
    "partial",
    "rej",
    "save",
    "swn",
    "swo",
    "swp",
    "temp",
    "tmp",
    "wbk",
    "xlk",
];

/// What a new file is called until somebody names it.
const UNNAMED: [&str; 4] = ["新建", "新文件", "无标题文件夹", "new text document"];

/// What the copy of a file is called, in the stem of its name: by Windows, and by programs that keep folders alike.
const COPIES: [&str; 7] =
    [" - 副本", " - 複製", " - copy", "冲突副本", "衝突副本", "conflicted copy", ".sync-conflict-"];

/// Whether the name of a file or folder is that of a leftover.
pub(crate) fn is_litter(name: &str) -> bool {
    let name = name.to_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    NAMES.contains(&name.as_str())
        || ENDINGS.contains(&ending)
        || name.ends_with('~')
        || name.starts_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || UNNAMED.iter().any(|unnamed| is_unnamed(stem, unnamed))
        || COPIES.iter().any(|copy| stem.contains(copy))
        || name.starts_with("复件 ")
        || is_side_of_merge(stem)
        || is_numbered_backup(&name)
}

/// 新建文本文档, 新建 Microsoft Word 文档 (2): the words, what kind of file it is, and perhaps a number.
fn is_unnamed(stem: &str, unnamed: &str) -> bool {
    const KINDS: [&str; 9] = ["文档", "文件", "文件夹", "工作表", "演示文稿", "图像", "图片", "位图图像", "压缩包"];
    let Some(rest) = stem.strip_prefix(unnamed) else { return false };
    let rest = rest.trim_end_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '(' | ')'));
    // The program's own name is in Latin letters.
    let is_program = |of: &str| of.trim() == "文本" || of.is_ascii();
    rest.is_empty() || KINDS.iter().filter_map(|kind| rest.strip_suffix(kind)).any(is_program)
}

/// `notice_BACKUP_4711`: what `git mergetool` lays beside a file.
fn is_side_of_merge(stem: &str) -> bool {
    ["_backup_", "_base_", "_local_", "_remote_"].iter().any(|side| {
        let number = stem.rsplit_once(side).map_or("", |(_, number)| number);
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// `notice.md.~1~`: Emacs's numbered backups end with `~` as others do; those of other programs are `notice.md.bak2`.
fn is_numbered_backup(name: &str) -> bool {
    let digits = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    digits.len() < name.len() && [".bak", ".bak-", ".orig", ".orig.", ".bak."].iter().any(|end| digits.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_known_by_their_names() {
        for name in [
            "index.md.orig",
            "index.md.rej",
            "notice.docx.bak",
            "notice.bak2",
            "notice.md~",
            "#notice.md#",
            "~$notice.docx",
            "~WRL0001.tmp",
            "Thumbs.db",
            "THUMBS.DB",
            "desktop.ini",
            "__MACOSX",
            "notice - 副本.docx",
            "notice - 副本 (2).docx",
            "Notice - Copy.docx",
            "notice (某某的冲突副本 2020-01-01).md",
            "notice.sync-conflict-20200101-120000-ABCDEFG.md",
            "notice_LOCAL_4711.md",
            "新建文本文档.txt",
            "新建 文本文档 (2).txt",
            "新建 Microsoft Word 文档.docx",
            "New Text Document.txt",
            "notice.docx.crdownload",
            "notice.lnk",
        ] {
            assert!(is_litter(name), "{name}");
        }
    }

    #[test]
    fn what_people_name_is_none() {
        for name in [
            "list.txt",
            "index.md",
            "新建水库的报告.docx",
            "新建学校文件.pdf",
            "新建学校.md",
            "副本.pdf",
            "original.tif",
            "copy.pdf",
            "locks.md",
            "backup.md",
            "bak",
            "a_local_b.md",
            "第2期.pdf",
            "temp.md",
        ] {
            assert!(!is_litter(name), "{name}");
        }
    }
}
