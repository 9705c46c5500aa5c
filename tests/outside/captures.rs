//! Captures as they are found: which part of a page is its text, what its record says and where that was found, letterheads
//! of offices, encodings that are mislabelled, and files of formats that are not read.

use serde_json::Value;

use crate::archive::{Archive, files_in};

/// Two paragraphs of prose, long enough to be a text.
const TEXT: &str = "<p>渡口自五月一日起改在东岸上下，行人凭票过渡，车辆一律绕行新桥。</p>\
                    <p>夜间不开船，有急事的到值班室登记，由值班员叫船，费用照旧。</p>";
/// A list of other news, longer than the text.
const NEWS: &str = "<h2>热点推荐</h2><ul><li><a href=/1>江城今日大风，渡轮停航，行人须绕行</a></li>\
                    <li><a href=/2>新收旧报一批，正在除尘，不日可借</a></li><li><a href=/3>夜间开放，读者称便，馆员轮值</a></li>\
                    <li><a href=/4>书市下月举行，摊位全部租出</a></li></ul>";

fn recognised(name: &str, bytes: impl AsRef<[u8]>) -> Value {
    read(&Archive::new().file(name, bytes), name)
}

fn read(archive: &Archive, name: &str) -> Value {
    let run = archive.run(&["import", "--dry-run", "--format", "json", name]).succeeds();
    serde_json::from_str(run.stdout.trim_end()).expect("one object")
}

fn page(head: &str, body: &str) -> Value {
    recognised(
        "page.html",
        format!("<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"),
    )
}

/// The text, block by block.
fn text(read: &Value) -> String {
    let blocks = read["blocks"].as_array().cloned().unwrap_or_default();
    blocks.iter().filter_map(|block| block["text"].as_str()).collect::<Vec<_>>().join("\n")
}

fn title(read: &Value) -> &str {
    read["meta"]["title"].as_str().unwrap_or_default()
}

#[test]
fn what_nobody_sees_refuses_no_page() {
    let head = "<title>渡口公告</title><noscript><style>p{}</style></noscript>";
    for unseen in [
        "<noscript><div style=\"display:none\"><img src=p.gif alt=计数></div></noscript>".to_string(),
        "<noscript>请启用脚本<a href=x>评论</a></noscript>".to_string(),
        "<p>图<noscript><img src=a.jpg></noscript>后</p>".to_string(),
        "<template><p>模板</p></template><iframe><p>框</p></iframe>".to_string(),
        format!("<svg><title>图标</title>{}</svg>", "<path d='M0 0'/>".repeat(2000)),
        format!("<script>{}</script>", "if (a<b) document.write('<div>');".repeat(2000)),
        format!("<!--{}-->", "<div>".repeat(2000)),
    ] {
        let read = page(head, &format!("<h1>渡口公告</h1>{TEXT}{unseen}"));
        assert!(text(&read).contains("夜间不开船"), "{unseen}");
        assert!(!text(&read).contains("图标") && !text(&read).contains("计数"), "{unseen}");
    }
}

#[test]
fn a_list_of_other_news_is_no_text() {
    let head = "<title>渡口公告_江城网</title>";
    let short = "<p>渡口自五月一日起改在东岸上下，行人凭票过渡，车辆一律绕行新桥。</p>";
    for body in [
        format!("<article><h1>渡口公告</h1>{short}</article><aside>{NEWS}</aside>"),
        format!("<div id=article class=article>{short}</div><div class=hot>{NEWS}</div>"),
        format!("<div class=TRS_Editor>{TEXT}</div><div>{NEWS}</div>"),
        format!("<div class=box><h1>渡口公告</h1>{TEXT}<div class=related-news>{NEWS}</div></div><div>{NEWS}</div>"),
        format!("<div><div>{NEWS}</div><div><h1>渡口公告</h1>{TEXT}</div></div>"),
        format!("<div class=u-mainText>{TEXT}<div class=shareBar>分享到微信</div></div>{NEWS}"),
    ] {
        let read = page(head, &body);
        assert!(text(&read).contains("行人凭票过渡"), "{body}");
        assert!(!text(&read).contains("渡轮停航") && !text(&read).contains("热点推荐"), "{body}: {}", text(&read));
        let dropped = read["dropped"].to_string();
        assert!(dropped.contains("渡轮停航"), "what is left out is listed: {dropped}");
        assert_eq!(title(&read), "渡口公告", "{body}");
    }
}

