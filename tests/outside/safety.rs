//! The old site survives everything, and nothing is written outside the site.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::archive::{Archive, files_in};

#[test]
fn a_fault_leaves_the_old_site_as_it_stands() {
    let archive = Archive::new().document("a/x.md", "", "旧。");
    let before = archive.build().succeeds().files();
    let archive = archive.document("a/x.md", "", "新。").document("a/y.md", "dat = \"1950\"", "");
    let run = archive.build();
    assert_eq!(run.code, 1);
    assert_eq!(run.files(), before);
    assert_eq!(litter(&archive), Vec::<String>::new());
}

#[test]
fn what_is_gone_from_the_archive_goes_from_the_site() {
    let archive = Archive::new().document("a/x.md", "", "甲。").document("a/y.md", "", "乙。");
    assert!(archive.build().succeeds().exists("a/y/y.txt"));
    let run = archive.document("a/y.md", "access = \"closed\"", "乙。").build().succeeds();
    assert!(!run.exists("a/y/y.txt"));
    assert!(!run.files().values().any(|bytes| String::from_utf8_lossy(bytes).contains("乙。")));
}

#[test]
fn a_folder_that_fonds_did_not_make_is_never_replaced() {
    let archive = Archive::new().document("a/x.md", "", "甲。").file("public/thesis.doc", "三年心血");
    let run = archive.build();
    assert_eq!(run.code, 1);
    assert!(run.tells("not-our-folder") && run.stderr.contains("public"), "{}", run.stderr);
    assert_eq!(run.page("thesis.doc"), "三年心血");
    assert_eq!(litter(&archive), Vec::<String>::new());
}

#[test]
fn nor_one_in_which_something_else_lies() {
    let archive = Archive::new().document("a/x.md", "", "甲。");
    archive.build().succeeds();
    let archive = archive.file("public/CNAME", "a.example").file("public/.DS_Store", "");
    let run = archive.build();
    assert_eq!(run.code, 1);
    assert!(run.tells("strange-files") && run.stderr.contains("CNAME"), "{}", run.stderr);
    assert!(run.exists("CNAME"));
    fs::remove_file(archive.path().join("public/CNAME")).expect("removed");
    archive.build().succeeds();
}

#[test]
fn a_forged_manifest_is_no_proof() {
    let archive = Archive::new().document("a/x.md", "", "").file("public/manifest.json", "{\"files\": []}");
    assert_eq!(archive.build().code, 1);
}

#[test]
fn pages_that_did_not_change_keep_their_time() {
    let archive = Archive::new().document("a/x.md", "", "甲。").document("a/y.md", "", "乙。");
    archive.build().succeeds();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in files_in(&archive.path().join("public")).keys() {
        let file = fs::File::options().append(true).open(archive.path().join("public").join(path)).expect("opens");
        file.set_modified(long_ago).expect("a time is set");
    }
    let archive = archive.document("a/y.md", "", "改。");
    archive.build().succeeds();
    let time =
        |path: &str| fs::metadata(archive.path().join("public").join(path)).expect("there").modified().expect("a time");
    assert_eq!(time("a/x/index.html"), long_ago);
    assert_eq!(time("fonds.css"), long_ago);
    assert!(time("a/y/index.html") > long_ago);
}

#[test]
fn ids_and_names_never_leave_the_site() {
    for (fields, body) in [
        ("id = \"../../x\"", ""),
        ("id = \"a/b\"", ""),
        ("id = \"..\"", ""),
        ("id = \"con\"", ""),
        ("", "## 甲 {#../../x}\n\n文。"),
        ("", "## 甲 {#index}\n\n文。"),
        ("", "## 甲 {#s1}\n\n## 乙 {#s1}\n\n文。"),
    ] {
        let archive = Archive::new().document("a/x.md", fields, body);
        let run = archive.build();
        assert_eq!(run.code, 1, "{fields}{body}");
        assert!(!run.exists("index.html"));
        let found: Vec<_> = files_in(archive.path()).into_keys().collect();
        assert_eq!(found, ["content/a/x.md", "site.toml"], "{fields}{body}");
    }
}

