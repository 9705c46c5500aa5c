use super::*;

fn meta(text: &str) -> Meta {
    let (stated, body) = split(text).unwrap_or_else(|fault| {
        panic!("{}\n{text}", fault.render(crate::diagnostic::lang::Lang::English, false, crate::diagnostic::WIDTH))
    });
    assert_eq!(body, "正文\n", "{text}");
    stated.unwrap_or_else(|| panic!("{text}")).meta
}

fn extra(meta: &Meta) -> Vec<(&str, &str)> {
    meta.extra.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect()
}

fn names(meta: &Meta) -> Vec<&str> {
    meta.authors.iter().map(|author| author.name.as_str()).collect()
}

const ZOLA: &str = "+++\ntitle = \"江城纪事\"\ndate = 2017-08-30T09:30:00Z\nupdated = 2018-01-02\nauthors = [\"张三\", \"Smith, John\"]\n\
    description = \"简介\"\ndraft = true\nweight = 0x1F\nversion = 1.10\n[taxonomies]\ntags = [\"方志\", \"旧报\"]\ncategories = [\"方志\", \"史料\"]\n\
    [extra]\nsource = \"江城晚报\"\nlang = 'zh'\n[extra.toc]\ndepth = 2\n[[extra.links]]\nname = \"甲\"\n[[extra.links]]\nname = \"乙\"\n+++\n正文\n";
const QUARTO: &str = "---\n# 注\ntitle: \"江城：纪事\"\nsubtitle: 卷一\nauthor:\n  - name: 张三\n    affiliation: 江城大学\n    email: a@a.cn\n  \
    - name: 李四\n    affiliations:\n      - name: 甲所\n      - 乙所\n  - 王五\n  - name: {given: Ada, family: Byron}\ndate: 2017-08-30\nabstract: |\n  第一行\n  第二行\n\
    keywords: [甲, 乙, 甲]\nformat:\n  html: {toc: true, depth: 1.10}\nlang: no\nshelf: 0755\nversion: 1.10\nlicense: CC BY\n\
    cite: {a: [1, {b: 2}], c: ~}\nempty:\nratio: .inf\n---\n正文\n";
const JEKYLL: &str = "---\r\nlayout: post\r\ntitle:  欢迎\r\ndate:   2015-11-17 16:16:01 +0800\r\ncategories: 公告, 通知\r\nauthor: 张三、李四; Smith, John\r\n\
    tags:\r\n- a b\r\n- c\r\npermalink: /x/\r\ndraft: false\r\ntitle: 又题\r\n---\r\n正文\n";
const HUGO: &str = "{\n\t\"title\": \"江城\\u7eaa\\ud842\\udfb7\",\n\t\"publishDate\": \"2017年8月30日\",\n\t\"created\": \"2016\",\n\t\"lastmod\": \"2019\",\n\
    \t\"params\": {\"author\": {\"name\": \"张三\"}, \"k\": [1.50, true, null]},\n\t\"url\": \"http:\\/\\/a.cn\\/\"\n}\n正文\n";
const PANDOC: &str = "% 江城纪事\n  续编\n% 张三; Smith, John\n  李四\n% 2017-08\n正文\n";
const FONDS: &str = "+++\ntitle = \"题\"\ndate = \"1966~\"\ncreated = \"1965\"\ndate_printed = \"约一九六六年\"\nsource = \"馆\"\nissuer = \"县\"\n\
    doc_number = \"江政发〔2017〕3号\"\nindex_number = \"1\"\nsubjects = [\"甲\"]\nrights = \"公有\"\nplaces = [\"江城\", \"北岸\"]\n\
    [[authors]]\nname = \"张三\"\nrole = \"编\"\n[original]\nfile = \"a.html\"\nbytes = 1_000\n[extra]\neditors = [\"李四\"]\n'备注' = \"无\"\n+++\n正文\n";

#[test]
fn zola() {
    let meta = meta(ZOLA);
    assert_eq!(meta.title.as_deref(), Some("江城纪事"));
    assert_eq!((meta.date.as_deref(), meta.time.as_deref()), (Some("2017-08-30"), Some("09:30:00")));
    assert_eq!(names(&meta), ["张三", "Smith, John"]);
    assert_eq!(meta.subjects, ["方志", "旧报", "史料"]);
    assert_eq!(meta.source.as_deref(), Some("江城晚报"));
    let expected = [
        ("description", "简介"),
        ("draft", "true"),
        ("extra.links.1.name", "甲"),
        ("extra.links.2.name", "乙"),
        ("extra.toc.depth", "2"),
        ("language", "zh"),
        ("updated", "2018-01-02"),
        ("version", "1.10"),
        ("weight", "0x1F"),
    ];
    assert_eq!(extra(&meta), expected);
}

