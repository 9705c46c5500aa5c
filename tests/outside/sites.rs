//! Kinds of what Chinese sites print around a text: facts glued to each other, in lists and in tables, days that are stated
//! anew, buttons, words below pictures.

use serde_json::Value;

use crate::archive::Archive;

const TEXT: &str = "<p>渡口自五月一日起改在东岸上下，行人凭票过渡，车辆一律绕行新桥。</p>\
                    <p>夜间不开船，有急事的到值班室登记，由值班员叫船，费用照旧。</p>";

fn page(head: &str, body: &str) -> Value {
    let html = format!("<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>");
    let archive = Archive::new().file("page.html", html);
    let run = archive.run(&["import", "--dry-run", "--format", "json", "page.html"]).succeeds();
    serde_json::from_str(run.stdout.trim_end()).expect("one object")
}

fn article(facts: &str) -> Value {
    page("<title>渡口公告_江城网</title>", &format!("<h1>渡口公告</h1>{facts}<div class=TRS_Editor>{TEXT}</div>"))
}

fn text(read: &Value) -> String {
    let blocks = read["blocks"].as_array().cloned().unwrap_or_default();
    blocks.iter().filter_map(|block| block["text"].as_str()).collect::<Vec<_>>().join("\n")
}

fn codes(read: &Value) -> Vec<String> {
    let told = read["diagnostics"].as_array().cloned().unwrap_or_default();
    told.iter().filter_map(|told| told["code"].as_str()).map(str::to_string).collect()
}

#[test]
fn facts_that_nothing_parts() {
    for facts in [
        "<div><span>来源：江城日报</span><span>发布时间：2019-06-01 08:30</span><span>字号：大 中 小</span></div>",
        "<div>发布时间：2019-06-01 08:30<b>来源：江城日报</b></div>",
        "<div>来源：江城日报　　2019-06-01 08:30</div>",
        "<div>江城日报　2019-06-01 08:30</div>",
        "<div>时间发布：2019-06-01 08:30 浏览次数: 次信息来源：江城日报</div>",
        "<div>江城市人民政府网站 www.a.example 时间：2019-06-01 08:30 来源：江城日报</div>",
        "<ul><li>2019年06月01日 08时30分</li><li>来源：江城日报</li></ul>",
    ] {
        let read = article(facts);
        assert_eq!(read["meta"]["date"].as_str(), Some("2019-06-01 08:30"), "{facts}");
        assert_eq!(read["meta"]["source"].as_str(), Some("江城日报"), "{facts}: {}", read["meta"]);
        assert_eq!(text(&read).lines().count(), 2, "{facts}: {}", text(&read));
    }
}

#[test]
fn a_table_of_facts_is_the_record() {
    let table = "<table><tr><td>索 引 号</td><td>0001/2019-3</td><td>公开分类</td><td></td></tr>\
                 <tr><td>发布机构</td><td>江城县档案馆</td><td>成文日期</td><td>2019-05-30</td></tr></table>";
    let body = format!("<div class=TRS_Editor>{table}<h1>渡口公告</h1>{TEXT}</div>");
    let read = page("<title>渡口公告_江城网</title>", &body);
    assert_eq!(read["meta"]["index_number"].as_str(), Some("0001/2019-3"), "{}", read["meta"]);
    assert_eq!(read["meta"]["issuer"].as_str(), Some("江城县档案馆"));
    assert_eq!(read["meta"]["created"].as_str(), Some("2019-05-30"));
    assert!(!text(&read).contains("索 引 号"), "{}", text(&read));
}

#[test]
fn an_earlier_day_is_printed_than_is_stated() {
    let date = |printed: &str| {
        let head = "<title>渡口公告_江城网</title><meta name=PubDate content='2019-06-01 08:30'>";
        let read = page(head, &format!("<h1>渡口公告</h1><p>{printed}</p><div class=TRS_Editor>{TEXT}</div>"));
        read["meta"]["date"].as_str().unwrap_or_default().to_string()
    };
    assert_eq!(date("发布时间：2012-03-04 09:00"), "2012-03-04 09:00");
    assert_eq!(date("发布时间：2019-06-03 09:00"), "2019-06-01 08:30");
}

