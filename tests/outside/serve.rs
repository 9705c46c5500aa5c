//! `fonds serve` shows what a build would write, follows every edit, and gives nothing else away.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::archive::{Archive, Run, files_in};
use crate::server::{Reply, Server};

/// An archive with a page of every kind.
fn every_kind() -> Archive {
    Archive::new()
        .file("site.toml", "title = \"试验库\"\nlanguage = \"zh-Hans\"\npublisher = \"试验馆\"\n\n[variants]\nzh-Hant = true\n")
        .file("content/_index.md", "+++\ntitle = \"首页\"\n+++\n\n说明，见[图](plan.svg)。\n")
        .file("content/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content/letters/_index.md", "+++\ntitle = \"书信\"\n+++\n\n往来书信。\n")
        .document("letters/one.md", "title = \"第一封\"\ndate = \"1950-05\"\nauthors = [\"张三\"]\nsource = \"试验馆\"", "引言,有一处。[^1]\n\n[^1]: 注。\n\n## 一、甲\n\n甲文，见[二](two.md#s1)。\n\n### （一）细目\n\n文。\n\n## 二、乙\n\n乙文。")
        .document("letters/two.md", "title = \"第二封\"\ndate = \"1951\"\nsubjects = [\"书信\"]", "## 一、丙\n\n丙文。")
        .document("letters/held.md", "title = \"不公开\"\naccess = \"record\"", "不可见的文字。")
        .document("letters/gone.md", "title = \"撤下\"\naccess = \"closed\"\naccess_note = \"应家属要求\"", "不可见的文字。")
        .document("letters/old/scan/index.md", "title = \"有附件\"\ndate = \"1966-05-16\"\nplaces = [\"云阳\"]", "见[扫描](page.txt)。")
        .file("content/letters/old/scan/page.txt", "扫描件")
        .document("english.md", "title = \"A letter\"\nlanguage = \"en\"\ndate = \"1960~\"", "Text.")
        .document("draft.md", "title = \"草稿\"\ndraft = true", "未完。")
}

/// What a served page has besides what a build writes, taken away again.
fn undressed(page: &[u8]) -> String {
    let page =
        String::from_utf8(page.to_vec()).expect("UTF-8").replacen("content=\"connect-src 'self'; ", "content=\"", 1);
    let end = page
        .find("<aside id=\"fonds-faults\"")
        .or_else(|| page.rfind("<script src=\"/.fonds/live.js\""))
        .unwrap_or(page.len());
    page[..end].to_string()
}

/// A page as a build writes it, up to the end of its body, and without the book of a collection, which only a build makes.
fn plain(path: &str, page: &[u8]) -> String {
    let mut page = String::from_utf8(page.to_vec()).expect("UTF-8");
    page.truncate(page.rfind("</body>").unwrap_or(page.len()));
    let name = path.rsplit('/').nth(1).unwrap_or_default();
    let actions = page.find("\n<ul class=\"actions\">\n<li><a href=\"");
    if let Some(at) =
        actions.filter(|at| page[*at..].lines().nth(2).is_some_and(|line| line.contains(&format!("{name}.epub\">"))))
    {
        let end = page[at..].find("</ul>").expect("an end") + at + "</ul>".len();
        page.replace_range(at..end, "");
    }
    page
}

/// Files that only a whole site has; the books of collections are among them.
fn is_of_a_whole_site(path: &str, site: &Run) -> bool {
    let parts: Vec<&str> = path.rsplit('/').take(2).collect();
    let is_book = parts.len() == 2 && parts[0] == format!("{}.epub", parts[1]);
    path == "manifest.json" || path == "404.html" || is_book && !site.exists(&path.replace(".epub", ".csl.json"))
}

/// Files of a built site that are served otherwise.
fn differences(site: &Run, server: &Server) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in site.files().into_iter().filter(|(path, _)| !is_of_a_whole_site(path, site)) {
        let reply = server.get(&format!("/{}", percent(&path)));
        let same = match path.ends_with(".html") {
            true => plain(&path, &bytes) == undressed(&reply.body),
            false => bytes == reply.body,
        };
        if reply.status != 200 || !same {
            found.push(format!("{path}: {}", reply.status));
        }
    }
    found
}

fn percent(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, percent_encoding::CONTROLS).to_string()
}