#[test]
fn files_and_places_that_a_text_links_to_are_text() {
    let list =
        "<ul><li><a href=a.doc>登记表</a></li><li><a href=b.pdf>路线图</a></li><li><a href=c.xls>价目表</a></li></ul>";
    let read = page("<title>渡口公告</title>", &format!("<div class=TRS_Editor>{TEXT}<div>{list}</div></div>{NEWS}"));
    assert!(text(&read).contains("路线图"), "{}", text(&read));
}

#[test]
fn an_archive_names_parts_of_pages() {
    let body = format!(
        "<div class=ferryBox>{TEXT}</div><div class=boat-times><p>早上六点一班，晚上六点一班，节日照常开，风大停航。</p></div>"
    );
    let archive = Archive::new().file("page.html", format!("<meta charset=utf-8><title>渡口公告</title>{body}"));
    assert!(text(&read(&archive, "page.html")).contains("早上六点"));
    let archive = archive.file("page-parts.toml", "text = [\".ferry-box\"]\n");
    assert!(!text(&read(&archive, "page.html")).contains("早上六点"));
    let archive = archive.file("page-parts.toml", "furniture-words = [\"boat\"]\n");
    assert!(!text(&read(&archive, "page.html")).contains("早上六点"));
    let archive = archive.file("page-parts.toml", "texts = []\n");
    let run = archive.run(&["import", "--dry-run", "page.html"]);
    assert!(run.code == 2 && run.tells("toml") && run.stderr.contains("page-parts.toml:1:"), "{}", run.stderr);
}

#[test]
fn the_title_is_the_documents() {
    for (head, body, right) in [
        ("<title>渡口公告--文化--江城网</title>", "<a href=/l>忘记密码？</a><h1>渡口公告</h1>", "渡口公告"),
        ("<title>江城网 - 渡口公告</title><meta property=og:site_name content=江城网>", "<h1>江城网</h1>", "渡口公告"),
        (
            "<title>渡口　改迁的公告__第三号_江城网</title>",
            "<p>|</p><p>EN</p><p align=center>渡口改迁的公告</p>",
            "渡口改迁的公告",
        ),
        ("<title>江城网</title><meta name=ArticleTitle content=渡口公告>", "<p>首页</p>", "渡口公告"),
        ("<title>江城网</title>", "<h1>渡口公告</h1>", "渡口公告"),
        ("<title>渡口公告</title><meta property=og:title content=渡口公告>", "", "渡口公告"),
    ] {
        let read = page(head, &format!("{body}<div class=TRS_Editor>{TEXT}</div>"));
        assert_eq!(title(&read), right, "{head} {body}");
    }
}

#[test]
fn the_day_of_a_page() {
    for (head, body, day) in [
        ("<meta name=PubDate content='2019-06-01 08:30'>", "", "2019-06-01 08:30"),
        ("<meta name=firstpublishedtime content=2019-06-01-08:30:00>", "", "2019-06-01"),
        ("<meta property=article:published_time content=2019-06-01T08:30:00+08:00>", "", "2019-06-01 08:30:00"),
        ("<script type='application/ld+json'>{\"datePublished\": \"2019-06-01\"}</script>", "", "2019-06-01"),
        (
            "<meta property=article:modified_time content=2020-02-02>",
            "<p>2019年06月01日08:18  来源：江城网</p>",
            "2019-06-01 08:18",
        ),
        ("", "<time datetime=2019-06-01>昨天</time>", "2019-06-01"),
        ("<link rel=canonical href=https://a.example/201906/t20190601_77.html>", "", "2019-06-01"),
        ("<link rel=canonical href=https://a.example/n1/2019/0601/c77.html>", "", "2019-06-01"),
        ("", "<div class=post-date>June 1st, 2019</div>", "2019-06-01"),
    ] {
        let read = page(
            &format!("<title>渡口公告</title>{head}"),
            &format!("<h1>渡口公告</h1>{body}<div id=zoom>{TEXT}</div>"),
        );
        assert_eq!(read["meta"]["date"].as_str(), Some(day), "{head} {body}");
    }
}

