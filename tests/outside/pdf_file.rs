//! Small PDF files, written here.

use std::fmt::Write as _;

/// A file that is being written.
#[derive(Default)]
pub(crate) struct PdfFile {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    /// What the catalogue has besides its pages, and the trailer besides its root.
    pub catalogue: String,
    pub trailer: String,
    /// What each page has besides its content, and its fonts.
    pub page: String,
    pub fonts: String,
    /// What pages show by name.
    pub xobjects: String,
}

impl PdfFile {
    /// A file whose first two objects are kept for the catalogue and the tree of pages.
    pub(crate) fn new() -> Self {
        Self { objects: vec![Vec::new(), Vec::new()], ..Self::default() }
    }

    pub(crate) fn object(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    pub(crate) fn stream(&mut self, dictionary: &str, bytes: &[u8]) -> usize {
        let head = format!("<< {dictionary} /Length {} >>\nstream\n", bytes.len());
        self.object([head.as_bytes(), bytes, b"\nendstream"].concat())
    }

    /// A font with these characters, whose codes are their places in it, from 1.
    pub(crate) fn font(&mut self, name: &str, characters: &str, encoding: &str) {
        let mut map = "1 begincodespacerange <0000> <ffff> endcodespacerange\n".to_string();
        for (at, character) in characters.chars().enumerate() {
            let units: String =
                character.encode_utf16(&mut [0; 2]).iter().fold(String::new(), |all, unit| format!("{all}{unit:04x}"));
            let _ = writeln!(map, "1 beginbfchar <{:04x}> <{units}> endbfchar", at + 1);
        }
        let map = self.stream("", map.as_bytes());
        let own = "/Type /Font /Subtype /CIDFontType2 /BaseFont /Own /DW 1000 \
                   /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>";
        let own = self.object(format!("<< {own} >>"));
        let font = format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /{encoding} /DescendantFonts [{own} 0 R] \
             /ToUnicode {map} 0 R >>"
        );
        let font = self.object(font);
        let _ = write!(self.fonts, "/{name} {font} 0 R ");
    }

    /// A font of its own kind.
    pub(crate) fn other_font(&mut self, name: &str, dictionary: &str) {
        let font = self.object(format!("<< /Type /Font {dictionary} >>"));
        let _ = write!(self.fonts, "/{name} {font} 0 R ");
    }

    /// A page with this content.
    pub(crate) fn add_page(&mut self, content: &str) {
        let content = self.stream("", content.as_bytes());
        let (fonts, shown, more) = (&self.fonts, &self.xobjects, &self.page);
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R \
             /Resources << /Font << {fonts} >> /XObject << {shown} >> >> {more} >>"
        );
        let page = self.object(page);
        self.pages.push(page);
    }

    pub(crate) fn bytes(mut self) -> Vec<u8> {
        self.objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalogue).into_bytes();
        let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
        self.objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()).into_bytes();
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (at, object) in self.objects.iter().enumerate() {
            let _ = writeln!(table, "{:010} 00000 n ", out.len());
            out.extend(format!("{} 0 obj\n", at + 1).bytes());
            out.extend(object);
            out.extend(b"\nendobj\n");
        }
        let start = out.len();
        let end = format!("trailer << /Size {} /Root 1 0 R {} >>\n", self.objects.len() + 1, self.trailer);
        out.extend(format!("{table}{end}startxref\n{start}\n%%EOF\n").bytes());
        out
    }
}

/// What shows a line of text at a place.
pub(crate) fn line(characters: &str, size: f64, x: f64, y: f64, text: &str) -> String {
    format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{}> Tj ET\n", codes(characters, text))
}

/// The codes of a text in a font that has these characters.
pub(crate) fn codes(characters: &str, text: &str) -> String {
    let code = |wanted: char| characters.chars().position(|own| own == wanted).map_or(0, |at| at + 1);
    text.chars().fold(String::new(), |all, character| format!("{all}{:04x}", code(character)))
}

/// A file of one page with these lines in one font: size, place and text of each.
pub(crate) fn of_lines(lines: &[(f64, f64, f64, &str)]) -> PdfFile {
    let mut file = PdfFile::new();
    let characters = characters(lines);
    file.font("F1", &characters, "Identity-H");
    let content: String = lines.iter().map(|(size, x, y, text)| line(&characters, *size, *x, *y, text)).collect();
    file.add_page(&content);
    file
}

/// Each character of some lines, once.
pub(crate) fn characters(lines: &[(f64, f64, f64, &str)]) -> String {
    let mut all: Vec<char> = lines.iter().flat_map(|(_, _, _, text)| text.chars()).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().collect()
}
