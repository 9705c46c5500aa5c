//! Small captures of the formats of offices and of those that are XML.

pub const RICH_TEXT: &str = r#"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fcharset2 Symbol;}}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}{\*\listtable{\list{\listlevel\levelnfc37\levelfollow2\levelstartat1{\leveltext\'02\'00\'a1\'a2;}}\listid7}}{\*\listoverridetable{\listoverride\listid7\ls1}}{\info{\title t}}
\pard\s1\ls1\ilvl0 {\listtext 1.\tab}\'d7\'dc\'d4\'f2\par\pard\plain {\b\u28193 ?}{\i x}{\super 2}{\deleted y}{\revised z}\line {\field{\*\fldinst HYPERLINK "http://a.cn/"}{\fldrslt a}}{\footnote\pard b\par}\par
\trowd\cellx900\clmgf\cellx1900\pard\intbl a\cell b\cell\row\trowd\clvmrg\cellx900\cellx1900\pard\intbl c\cell d\cell\row\pard{\pict\pngblip 89504e47}{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv e}}{\shptxt f\par}}}{\f1 \'b7}\par}"#;

pub const FLAT: &str = r#"<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:styles><text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一" style:num-suffix="、"/></text:list-style></office:styles><office:body><office:text><text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>x</text:p></text:deletion></text:changed-region></text:tracked-changes><text:h text:outline-level="1">总则</text:h><text:list text:style-name="L"><text:list-item><text:p>甲</text:p><text:p>乙</text:p></text:list-item></text:list><text:p>a<text:s text:c="2"/><text:span text:style-name="b">b</text:span><text:note><text:note-body><text:p>c</text:p></text:note-body></text:note><text:change text:change-id="c"/><text:ruby><text:ruby-base>d</text:ruby-base><text:ruby-text>e</text:ruby-text></text:ruby></text:p><table:table><table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>f</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row></table:table><draw:frame><draw:text-box><text:p>g</text:p></draw:text-box><svg:desc>h</svg:desc></draw:frame></office:text></office:body></office:document>"#;

pub const SAVED: &str = "From: <Saved>\r\nDate: Tue, 8 Jun 2021 10:00:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; \
    boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: \
    http://a.cn/\r\n\r\n<h1>=E6=80=BB</h1><p>a=\r\nb<img src=3D\"cid:c\">\r\n--b\r\nContent-Type: image/png\r\nContent-ID: \
    <c>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";

pub const ENCODED: &str = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>记</title></titleStmt></fileDesc></teiHeader>\
    <text><body><div><head>序</head><p>a<choice><sic>b</sic><corr>c</corr></choice><note>d</note><gap/></p><lg><l>e</l></lg><list><item>f</item></list>\
    <table><row><cell>g</cell></row></table></div></body></text></TEI>";

pub const SCANNED: &str = "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\"><Layout><Page><PrintSpace><TextBlock ID=\"b\"><TextLine><String \
    CONTENT=\"fer-\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"ferry\"/><HYP CONTENT=\"-\"/></TextLine><TextLine><String CONTENT=\"ry\" \
    SUBS_TYPE=\"HypPart2\"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>";

/// The parts of an OFD file.
pub fn pages() -> Vec<(&'static str, Vec<u8>)> {
    let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let root = format!("<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>");
    let document = format!(
        "<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>\
         <ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"P.xml\"/></ofd:Pages></ofd:Document>"
    );
    let page = format!(
        "<ofd:Page {space}><ofd:Content><ofd:Layer><ofd:TextObject Boundary=\"20 20 90 7\" Size=\"5\"><ofd:TextCode X=\"0\" Y=\"5\" DeltaX=\"g 3 \
         5\">渡口在城</ofd:TextCode></ofd:TextObject><ofd:TextObject Boundary=\"20 30 90 7\" Size=\"5\" CTM=\"1 0 0 1 0 0\"><ofd:TextCode X=\"0\" \
         Y=\"5\">东。</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
    );
    vec![("OFD.xml", root.into_bytes()), ("D.xml", document.into_bytes()), ("P.xml", page.into_bytes())]
}

/// The parts of a workbook.
pub fn sheets() -> Vec<(&'static str, Vec<u8>)> {
    let space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let workbook =
        format!("<workbook {space}><sheets><sheet name=\"渡口\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
    let relations = "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let styles = format!(
        "<styleSheet {space}><numFmts><numFmt numFmtId=\"170\" formatCode=\"[DBNum1]yyyy&quot;年&quot;m&quot;月&quot;;@\"/></numFmts>\
         <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"><alignment horizontal=\"center\"/></xf></cellXfs></styleSheet>"
    );
    let strings = format!(
        "<sst {space}><si><t>渡口名册</t></si><si><r><t>东</t></r><r><t>门</t></r><rPh><t>x</t></rPh></si></sst>"
    );
    let sheet = format!(
        "<worksheet {space}><cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>43000</v></c></row>\
         <row r=\"3\" hidden=\"1\"><c r=\"A3\" t=\"inlineStr\"><is><t>a_x000D_b</t></is></c><c r=\"B3\" t=\"e\"><f>A1</f><v>#REF!</v></c></row>\
         </sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>"
    );
    vec![
        ("xl/workbook.xml", workbook.into_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes().to_vec()),
        ("xl/styles.xml", styles.into_bytes()),
        ("xl/sharedStrings.xml", strings.into_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.into_bytes()),
    ]
}