#[test]
fn raw_html_is_text_unless_the_archive_allows_it() {
    let body = "甲<b onclick=\"x()\">乙</b><script>alert(1)</script>\n\n<div><img src=\"x.png\" onerror=\"x()\" alt=\"\"></div>\n\n[连](https://e.example/)";
    let escaped = Archive::new().document("a/x.md", "", body).build().succeeds().page("a/x/index.html");
    assert!(
        escaped.contains("甲&lt;b onclick=\"x()\"&gt;乙&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        "{escaped}"
    );
    assert!(escaped.contains("&lt;div&gt;&lt;img"));
    let run = Archive::new()
        .file("site.toml", "title = \"库\"\n[build]\nallow_html = true\n")
        .document("a/x.md", "", body)
        .file("content/a/x.png", "")
        .build()
        .succeeds();
    let kept = run.page("a/x/index.html");
    assert!(kept.contains("甲<b>乙</b>") && kept.contains("<img src=\"x.png\" alt=\"\">"), "{kept}");
    assert!(!kept.contains("alert(1)") && !kept.contains("onerror"));
    assert!(run.exists("a/x/x.png"));
    let outside = Archive::new()
        .file("site.toml", "title = \"库\"\n[build]\nallow_html = true\n")
        .document("a/x.md", "", "<img src=\"https://e.example/x.png\" alt=\"x\">")
        .build();
    assert!(outside.stderr.contains("error[external-image]"), "{}", outside.stderr);
}

#[test]
#[cfg(unix)]
fn links_in_the_file_system_are_not_followed() {
    let archive = Archive::new().document("a/x.md", "", "甲。");
    let secret = archive.path().join("secret.md");
    fs::write(&secret, "+++\ntitle = \"密\"\n+++\n").expect("written");
    std::os::unix::fs::symlink(&secret, archive.path().join("content/a/y.md")).expect("linked");
    let run = archive.build();
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("warning[symbolic-link]") && !run.exists("a/y/index.html"));
}

#[test]
#[cfg(unix)]
fn a_site_behind_a_link_is_replaced_and_the_link_stays() {
    let archive = Archive::new().document("a/x.md", "", "甲。");
    let elsewhere = archive.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("made");
    std::os::unix::fs::symlink(&elsewhere, archive.path().join("public")).expect("linked");
    archive.build().succeeds();
    archive.build().succeeds();
    assert!(fs::symlink_metadata(archive.path().join("public")).expect("there").is_symlink());
    assert!(elsewhere.join("index.html").exists());
}

#[test]
fn a_template_fault_names_the_template_and_its_line() {
    let archive = Archive::new()
        .document("a/x.md", "", "甲。")
        .file("templates/section.html", "{% if %}")
        .file("templates/home.html", "甲\n{{ nothing }}");
    let run = archive.build();
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("error[template]") && run.stderr.contains("templates/section.html:1:"),
        "{}",
        run.stderr
    );
    let run = archive.remove("templates/section.html").build();
    assert!(run.stderr.contains("templates/home.html:2:4"), "{}", run.stderr);
    assert!(run.stderr.contains("index.html"), "{}", run.stderr);
}

/// What a build left beside the site.
fn litter(archive: &Archive) -> Vec<String> {
    fs::read_dir(archive.path())
        .expect("readable")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.') && name != ".fonds")
        .collect()
}

/// Runs the program in an archive, as somebody who may not open what nobody may: root may.
#[cfg(unix)]
fn run_as_anybody(archive: &Archive, closed: &Path) -> std::process::Output {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Stdio};

    let binary = Path::new(env!("CARGO_BIN_EXE_fonds"));
    let mut command = match fs::read_dir(closed) {
        Err(_) => Command::new(binary),
        Ok(_) => {
            let own = archive.path().join("program");
            fs::copy(binary, &own).expect("a copy of the program");
            fs::set_permissions(archive.path(), fs::Permissions::from_mode(0o777)).expect("an archive for all");
            let mut command = Command::new(own);
            command.uid(65534).gid(65534);
            command
        }
    };
    command.arg("build").current_dir(archive.path()).env("NO_COLOR", "1");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let begun = std::time::Instant::now();
    while child.try_wait().expect("its state").is_none() {
        if begun.elapsed().as_secs() > 60 {
            child.kill().expect("it is stopped");
            panic!("it goes on and on");
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.wait_with_output().expect("its output")
}

#[test]
#[cfg(unix)]
fn a_work_folder_that_cannot_be_opened_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::new().document("a/one.md", "", "文。");
    let work = archive.path().join(".public.fonds-work");
    fs::create_dir(&work).expect("a folder");
    fs::set_permissions(&work, fs::Permissions::from_mode(0o000)).expect("a closed folder");
    let output = run_as_anybody(&archive, &work);
    fs::set_permissions(&work, fs::Permissions::from_mode(0o700)).expect("a folder that can be removed");
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains(".public.fonds-work"), "{told}");
    assert!(!archive.path().join("public").exists());
}

