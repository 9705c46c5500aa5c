//! Captures that are too big, too odd or no text at all: no panic, no hang, a message.

use std::time::{Duration, Instant};

use fonds::import::{Capture, read};

/// Reads and writes everything, and tells how many blocks there are.
fn blocks(text: &str) -> Result<usize, &'static str> {
    let started = Instant::now();
    let outcome = read(&Capture { name: "a", bytes: text.as_bytes() }).map_err(|fault| fault.code).map(|import| {
        assert!(!import.diagnostics.iter().any(|diagnostic| diagnostic.code == "fidelity"));
        assert!(import.json("a").len() + import.record_file("a", "b").len() > text.len());
        import.blocks.len()
    });
    assert!(started.elapsed() < Duration::from_secs(60), "it takes time in proportion to the text");
    outcome
}

#[test]
fn no_text() {
    for (bytes, code) in [
        (&b""[..], "empty-capture"),
        (b"\xef\xbb\xbf \n", "empty-capture"),
        (b"a\0b", "not-text"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "not-text"),
    ] {
        let fault = read(&Capture { name: "scan.jpg", bytes }).expect_err("refused");
        assert_eq!(fault.code, code);
        assert_eq!(fault.place.map(|place| place.file).as_deref(), Some("scan.jpg"));
        assert!(fault.help.is_some());
    }
}

#[test]
fn long_lines() {
    assert_eq!(blocks(&"著录".repeat(500_000)), Ok(1));
    assert_eq!(blocks(&"*_[~`<&\\](".repeat(40_000)), Ok(1));
    assert_eq!(blocks(&"“".repeat(500_000)), Ok(1));
    assert_eq!(blocks(&"[".repeat(500_000)), Ok(1));
}

#[test]
fn many_lines() {
    let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let lines = |line: &dyn Fn(usize) -> String| (0..20_000).map(line).collect::<String>();
    assert_eq!(blocks(&lines(&|n| format!("（{}）标题\n正文一段。\n", numerals[n % 10]))), Ok(40_000));
    assert_eq!(blocks(&lines(&|n| format!("{}、标题\n", numerals[n * 7 % 10]))), Ok(20_000));
    assert_eq!(blocks(&lines(&|_| "第一章 总则\n".to_string())), Ok(20_000));
    assert_eq!(blocks(&lines(&|_| "附件1：名单\n".to_string())), Ok(20_000));
    assert_eq!(blocks(&lines(&|n| format!("甲。\n（责任编辑：张{n}）\n"))), Ok(40_000));
    assert_eq!(
        blocks(&lines(&|n| format!("{}. A line of some length that could be wrapped\n", n % 99 + 1))),
        Ok(20_000)
    );
    assert!(blocks(&lines(&|_| "作者：张三\n".to_string())).is_ok());
    assert!(blocks(&lines(&|_| "版权所有\n".to_string())).is_ok());
}
