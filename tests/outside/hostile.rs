//! What no archivist would write, and what machines do to archives: a build ends with a clear word or with a right site, and
//! the old site is whole.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::archive::{Archive, Run, files_in, run_in};
use crate::kill::is_whole;

/// How long the worst build here may take, on a busy machine.
const LONGEST: Duration = Duration::from_secs(120);

/// An archive with a site.
fn built() -> Archive {
    let archive = Archive::new().document("a/ok.md", "title = \"好\"", "文。");
    archive.build().succeeds();
    archive
}

/// A build that may fail, but not hang, panic, leave half a site or write elsewhere.
#[track_caller]
fn survives(archive: &Archive) -> Run {
    let folders = |archive: &Archive| {
        let names = fs::read_dir(archive.path()).expect("readable").map(|entry| entry.expect("an entry").file_name());
        names.map(|name| name.to_string_lossy().into_owned()).collect::<std::collections::BTreeSet<_>>()
    };
    let before = archive.path().join("public").exists().then(|| files_in(&archive.path().join("public")));
    let around = folders(archive);
    let started = Instant::now();
    let run = archive.build();
    assert!(started.elapsed() < LONGEST, "{:?}", started.elapsed());
    assert!(matches!(run.code, 0 | 1 | 3), "{}", run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert_eq!(folders(archive), around, "nothing beside the site");
    match run.code {
        0 => assert!(is_whole(run.site())),
        _ => assert!(before.is_none_or(|before| before == run.files()), "the old site stands"),
    }
    run
}

#[track_caller]
fn fails_with(archive: &Archive, words: &str) -> Run {
    let run = survives(archive);
    assert!(run.code == 1 && run.stderr.contains(words), "{}: {}", run.code, run.stderr);
    run
}

#[test]
fn a_text_of_a_hundred_thousand_headings() {
    let body: String = (0..100_000).map(|at| format!("## h{at}\n\nt\n\n")).collect();
    let archive = built().document("a/many.md", "", &body);
    fails_with(&archive, "error[too-many-pages]: ");
    let run = survives(&archive.document("a/many.md", "split_level = 0", &body));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.page("a/many/full.html").contains("id=\"h99999\""));
}

/// `FONDS_SLOW=1`: half a minute and a gigabyte.
#[test]
fn a_line_of_64_megabytes() {
    let length = if std::env::var_os("FONDS_SLOW").is_some() { 64 << 20 } else { 4 << 20 };
    let run = survives(&built().document("a/long.md", "", &"a".repeat(length)));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.page("a/long/long.txt").len() > length);
    let record = format!("title = \"{}\"", "甲".repeat(length / 3));
    fails_with(&built().document("a/long.md", &record, ""), "error[long-record]: ");
}

#[test]
fn ten_thousand_levels() {
    let deep = 10_000;
    let texts = [
        format!("{} x", ">".repeat(deep)),
        format!("{}x", "- ".repeat(deep)),
        format!("{}x{}", "*a **b ".repeat(deep), "** *".repeat(deep)),
        format!("{}x{}", "[".repeat(deep), "](ok)".repeat(deep)),
        format!("{}x{}", "<div>".repeat(deep), "</div>".repeat(deep)),
        format!("{}\n\n{}", "[".repeat(200_000), "*".repeat(200_000)),
    ];
    for text in texts {
        for site in ["", "[build]\nallow_html = true\n[variants]\nzh-Hant = true\n"] {
            let archive = built().file("site.toml", format!("title = \"库\"\n{site}")).document("a/deep.md", "", &text);
            let run = survives(&archive);
            assert_eq!(run.code, 0, "{}: {}", &text[..20], run.stderr);
            let size: usize = run.files().values().map(Vec::len).sum();
            assert!(size < 20 << 20, "{}: {size} bytes", &text[..20]);
        }
    }
    let lists = format!("x = {}{}", "[".repeat(deep), "]".repeat(deep));
    fails_with(&built().document("a/deep.md", &format!("[extra]\n{lists}"), ""), "error[toml]: ");
}