/// The site never lies where the archive's own files lie, nor around them.
#[test]
fn the_site_lies_apart_from_its_sources() {
    let archive =
        Archive::new().document("a/x.md", "", "甲。").file("static/own.css", "").file("templates/own.html", "");
    let inside = archive.path().join("content/a").to_string_lossy().into_owned();
    for out in [
        "content",
        "content/site",
        "static",
        "static/site",
        "templates",
        ".fonds/site",
        ".",
        "..",
        "public/..",
        &inside,
    ] {
        let run = archive.run(&["build", "--out", out]);
        assert!(run.code == 2 && run.tells("not-our-folder"), "{out}: {}", run.stderr);
    }
    assert_eq!(archive.run(&["build", "--out", "elsewhere/site"]).code, 0);
}

/// `--zip` replaces what it made, and nothing else.
#[test]
fn a_zip_of_somebody_else_stands() {
    let archive = Archive::new().document("a/x.md", "", "甲。");
    assert_eq!(archive.run(&["build", "--zip=site.zip"]).code, 0);
    assert_eq!(archive.run(&["build", "--zip=site.zip"]).code, 0, "its own is replaced");
    let own = fs::read(archive.path().join("site.zip")).expect("a zip");
    let mut other = zip::ZipWriter::new(fs::File::create(archive.path().join("other.zip")).expect("made"));
    other.start_file("a/b.txt", zip::write::SimpleFileOptions::default()).expect("begun");
    other.finish().expect("written");
    fs::write(archive.path().join("text.zip"), "三年心血").expect("written");
    for name in ["other.zip", "text.zip"] {
        let before = fs::read(archive.path().join(name)).expect("there");
        let run = archive.run(&["build", &format!("--zip={name}")]);
        assert!(run.code == 2 && run.tells("zip"), "{name}: {}", run.stderr);
        assert_eq!(fs::read(archive.path().join(name)).expect("there"), before);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(archive.path().join("site.zip"), archive.path().join("link.zip")).expect("linked");
        assert_eq!(archive.run(&["build", "--zip=link.zip"]).code, 2);
        assert_eq!(archive.run(&["build", "--zip=/dev/null"]).code, 2);
    }
    assert_eq!(fs::read(archive.path().join("site.zip")).expect("a zip"), own);
}

/// What was withdrawn is still in a zip that was packed before.
#[test]
fn an_older_zip_of_this_archive_is_told() {
    let elsewhere = ["build", "--out", "elsewhere/site", "--zip=elsewhere/handed-on.zip"];
    let other = Archive::new().document("b/other.md", "", "旁的。");
    other.run(&["build", "--zip=other.zip"]).succeeds();
    let others = fs::read(other.path().join("other.zip")).expect("a zip");
    let archive =
        Archive::new().document("a/x.md", "", "甲。").document("a/y.md", "", "乙。").file("other.zip", others);
    archive.run(&["build", "--zip=site.zip"]).succeeds();
    archive.build().succeeds();
    archive.run(&elsewhere).succeeds();
    let archive = archive.document("a/x.md", "access = \"closed\"\nrights = \"未获准公布\"", "");
    let run = archive.build();
    assert!(run.stderr.contains("--> site.zip") && !run.stderr.contains("other.zip"), "{}", run.stderr);
    run.warns_of("old-zip");
    let run = archive.run(&["build", "--zip=new.zip"]);
    assert!(run.stderr.contains("--> site.zip") && !run.stderr.contains("new.zip"), "{}", run.stderr);
    let run = archive.run(&elsewhere[..3]);
    assert!(run.stderr.contains("--> site.zip") && run.stderr.contains("--> handed-on.zip"), "{}", run.stderr);
    archive.run(&["build", "--zip=site.zip"]).succeeds();
    archive.run(&elsewhere).succeeds();
}