#[test]
fn evidence_is_kept_beside_the_capture() {
    let page = format!(
        "<link rel=canonical href=https://a.example/20190601/7.html><title>渡口公告</title><h1>渡口公告</h1>{TEXT}"
    );
    let archive = Archive::new().file("page.html", format!("<meta charset=utf-8>{page}"));
    archive.run(&["import", "page.html"]).succeeds();
    let files = files_in(&archive.path().join("content"));
    let (_, bytes) = files.iter().find(|(path, _)| path.ends_with("provenance.toml")).expect("a provenance");
    let table: toml::Table = String::from_utf8_lossy(bytes).parse().expect("it is TOML");
    let evidence = table["evidence"].as_array().expect("evidence");
    let says = |field: &str, from: &str| {
        evidence.iter().any(|found| found["field"].as_str() == Some(field) && found["from"].as_str() == Some(from))
    };
    assert!(says("date", "address") && says("title", "printed"), "{evidence:?}");
}

#[test]
fn who_is_no_author() {
    for name in ["admin", "webmaster", "a@b.example", "江城史志网", "小编", "网站管理员", "https://a.example/"]
    {
        let head = format!("<title>渡口公告 - 江城史志网</title><meta name=author content='{name}'>");
        let read = page(&head, &format!("<h1>渡口公告</h1><p>江城史志网</p><p>作者：{name}</p>{TEXT}"));
        assert_eq!(read["meta"]["authors"].as_array().map(Vec::len), Some(0), "{name}: {}", read["meta"]);
    }
    let read = page("<title>渡口公告</title><meta name=author content=林渡>", &format!("<h1>渡口公告</h1>{TEXT}"));
    assert_eq!(read["meta"]["authors"][0].as_str(), Some("林渡"));
}

#[test]
fn titles_of_plain_texts() {
    let text = "渡口在东门外，有三只船。";
    for (top, right) in [
        ("老渡口\n林渡\n\n", "老渡口"),
        ("关于收发的电话指示\n（一九七四年三月十六日）\n\n", "关于收发的电话指示"),
        ("关于收发的电话指示\n林渡\n一九七四年三月\n\n", "关于收发的电话指示"),
        ("谁来管渡口？\n\n林渡\n\n", "谁来管渡口？"),
        ("\u{200b}\n\n老渡口\n\n\u{feff}\u{200b}\n\n", "老渡口"),
        ("|\n\n老渡口\n\n", "老渡口"),
        (
            "渡口管理办法\n\n2019年5月4日 县第三次会议修正\n\n2017年5月4日 通过\n\n2019年5月4日 县第三次会议修正\n\n",
            "渡口管理办法",
        ),
        ("老渡口的船——一次调查\n\n老渡口的船\n\n一次调查\n\n", "老渡口的船"),
    ] {
        let read = recognised("doc.txt", format!("{top}　　{text}\n\n　　后来有了桥，渡口就废了。\n"));
        assert_eq!(title(&read), right, "{top}");
        assert!(self::text(&read).contains(text), "{top}");
    }
}

#[test]
fn headings_are_no_authors() {
    let read = recognised(
        "doc.txt",
        "渡口鉴定标准\n\n\n范畴\n\n本标准规定了渡口鉴定的原则和方法。\n\n文献\n\n下列文件对于本文件的应用是必不可少的。\n",
    );
    assert_eq!(read["meta"]["authors"].as_array().map(Vec::len), Some(0));
    let read = recognised("doc.md", "# 老渡口\n\n> （一九四六年四月）\n\n渡口在东门外，有三只船。\n");
    assert_eq!((title(&read), read["meta"]["date"].as_str()), ("老渡口", Some("1946-04")));
}