#[test]
fn editors_and_clerks_are_no_authors() {
    for (stated, printed) in
        [("林渡", "责任编辑：林渡"), ("信息发布员6", ""), ("某科技公司提供技术支持", ""), ("江城县", "")]
    {
        let head = format!(
            "<title>渡口公告</title><meta name=SiteName content=江城县人民政府网站><meta name=author content='{stated}'>"
        );
        let read = page(&head, &format!("<h1>渡口公告</h1><div class=TRS_Editor>{TEXT}<p>{printed}</p></div>"));
        assert_eq!(read["meta"]["authors"].as_array().map(Vec::len), Some(0), "{stated}: {}", read["meta"]);
    }
}

#[test]
fn the_title_of_a_line_that_goes_on() {
    for line in ["渡口公告 ( 2019-06-01)", "渡口公告<small>发布时间：2019-06-01 来源：江城日报</small>"]
    {
        let body = format!("<h1>{line}</h1><div class=TRS_Editor>{TEXT}</div>");
        let read = page("<title>渡口公告</title><meta name=ArticleTitle content=渡口公告>", &body);
        assert_eq!(read["meta"]["title"].as_str(), Some("渡口公告"), "{line}");
        assert!(!text(&read).contains("公告"), "{line}: {}", text(&read));
    }
}

#[test]
fn buttons_and_labels_of_nothing_end_no_text() {
    for tail in [
        "<p>打印|关闭</p>",
        "<ul><li>上一篇：</li><li>下一篇：</li></ul>",
        "<p>附件：</p>",
        "<p>×</p>",
        "<p>江城县微信公众号</p>",
        "<p>【关闭当前页面】</p><p>相关阅读：</p>",
        "<h3>相关阅读</h3>",
    ] {
        let read =
            page("<title>渡口公告</title>", &format!("<h1>渡口公告</h1><div class=TRS_Editor>{TEXT}{tail}</div>"));
        assert_eq!(text(&read).lines().count(), 2, "{tail}: {}", text(&read));
        assert!(read["dropped"].as_array().is_some_and(|dropped| !dropped.is_empty()), "{tail}");
    }
}

#[test]
fn words_for_pictures_that_are_not_there() {
    let body = |picture: &str| format!("<h1>渡口公告</h1><div class=TRS_Editor>{picture}{TEXT}</div>");
    let base = "<title>渡口公告</title><link rel=canonical href=https://a.example/x/1.html>";
    let read = page(base, &body("<figure><img src=a.jpg alt=IMG_1.JPG><figcaption>东岸的渡口</figcaption></figure>"));
    assert_eq!(text(&read).lines().count(), 2, "{}", text(&read));
    let dropped = read["dropped"].to_string();
    assert!(dropped.contains("东岸的渡口") && dropped.contains("IMG_1.JPG"), "{dropped}");
    let read = page("", &body("<figure><img src=a.jpg><figcaption>东岸的渡口</figcaption></figure>"));
    assert!(text(&read).contains("东岸的渡口"), "its address is not known");
    let within = format!("{TEXT}<figure><img src=a.jpg><figcaption>东岸的渡口</figcaption></figure>");
    assert!(text(&page(base, &body(&within))).contains("东岸的渡口"), "within the text it tells what was seen");
}

#[test]
fn a_main_part_that_holds_little_is_told() {
    let other = "<p>正午关闸，其时水到第三道刻线，值班的人加了一倍，沿岸各处都点了灯，以便看水。</p>".repeat(8);
    let read =
        page("<title>渡口公告</title>", &format!("<h1>渡口公告</h1><div id=zoom>{TEXT}</div><div>{other}</div>"));
    assert!(codes(&read).contains(&"main-part-doubtful".to_string()), "{:?}", codes(&read));
    let read = page("<title>渡口公告</title>", &format!("<h1>渡口公告</h1><div id=zoom>{TEXT}</div><div>{TEXT}</div>"));
    assert!(!codes(&read).contains(&"main-part-doubtful".to_string()), "the text twice");
}

#[test]
fn a_title_that_only_its_place_tells() {
    let doubtful = |text: &str| {
        let archive = Archive::new().file("a.txt", text);
        let run = archive.run(&["import", "--dry-run", "--format", "json", "a.txt"]).succeeds();
        let read: Value = serde_json::from_str(run.stdout.trim_end()).expect("one object");
        codes(&read).contains(&"title-doubtful".to_string())
    };
    assert!(doubtful("旧事\n\n东门渡口\n\n渡口在东门外，有三只船。\n"));
    assert!(!doubtful("渡口札记\n\n渡口在东门外，有三只船。\n"));
    assert!(!doubtful("渡口管理办法\n\n江城县人民政府\n\n渡口在东门外。\n"));
}