#[test]
fn every_file_is_as_a_build_writes_it() {
    let archive = every_kind();
    let server = Server::of(&archive, &[]);
    let site = archive.build().succeeds();
    assert!(site.files().len() > 100, "{}", site.files().len());
    assert_eq!(differences(&site, &server), Vec::<String>::new());
}

#[test]
fn this_repository_is_served_as_it_is_built() {
    let mut archive = Archive::new();
    for folder in ["content", "templates", "static"] {
        for (path, bytes) in files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
            archive = archive.file(&format!("{folder}/{path}"), bytes);
        }
    }
    // Without an address, since only a build knows when a document was last changed.
    let archive = archive.file("site.toml", "title = \"fonds\"\nlanguage = \"zh-Hans\"\n");
    let server = Server::of(&archive, &[]);
    let site = archive.build().succeeds();
    assert_eq!(differences(&site, &server), Vec::<String>::new());
}

#[test]
fn after_any_edits_it_is_what_a_build_writes() {
    let archive = every_kind();
    let server = Server::of(&archive, &[]);
    let one = "content/letters/one.md";
    let text = fs::read_to_string(archive.path().join(one)).expect("a document");
    let edits: Vec<Box<dyn Fn(Archive) -> Archive>> = vec![
        Box::new(|archive| archive.file(one, text.replace("1950-05", "1952-07"))),
        Box::new(|archive| archive.file(one, text.replace("张三", "李四").replace("第一封", "改题"))),
        Box::new(|archive| archive.file(one, text.replace("title =", "id = \"other\"\ntitle ="))),
        Box::new(|archive| archive.file(one, text.replace("title =", "access = \"record\"\ntitle ="))),
        Box::new(|archive| archive.file(one, &text)),
        Box::new(|archive| {
            archive
                .document("letters/new.md", "date = \"1949\"", "新来的。")
                .remove("content/letters/two.md")
                .file(one, text.replace("，见[二](two.md#s1)", ""))
        }),
        Box::new(|archive| {
            archive
                .document("letters/two.md", "subjects = [\"书信\", \"另一\"]", "## 一、丙\n\n丙文。")
                .file(one, &text)
        }),
        Box::new(|archive| {
            archive
                .file("content/letters/_index.md", "+++\ntitle = \"改名的书信\"\nsort = \"title\"\n+++\n\n往来书信。\n")
        }),
        Box::new(|archive| archive.document("box/sub/deep.md", "date = \"1970\"", "深处。")),
        Box::new(|archive| {
            archive
                .file("content/letters/old/scan/page.txt", "改过的扫描件")
                .file("content/letters/old/scan/more.txt", "又一件")
        }),
        Box::new(|archive| archive.document("draft.md", "title = \"草稿\"", "完成了。")),
        Box::new(|archive| {
            archive.file("site.toml", "title = \"改名的库\"\nlanguage = \"zh-Hans\"\n[build]\nsplit_level = 2\n")
        }),
        Box::new(|archive| archive.file("templates/colophon.html", "<p>自家版权页</p>\n")),
        Box::new(|archive| archive.remove("templates/colophon.html").file("static/own.txt", "自家文件")),
    ];
    edits.into_iter().enumerate().fold(archive, |archive, (at, edit)| {
        let archive = edit(archive);
        let site = archive.build().succeeds();
        let mut differ = Vec::new();
        let same = server.comes_to(|server| {
            differ = differences(&site, server);
            differ.is_empty()
        });
        assert!(same, "after edit {at}: {differ:?}\n{}", server.said());
        archive
    });
}

#[test]
fn former_addresses_lead_on() {
    let archive = every_kind();
    archive.publish().succeeds();
    let archive = archive
        .remove("content/letters/two.md")
        .document(
            "box/two.md",
            "title = \"第二封\"\ndate = \"1951\"\nsubjects = [\"书信\"]\naliases = [\"letters/two\"]\n[section_aliases]\ns1 = \"opening\"",
            "## 一、丙 {#opening}\n\n丙文。",
        )
        .document("letters/held.md", "title = \"不公开\"\nreplaced_by = \"one\"", "")
        .document("letters/one.md", "title = \"第一封\"", "## 一、甲\n\n甲文，见[二](../box/two.md#opening)。\n\n### （一）细目\n\n文。\n\n## 二、乙\n\n乙文。");
    let server = Server::of(&archive, &[]);
    let site = archive.build().succeeds();
    let old = [
        "letters/two/index.html",
        "letters/two/s1.html",
        "letters/held/index.html",
        "zh-Hant/letters/two/s1.html",
        "box/two/s1.html",
    ];
    for path in old {
        assert!(site.page(path).contains("http-equiv=\"refresh\""), "{path}");
        assert_eq!(plain(path, site.page(path).as_bytes()), undressed(&server.get(&format!("/{path}")).body), "{path}");
    }
    assert_eq!(server.get("/letters/two").status, 302);
    assert_eq!(server.get("/letters/two/s9.html").status, 404);
    assert_eq!(differences(&site, &server), Vec::<String>::new());
}