#[test]
fn the_letterhead_is_the_issuer() {
    let read = recognised(
        "doc.txt",
        "机密★1年\n特急\n江城县人民政府文件\n\n江政发〔2019〕12号\n\n江城县人民政府\n关于修路的通知\n\n各乡镇人民政府：\n\n　　照此办理。\n\n\
         \u{3000}\u{3000}江城县人民政府\n　　　　2019年8月6日\n",
    );
    let meta = &read["meta"];
    assert_eq!(title(&read), "江城县人民政府关于修路的通知");
    assert_eq!((meta["issuer"].as_str(), meta["created"].as_str()), (Some("江城县人民政府"), Some("2019-08-06")));
    assert_eq!(meta["doc_number"].as_str(), Some("江政发〔2019〕12号"));
}

#[test]
fn the_day_of_a_post_is_in_its_name() {
    let post = "---\nlayout: post\ntitle: 老渡口\n---\n\n渡口在东门外，有三只船。\n";
    assert_eq!(recognised("2016-05-21-dukou.md", post)["meta"]["date"].as_str(), Some("2016-05-21"));
    assert_eq!(recognised("2016-15-21-dukou.md", post)["meta"]["date"].as_str(), None);
    let dated = post.replace("layout: post", "date: 2015-01-02");
    assert_eq!(recognised("2016-05-21-dukou.md", dated)["meta"]["date"].as_str(), Some("2015-01-02"));
}

#[test]
fn mislabelled_and_damaged_files_are_read() {
    let page = format!(
        "<html><head><meta charset=iso-8859-1><title>老渡口</title></head><body><h1>老渡口</h1>{TEXT}</body></html>"
    );
    assert_eq!(title(&recognised("page.html", &page)), "老渡口");
    for stray in [0_u8, 0xff] {
        let mut bytes = "老渡口\n\n渡口在东门外，有三只船，早晚各开一班，节日照常。\n".as_bytes().to_vec();
        bytes.insert("老渡口\n\n渡口在".len(), stray);
        let read = recognised("doc.txt", bytes);
        assert!(text(&read).contains("渡口在东门外"));
        let told = read["diagnostics"].as_array().expect("diagnostics");
        assert!(told.iter().any(|told| told["code"] == "stray-byte"), "{told:?}");
    }
}

#[test]
fn formats_that_are_not_read_are_refused_by_name() {
    for (name, bytes) in [
        ("a.eml", "From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nFerry"),
        ("a.txt", "AT&TFORM\0"),
    ] {
        let run = Archive::new().file(name, bytes).run(&["import", "--dry-run", name]);
        assert!(run.tells("format-not-read"), "{name}: {}", run.stderr);
    }
}

#[test]
fn numbers_that_number_nothing() {
    let read = page(
        "<title>照片</title>",
        "<article><h1>照片</h1><p>照片三张，摄于渡口落成之日，原件存于第三柜，不外借。</p><p><img src=https://a.example/1.jpg alt=1.jpg></p>\
         <p>大门朝南。</p><p><img src=https://a.example/2.jpg alt='2. 大门'></p><p>楼梯在东。</p></article>",
    );
    assert!(!read["blocks"].to_string().contains("\"heading\""), "{}", read["blocks"]);
}

#[test]
fn one_of_a_series_that_is_no_heading_is_told() {
    let long =
        "三、编目之后要有一个人专门负责校对和登记并且每日在簿上签字写明时间地点和件数以备日后查考之用。校对不可省。";
    let read = recognised(
        "doc.txt",
        format!(
            "工作方法\n\n一、先清点。件数不清，后面的事都无从谈起。\n\n二、再编目。编目要照一个格式，不得各行其是。\n\n{long}\n\n\
             四、定期查看。每季一次，雨季每月一次。\n\n五、要节约。纸张用两面。\n"
        ),
    );
    let told = read["diagnostics"].as_array().expect("diagnostics");
    assert!(told.iter().any(|told| told["code"] == "unlike-siblings"), "{told:?}");
    let read = page("<title>札记</title>", &format!("<h1>札记</h1>{TEXT}<h2>一、旧法之弊</h2>{TEXT}"));
    assert_eq!(read["diagnostics"].as_array().map(Vec::len), Some(0), "a heading that is marked is one");
}

