"""The files of XML against their schemas, as far as a package ships one, and against the specification otherwise.

By schema: the sitemap (`sitemap.xsd`, in the npm package sitemap) and what a gateway answers from the static repository
(`OAI-PMH.xsd`, in the source of the PyPI package pyoai); `./check` unpacks both. No package was found that ships the
schemas of Atom, OPDS, ResourceSync, oai_dc or of the frame of a static repository. So those rules stand here as code,
each with its place in the specification; ResourceSync's elements are declared in `resourcesync.xsd` beside this file.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from built import text_of
from catalogues import ATOM, MAP, OAI
from lxml import etree

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parents[1] / "target" / "formats-schemas"

# RFC 3339, section 5.6, with Z or an offset.
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")

ELEMENTS = (
    "title creator subject description publisher contributor date type format identifier source language relation "
    "coverage rights"
).split()


def parsed(data):
    """XML without entities and without the network."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


@cache
def schema(*imports):
    """One schema of several files: namespaces and paths."""
    lines = "".join(f'<xs:import namespace="{name}" schemaLocation="{path}"/>' for name, path in imports)
    return etree.XMLSchema(parsed(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{lines}</xs:schema>'.encode()))


def valid(report, surface, where, rules, root):
    rules.validate(root)
    report.same(surface, where, "by its schema", [f"{error.line}: {error.message}" for error in rules.error_log][:5], [])


def check_sitemap(report, site):
    rules = schema((MAP["m"], (SCHEMAS / "sitemap.xsd").as_uri()), (MAP["rs"], (HERE / "resourcesync.xsd").as_uri()))
    valid(report, "sitemap_schema", "sitemap.xml", rules, site.xml("sitemap.xml"))


def check_resourcesync(report, site):
    """A Resource List (NISO Z39.99-2017, 10): what it is, as of when, and each resource once with its fixity."""
    root = site.xml("sitemap.xml")
    first = root[0]
    report.same("resourcesync", "sitemap.xml", "first element", first.tag, f"{{{MAP['rs']}}}md")
    report.holds("resourcesync", "sitemap.xml", "at", TIME.fullmatch(first.get("at", "")), first.get("at"))
    places = [text_of(loc) for loc in root.iterfind("m:url/m:loc", MAP)]
    report.same("resourcesync", "sitemap.xml", "each resource once", len(set(places)), len(places))
    for url in root.iterfind("m:url", MAP):
        about = url.findall("rs:md", MAP)
        missing = [name for name in ("hash", "length", "type") if len(about) != 1 or not about[0].get(name)]
        report.same("resourcesync", text_of(url.find("m:loc", MAP)), "what is not said", missing, [])


# --- OAI ------------------------------------------------------------------------------------------------------------


def answer(root, verb, children):
    """What a gateway answers to a request: the repository's own elements in the frame of OAI-PMH."""
    frame = etree.Element(f"{{{OAI['o']}}}OAI-PMH", nsmap={"oai": OAI["o"]})
    etree.SubElement(frame, f"{{{OAI['o']}}}responseDate").text = "2020-01-01T00:00:00Z"
    request = etree.SubElement(frame, f"{{{OAI['o']}}}request", verb=verb)
    request.text = "https://gateway.example/"
    body = etree.SubElement(frame, f"{{{OAI['o']}}}{verb}")
    body.extend(etree.fromstring(etree.tostring(child)) for child in children)
    return etree.fromstring(etree.tostring(frame))


def check_oai(report, site):
    """The frame by “Specification for an OAI Static Repository”, 2.0, section 3; the rest by the schema of OAI-PMH."""
    root, where = site.xml("oai.xml"), "oai.xml"
    own = lambda name: f"{{{OAI['s']}}}{name}"
    report.same("oai_schema", where, "root", root.tag, own("Repository"))
    report.same("oai_schema", where, "parts", [child.tag for child in root],
                [own("Identify"), own("ListMetadataFormats"), own("ListRecords")])
    rules = schema((OAI["o"], (SCHEMAS / "OAI-PMH.xsd").as_uri()))
    for part in root:
        verb = etree.QName(part).localname
        valid(report, "oai_schema", verb, rules, answer(root, verb, list(part)))
    say = lambda name: root.findtext(f"s:Identify/o:{name}", namespaces=OAI)
    for name, wanted in {"protocolVersion": "2.0", "deletedRecord": "no", "granularity": "YYYY-MM-DD"}.items():
        report.same("oai_schema", where, name, say(name), wanted)
    formats = [text_of(prefix) for prefix in root.iterfind("s:ListMetadataFormats/*/o:metadataPrefix", OAI)]
    listed = [part.get("metadataPrefix") for part in root.iterfind("s:ListRecords", OAI)]
    report.same("oai_schema", where, "formats that have records", listed, formats)
    identifiers = [text_of(name) for name in root.iterfind(".//o:header/o:identifier", OAI)]
    report.same("oai_schema", where, "each identifier once", len(set(identifiers)), len(identifiers))
    report.same("oai_schema", where, "no sets", root.findall(".//o:setSpec", OAI), [])
    days = [text_of(day) for day in root.iterfind(".//o:header/o:datestamp", OAI)]
    report.holds("oai_schema", where, "no day before the earliest", min(days) >= say("earliestDatestamp"), days)
    for name in identifiers:
        report.holds("oai_schema", name, "an identifier is ASCII without spaces", re.fullmatch(r"oai:[!-~]+", name), name)
    for dc in root.iterfind(".//oai_dc:dc", OAI):
        strange = [child.tag for child in dc if child.tag not in {f"{{{OAI['dc']}}}{name}" for name in ELEMENTS} or len(child)]
        report.same("oai_schema", "oai_dc", "only the fifteen elements, with text", strange, [])


# --- Atom -----------------------------------------------------------------------------------------------------------


def count(report, surface, where, element, names):
    """How often a child may stand: RFC 4287, 4.1.1 and 4.1.2."""
    for name, allowed in names.items():
        found = len(element.findall(f"a:{name}", ATOM))
        report.holds(surface, where, f"{name} stands {allowed} times", found in allowed, found)


def check_feed_rules(report, surface, where, root):
    """RFC 4287."""
    report.same(surface, where, "root", root.tag, f"{{{ATOM['a']}}}feed")
    count(report, surface, where, root, {"id": {1}, "title": {1}, "updated": {1}, "subtitle": {0, 1}, "author": range(1, 99)})
    selves = root.xpath("a:link[@rel='self']/@href", namespaces=ATOM)
    report.same(surface, where, "self", len(selves), 1)
    entries = root.findall("a:entry", ATOM)
    seen = [text_of(name) for name in root.iterfind("a:entry/a:id", ATOM)]
    report.same(surface, where, "each id once (4.1.1)", len(set(seen)), len(seen))
    for element in [root, *entries]:
        name = element.findtext("a:id", default="", namespaces=ATOM)
        report.holds(surface, where, "an id is an absolute address (4.2.6)", urlsplit(name).scheme and name.isascii(), name)
    for entry in entries:
        place = f"{where} {entry.findtext('a:id', default='', namespaces=ATOM)}"
        count(report, surface, place, entry, {"id": {1}, "title": {1}, "updated": {1}, "published": {0, 1},
                                              "summary": {0, 1}, "rights": {0, 1}})
        pages = entry.xpath("a:link[@rel='alternate' or not(@rel)]", namespaces=ATOM)
        kinds = [(page.get("type"), page.get("hreflang")) for page in pages]
        report.same(surface, place, "one alternate a kind (4.1.2)", len(set(kinds)), len(kinds))
        stands = bool(pages) or entry.find("a:content", ATOM) is not None
        report.holds(surface, place, "a page or a content (4.1.2)", stands, "neither")
        for category in entry.iterfind("a:category", ATOM):
            report.holds(surface, place, "a category has a term (4.2.2)", category.get("term"), "none")
    for time in root.xpath("//a:updated | //a:published", namespaces=ATOM):
        report.holds(surface, where, "a time by RFC 3339", TIME.fullmatch(text_of(time)), text_of(time))
    for person in root.xpath("//a:author | //a:contributor", namespaces=ATOM):
        names = [text_of(name) for name in person.findall("a:name", ATOM)]
        report.holds(surface, where, "a person has one name (3.2.1)", len(names) == 1 and names[0], names)


def check_atom(report, site):
    for path in (path for path in site.files() if path.rsplit("/", 1)[-1] == "feed.xml"):
        check_feed_rules(report, "atom_rules", path, site.xml(path))


def check_opds(report, site):
    """OPDS 1.2: its feeds are Atom's; kinds of feeds (8), links of a book (5.2)."""
    for path in (path for path in site.files() if re.search(r"(^|/)(opds|books(\.\d+)?)\.xml$", path)):
        root = site.xml(path)
        check_feed_rules(report, "opds_rules", path, root)
        kind = "navigation" if path == "opds.xml" else "acquisition"
        wanted = f"application/atom+xml;profile=opds-catalog;kind={kind}"
        report.same("opds_rules", path, "kind", root.xpath("a:link[@rel='self']/@type", namespaces=ATOM), [wanted])
        starts = root.xpath("a:link[@rel='start']/@href", namespaces=ATOM)
        report.same("opds_rules", path, "start", starts, [f"{site.base}opds.xml"])
        for entry in root.iterfind("a:entry", ATOM):
            place = f"{path} {entry.findtext('a:id', namespaces=ATOM)}"
            books = entry.xpath("a:link[starts-with(@rel, 'http://opds-spec.org/acquisition')]", namespaces=ATOM)
            report.same("opds_rules", place, "books", bool(books), kind == "acquisition")
            report.holds("opds_rules", place, "a book has a type", all(book.get("type") for book in books), "none")
