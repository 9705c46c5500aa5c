//! Several processes that change one archive at once: nothing that went in is lost, and nothing is mixed.

use std::process::{Child, Command, Stdio};

use crate::archive::{Archive, files_in};

/// Rounds; `FONDS_ROUNDS=2000` asks for more.
const ROUNDS: usize = 6;

fn rounds() -> usize {
    std::env::var("FONDS_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS)
}

fn begin(archive: &Archive, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_fonds"))
        .args(arguments)
        .current_dir(archive.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs")
}

/// Two captures of one name, from two folders, and one of another name: their bytes are all in the archive afterwards.
#[test]
fn imports_into_one_collection() {
    for round in 0..rounds() {
        let processes = 2 + round % 2;
        let text =
            |process: usize, at: usize| format!("第{process}组第{at}篇\n\n第{round}轮第{process}组第{at}篇的正文。\n");
        let mut archive = Archive::new().file("content/c/_index.md", "+++\ntitle = \"丙\"\n+++\n");
        for process in 0..processes {
            for at in 0..4 {
                archive = archive.file(&format!("in{process}/d{at}.txt"), text(process, at));
            }
        }
        let children: Vec<Child> = (0..processes)
            .map(|process| begin(&archive, &["import", "--into", "c", &format!("in{process}")]))
            .collect();
        for mut child in children {
            assert!(child.wait().expect("ended").success(), "round {round}");
        }
        let kept = files_in(&archive.path().join("content"));
        for process in 0..processes {
            for at in 0..4 {
                let wanted = text(process, at);
                let original =
                    kept.iter().find(|(path, bytes)| path.contains("/original/") && **bytes == wanted.as_bytes());
                let (path, _) = original.unwrap_or_else(|| panic!("round {round}: {process} {at} is lost"));
                let record = path.split("/original/").next().expect("a folder").to_string() + "/index.md";
                let record = String::from_utf8(kept[&record].clone()).expect("UTF-8");
                assert!(record.contains(&format!("第{round}轮第{process}组第{at}篇的正文")), "round {round}: {record}");
            }
        }
        assert_eq!(kept.keys().filter(|path| path.ends_with("/index.md")).count(), 4 * processes);
        archive.run(&["check"]);
    }
}

/// An import, a move and a publishing at once.
#[test]
fn commands_of_all_kinds() {
    for round in 0..rounds() {
        let archive = Archive::new()
            .document("a/old.md", "", "文。")
            .document("a/other.md", "", "见[旧](old.md)。")
            .file("in/fresh.txt", format!("新稿之{round}\n\n第{round}轮的正文。\n"));
        let children = [
            begin(&archive, &["import", "--into", "a", "in"]),
            begin(&archive, &["mv", "old", "b/new"]),
            begin(&archive, &["publish", "--by-hand"]),
        ];
        let codes: Vec<_> = children.into_iter().map(|mut child| child.wait().expect("ended").code()).collect();
        assert_eq!(codes[..2], [Some(0), Some(0)], "round {round}");
        let files = files_in(&archive.path().join("content"));
        assert!(
            files.contains_key("b/new.md") && files.contains_key("a/fresh/index.md"),
            "round {round}: {:?}",
            files.keys()
        );
        assert_eq!(archive.run(&["check"]).code, 0, "round {round}");
        assert_eq!(archive.build().code, 0, "round {round}");
    }
}

/// Whoever waits is told for whom.
#[test]
#[cfg(unix)]
fn who_waits_is_told_for_whom() {
    let archive = Archive::new().document("a/old.md", "", "文。").file("in/new.txt", "新稿\n\n正文。\n");
    std::fs::create_dir_all(archive.path().join(".fonds")).expect("made");
    let lock = std::fs::File::create(archive.path().join(".fonds/lock")).expect("made");
    std::fs::write(archive.path().join(".fonds/holder"), "import 12\n").expect("written");
    lock.lock().expect("locked");
    let mut child = Command::new(env!("CARGO_BIN_EXE_fonds"))
        .args(["--lang", "en", "import", "in"])
        .current_dir(archive.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(child.try_wait().expect("asked").is_none(), "it waits");
    drop(lock);
    let output = child.wait_with_output().expect("ended");
    assert!(output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("import") && said.contains("12"), "{said}");
}

/// Who may read a file stays as it was, through every command that changes it.
#[test]
#[cfg(unix)]
fn permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::new()
        .document("a/old.md", "date = \"1950年3月1日\"", "文。")
        .document("a/other.md", "date = \"1950年3月1日\"", "见[旧](old.md)。")
        .file("content/a/shed/index.md", "+++\ntitle = \"库房札记\"\naccess = \"record\"\n+++\n")
        .file("in/one.txt", "库房札记\n\n逐架清点，逐件登记。\n");
    let files = ["content/a/old.md", "content/a/other.md", "content/a/shed/index.md"];
    for file in files {
        std::fs::set_permissions(archive.path().join(file), std::fs::Permissions::from_mode(0o600)).expect("set");
    }
    assert_eq!(archive.run(&["check", "--fix", "--yes", "--quiet"]).code, 0);
    assert_eq!(archive.run(&["import", "--quiet", "in/one.txt"]).code, 0);
    assert_eq!(archive.run(&["mv", "old", "b/new"]).code, 0);
    for file in ["content/b/new.md", files[1], files[2]] {
        let mode = std::fs::metadata(archive.path().join(file)).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{file}");
    }
}