#[test]
fn bytes_that_are_no_text() {
    let with = |bytes: &[u8]| built().file("content/a/x.md", bytes);
    fails_with(&with(b"+++\ntitle = \"x\"\n+++\n\xff\n"), "error[not-utf8]: ");
    fails_with(&with(b"+++\ntitle = \"x\"\n+++\na\0b\n"), "error[nul-in-text]: ");
    fails_with(&built().file("content/_index.md", b"+\0+\0+\0\n\0"), "error[nul-in-text]: ");
    fails_with(&with(b"+++\ntitle = \"x\x01\"\n+++\n"), "error[control-character]: ");
    fails_with(&with(b"+++\ntitle = \"x\"\n+++\na\x01b\x0bc\x1b[31m\n"), "error[control-character]: ");
}

#[test]
#[cfg(unix)]
fn links_that_lead_in_circles() {
    use std::os::unix::fs::symlink;
    let archive = built().file("templates/own.html", "").file("static/own.css", "");
    for folder in ["content", "templates", "static"] {
        symlink(".", archive.path().join(folder).join("loop")).expect("linked");
        symlink("..", archive.path().join(folder).join("up")).expect("linked");
        symlink("nowhere", archive.path().join(folder).join("dangling.md")).expect("linked");
    }
    let run = survives(&archive);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        run.stderr.matches("warning[symbolic-link]: symbolic links are not followed").count(),
        9,
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("--> static/loop\n"), "{}", run.stderr);
}

#[test]
fn a_folder_in_the_place_of_a_file() {
    let run =
        survives(&built().file("content/b.md/x", "").file("templates/home.html/x", "").file("static/fonds.css/x", ""));
    assert!(run.code == 1 && run.stderr.contains("error[path-clash]: "), "{}", run.stderr);
    let run = survives(&built().file("content/b.md/x", "").file("templates/home.html/x", ""));
    assert!(run.code == 0 && !run.exists("b.md"), "a folder of another name's ending is a folder: {}", run.stderr);
    let archive = built().file("content/ids.lock/x", "");
    fails_with(&archive, "error[unreadable]");
    let archive = built().file("content/a/x.md/index.md", "+++\ntitle = \"x\"\n+++\n");
    assert_eq!(survives(&archive).code, 0);
}

#[test]
#[cfg(unix)]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let archive = built().document("a/secret.md", "", "密。");
    let file = archive.path().join("content/a/secret.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("closed");
    if fs::read(&file).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    fails_with(&archive, "error[unreadable]: ");
}

#[test]
#[cfg(unix)]
fn names_that_a_terminal_or_windows_does_not_bear() {
    let record = "+++\ntitle = \"x\"\n+++\n";
    for (name, said) in [
        ("n\nl", "error[bad-id]: "),
        ("e\u{1b}[31m", "error[bad-id]: "),
        ("q\"t", "error[bad-id]: "),
        ("a ", "error[bad-id]: "),
        ("a.", "error[bad-id]: "),
        ("a:b", "error[bad-id]: "),
        ("a?b", "error[bad-id]: "),
        ("nul", "error[bad-id]: "),
        ("CON", "error[bad-id]: "),
    ] {
        fails_with(&built().file(&format!("content/a/{name}.md"), record), said);
        fails_with(&built().file(&format!("content/{name}/x.md"), record), "error[bad-folder-name]: ");
    }
    for name in ["nul.png", "COM1", "a:b.png", "a?b.png", "a.", "a ", "a\nb.png", "a\"b.png", "a\\b.png", "c\u{1}.png"]
    {
        let archive = built().file("content/a/x/index.md", record).file(&format!("content/a/x/{name}"), "");
        fails_with(&archive, "error[unportable-name]: ");
        fails_with(&built().file(&format!("static/{name}"), ""), "error[unportable-name]: ");
    }
}

