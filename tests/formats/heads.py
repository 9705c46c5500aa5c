"""What the head of a page tells machines, read by a parser of HTML: Dublin Core, Highwire, OpenGraph, Signposting.

`linkset.json` says the same links as Signposting's elements, in the shape of RFC 9264.
"""

import json
from urllib.parse import urljoin

import sample
from built import XHTML

LOCALES = {"zh-Hans": "zh_CN", "en": "en_US"}


def metas(tree, attribute):
    """Names and contents of the meta elements of a head, in their order."""
    found = {}
    for element in tree.xpath(f"/h:html/h:head/h:meta[@{attribute}]", namespaces=XHTML):
        found.setdefault(element.get(attribute), []).append(element.get("content"))
    return found


def links(tree):
    """Relations, targets and types of the link elements of a head."""
    found = {}
    for element in tree.xpath("/h:html/h:head/h:link[@rel]", namespaces=XHTML):
        for rel in element.get("rel").split():
            found.setdefault(rel, []).append((element.get("href"), element.get("type")))
    return found


def given(*values):
    return [value for value in values if value]


def dublin_core(facts):
    """The terms and their values, as the mapping of the documentation has them."""
    captured = facts.get("captured")
    terms = {
        "title": [facts.title],
        "alternative": given(facts.get("subtitle")),
        "creator": [person.inverted for person in facts.by_role("author")],
        "contributor": [person.inverted for person in facts.people if person.role != "author"],
        "publisher": given(facts.publisher),
        "issued": given(facts.get("date")),
        "created": given(facts.get("created")),
        "modified": [sample.PUBLISHED],
        "type": given("Text", facts.get("kind")),
        "language": [facts.language],
        "identifier": given(facts.permalink, facts.key, facts.get("doc_number"), facts.get("index_number")),
        "source": given(facts.get("source_url")),
        "subject": facts.get("subjects") or [],
        "spatial": facts.get("places") or [],
        "isPartOf": given(facts.collection),
        "rights": given(facts.get("rights")),
        "license": given(facts.get("rights_uri")),
        "accessRights": [facts.document.access],
        "provenance": given(captured and f"captured {captured}"),
    }
    return {term: values for term, values in terms.items() if values}


# The element of the fifteen that a term refines, in the order in which oai_dc lists them.
ELEMENTS = {
    "alternative": "title", "issued": "date", "created": "date", "modified": "date", "spatial": "coverage", "isPartOf": "relation",
    "license": "rights", "accessRights": "rights", "provenance": "description",
}


def elements(facts):
    """The fifteen elements of a record."""
    found = {}
    for term, values in dublin_core(facts).items():
        found.setdefault(ELEMENTS.get(term, term), []).extend(values)
    return found


def check_dublin_core(report, site, facts, where):
    tree = site.html(where)
    found = {name.partition(".")[2]: values for name, values in metas(tree, "name").items() if name.startswith("DCTERMS.")}
    # What is an address is a link (“Expressing Dublin Core metadata using HTML/XHTML meta and link elements”, 4).
    for rel, targets in links(tree).items():
        if rel.startswith("DCTERMS."):
            found.setdefault(rel.partition(".")[2], []).extend(href for href, _ in targets)
    in_links = sorted(rel.partition(".")[2] for rel in links(tree) if rel.startswith("DCTERMS."))
    report.same("dublin_core", where, "addresses", in_links,
                [term for term, name in {"license": "rights_uri", "source": "source_url"}.items() if facts.get(name)])
    wanted = dublin_core(facts)
    for term in sorted(set(found) | set(wanted)):
        report.same("dublin_core", where, term, found.get(term), wanted.get(term))
    schema = [href for href, _ in links(tree).get("schema.DCTERMS", [])]
    report.same("dublin_core", where, "the vocabulary", schema, ["http://purl.org/dc/terms/"])


