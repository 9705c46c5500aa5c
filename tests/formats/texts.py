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


def squeezed(values):
    return [" ".join(value.split()) for value in values if value]


def check_tei(report, site):
    for facts, path in open_documents(site):
        check_header(report, f"{path}.xml", site.xml(f"{path}.xml"), facts)


def check_header(report, where, root, facts):
    """A TEI header: title and authors, rights, and from where the text comes."""
    file = "/t:TEI/t:teiHeader/t:fileDesc"
    say = lambda steps: squeezed(text_of(element) for element in root.xpath(steps, namespaces=TEI))
    report.same("tei", where, "title", say(f"{file}/t:titleStmt/t:title")[:1], squeezed([facts.record["title"]]))
    authors, wanted = say(f"{file}/t:titleStmt/t:author"), facts.by_role("author")
    report.same("tei", where, "authors", len(authors), len(wanted))
    for found, person in zip(authors, wanted, strict=False):
        words = squeezed((person.family, person.given) if person.family else (person.name,))
        report.holds("tei", where, person.name, all(word in found for word in words), found)
    stated = " ".join(say(f"{file}/t:publicationStmt/t:availability"))
    for rights in squeezed([facts.get("rights")]):
        report.holds("tei", where, "rights", rights in stated, stated)
    source = " ".join(say(f"{file}/t:sourceDesc"))
    for office in squeezed([facts.publisher]):
        report.holds("tei", where, "office", office in source, source)
    dates = root.xpath(f"{file}//t:date/@when", namespaces=TEI)
    if facts.date and facts.exact:
        report.holds("tei", where, "date", facts.date in dates, dates)
    addresses = [*root.xpath(f"{file}//@target", namespaces=TEI), *say(f"{file}//t:idno"), *say(f"{file}//t:ref")]
    if facts.address:
        report.holds("tei", where, "address", facts.address in addresses, addresses)


def check_epub(report, site):
    for facts, path in open_documents(site):
        check_package(report, f"{path}.epub", site.bytes(f"{path}.epub"), facts)


def check_package(report, where, data, facts):
    """An EPUB: its first file, and the metadata of its package document."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        first = book.infolist()[0]
        report.same("epub", where, "first file", (first.filename, first.compress_type, book.read(first)),
                    ("mimetype", zipfile.ZIP_STORED, b"application/epub+zip"))
        parse = lambda name: etree.fromstring(book.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
        [package] = parse("META-INF/container.xml").xpath("//c:rootfile/@full-path", namespaces=BOOK)
        metadata = parse(package).find("o:metadata", BOOK)
    say = lambda name: squeezed(text_of(element) for element in metadata.iterfind(f"dc:{name}", BOOK))
    report.same("epub", where, "title", say("title")[:1], squeezed([facts.record["title"]]))
    report.same("epub", where, "authors", say("creator"), squeezed(person.name for person in facts.by_role("author")))
    report.same("epub", where, "language", say("language")[:1], [facts.language])
    report.same("epub", where, "publisher", say("publisher"), squeezed([facts.publisher]))
    issued = [text_of(element) for element in metadata.iterfind("o:meta[@property='dcterms:issued']", BOOK)]
    report.same("epub", where, "issued", issued, squeezed([facts.date]))
    # The element's own form knows neither doubt nor intervals.
    report.same("epub", where, "date", say("date"), squeezed([facts.date]) if facts.exact else [])
    for name, values in {"rights": squeezed([facts.get("rights")]), "source": squeezed([facts.get("source_url")])}.items():
        for value in values:
            report.holds("epub", where, name, value in say(name), say(name))