#[test]
fn quarto_and_pandoc() {
    let meta = meta(QUARTO);
    assert_eq!((meta.title.as_deref(), meta.subtitle.as_deref()), (Some("江城：纪事"), Some("卷一")));
    assert_eq!(names(&meta), ["张三", "李四", "王五"]);
    let places: Vec<_> = meta.authors.iter().map(|author| author.affiliation.as_deref()).collect();
    assert_eq!(places, [Some("江城大学"), Some("甲所、乙所"), None]);
    assert_eq!((meta.date.as_deref(), meta.date_printed.as_deref()), (Some("2017-08-30"), None));
    assert_eq!((meta.subjects.join(" ").as_str(), meta.rights.as_deref()), ("甲 乙", Some("CC BY")));
    let expected = [
        ("author.1.email", "a@a.cn"),
        ("author.4.name.family", "Byron"),
        ("author.4.name.given", "Ada"),
        ("cite.a.1", "1"),
        ("cite.a.2.b", "2"),
        ("description", "第一行\n第二行"),
        ("format.html.depth", "1.10"),
        ("format.html.toc", "true"),
        ("language", "no"),
        ("ratio", ".inf"),
        ("shelf", "0755"),
        ("version", "1.10"),
    ];
    assert_eq!(extra(&meta), expected);
}

#[test]
fn jekyll_hugo_and_title_blocks() {
    let jekyll = meta(JEKYLL);
    assert_eq!((jekyll.date.as_deref(), jekyll.time.as_deref()), (Some("2015-11-17"), Some("16:16:01")));
    assert_eq!(jekyll.date_printed.as_deref(), Some("2015-11-17 16:16:01 +0800"));
    assert_eq!(names(&jekyll), ["张三", "李四", "Smith, John"]);
    assert_eq!(jekyll.subjects, ["公告", "通知", "a b", "c"]);
    assert_eq!(extra(&jekyll), [("draft", "false"), ("layout", "post"), ("permalink", "/x/"), ("title", "又题")]);

    let hugo = meta(HUGO);
    assert_eq!(hugo.title.as_deref(), Some("江城纪𠮷"));
    assert_eq!((hugo.date.as_deref(), hugo.created.as_deref()), (Some("2017-08-30"), Some("2016")));
    assert_eq!(names(&hugo), ["张三"]);
    assert_eq!(extra(&hugo), [("params.k", "1.50、true"), ("source_url", "http://a.cn/"), ("updated", "2019")]);

    let pandoc = meta(PANDOC);
    assert_eq!((pandoc.title.as_deref(), pandoc.date.as_deref()), (Some("江城纪事 续编"), Some("2017-08")));
    assert_eq!(names(&pandoc), ["张三", "Smith, John", "李四"]);
    assert_eq!(meta("% 题\n正文\n").title.as_deref(), Some("题"));
    assert_eq!(meta("%\n%\n% 2017\n正文\n").date.as_deref(), Some("2017"));
}

#[test]
fn records_of_fonds() {
    let meta = meta(FONDS);
    assert_eq!((meta.date.as_deref(), meta.created.as_deref()), (Some("1966~"), Some("1965")));
    assert_eq!(meta.date_printed.as_deref(), Some("约一九六六年"));
    assert_eq!((meta.issuer.as_deref(), meta.index_number.as_deref()), (Some("县"), Some("1")));
    assert_eq!(meta.doc_number.as_deref(), Some("江政发〔2017〕3号"));
    assert_eq!((names(&meta), meta.editors.as_slice()), (vec!["张三"], ["李四".to_string()].as_slice()));
    let expected = [
        ("authors.1.role", "编"),
        ("extra.备注", "无"),
        ("original.bytes", "1_000"),
        ("original.file", "a.html"),
        ("places", "江城、北岸"),
    ];
    assert_eq!(extra(&meta), expected);
}

/// Every scalar, read by parsers that know nothing of fields.
fn scalars(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Nothing => {}
        Value::Scalar(text) => found.push(text.clone()),
        Value::List(items) => items.iter().for_each(|item| scalars(item, found)),
        Value::Map(map) => map.iter().for_each(|(_, value)| scalars(value, found)),
    }
}

fn assert_nothing_is_lost(map: Map, text: &str) {
    let mut found = Vec::new();
    scalars(&Value::Map(map.clone()), &mut found);
    let meta = facts::of(map);
    let values: Vec<_> = meta.values().collect();
    for part in found.iter().flat_map(|scalar| facts::parted(scalar, &facts::SUBJECTS)) {
        assert!(values.iter().any(|value| value.contains(&part)), "{part} is lost of\n{text}\n{values:?}");
    }
}

