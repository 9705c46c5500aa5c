use super::*;

/// A number as a directory holds it.
fn packed(mut number: usize) -> Vec<u8> {
    let mut bytes = vec![(number & 0x7f) as u8];
    while number > 0x7f {
        number >>= 7;
        bytes.insert(0, (number & 0x7f) as u8 | 0x80);
    }
    bytes
}

/// A help file whose files are not packed.
fn help_file(language: u16, files: &[(&[u8], &[u8])]) -> Vec<u8> {
    const BLOCK: usize = 0x1000;
    let mut block = b"PMGL".to_vec();
    block.resize(0x10, 0);
    block.extend([0xff; 4]);
    let mut data: Vec<u8> = Vec::new();
    for (name, bytes) in files {
        block.extend(packed(name.len()));
        block.extend(*name);
        block.push(0);
        block.extend(packed(data.len()));
        block.extend(packed(bytes.len()));
        data.extend(*bytes);
    }
    let free = (BLOCK - block.len()) as u32;
    block.splice(4..8, free.to_le_bytes());
    block.splice(0xc..0x10, [0xff; 4]);
    block.resize(BLOCK, 0);

    let (header, list) = (0x60, 0x54);
    let mut file = b"ITSF".to_vec();
    for number in [3u32, header, 1, 0, u32::from(language)] {
        file.extend(number.to_le_bytes());
    }
    file.resize(0x38, 0);
    let data_at = u64::from(header + list) + BLOCK as u64;
    for number in [u64::from(header), 0, u64::from(header), u64::from(list) + BLOCK as u64, data_at] {
        file.extend(number.to_le_bytes());
    }
    file.extend(b"ITSP");
    for number in [1u32, list, 10, BLOCK as u32, 2, 1, u32::MAX, 0, 0, u32::MAX, 1, u32::from(language)] {
        file.extend(number.to_le_bytes());
    }
    file.resize((header + list) as usize, 0);
    file.extend(block);
    file.extend(data);
    file
}

const CONTENTS: &str = r#"<html><body><ul>
<li><object type="text/sitemap"><param name="Name" value="Rules"></object>
<ul><li><object type="text/sitemap"><param name="Name" value="Opening"><param name="Local" value="b.htm"></object>
<li><object type="text/sitemap"><param name="Name" value="Loans"><param name="Local" value="A.htm#top"></object></ul>
</ul></body></html>"#;

fn shown(flow: &Flow) -> Vec<(String, Form)> {
    flow.pieces.iter().map(|piece| (piece.text.clone(), piece.form.clone())).collect()
}

#[test]
fn topics_stand_in_the_order_of_the_contents() {
    let file = help_file(
        0x0409,
        &[
            (b"/a.htm", b"<title>Loans</title><h1>Loans</h1><h2>Books</h2><p>One <a href='B.HTM'>at a time</a>.</p>"),
            (b"/b.htm", b"<p>At nine.</p>"),
            (b"/c.htm", b"<p>Left out.</p>"),
            (b"/toc.hhc", CONTENTS.as_bytes()),
        ],
    );
    let flow = read(&file).expect("read");
    assert_eq!(
        shown(&flow),
        [
            ("Rules", Form::Heading(1)),
            ("Opening", Form::Heading(2)),
            ("At nine.", Form::Paragraph),
            ("Loans", Form::Paragraph),
            ("Loans", Form::Heading(2)),
            ("Books", Form::Heading(3)),
            ("One at a time.", Form::Paragraph),
            ("Left out.", Form::Paragraph),
        ]
        .map(|(text, form)| (text.to_string(), form))
    );
    assert!(crate::import::write::fidelity::verify_reader(&flow, "a.chm").is_none());
    assert!(flow.pieces[6].marks.iter().any(|mark| mark.sense == Sense::Link("#b.htm".to_string())));
}

/// The name's bytes are UTF-8 by chance, and the other's are not.
#[test]
fn names_and_texts_of_a_chinese_system() {
    for name in ["目录.htm", "库房.htm"] {
        of_a_chinese_system(name);
    }
}

fn of_a_chinese_system(page_name: &str) {
    let gbk = |text: &str| GBK.encode(text).0.into_owned();
    let (name, page) = (gbk(&format!("/{page_name}")), gbk("<p>库房九点开门，五点关门。</p>"));
    let contents = gbk(&CONTENTS.replace("b.htm", page_name).replace("Opening", "开放时间"));
    let file = help_file(0x0804, &[(&name, &page), (b"/toc.hhc", &contents)]);
    let flow = read(&file).expect("read");
    let texts: Vec<&str> = flow.pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(texts, ["Rules", "开放时间", "库房九点开门，五点关门。"]);
}

#[test]
fn damaged_files_are_refused() {
    let file = help_file(0x0409, &[(b"/a.htm", b"<p>Text.</p>")]);
    for end in [8, 0x60, 0x80, 0xb4, 0x200] {
        assert_eq!(read(&file[..end]).expect_err("refused").code().name(), "damaged-file");
    }
    // A table of blocks that is longer than the file.
    let long =
        help_file(0x0409, &[(b"::DataSpace/Storage/MSCompressed/Transform/x/InstanceData/ResetTable", &[0; 40])]);
    let mut long = long;
    let at = long.windows(10).position(|ten| ten == b"ResetTable").expect("its name") + 12;
    long.splice(at..at + 1, [0xff, 0xff, 0xff, 0x7f]);
    assert_eq!(read(&long).expect_err("refused").code().name(), "damaged-file");
}

/// A page that cannot be read is not left out of the whole without a word.
#[test]
fn a_page_that_cannot_be_decoded_refuses_the_whole() {
    let file = help_file(0x0409, &[(b"/a.htm", b"<p>Text.</p>"), (b"/b.htm", b"<p>\x00\x01\x00\x02\x00\x03\x00</p>")]);
    assert_eq!(read(&file).expect_err("refused").code().name(), "not-text");
}

/// Names of two bytes: more than there are keys for, so that one would stand for another.
#[test]
fn names_that_cannot_be_told_apart_refuse_the_whole() {
    let names: Vec<Vec<u8>> = (0..=40_u8).map(|at| [b"/".as_slice(), &[0x81 + at], b".htm"].concat()).collect();
    let of = |count: usize| {
        let files: Vec<(&[u8], &[u8])> =
            names[..count].iter().map(|name| (name.as_slice(), b"<p>Text.</p>".as_slice())).collect();
        read(&help_file(0x0409, &files))
    };
    assert_eq!(of(30).expect("read").pieces.len(), 30);
    assert_eq!(of(40).expect_err("refused").code().name(), "damaged-file");
}