#[test]
fn drafts_are_shown_where_they_are_asked_for() {
    let archive = every_kind();
    assert_eq!(Server::of(&archive, &[]).get("/draft/").status, 404);
    assert_eq!(Server::of(&archive, &["--drafts"]).get("/draft/").status, 200);
}

#[test]
fn what_is_wrong_stands_in_the_page_and_on_the_terminal() {
    let archive = every_kind().document("letters/one.md", "date = \"1950-13\"", "见[无](没有.md)。");
    let server = Server::of(&archive, &[]);
    let page = server.get("/letters/one/").text();
    for words in [
        "2 errors: a build would publish nothing",
        "content/letters/one.md:3:8",
        "<pre>date = <mark>&quot;1950-13&quot;</mark></pre>",
        "<code>broken-link</code>",
        "<pre>见<mark>[无](没有.md)</mark>。</pre>",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    // On another page the fault of the record alone.
    let other = server.get("/letters/two/").text();
    assert!(other.contains("fonds-faults") && other.matches("<li class=\"error\">").count() == 1, "{other}");
    let archive = archive.document("letters/one.md", "date = \"1950-12\"", "见。");
    assert!(server.comes_to(|server| !server.get("/letters/one/").text().contains("fonds-faults")));
    assert!(server.comes_to(|server| server.said().contains("content/letters/one.md")), "{}", server.said());
    drop(archive);
}

#[test]
fn an_archive_that_cannot_be_read_is_served_until_it_can() {
    let archive = every_kind().file("site.toml", "title = \"试验库\n");
    let server = Server::of(&archive, &[]);
    assert!(server.get("/").text().contains("site.toml:1"));
    let archive = archive.file("site.toml", "title = \"好了\"\n");
    assert!(server.comes_to(|server| server.get("/").text().contains("<title>好了")));
    let archive = archive.file("templates/base.html", "{% if %}");
    assert!(server.comes_to(|server| server.get("/").status == 500));
    assert!(server.get("/").text().contains("templates/base.html:1"));
    drop(archive);
}

#[test]
fn news_come_as_events() {
    use std::io::{BufRead, BufReader, Write};
    let archive = every_kind();
    let server = Server::of(&archive, &[]);
    let mut stream = std::net::TcpStream::connect(server.address()).expect("a connection");
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).expect("a timeout");
    write!(stream, "GET /.fonds/news HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok).filter(|line| line.starts_with("event:"));
    assert_eq!(lines.next().as_deref(), Some("event: hello"));
    let archive = archive.document("letters/two.md", "", "改。");
    assert_eq!(lines.next().as_deref(), Some("event: pages"));
    let archive = archive.file("static/own.css", "p {}");
    assert!(lines.any(|line| line == "event: style" || line == "event: theme"));
    drop(archive);
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let archive = every_kind();
    let server = Server::of(&archive, &["--host", "desk.example"]);
    let port = server.address().port();
    let ask = |host: &str| server.ask("GET", "/", &format!("Host: {host}\r\n")).status;
    for host in ["localhost", "127.0.0.1", "[::1]", "desk.example", "DESK.example."] {
        assert_eq!(ask(&format!("{host}:{port}")), 200, "{host}");
    }
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "", "a@localhost"] {
        assert_ne!(ask(host), 200, "{host}");
    }
    // None, two, and one that differs from the address that is asked for.
    for request in [
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ] {
        let reply = Reply::parse(&server.send(request.as_bytes()));
        assert!(reply.is_none_or(|reply| reply.status >= 400), "{request}");
    }
}