#[test]
fn nothing_is_lost() {
    for text in [ZOLA, FONDS] {
        let (inner, _) = between(text, &["+++"]).expect("front matter");
        assert_nothing_is_lost(toml(text, inner).expect("reads"), text);
    }
    for text in [QUARTO, JEKYLL] {
        let (inner, _) = between(text, &["---"]).expect("front matter");
        assert_nothing_is_lost(yaml(text, inner).expect("front matter").expect("reads"), text);
    }
    assert_nothing_is_lost(json(HUGO).expect("front matter").expect("reads").0, HUGO);
    assert_nothing_is_lost(title_block(PANDOC).0, PANDOC);

    // Each key with each shape of value, alone and after another of the same sense.
    let keys = [
        "title",
        "subtitle",
        "author",
        "by",
        "editors",
        "date",
        "published",
        "created",
        "date_printed",
        "source",
        "issuer",
        "doc_number",
        "index_number",
        "rights",
        "tags",
        "taxonomies",
        "extra",
        "draft",
        "lastmod",
        "summary",
        "lang",
        "url",
        "other",
        "",
    ];
    let scalar = |text: &str| Value::Scalar(text.to_string());
    let shapes = [
        Value::Nothing,
        scalar("甲一"),
        scalar("2017-08-30T01:02:03+08:00"),
        Value::List(vec![scalar("甲二"), Value::Nothing, scalar("甲三")]),
        Value::Map(vec![("name".to_string(), scalar("甲四")), ("affiliation".to_string(), scalar("甲五"))]),
        Value::Map(vec![("affiliation".to_string(), scalar("甲六")), ("title".to_string(), scalar("甲七"))]),
        Value::List(vec![
            Value::Map(vec![
                ("name".to_string(), Value::List(vec![scalar("甲八")])),
                ("date".to_string(), scalar("甲九")),
            ]),
            Value::List(vec![scalar("甲十"), Value::Map(vec![("tags".to_string(), scalar("甲百"))])]),
        ]),
    ];
    for key in keys {
        for first in &shapes {
            for second in &shapes {
                let map = vec![(key.to_string(), first.clone()), (key.to_string(), second.clone())];
                let text = format!("{map:?}");
                assert_nothing_is_lost(map, &text);
            }
        }
    }
}

#[test]
fn what_is_no_front_matter() {
    for text in [
        "",
        "正文\n",
        "---\n\n正文\n",
        "---",
        "---\n\n正文\n\n---\n\n又文\n",
        "---\n\n这是：*正文*\n\n---\n",
        "---\n- 一\n- 二\n---\n",
        "----\na: b\n----\n",
        "+++\ntitle = 1\n",
        "{{< toc >}}\n",
        "{% include x %}\n",
        "{\"a\": 1} 是一个例子\n",
        "{甲}\n",
        "%甲\n",
        "100% 甲\n",
        " ---\na: b\n---\n",
    ] {
        assert_eq!(split(text), Ok((None, text)), "{text}");
    }
    let (stated, body) = split("---\n---\n正文").expect("reads");
    assert_eq!((stated, body), (Some(Stated { meta: Meta::default(), lines: 2 }), "正文"));
    assert_eq!(split(PANDOC).expect("reads").0.expect("stated").lines, 5);
    assert_eq!(split(HUGO).expect("reads").0.expect("stated").lines, HUGO.lines().count() - 1);
    assert_eq!(split("---\na: b\n...\n正文").expect("reads").1, "正文");
}

#[test]
fn faults_have_their_line() {
    for (text, line) in [
        ("+++\ntitle = \"a\"\ndate = = 1\n+++\n", 3),
        ("+++\na = 1\na = 2\n+++\n", 3),
        ("---\ntitle: a\nb: [1, 2\nc: d\n---\n", 0),
        ("---\ntitle: a\nb: c: d\n---\n", 3),
        ("{\n\"a\": 1,\n\"b\" 2}\n", 3),
        ("{\"a\": ", 1),
    ] {
        let fault = split(text).expect_err(text);
        let place = fault.place.as_ref().expect("placed");
        assert_eq!(fault.code().name(), "front-matter");
        assert!(
            place.line == line || line == 0 && place.line > 1,
            "{text}{}",
            fault.render(crate::diagnostic::lang::Lang::English, false, crate::diagnostic::WIDTH)
        );
    }
}

#[test]
fn hostile_texts_are_survived() {
    let deep = 100_000;
    for text in [
        format!("---\na: {}{}\n---\n", "[".repeat(deep), "]".repeat(deep)),
        format!("---\na: {}\n---\n", "{b: ".repeat(deep)),
        format!("+++\na = {}{}\n+++\n", "[".repeat(deep), "]".repeat(deep)),
        format!("+++\n{} = 1\n+++\n", vec!["a"; deep].join(".")),
        format!("{{\"a\": {}{}}}\n", "[".repeat(deep), "]".repeat(deep)),
    ] {
        assert_eq!(split(&text).map(|_| ()).expect_err("too deep").code().name(), "front-matter");
    }
    let mut bomb = "---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_string();
    for level in 1..10 {
        let again = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{again}]\n"));
    }
    bomb.push_str("---\n");
    assert_eq!(split(&bomb).map(|_| ()).expect_err("a bomb").code().name(), "front-matter");

    for text in [ZOLA, QUARTO, JEKYLL, HUGO, PANDOC, FONDS] {
        for (end, character) in text.char_indices() {
            let (before, after) = text.split_at(end);
            let _ = split(before);
            let without = format!("{before}{}", after.get(character.len_utf8()..).unwrap_or_default());
            let _ = split(&without);
        }
    }
}