#[test]
fn a_separator_that_no_number_has_is_told_once_a_series() {
    let said = |text: &str| {
        let run = Archive::new().file("a.txt", text).run(&["import", "--dry-run", "a.txt"]);
        run.stderr.matches("[nonstandard-separator]").count()
    };
    let text = |one: &str, inner: &str| {
        format!(
            "关于清点馆藏的通知\n\n一{one}清点的范围\n\n各处所藏的旧报刊，都在清点之列。\n\n（一）{inner}报纸\n\n逐册登记。\n\n（二）{inner}期刊\n\n逐套登记。\n\n二{one}清点的办法\n\n清点时两人一组。\n"
        )
    };
    assert_eq!(said(&text("、", "")), 0);
    assert_eq!(said(&text("．", "")), 1);
    assert_eq!(said(&text("．", "、")), 2);
}

#[test]
fn the_day_below_the_title_of_an_official_document_is_when_it_was_made() {
    let head = "江城县档案馆文件\n\n江档发〔1987〕12号\n\n关于清点馆藏的通知\n\n（1987年3月5日）\n\n各科室：\n\n现将清点馆藏的有关事项通知如下，请遵照执行。\n";
    let read = recognised("a.txt", head);
    assert_eq!(read["meta"]["title"], "关于清点馆藏的通知");
    let archive = Archive::new().file("a.txt", head);
    archive.run(&["import", "--into", "x", "a.txt"]).succeeds();
    let record = files_in(&archive.path().join("content/x"))
        .into_iter()
        .find(|(name, _)| name.ends_with("index.md") && !name.ends_with("_index.md"));
    let record = String::from_utf8(record.expect("a record").1).expect("UTF-8");
    assert!(record.contains("created = \"1987-03-05\""), "{record}");
}

#[test]
fn a_page_of_which_nothing_would_be_left_is_read_whole() {
    let links = "<a href=/1>一</a> <a href=/2>二</a> <a href=/3>三</a>";
    let read = page(
        "<title>渡口公告</title>",
        &format!("<div id=content><ul><li><p>渡口今日停航。</p>{links}</li></ul></div>"),
    );
    assert!(text(&read).contains("渡口今日停航。"), "{read}");
}

#[test]
fn what_a_wiki_and_a_player_add_is_no_text() {
    let player = "<div class=\"videoBox player\"><p>播放速度：2X</p><p>很抱歉，当前视频播放失败</p></div>";
    let edit = "<span class=mw-editsection>[<a href=/e>编辑</a>]</span>";
    let more = "<p>书库白天锁门，钥匙由两个人保管。</p>";
    let read = page(
        "<title>渡口公告</title>",
        &format!("<main><h1>渡口公告{edit}</h1>{TEXT}<h2>沿革{edit}</h2>{player}{more}</main>"),
    );
    assert!(!text(&read).contains("编辑") && !text(&read).contains("播放"), "{}", text(&read));
    assert!(text(&read).contains("沿革") && text(&read).contains("钥匙由两个人保管"), "{}", text(&read));
}

#[test]
fn mark_up_in_the_words_for_an_image_is_no_text() {
    let read = page(
        "<title>渡口公告</title>",
        &format!(
            "<h1>渡口公告</h1>{TEXT}<p><img src=a.png alt=\"渡口 &lt;a href='/t'&gt;东岸&lt;/a&gt;\"></p><p><img src=b.png alt=\"水位 &lt; 三尺\"></p>"
        ),
    );
    assert!(!text(&read).contains("href") && text(&read).contains("水位 < 三尺"), "{}", text(&read));
}