#[test]
fn names_that_differ_in_case_alone() {
    let record = "+++\ntitle = \"x\"\n+++\n";
    let run = fails_with(&built().file("content/a/OK.md", record), "error[duplicate-id]: ");
    assert_eq!(run.code, 1);
    fails_with(&built().file("content/A/x.md", record), "error[path-clash]: ");
    let archive =
        built().file("content/a/x/index.md", record).file("content/a/x/s.png", "").file("content/a/x/S.png", "");
    fails_with(&archive, "error[path-clash]: ");
    fails_with(&built().document("b/other.md", "id = \"ok\"", ""), "error[duplicate-id]: ");
}

#[test]
fn templates_without_end() {
    let loops = "{% for a in range(end=100000) %}".repeat(4) + "x" + &"{% endfor %}".repeat(4);
    let silent = loops.replace('x', "");
    let long = "{% for a in range(end=100000) %}".to_string() + &"x".repeat(4000) + "{% endfor %}";
    let component = "{%- component again(n) -%}{{ <again n={n}/> }}{%- endcomponent again -%}{{ <again n={1}/> }}";
    let doubling = "{%- component twice(n) -%}{%- if n > 0 -%}{{ <twice n={n - 1}/> }}{{ <twice n={n - 1}/> }}{%- endif -%}\
                    {%- endcomponent twice -%}{{ <twice n={60}/> }}";
    let deep = "{% if true %}".repeat(10_000) + &"{% endif %}".repeat(10_000);
    let nested = format!("{{{{ {}1{} }}}}", "(".repeat(20_000), ")".repeat(20_000));
    for (template, said) in [
        ("{% include \"home.html\" %}", "error[template]: "),
        ("{% extends \"home.html\" %}", "error[template]: "),
        (component, "error[template]: "),
        (doubling, "error[template]: "),
        (&loops, "error[template]: "),
        (&silent, "error[template]: "),
        (&long, "--> templates/home.html\n"),
        (&deep, "error[template]: "),
        (&nested, "error[template]: "),
    ] {
        let run = fails_with(&built().file("templates/home.html", template), "error[template]");
        assert!(run.stderr.contains(said), "{template:.80}: {}", run.stderr);
    }
    let twice = built()
        .file("templates/home.html", "{% include \"b.html\" %}")
        .file("templates/b.html", "{% include \"home.html\" %}");
    fails_with(&twice, "error[template]: ");
    // Each includes the next a hundred times.
    let mut many = built();
    for (name, next) in [("home", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("f", "g")] {
        many = many.file(&format!("templates/{name}.html"), format!("{{% include \"{next}.html\" %}}").repeat(100));
    }
    let run = survives(&many.file("templates/g.html", "text"));
    assert!(run.code == 1 && run.tells("template"), "{}", run.stderr);
}

/// A template that the engine would follow for ever, and asks nobody meanwhile: it is told, and the old site stands.
#[track_caller]
fn is_stopped(files: &[(&str, &str)]) {
    let archive = built();
    let before = files_in(&archive.path().join("public"));
    let archive =
        files.iter().fold(archive, |archive, (name, text)| archive.file(&format!("templates/{name}.html"), text));
    let started = Instant::now();
    let run = archive.build();
    let form = format!("{:.200}", files[0].1);
    assert!(started.elapsed() < LONGEST, "{form}: {:?}", started.elapsed());
    assert_eq!(run.code, 1, "{form}: {}", run.stderr);
    assert!(run.tells("template") && run.stderr.contains("--> templates/home.html"), "{form}: {}", run.stderr);
    assert!(run.stderr.contains("index.html") && !run.stderr.contains("panicked"), "{form}: {}", run.stderr);
    assert!(before == run.files(), "{form}: the old site stands");
    let mended = files.iter().fold(archive, |archive, (name, _)| archive.remove(&format!("templates/{name}.html")));
    mended.build().succeeds();
    let left = fs::read_dir(mended.path()).expect("readable").map(|entry| entry.expect("an entry").file_name());
    let begun = left.filter(|name| name.to_string_lossy().contains("fonds-work")).count();
    assert_eq!(begun, 0, "{form}: what was begun is gone");
}

const TEN: &str = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";

/// Loops over a list that stands in the template, one within the other.
fn turns(depth: usize, body: &str) -> String {
    format!("{{% for a in {TEN} %}}").repeat(depth) + body + &"{% endfor %}".repeat(depth)
}

/// A text of 2ⁿ letters.
fn doubled(times: usize) -> String {
    "{% set s = \"x\" %}".to_string() + &"{% set s = s ~ s %}".repeat(times)
}

/// A list that holds itself twice, 2ⁿ times in all.
fn shared(name: &str, times: usize) -> String {
    format!("{{% set {name} = [1] %}}") + &format!("{{% set {name} = [{name}, {name}] %}}").repeat(times)
}

#[test]
fn templates_that_never_end() {
    is_stopped(&[("home", &turns(11, ""))]);
    is_stopped(&[("home", &(doubled(20) + "{% for a in s %}{% for b in s %}{% endfor %}{% endfor %}"))]);
    is_stopped(&[("home", &(shared("a", 60) + &shared("b", 60) + "{% if a == b %}x{% endif %}"))]);
    let again = format!("{{% if n > 0 %}}{}{{% endif %}}", turns(1, "{{ <again n={n - 1}/> }}"));
    let ring = format!("{{%- component again(n) -%}}{again}{{%- endcomponent again -%}}{{{{ <again n={{15}}/> }}}}");
    is_stopped(&[("home", &ring)]);
    let deeper = |next: &str| turns(3, &format!("{{% include \"{next}.html\" %}}"));
    is_stopped(&[("home", &deeper("b")), ("b", &deeper("c")), ("c", &deeper("d")), ("d", &turns(3, ""))]);
    is_stopped(&[("home", &turns(11, "{% if \"甲乙丙\" | upper == \"x\" %}x{% endif %}"))]);
}

#[test]
fn templates_that_grow_without_end() {
    is_stopped(&[("home", &doubled(60))]);
    is_stopped(&[("home", &("{% set s = \"x\" %}".to_string() + &turns(3, "{% set_global s = s ~ s %}")))]);
    is_stopped(&[(
        "home",
        &("{% set s = \"x\" %}".to_string() + &turns(3, "{% set_global s = [s, s] | join(sep=s) %}")),
    )]);
    is_stopped(&[("home", &(doubled(20) + "{{ s | replace(from=\"x\", to=s) }}"))]);
    is_stopped(&[("home", &(shared("a", 60) + "{{ a }}"))]);
    is_stopped(&[("home", &(shared("a", 60) + "{% set t = a ~ a %}"))]);
    is_stopped(&[("home", &format!("{{% set t %}}{}{{% endset %}}", turns(11, &"x".repeat(1000))))]);
    is_stopped(&[("home", &format!("{{% filter upper %}}{}{{% endfilter %}}", turns(11, &"x".repeat(1000))))]);
    is_stopped(&[("home", &("{% set a = [1] %}".to_string() + &turns(3, "{% set_global a = [...a, ...a] %}")))]);
}

#[test]
fn content_that_changes_while_it_is_read() {
    let mut archive = Archive::new();
    for at in 0..30 {
        archive = archive
            .document(&format!("a/d{at}/index.md"), "", "一。\n\n## 一、甲\n\n文。")
            .file(&format!("content/a/d{at}/x.png"), "x");
    }
    archive.build().succeeds();
    let stop = AtomicBool::new(false);
    let content = archive.path().join("content/a");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut at = 0_usize;
            while !stop.load(Ordering::Relaxed) {
                at += 1;
                let folder = content.join(format!("d{}", at * 7 % 30));
                let text = match at % 5 {
                    0 => {
                        format!("+++\ntitle = \"甲\"\n+++\n{}\n\n## 一、甲\n\n文。\n", "长。".repeat(at * 97 % 20_000))
                    }
                    1 => "+++\ntitle = \"短\"\n".to_string(),
                    2 => "+++\ntitle = \"甲\"\n+++\n\n## 一、甲\n\n[连](../d1/index.md#s1)\n".to_string(),
                    3 => String::new(),
                    _ => "+++\ntitle = \"甲\"\nsource = \"乙\"\n+++\n## 一、甲\n\n## 二、乙\n".to_string(),
                };
                // The folder may be away at the moment.
                let _ = fs::write(folder.join("index.md"), text);
                match at % 3 {
                    0 => drop(fs::remove_file(folder.join("x.png"))),
                    1 => drop(fs::write(folder.join("x.png"), vec![b'x'; at % 100_000])),
                    _ => drop(fs::rename(folder.join("x.png"), folder.join("y.png"))),
                }
            }
        });
        let started = Instant::now();
        let mut rounds = 0;
        while rounds < 20 || started.elapsed() < Duration::from_secs(3) {
            rounds += 1;
            let run = archive.build();
            assert!(matches!(run.code, 0 | 1 | 3) && !run.stderr.contains("panicked"), "{}: {}", run.code, run.stderr);
            assert!(is_whole(run.site()), "{}", run.stderr);
        }
        stop.store(true, Ordering::Relaxed);
    });
    for at in 0..30 {
        archive = archive.document(&format!("a/d{at}/index.md"), "", "一。\n\n## 一、甲\n\n## 二、乙\n\n文。");
    }
    assert_eq!(survives(&archive).code, 0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk() {
    let archive = built().document("a/x.md", "", &"文字。".repeat(200_000));
    let disk = tempfile::TempDir::new().expect("a folder");
    let mount = |arguments: &[&str]| {
        let run = Command::new(arguments[0]).args(&arguments[1..]).stderr(Stdio::null()).status();
        run.is_ok_and(|status| status.success())
    };
    let place = disk.path().to_str().expect("UTF-8");
    if !mount(&["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place]) {
        eprintln!("skipped: a small disk cannot be mounted here");
        return;
    }
    let small = Archive::new().document("a/ok.md", "", "文。");
    let site = disk.path().join("site");
    let out = site.to_str().expect("UTF-8");
    run_in(small.path(), &["build", "--out", out], &site).succeeds();
    let before = files_in(&site);
    let run = run_in(archive.path(), &["build", "--out", out], &site);
    let (stands, left) = (files_in(&site) == before, fs::read_dir(disk.path()).expect("readable").count());
    assert!(mount(&["umount", place]));
    assert!(run.code == 3, "{}: {}", run.code, run.stderr);
    assert!(run.stderr.contains("fonds-work") && stands, "{}", run.stderr);
    assert_eq!(left, 1, "what was begun is gone, so that the disk has room again");
}

#[test]
fn a_place_where_no_site_can_be() {
    let archive = built().file("taken", "");
    for out in ["taken", "taken/site"] {
        let run = archive.run(&["build", "--out", out]);
        assert!(matches!(run.code, 1 | 3) && run.stderr.contains("taken"), "{}: {}", run.code, run.stderr);
        assert_eq!(fs::read(archive.path().join("taken")).expect("a file"), b"");
    }
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let archive = built();
    let folder = archive.path().join("closed");
    fs::create_dir(&folder).expect("made");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("closed");
    if fs::write(folder.join("x"), "").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let run = archive.run(&["build", "--out", "closed/site"]);
    assert!(run.code == 3 && run.stderr.contains("closed"), "{}", run.stderr);
}

#[test]
fn published_into_three_folders_at_once() {
    let archive = built();
    for at in 0..8 {
        let build = |out: &str| {
            Command::new(env!("CARGO_BIN_EXE_fonds"))
                .args(["--lang", "en", "publish", "--by-hand", "--quiet", "--out", out])
                .current_dir(archive.path())
                .spawn()
                .expect("the binary runs")
        };
        let _ = fs::remove_file(archive.path().join("content/ids.lock"));
        let mut builds = [build("one"), build("two"), build("three")];
        assert!(builds.iter_mut().all(|build| build.wait().expect("ended").success()), "round {at}");
        let lock = fs::read_to_string(archive.path().join("content/ids.lock")).expect("the account");
        assert!(lock.ends_with("\na/ok/ ok full\n"), "{lock}");
    }
    let hidden = |name: &Path| name.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let left =
        fs::read_dir(archive.path().join("content")).expect("readable").map(|entry| entry.expect("an entry").path());
    assert_eq!(left.filter(|path| hidden(path)).count(), 0);
}

/// Names as long as a page, and many of them, cost what they are long and no more.
#[test]
#[cfg(unix)]
fn long_names_cost_what_they_are_long() {
    let offices =
        |at: usize| (0..12).map(|nth| format!("江城县第{}办公室", at * 12 + nth)).collect::<Vec<_>>().join("、");
    let mut archive =
        Archive::new().document("a/long.md", &format!("source = \"{}\"", "很长的名字".repeat(300)), "文。");
    for at in 0..120 {
        archive = archive.document(&format!("a/d{at}.md"), &format!("source = \"{}\"", offices(at)), "文。");
    }
    assert!(within(&archive, 20, 3_000, &["check", "--quiet"]), "too much time or memory");
}

/// Whether a command ends well within so many seconds of the processor and so many megabytes of address space.
#[cfg(unix)]
fn within(archive: &Archive, seconds: u32, megabytes: u32, arguments: &[&str]) -> bool {
    let limited = format!("ulimit -t {seconds}; ulimit -v {megabytes}000; exec \"$0\" \"$@\"");
    Command::new("sh")
        .args(["-c", &limited, env!("CARGO_BIN_EXE_fonds")])
        .args(arguments)
        .current_dir(archive.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("a shell")
        .success()
}

/// What a terminal would obey is shown and not sent, wherever it comes from.
#[test]
#[cfg(unix)]
fn a_terminal_is_told_nothing() {
    let odd = "甲\u{1b}]0;x\u{7}\u{9b}31m\u{202e}乙";
    let archive = Archive::new()
        .document("a/x.md", "", &format!("正文{odd}。[x](nowhere{odd})"))
        .file(&format!("in/{odd}.html"), format!("<html><head><title>{odd}</title></head><body><h1>{odd}</h1><p>正文{odd}正文，一段。<a href=\"b{odd}\">链</a></p></body></html>"))
        .file(&format!("in/{odd}.txt"), format!("题目{odd}\n\n正文\u{202e}一段。\n"));
    let commands: [&[&str]; 7] = [
        &["import", "--dry-run", "in"],
        &["import", "--dry-run", "--format", "json", "in"],
        &["import", "--dry-run", "--verbose", "in"],
        &["check"],
        &["check", "--format", "json"],
        &["build"],
        &["import", "in"],
    ];
    for arguments in commands {
        let run = archive.run(arguments);
        let said = format!("{}{}", run.stdout, run.stderr);
        let obeyed =
            said.chars().find(|letter| letter.is_control() && !matches!(letter, '\n' | '\t') || *letter == '\u{202e}');
        assert_eq!(obeyed, None, "{arguments:?}: {said:?}");
    }
}

/// Whoever asked for an answer learns that it did not arrive.
#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_did_not_arrive_is_no_success() {
    let archive = Archive::new().document("a/x.md", "", "文。").file("in/a.txt", "题目\n\n正文一段。\n");
    let commands: [&[&str]; 6] = [
        &["record", "x"],
        &["check", "--format", "json"],
        &["check"],
        &["explain", "bad-date"],
        &["explain"],
        &["import", "--dry-run", "--format", "json", "in"],
    ];
    for arguments in commands {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("there");
        let status = Command::new(env!("CARGO_BIN_EXE_fonds"))
            .args(arguments)
            .current_dir(archive.path())
            .stdout(full)
            .stderr(Stdio::null())
            .status()
            .expect("the binary runs");
        assert_eq!(status.code(), Some(3), "{arguments:?}");
    }
}
