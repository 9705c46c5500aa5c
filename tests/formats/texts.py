"""What a reader takes away of a text: plain text, Markdown, and, where they are made, TEI and EPUB.

Plain text begins with the record's head, Markdown is the archive's own file, a TEI file has its header (TEI P5, 2), an
EPUB its package document (EPUB 3.3, 5.4).
"""

import io
import tomllib
import zipfile

from built import described, text_of
from expected import whole
from lxml import etree

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
BOOK = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container", "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def open_documents(site):
    """Documents whose text is published, with the path of their files without an ending."""
    return [(whole(document, site.base), f"{document.directory}/{document.id}")
            for document in described() if document.access == "open"]


def check_text(report, site):
    for facts, path in open_documents(site):
        lines = site.text(f"{path}.txt").splitlines()
        head = lines[: lines.index("")]
        people = [person.name for person in facts.people] if facts.record.get("authors") else []
        wanted = [facts.record["title"], facts.get("subtitle"), *people, facts.get("doc_number")]
        wanted = [line for line in wanted if line]
        report.same("text", f"{path}.txt", "title and authors", head[: len(wanted)], wanted)
        report.same("text", f"{path}.txt", "source", head[-1], facts.get("source") or head[-1])
        foot = [line for line in (facts.get("rights"), facts.get("source_url")) if line]
        report.same("text", f"{path}.txt", "rights and address", lines[len(lines) - len(foot) :], foot)


def check_markdown(report, site):
    for facts, path in open_documents(site):
        _, record, _ = site.text(f"{path}.md").split("+++\n", 2)
        report.same("markdown", f"{path}.md", "record", tomllib.loads(record), facts.record)


def check_tei(report, site):
    for facts, path in open_documents(site):
        where = f"{path}.xml"
        root = site.xml(where)
        say = lambda steps: [" ".join(text_of(element).split()) for element in root.xpath(steps, namespaces=TEI)]
        header = "/t:TEI/t:teiHeader"
        report.same("tei", where, "title", say(f"{header}/t:fileDesc/t:titleStmt/t:title")[:1],
                    [" ".join(facts.record["title"].split())])
        authors = say(f"{header}/t:fileDesc/t:titleStmt/t:author")
        wanted = [person for person in facts.by_role("author")]
        report.same("tei", where, "authors", len(authors), len(wanted))
        for found, person in zip(authors, wanted, strict=False):
            words = [" ".join(part.split()) for part in ((person.family, person.given) if person.family else (person.name,))]
            report.holds("tei", where, person.name, all(word in found for word in words), found)
        stated = " ".join(say(f"{header}/t:fileDesc/t:publicationStmt/t:availability"))
        if facts.get("rights"):
            report.holds("tei", where, "rights", " ".join(facts.get("rights").split()) in stated, stated)
        described = " ".join(say(f"{header}/t:fileDesc/t:sourceDesc"))
        if facts.publisher:
            report.holds("tei", where, "office", " ".join(facts.publisher.split()) in described, described)
        if facts.date and facts.exact:
            dates = root.xpath(f"{header}/t:fileDesc//t:date/@when", namespaces=TEI)
            report.holds("tei", where, "date", facts.date in dates, dates)
        addresses = [*root.xpath(f"{header}//@target", namespaces=TEI), *say(f"{header}//t:idno"), *say(f"{header}//t:ref")]
        if facts.address:
            report.holds("tei", where, "address", facts.address in addresses, addresses)


def check_epub(report, site):
    for facts, path in open_documents(site):
        where = f"{path}.epub"
        with zipfile.ZipFile(io.BytesIO(site.bytes(where))) as book:
            first = book.infolist()[0]
            report.same("epub", where, "first file", (first.filename, first.compress_type, book.read(first)),
                        ("mimetype", zipfile.ZIP_STORED, b"application/epub+zip"))
            parse = lambda name: etree.fromstring(
                book.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
            [package] = parse("META-INF/container.xml").xpath("//c:rootfile/@full-path", namespaces=BOOK)
            metadata = parse(package).find("o:metadata", BOOK)
        say = lambda name: [" ".join(text_of(element).split()) for element in metadata.iterfind(f"dc:{name}", BOOK)]
        squeezed = lambda values: [" ".join(value.split()) for value in values if value]
        report.same("epub", where, "title", say("title")[:1], squeezed([facts.record["title"]]))
        report.same("epub", where, "authors", say("creator"), squeezed(person.name for person in facts.by_role("author")))
        report.same("epub", where, "language", say("language")[:1], [facts.language])
        report.same("epub", where, "publisher", say("publisher"), squeezed([facts.publisher]))
        report.same("epub", where, "date", say("date"), squeezed([facts.date]))
        rights = say("rights")
        if facts.get("rights"):
            report.holds("epub", where, "rights", squeezed([facts.get("rights")])[0] in rights, rights)
        if facts.get("source_url"):
            report.holds("epub", where, "source", facts.get("source_url") in say("source"), say("source"))
