//! `fonds serve --oai`: harvesters get every record that was published, once, and are told of what went.

use std::collections::BTreeMap;

use crate::archive::{Archive, Run, between};
use crate::server::Server;

const NOVEMBER_29: &str = "1795910400";
const DECEMBER_3: &str = "1796256000";
const SITE: &str =
    "title = \"江城库\"\nbase_url = \"https://archive.example/a/\"\npublisher_email = \"desk@archive.example\"\n";

fn publish(archive: &Archive, day: &str) -> Run {
    let run = archive.run_at(day, &["publish", "--by-hand"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

/// Documents in two sets, and what is withheld; one was taken back, one renamed, one closed, one never published.
fn archive(count: usize) -> Archive {
    let site = (0..count).fold(Archive::new().file("site.toml", SITE), |archive, number| {
        let folder = if number % 2 == 0 { "laws/old" } else { "法" };
        archive.document(&format!("{folder}/text-{number}.md"), &format!("title = \"第 {number} 篇 & <一>\""), "文。")
    });
    let archive = site
        .document("laws/mistake.md", "title = \"误发\"", "文。")
        .document("laws/named.md", "title = \"改名\"", "文。")
        .document("laws/later-closed.md", "title = \"先公开\"", "文。")
        .document("laws/record.md", "title = \"只录\"\naccess = \"record\"\naccess_note = \"待定\"", "秘语")
        .document("laws/closed.md", "title = \"封存\"\naccess = \"closed\"\naccess_note = \"待定\"", "秘语")
        .document("laws/draft.md", "title = \"草稿\"\ndraft = true", "秘语");
    publish(&archive, NOVEMBER_29);
    let archive = archive.remove("content/laws/mistake.md");
    let run = archive.run_at(DECEMBER_3, &["forget", "laws/mistake", "--because", "误发"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(archive.run(&["mv", "named", "renamed"]).code, 0);
    let archive = archive
        .document("laws/later-closed.md", "title = \"先公开\"\naccess = \"closed\"\naccess_note = \"待定\"", "文。")
        .document("laws/old/text-0.md", "title = \"改过\"", "改过的文。");
    publish(&archive, DECEMBER_3);
    archive.document("laws/new.md", "title = \"未发布\"", "文。")
}

fn ask(server: &Server, query: &str) -> String {
    let reply = server.get(&format!("/oai?{query}"));
    assert_eq!((reply.status, reply.headers["content-type"].as_str()), (200, "text/xml; charset=utf-8"), "{query}");
    reply.text()
}

/// Identifier → datestamp, sets and whether it was deleted, of all pages of a list; and how many pages.
fn harvest(server: &Server, query: &str) -> (BTreeMap<String, String>, usize) {
    let (mut found, mut pages, mut query) = (BTreeMap::new(), 0, query.to_string());
    let verb = query.split('&').next().expect("a verb").to_string();
    loop {
        let answer = ask(server, &query);
        pages += 1;
        for header in answer.split("<header").skip(1) {
            let header = header.split("</header>").next().expect("an end");
            let identifier = between(header, "oai:", "</identifier>").to_string();
            assert_eq!(found.insert(identifier, header.replace('\n', "")), None, "sent twice: {header}");
        }
        let token = answer.split("<resumptionToken").nth(1).and_then(|rest| rest.split_once('>'));
        match token.map(|(_, rest)| rest.split('<').next().unwrap_or_default()) {
            Some(token) if !token.is_empty() => query = format!("{verb}&resumptionToken={token}"),
            _ => return (found, pages),
        }
    }
}

#[test]
fn every_record_is_harvested_once_and_what_went_is_told() {
    let archive = archive(240);
    let server = Server::of(&archive, &["--oai"]);
    let identify = ask(&server, "verb=Identify");
    for words in [
        "<repositoryName>江城库</repositoryName>",
        &format!("<baseURL>http://{}/oai</baseURL>", server.address()),
        "<adminEmail>desk@archive.example</adminEmail>",
        "<earliestDatestamp>2026-11-29</earliestDatestamp>",
        "<deletedRecord>persistent</deletedRecord>",
    ] {
        assert!(identify.contains(words), "{words} in {identify}");
    }
    let (found, pages) = harvest(&server, "verb=ListRecords&metadataPrefix=oai_dc");
    // Two hundred and forty, the renamed one, the record; and three that are gone.
    assert_eq!((found.len(), pages), (245, 3));
    let deleted: Vec<&str> =
        found.iter().filter(|(_, header)| header.contains("deleted")).map(|(id, _)| id.as_str()).collect();
    assert_eq!(deleted, ["later-closed", "mistake", "named"].map(|id| format!("oai:archive.example:{id}")));
    assert!(found["oai:archive.example:mistake"].contains("2026-12-03"));
    for id in ["closed", "draft", "new"] {
        assert!(!found.contains_key(&format!("oai:archive.example:{id}")), "{id}");
    }
    assert_eq!(harvest(&server, "verb=ListIdentifiers&metadataPrefix=oai_dc").0, found);
    // What is new since the first edition.
    let (new, _) = harvest(&server, "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-11-30");
    let ids: Vec<&str> = new.keys().filter_map(|id| id.rsplit(':').next()).collect();
    assert_eq!(ids, ["later-closed", "mistake", "named", "text-0"]);
    let (old, _) = harvest(&server, "verb=ListIdentifiers&metadataPrefix=oai_dc&until=2026-11-29");
    assert_eq!(old.len() + new.len(), found.len());
    // Sets: all below a collection are in it.
    let sets = ask(&server, "verb=ListSets");
    for spec in ["laws", "laws:old", "~E6~B3~95"] {
        assert!(sets.contains(&format!("<setSpec>{spec}</setSpec>")), "{spec} in {sets}");
    }
    for (set, count) in [("laws", 125), ("laws:old", 120), ("~E6~B3~95", 120)] {
        let (found, _) = harvest(&server, &format!("verb=ListIdentifiers&metadataPrefix=oai_dc&set={set}"));
        assert_eq!(found.len(), count, "{set}");
    }
    let one = ask(&server, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example:text-1");
    assert!(one.contains("<dc:title>第 1 篇 &amp; &lt;一&gt;</dc:title>"), "{one}");
    assert!(one.contains("https://archive.example/a/%E6%B3%95/text-1/"), "{one}");
    let gone = ask(&server, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example:mistake");
    assert!(gone.contains("<header status=\"deleted\">") && !gone.contains("<metadata>"), "{gone}");
    let all: String = ["ListRecords", "ListIdentifiers"]
        .map(|verb| ask(&server, &format!("verb={verb}&metadataPrefix=oai_dc")))
        .concat();
    assert!(!all.contains("秘语") && !all.contains("封存") && !all.contains("先公开"));
}

#[test]
fn what_cannot_be_answered_has_its_code_and_requests_may_be_posted() {
    let archive = archive(4);
    let server = Server::of(&archive, &["--oai"]);
    for (query, code) in [
        ("", "badVerb"),
        ("verb=Guess", "badVerb"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=mods", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2090-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=none", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=AAAA", "badResumptionToken"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example:closed", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=x", "idDoesNotExist"),
        ("verb=Identify&%3C%22%3E=%3C%22%3E", "badArgument"),
    ] {
        let answer = ask(&server, query);
        assert!(answer.contains(&format!("<error code=\"{code}\">")), "{query}: {answer}");
        assert!(code.starts_with("badVerb") || code.starts_with("badArg") == answer.contains("<request>"), "{answer}");
    }
    let body = "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai%3Aarchive.example%3Atext-1";
    let post = |length: usize, body: &str| {
        let kind = "Content-Type: application/x-www-form-urlencoded";
        server.ask("POST", "/oai", &format!("{kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"))
    };
    let posted = post(body.len(), body);
    assert!(posted.status == 200 && posted.text().contains("第 1 篇"), "{}", posted.text());
    assert!(posted.text().contains("identifier=\"oai:archive.example:text-1\""), "{}", posted.text());
    assert_eq!(post(70_000, &"x".repeat(70_000)).status, 413);
    let https = server.ask("GET", "/oai?verb=Identify", "X-Forwarded-Proto: https\r\n");
    assert!(https.text().contains(&format!("<baseURL>https://{}/oai<", server.address())));
    assert_eq!(server.ask("GET", "/oai?verb=Identify", "Host: evil.example\r\n").status, 403);
    assert_eq!(server.ask("POST", "/laws/", "").status, 405);
    // Nothing is answered unless it is asked for.
    let quiet = Server::of(&archive, &[]);
    assert_eq!(quiet.get("/oai?verb=Identify").status, 404);
    assert_eq!(quiet.ask("POST", "/oai", "").status, 405);
}

#[test]
fn an_archive_that_does_not_say_who_keeps_it_is_refused() {
    for site in ["", "base_url = \"https://a.example/\"\n", "publisher_email = \"a@a.example\"\n"] {
        let archive = Archive::new().file("site.toml", format!("title = \"库\"\n{site}")).document("a.md", "", "文。");
        let run = archive.run(&["serve", "--oai", "--port", "0"]);
        assert!(run.code == 2 && run.tells("not-harvestable"), "{site}: {}", run.stderr);
    }
}
