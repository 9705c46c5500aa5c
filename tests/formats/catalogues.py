"""The files that list all records: records.jsonl, records.csv, Atom feeds, OPDS, the OAI static repository, the sitemap.

Each is read by what others would read it with: json, csv, feedparser, lxml. Every document that may be described stands
in each of them, and no other.
"""

import csv
import hashlib
import io
import json
from urllib.parse import unquote

import feedparser
import heads
import sample
from built import described, text_of
from expected import encoded, first_day, whole

ATOM = {"a": "http://www.w3.org/2005/Atom"}
OAI = {
    "s": "http://www.openarchives.org/OAI/2.0/static-repository", "o": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/", "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9", "rs": "http://www.openarchives.org/rs/terms/"}


def row(site, document):
    """A line of records.jsonl, key by key in its order."""
    facts = whole(document, site.base)
    record, original = document.record, document.record.get("original") or {}
    names = [person.name for person in facts.people] if record.get("authors") else []
    roles = [author.get("role", "") if isinstance(author, dict) else "" for author in record.get("authors") or []]
    first, year = first_day(record.get("date"))
    plain = {key: facts.get(key) for key in (
        "date_printed", "created", "source", "source_url", "captured", "issuer", "doc_number", "index_number", "kind")}
    lists = {key: record.get(key) or [] for key in ("subjects", "people", "places", "organisations")}
    return {
        "id": document.id, "title": record["title"], "subtitle": record.get("subtitle"), "authors": names,
        "author_roles": roles, "date": record.get("date"), "date_first": first, "year": year, **plain,
        "language": facts.language, **lists, "rights": record.get("rights"), "rights_uri": facts.get("rights_uri"),
        "access": document.access, "proofread": record.get("proofread"), "collection": document.collection,
        "collection_title": facts.collection, "path": f"{document.directory}/index.html", "url": facts.permalink,
        "changed": changes(site).get(document.id), "sha256": original.get("sha256"),
    }


def changes(site):
    """The days of content/changes.lock."""
    path = site.archive / "content/changes.lock"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {line.split()[0]: line.split()[1] for line in lines if line and not line.startswith("#")}


def check_lines(report, site):
    found = [json.loads(line) for line in site.text("records.jsonl").splitlines()]
    by_id = {record["id"]: record for record in found}
    report.same("records.jsonl", "records.jsonl", "documents", sorted(by_id), sorted(document.id for document in described()))
    report.same("records.jsonl", "records.jsonl", "lines", len(found), len(by_id))
    for document in described():
        wanted, record = row(site, document), by_id.get(document.id, {})
        report.same("records.jsonl", document.id, "keys", list(record), list(wanted))
        for key, value in wanted.items():
            report.same("records.jsonl", document.id, key, record.get(key), value)


# What a spreadsheet takes for the beginning of a formula.
FORMULA = tuple("=+-@\t\r＝＋－＠")


def check_table(report, site):
    """The spreadsheet, as Python's csv reads it and as a spreadsheet would: a byte order mark, lines ended by CR LF."""
    data = site.bytes("records.csv")
    report.holds("records.csv", "records.csv", "byte order mark", data.startswith(b"\xef\xbb\xbf"))
    found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    report.same("records.csv", "records.csv", "ends of lines", data.count(b"\r\n"), len(found))
    head, rows = found[0], found[1:]
    by_id = {cells[0]: dict(zip(head, cells, strict=True)) for cells in rows}
    report.same("records.csv", "records.csv", "documents", sorted(by_id), sorted(document.id for document in described()))
    for document in described():
        wanted, record = row(site, document), by_id.get(document.id, {})
        report.same("records.csv", document.id, "columns", list(record), list(wanted))
        for key, value in wanted.items():
            if isinstance(value, list):
                value = "; ".join(value) if any(value) else ""
            found = record.get(key) or ""
            # An apostrophe in front says that a cell is no formula.
            report.same("records.csv", document.id, f"{key} is no formula", found[:1] in FORMULA, False)
            found = found[1:] if found.startswith("'") else found
            report.same("records.csv", document.id, key, found, "" if value is None else str(value))


# --- Atom -----------------------------------------------------------------------------------------------------------


def check_feeds(report, site):
    """A feed for the archive and one for each collection with all below it."""
    for path in ["", *sample.COLLECTIONS]:
        where = f"{path}/feed.xml" if path else "feed.xml"
        feed = feedparser.parse(site.bytes(where), sanitize_html=False)
        report.same("feed", where, "well formed", bool(feed.bozo), False)
        title = sample.SITE["title"]
        report.same("feed", where, "title", feed.feed.title, f"{sample.COLLECTIONS[path]} · {title}" if path else title)
        report.same("feed", where, "author", feed.feed.author, sample.SITE["publisher"])
        inside = [document for document in described()
                  if not path or f"{document.collection}/".startswith(f"{path}/")]
        by_id = {entry.id: entry for entry in feed.entries}
        facts = [whole(document, site.base) for document in inside]
        report.same("feed", where, "documents", sorted(by_id), sorted(fact.permalink for fact in facts))
        for fact in facts:
            if fact.permalink in by_id:
                check_entry(report, site, f"{where} {fact.document.id}", by_id[fact.permalink], fact)


def check_entry(report, site, where, entry, facts):
    report.same("feed", where, "title", entry.title, facts.record["title"])
    report.same("feed", where, "authors", [author.get("name") for author in entry.get("authors", []) if author],
                [person.name for person in facts.writers])
    report.same("feed", where, "contributors", [person.get("name") for person in entry.get("contributors", [])],
                [person.name for person in facts.people if person not in facts.writers])
    report.same("feed", where, "link", entry.link, facts.permalink)
    report.same("feed", where, "updated", entry.updated, f"{changes(site)[facts.document.id]}T00:00:00Z")
    date = facts.get("date")
    # Only a day is a time of publishing.
    wanted = f"{date}T00:00:00Z" if date and len(date) == 10 and facts.exact else None
    report.same("feed", where, "published", entry.get("published"), wanted)
    report.same("feed", where, "rights", entry.get("rights"), facts.get("rights"))
    report.same("feed", where, "subjects", [tag.term for tag in entry.get("tags", [])], facts.get("subjects") or [])
    summary = " · ".join(value for value in (facts.get("source"), facts.get("doc_number")) if value)
    report.same("feed", where, "summary", entry.get("summary"), summary or None)


# --- OAI ------------------------------------------------------------------------------------------------------------


def check_elements(report, surface, where, element, facts):
    """The fifteen elements of Dublin Core, from oai_dc."""
    found = {}
    for child in element:
        found.setdefault(child.tag.removeprefix(f"{{{OAI['dc']}}}"), []).append(child.text)
    wanted = heads.elements(facts)
    report.same(surface, where, "frame", element.tag, f"{{{OAI['oai_dc']}}}dc")
    for name in sorted(set(found) | set(wanted)):
        report.same(surface, where, name, found.get(name), wanted.get(name))


def check_repository(report, site):
    root = site.xml("oai.xml")
    say = lambda path: [text_of(element) for element in root.xpath(path, namespaces=OAI)]
    report.same("oai", "oai.xml", "repositoryName", say("s:Identify/o:repositoryName"), [sample.SITE["title"]])
    report.same("oai", "oai.xml", "adminEmail", say("s:Identify/o:adminEmail"), [sample.SITE["publisher_email"]])
    report.same("oai", "oai.xml", "baseURL", say("s:Identify/o:baseURL"), [f"{site.base}oai.xml"])
    days = changes(site)
    records = root.xpath("s:ListRecords[@metadataPrefix='oai_dc']/o:record", namespaces=OAI)
    host = site.base.split("/")[2]
    by_id = {}
    for record in records:
        identifier = text_of(record.xpath("o:header/o:identifier", namespaces=OAI)[0])
        scheme, name, rest = identifier.split(":", 2)
        report.same("oai", identifier, "scheme and host", (scheme, name), ("oai", host))
        by_id[unquote(rest)] = record
    report.same("oai", "oai.xml", "documents", sorted(by_id), sorted(document.id for document in described()))
    for document in described():
        if document.id not in by_id:
            continue
        record = by_id[document.id]
        day = [text_of(day) for day in record.xpath("o:header/o:datestamp", namespaces=OAI)]
        report.same("oai", document.id, "datestamp", day, [days[document.id]])
        [dc] = record.xpath("o:metadata/*", namespaces=OAI)
        check_elements(report, "oai", document.id, dc, whole(document, site.base))
    report.same("oai", "oai.xml", "earliestDatestamp", say("s:Identify/o:earliestDatestamp"),
                [min(days[document.id] for document in described())])


# --- sitemap and files ----------------------------------------------------------------------------------------------


def check_sitemap(report, site):
    """Every page with its day; `check_fixity` compares lengths and hashes with the files."""
    root = site.xml("sitemap.xml")
    found = {text_of(url.find("m:loc", MAP)): url for url in root.iterfind("m:url", MAP)}
    pages = [path for path in site.files() if path.endswith(".html") and path != "404.html"]
    report.same("sitemap", "sitemap.xml", "pages", sorted(found), sorted(address(site, path) for path in pages))
    days = changes(site)
    for document in sample.DOCUMENTS:
        for page, _heading in document.pages:
            where = f"{document.directory}/{page}"
            url = found.get(address(site, where))
            day = None if url is None else url.findtext("m:lastmod", namespaces=MAP)
            report.same("sitemap", where, "lastmod", day, days[document.id])
    at = root.find("rs:md", MAP)
    report.same("sitemap", "sitemap.xml", "capability", at.get("capability"), "resourcelist")
    report.same("sitemap", "sitemap.xml", "at", at.get("at"), f"{max(days.values())}T00:00:00Z")


def address(site, path):
    return site.base + encoded(path).removesuffix("index.html")


def check_fixity(report, site):
    """What the sitemap and manifest.json say of each file, against the file."""
    root = site.xml("sitemap.xml")
    listed = {text_of(url.find("m:loc", MAP)): url.find("rs:md", MAP) for url in root.iterfind("m:url", MAP)}
    for path in (path for path in site.files() if path.endswith(".html") and path != "404.html"):
        data = site.bytes(path)
        said = listed.get(address(site, path))
        found = None if said is None else (said.get("hash"), said.get("length"), said.get("type"))
        report.same("fixity", path, "sitemap", found,
                    (f"sha-256:{hashlib.sha256(data).hexdigest()}", str(len(data)), "text/html"))
    manifest = json.loads(site.text("manifest.json"))
    files = {file["path"]: (file["bytes"], file["sha256"]) for file in manifest["files"]}
    report.same("fixity", "manifest.json", "files", sorted(files), [path for path in site.files() if path != "manifest.json"])
    for path in files:
        data = site.bytes(path)
        report.same("fixity", path, "manifest.json", files[path], (len(data), hashlib.sha256(data).hexdigest()))


# --- OPDS -----------------------------------------------------------------------------------------------------------


def check_books(report, site):
    """The catalogue of books, once there are books: every open document in its collection's feed, with its EPUB."""
    root = site.xml("opds.xml")
    subsections = root.xpath("a:entry/a:link[@rel='subsection']/@href", namespaces=ATOM)
    with_books = {document.collection for document in described() if document.access == "open"}
    wanted = sorted(f"{site.base}{path}/books.xml" if path else f"{site.base}books.xml" for path in with_books)
    report.same("opds", "opds.xml", "collections", sorted(subsections), wanted)
    for path in sorted(with_books):
        where = f"{path}/books.xml" if path else "books.xml"
        entries = {text_of(entry.find("a:id", ATOM)): entry for entry in site.xml(where).iterfind("a:entry", ATOM)}
        inside = [whole(document, site.base) for document in described()
                  if document.access == "open" and document.collection == path]
        report.same("opds", where, "documents", sorted(entries), sorted(facts.permalink for facts in inside))
        for facts in inside:
            entry, name = entries[facts.permalink], f"{where} {facts.document.id}"
            report.same("opds", name, "title", entry.findtext("a:title", namespaces=ATOM), facts.record["title"])
            report.same("opds", name, "authors", entry.xpath("a:author/a:name/text()", namespaces=ATOM),
                        [person.name for person in facts.writers])
            report.same("opds", name, "rights", entry.findtext("a:rights", namespaces=ATOM), facts.get("rights"))
            book = facts.under(f"{facts.document.directory}/{facts.document.id}.epub")
            links = entry.xpath("a:link[starts-with(@rel, 'http://opds-spec.org/acquisition')]/@href", namespaces=ATOM)
            report.same("opds", name, "the book", links, [book])