def check_highwire(report, site, facts, where):
    found = {name: values for name, values in metas(site.html(where), "name").items() if name.startswith("citation_")}
    number, institution = facts.get("doc_number"), facts.get("issuer") or facts.get("source")
    numbered = bool(number and institution)
    wanted = {
        "citation_title": [facts.title],
        "citation_author": [person.inverted for person in facts.writers],
        "citation_author_institution": given(*(person.affiliation for person in facts.writers)),
        "citation_publication_date": given(facts.date),
        "citation_publisher": given(facts.publisher),
        "citation_technical_report_institution": given(numbered and institution),
        "citation_technical_report_number": given(numbered and number),
        "citation_language": [facts.language],
        "citation_keywords": given("; ".join(facts.get("subjects") or [])),
        "citation_public_url": given(facts.permalink),
        "citation_fulltext_html_url": given(facts.permalink),
    }
    for name in sorted(set(found) | set(wanted)):
        report.same("highwire", where, name, found.get(name, []), wanted.get(name, []))


def check_open_graph(report, site, facts, where):
    found = metas(site.html(where), "property")
    wanted = {
        "og:type": ["article"],
        "og:title": [facts.title],
        "og:site_name": [sample.SITE["title"]],
        "og:locale": [LOCALES[facts.language]],
        "og:url": given(facts.permalink),
        "article:published_time": given(facts.exact and facts.get("date")),
        "article:author": [person.name for person in facts.writers],
        "article:tag": facts.get("subjects") or [],
    }
    for name in sorted(set(found) | set(wanted)):
        report.same("open_graph", where, name, found.get(name, []), wanted.get(name, []))


SIGNPOSTS = ["cite-as", "describedby", "item", "collection", "license"]


def signposts(facts):
    """Relations to absolute targets with their types, sorted."""
    document = facts.document
    found = {
        relation: [(facts.under(f"{document.directory}/{document.id}.{ending}"), kind) for ending, kind in files]
        for relation, files in facts.downloads.items()
    }
    found["cite-as"] = [(facts.permalink, None)]
    if facts.collection:
        found["collection"] = [(facts.under(f"{document.collection}/"), "text/html")]
    if facts.get("rights_uri"):
        found["license"] = [(facts.get("rights_uri"), None)]
    return {relation: sorted(targets, key=str) for relation, targets in found.items() if targets}


def check_signposting(report, site, facts, where):
    """The links of a page, followed as a program would, from the page's own address."""
    found, wanted = links(site.html(where)), signposts(facts)
    here = facts.under(where)
    for relation in SIGNPOSTS:
        targets = [(resolved(here, href), kind) for href, kind in found.get(relation, [])]
        report.same("signposting", where, relation, sorted(targets, key=str), wanted.get(relation, []))
    linkset = [(urljoin(here, href), kind) for href, kind in found.get("linkset", [])]
    address = facts.under(f"{facts.document.directory}/linkset.json")
    report.same("signposting", where, "linkset", linkset, [(address, "application/linkset+json")])
    canonical = [href for href, _ in found.get("canonical", [])]
    report.same("signposting", where, "canonical", canonical, given(facts.canonical))


def resolved(here, href):
    """An absolute address as it is; a relative one from the page, with letters encoded as a browser does."""
    if "://" in href:
        return href
    address = urljoin(here, href)
    encoded = "".join(letter if letter.isascii() else encoded_letter(letter) for letter in address)
    return encoded.removesuffix("index.html")


def encoded_letter(letter):
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8"))


def check_linkset(report, site, facts):
    where = f"{facts.document.directory}/linkset.json"
    data = json.loads(site.text(where))
    report.same("linkset", where, "the only member (RFC 9264, 4.2)", list(data), ["linkset"])
    report.same("linkset", where, "link contexts", len(data["linkset"]), 1)
    context = data["linkset"][0]
    report.same("linkset", where, "anchor", context.get("anchor"), facts.permalink)
    wanted = signposts(facts)
    report.same("linkset", where, "relations", sorted(set(context) - {"anchor"}), sorted(wanted))
    for relation, targets in wanted.items():
        found = [(target["href"], target.get("type")) for target in context.get(relation, [])]
        report.same("linkset", where, relation, sorted(found, key=str), targets)
        members = {member for target in context.get(relation, []) for member in target}
        report.same("linkset", where, f"attributes of {relation}", members - {"href", "type"}, set())


def check(report, site, facts):
    """All of a page's head; `where` is its path in the site."""
    where = f"{facts.document.directory}/{facts.page}"
    for read in (check_dublin_core, check_highwire, check_open_graph, check_signposting):
        read(report, site, facts, where)
