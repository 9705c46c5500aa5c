"""What Zotero takes from a page, by the rules of its reader of embedded metadata, written out in our own words.

A name of a meta element may have anything before `citation_`. Other names are prefix, mark, property: `DCTERMS.title`,
`og:title`, of two prefixes the second if it is known. What Highwire's names say stands before what the others say.

Authors: each `citation_author` is split at `;`; where there is only one such element, also at a comma with two words on
each side. A name with a comma is family and given name; a name without one is cut at its last space, and the last word is
the family name. A name without a space is a family name alone, so 欧阳修 is right as it is. An office's name with a space is
cut too, unless it ends in a comma: the comma is taken off and the rest is not cut any more.

Kind: a `citation_technical_report_institution` makes a report. Otherwise `og:type` decides if it is `website` or `book`;
`article` does not, and a page with `citation_title` is a journal article then. Publication: Dublin Core's source, or
`og:site_name`. Address: `citation_public_url`, or `og:url`, or the canonical address.
"""

import re

import sample
from built import XHTML, described
from expected import pages

# Vocabularies whose names are read.
PREFIXES = {"dc", "dcterms", "og", "article", "book", "prism", "eprints", "bibo"}

# Zotero cuts the name of an office at its last space; true once highwire.rs ends such a name with a comma.
OFFICES_ARE_WHOLE = False

# What a page without a document number becomes; webpage once `og:type` is website.
KIND = "journalArticle"


def elements(tree):
    """Names and contents of all meta elements."""
    for element in tree.xpath("//h:meta[@content]", namespaces=XHTML):
        names = element.get("name") or element.get("property")
        if names and element.get("content"):
            for name in names.split():
                yield name, element.get("content")


def statements(found):
    """What prefixed names say, each name with its values in order."""
    said = {}
    for name, content in found:
        parts = re.split(r"[.:_]", name)
        if len(parts) > 2 and parts[1].lower() in PREFIXES:
            prefix, rest = parts[1].lower(), name[len(parts[0]) + len(parts[1]) + 2 :]
        else:
            prefix, rest = parts[0].lower(), name[len(parts[0]) + 1 :]
        if prefix in PREFIXES and rest:
            said.setdefault(f"{prefix}:{rest[0].lower()}{rest[1:]}", []).append(content)
    return said


def highwire(found, name):
    """Contents of the elements whose name ends so."""
    return [content for known, content in found if known.endswith(name)]


def cleaned(name, comma):
    """Given name and family name."""
    name = name.strip(" \t\n\u00a0.,/[]:")
    name = re.sub(r"[\s\u00a0]+", " ", name, count=1)
    if comma:
        name = re.sub(r"\.(?! )(.)", r". \1", name, count=1)
        parts = re.split("[,،] ?", name)
        return (parts[1], parts[0]) if len(parts) > 1 else ("", name)
    cut = name.rfind(" ")
    while cut > 0 and not name[cut + 1 : cut + 2].isalpha():
        cut = name.rfind(" ", 0, cut)
    return (name[:cut], name[cut + 1 :]) if cut > 0 else ("", name)


def people(found):
    nodes = highwire(found, "citation_author")
    out = []
    for node in nodes:
        names = re.split(r"\s*;\s*", node)
        if len(names) == 1 and len(nodes) == 1:
            parts = re.split(r"\s*,\s*", node)
            if len(parts) > 1 and " " in parts[0] and " " in parts[1]:
                names = parts
        for name in names:
            if re.search(r"[^\s,\-.;]", name):
                out.append(cleaned(name.strip(), "," in name))
    return out


def first(*lists):
    return next((values[0] for values in lists if values), None)


def kind(found, said):
    if highwire(found, "citation_technical_report_institution"):
        return "report"
    strong = {"website": "webpage", "book": "book"}.get(first(said.get("og:type")))
    guess = "journalArticle" if highwire(found, "citation_title") else "webpage"
    return strong or guess


def read(tree):
    """The item that Zotero would save."""
    found = list(elements(tree))
    said = statements(found)
    canonical = tree.xpath("//h:link[@rel='canonical']/@href", namespaces=XHTML)
    creators = people(found)
    if not creators:
        names = said.get("dcterms:creator") or said.get("dcterms:contributor") or []
        creators = [cleaned(name, "," in name) for name in names]
    return {
        "kind": kind(found, said),
        "title": first(highwire(found, "citation_title"), said.get("dcterms:title"), said.get("og:title")),
        "creators": creators,
        "date": first(highwire(found, "citation_date"), highwire(found, "citation_publication_date"),
                      said.get("dcterms:issued"), said.get("dcterms:date")),
        "publisher": first(highwire(found, "citation_publisher"), said.get("dcterms:publisher")),
        "publication": first(said.get("dc:source"), said.get("dcterms:source"), said.get("og:site_name")),
        "number": first(highwire(found, "citation_technical_report_number")),
        "address": first(highwire(found, "citation_public_url"), said.get("og:url"), canonical),
        "language": first(highwire(found, "citation_language"), said.get("dcterms:language")),
        "rights": first(said.get("dcterms:rights")),
    }


def expected(person):
    """Given and family name, as they should come out."""
    if person.family:
        return person.given, person.family
    if " " not in person.name or (person.office and OFFICES_ARE_WHOLE):
        return "", person.name
    # A name that the record does not split is cut at its last space.
    given, _, family = person.name.rpartition(" ")
    return given, family


def check(report, site):
    for document in described():
        for facts in pages(document, site.base):
            where = f"{document.directory}/{facts.page}"
            item = read(site.html(where))
            wanted = {
                "kind": "report" if facts.get("doc_number") and facts.publisher else KIND,
                "title": facts.title, "date": facts.date, "publisher": facts.publisher,
                "publication": sample.SITE["title"], "number": facts.get("doc_number"), "address": facts.permalink,
                "language": facts.language, "rights": facts.get("rights"),
            }
            for name, value in wanted.items():
                report.same("zotero", where, name, item[name], value)
            # A `;` in a name is no name; what becomes of it is not said here.
            if not any(";" in person.name for person in facts.people):
                report.same("zotero", where, "creators", item["creators"], [expected(person) for person in facts.writers])