#[test]
fn answers_say_what_they_are() {
    let archive = every_kind();
    let server = Server::of(&archive, &[]);
    let kind = |path: &str| {
        let reply = server.get(path);
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(reply.headers["cross-origin-resource-policy"], "same-origin", "{path}");
        reply.headers["content-type"].clone()
    };
    assert_eq!(kind("/"), "text/html; charset=utf-8");
    assert_eq!(kind("/fonds.css"), "text/css; charset=utf-8");
    assert_eq!(kind("/fonds.js"), "text/javascript; charset=utf-8");
    assert_eq!(kind("/letters/one/one.epub"), "application/epub+zip");
    assert_eq!(kind("/letters/one/one.xml"), "application/tei+xml");
    assert_eq!(kind("/letters/one/one.txt"), "text/plain; charset=utf-8");
    assert_eq!(kind("/search/root.js"), "text/javascript");
    assert_eq!(server.ask("POST", "/", "Content-Length: 0\r\n").status, 405);
    let head = server.ask("HEAD", "/", "");
    assert!(head.status == 200 && head.body.is_empty());
    let part = server.ask("GET", "/letters/old/scan/page.txt", "Range: bytes=3-5\r\n");
    assert_eq!((part.status, part.text().as_str()), (206, "描"));
    let folder = server.get("/letters/one?q=%E6%96%87");
    assert_eq!((folder.status, folder.headers["location"].as_str()), (302, "/letters/one/?q=%E6%96%87"));
    let nowhere = server.get("/letters/nowhere/x.html");
    assert_eq!(nowhere.status, 404);
    assert!(nowhere.text().contains("href=\"/fonds.css\""), "links of the page hold at any depth");
}

const SECRET: &str = "这是档案以外的文字";

/// An archive with something beside it that nobody may see, and links that lead there.
#[cfg(unix)]
fn with_a_secret() -> Archive {
    use std::os::unix::fs::symlink;
    let archive = every_kind();
    let outer = archive.path().join("secret.txt");
    fs::write(&outer, SECRET).expect("a file");
    fs::create_dir_all(archive.path().join("static/deep")).expect("a folder");
    symlink(&outer, archive.path().join("static/link.txt")).expect("a link");
    symlink(archive.path(), archive.path().join("static/deep/up")).expect("a link");
    symlink(&outer, archive.path().join("content/letters/old/scan/link.txt")).expect("a link");
    symlink("/", archive.path().join("content/root")).expect("a link");
    archive
}

#[test]
#[cfg(unix)]
fn nothing_outside_the_archive_is_given() {
    use std::os::unix::fs::symlink;
    let archive = with_a_secret();
    let server = Server::of(&archive, &[]);
    for path in [
        "/secret.txt",
        "/../secret.txt",
        "/static/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/static/link.txt",
        "/link.txt",
        "/deep/up/secret.txt",
        "/letters/old/scan/link.txt",
        "/letters/old/scan/../../../../secret.txt",
        "/root/etc/passwd",
        "//etc/passwd",
        "/%00",
        "/.fonds/../secret.txt",
        "/.fonds/%2e%2e/secret.txt",
        "/content/letters/held.md",
        "/site.toml",
        "/search/../secret.txt",
        "/search/%2e%2e/%2e%2e/etc/passwd",
        "/letters/held/full.html",
        "/letters/held/held.txt",
        "/letters/gone/gone.md",
        "/zh-Hant/../secret.txt",
    ] {
        let reply = server.get(path);
        assert!(reply.status >= 400, "{path}: {}", reply.status);
        assert!(
            !reply.text().contains(SECRET) && !reply.text().contains("root:") && !reply.text().contains("不可见"),
            "{path}"
        );
    }
    // A file that was plain when it was found, and is a link when it is asked for.
    let page = archive.path().join("content/letters/old/scan/page.txt");
    assert_eq!(server.get("/letters/old/scan/page.txt").status, 200);
    fs::remove_file(&page).expect("removed");
    symlink(archive.path().join("secret.txt"), &page).expect("a link");
    for _ in 0..20 {
        let reply = server.get("/letters/old/scan/page.txt");
        assert!(!reply.text().contains(SECRET), "{}", reply.status);
    }
}

/// Steps of a small generator, so that a fault comes again with its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % count
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// A name that is now a file or folder of the archive and now a link to one outside, each time in one step.
#[cfg(unix)]
struct Swapped {
    name: std::path::PathBuf,
    outside: std::path::PathBuf,
}

#[cfg(unix)]
impl Swapped {
    fn file(&self, inside: &[u8]) {
        let aside = self.name.with_extension("aside");
        std::os::unix::fs::symlink(&self.outside, &aside).expect("a link");
        fs::rename(&aside, &self.name).expect("swapped");
        fs::write(&aside, inside).expect("a file");
        fs::rename(&aside, &self.name).expect("swapped back");
    }

    fn folder(&self) {
        let aside = self.name.with_extension("aside");
        fs::rename(&self.name, &aside).expect("moved away");
        std::os::unix::fs::symlink(&self.outside, &self.name).expect("a link");
        fs::remove_file(&self.name).expect("removed");
        fs::rename(&aside, &self.name).expect("moved back");
    }
}

#[test]
#[cfg(unix)]
fn what_becomes_a_link_while_it_is_served_is_not_followed() {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    let outside = tempfile::TempDir::new().expect("a folder");
    let record = format!("+++\ntitle = \"一\"\n+++\n{SECRET}\n");
    for name in ["page.txt", "own.css", "one.md", "permalink.html"] {
        fs::write(outside.path().join(name), record.as_bytes()).expect("a file");
    }
    let archive = every_kind().file("static/own.css", "p {}").file("templates/permalink.html", "<p>x</p>");
    let server = Server::of(&archive, &[]);
    let at = |name: &str, outside_name: &str| Swapped {
        name: archive.path().join(name),
        outside: outside.path().join(outside_name),
    };
    let (ended, swaps) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                at("static/own.css", "own.css").file(b"p {}");
                at("content/letters/old/scan/page.txt", "page.txt").file("扫描".as_bytes());
                at("content/letters/one.md", "one.md").file("+++\ntitle = \"一\"\n+++\n文。\n".as_bytes());
                at("templates/permalink.html", "permalink.html").file(b"<p>x</p>");
                at("content/letters/old/scan", "").folder();
                swaps.fetch_add(1, Ordering::Relaxed);
            }
        });
        let paths = ["/own.css", "/letters/old/scan/page.txt", "/letters/one/full.html", "/letters/one/one.md", "/"];
        for round in 0..600 {
            for path in paths {
                let reply = server.get(path);
                assert!(!reply.text().contains(SECRET), "{round}: {path}");
            }
        }
        ended.store(true, Ordering::Relaxed);
    });
    assert!(swaps.into_inner() > 100);
    assert!(server.comes_to(|server| server.get("/letters/one/full.html").text().contains("文。")));
    assert!(server.comes_to(|server| server.get("/letters/old/scan/page.txt").text() == "扫描"));
}

#[test]
#[cfg(unix)]
fn a_folder_in_the_place_of_another_is_seen() {
    let archive = every_kind();
    let server = Server::of(&archive, &[]);
    let shows = |text: &str| server.comes_to(|server| server.get("/letters/one/full.html").text().contains(text));
    let content = archive.path().join("content");
    fs::rename(&content, archive.path().join("before")).expect("moved away");
    let archive = archive.document("letters/one.md", "", "新的正文。");
    assert!(shows("新的正文。"), "{}", server.said());
    let archive = archive.document("letters/one.md", "", "改过的正文。");
    assert!(shows("改过的正文。"), "the new folder is followed: {}", server.said());
    let away = archive.path().with_extension("away");
    fs::rename(archive.path(), &away).expect("moved away");
    assert!(shows("改过的正文。"), "what is held open is served: {}", server.said());
    thread::sleep(std::time::Duration::from_millis(1200));
    assert!(shows("改过的正文。"), "and goes on to be: {}", server.said());
    let archive = archive.file("site.toml", "title = \"另一个库\"\n").document("letters/one.md", "", "另一份正文。");
    assert!(shows("另一份正文。") && server.get("/").text().contains("另一个库"), "{}", server.said());
    let archive = archive.document("letters/one.md", "", "又改过的正文。");
    assert!(shows("又改过的正文。"), "the other archive is followed: {}", server.said());
    fs::remove_dir_all(away).expect("removed");
    drop(archive);
}

fn hostile(dice: &mut Dice) -> Vec<u8> {
    const METHODS: &[&str] = &[
        "GET",
        "GET",
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "get",
        "G\tT",
        "",
        "\u{16}\u{3}\u{1}",
    ];
    const PARTS: &[&str] = &[
        "/",
        "..",
        "/..",
        "%2e%2e",
        "%2E.",
        "%252e",
        "\\",
        "%5c",
        "//",
        "%00",
        "%ff",
        "%",
        "%zz",
        "letters",
        "one",
        "index.html",
        "full.html",
        "static",
        "deep/up",
        "link.txt",
        "secret.txt",
        "content",
        "site.toml",
        ".fonds/",
        "news",
        "live.js",
        "search",
        "root.js",
        "etc/passwd",
        "?",
        "#",
        "*",
        "\u{202e}",
        "文",
        ";",
        ":",
        "@",
        "zh-Hant/",
        "browse/dates/",
        "index.99999999999999999999.html",
        "1950.0.html",
        ".",
        "~",
        "|",
        "CON",
        "\u{0}",
        "root",
    ];
    const HOSTS: &[&str] = &[
        "localhost",
        "127.0.0.1",
        "evil.example",
        "",
        "[",
        "[::1",
        "localhost:99999999",
        "\u{7f}",
        "a b",
        "localhost\u{0}",
    ];
    const HEADERS: &[&str] = &[
        "Range: bytes=0-",
        "Range: bytes=-1,0-0,99999999999999999999-",
        "Range: x",
        "If-Modified-Since: yesterday",
        "Content-Length: 99999999999",
        "Content-Length: -1",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: x, chunked",
        "Expect: 100-continue",
        "Upgrade: websocket",
        "Connection: upgrade",
        "Accept-Encoding: *;q=9",
        "X: \u{1}",
        ": x",
        " folded",
    ];
    if dice.below(12) == 0 {
        return (0..dice.below(600)).map(|_| u8::try_from(dice.below(256)).expect("a byte")).collect();
    }
    let mut target: String = if dice.below(8) == 0 { String::new() } else { "/".to_string() };
    for _ in 0..dice.below(9) {
        target.push_str(dice.of(PARTS));
    }
    if dice.below(60) == 0 {
        target.push_str(&"a/".repeat(40_000));
    }
    let version = dice.of(&["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "HTTP/2.0", ""]);
    let mut request = format!("{} {target} {version}\r\n", dice.of(METHODS));
    for _ in 0..=dice.below(2) {
        request.push_str(&format!("Host: {}\r\n", dice.of(HOSTS)));
    }
    for _ in 0..dice.below(4) {
        request.push_str(&format!("{}\r\n", dice.of(HEADERS)));
    }
    if dice.below(40) == 0 {
        request.push_str(&format!("X-Long: {}\r\n", "x".repeat(200_000)));
    }
    if dice.below(6) > 0 {
        request.push_str("Connection: close\r\n\r\n");
    }
    if dice.below(5) == 0 {
        request.push_str("5\r\nhello\r\nGET /secret.txt HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    let mut bytes = request.into_bytes();
    if dice.below(6) == 0 && !bytes.is_empty() {
        let at = dice.below(bytes.len());
        bytes[at] = u8::try_from(dice.below(256)).expect("a byte");
    }
    bytes
}

#[test]
#[cfg(unix)]
fn a_thousand_hostile_requests_do_no_harm() {
    let archive = with_a_secret();
    let mut server = Server::of(&archive, &[]);
    let answered = AtomicUsize::new(0);
    thread::scope(|scope| {
        for part in 0..4_u64 {
            let (server, answered) = (&server, &answered);
            scope.spawn(move || {
                for number in 0..250 {
                    let mut dice = Dice(part * 1000 + number);
                    let request = hostile(&mut dice);
                    let reply = server.send(&request);
                    let text = String::from_utf8_lossy(&reply);
                    assert!(
                        !text.contains(SECRET) && !text.contains("root:x:"),
                        "{}",
                        String::from_utf8_lossy(&request)
                    );
                    if text.starts_with("HTTP/") {
                        answered.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert!(answered.into_inner() > 500);
    assert!(server.is_running() && server.get("/letters/one/").status == 200);
    assert!(!server.said().contains("panicked"), "{}", server.said());
}

#[test]
fn a_port_that_is_taken_is_said_with_the_remedy() {
    let archive = every_kind();
    let server = Server::of(&archive, &[]);
    let port = server.address().port();
    let run = archive.run(&["serve", "--port", &port.to_string()]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("--port"), "{}", run.stderr);
}
