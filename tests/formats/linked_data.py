"""JSON-LD, expanded by PyLD and read as RDF by rdflib.

No package at hand ships schema.org's own context, so a local loader answers for it: every term is in
https://schema.org/, dates are typed, and the few properties whose values are addresses say so, as in the published
context. That each term is one of schema.org's is checked against the list that rdflib ships (`rdflib.namespace.SDO`).
"""

import json
from functools import cache

import sample
from built import XHTML, text_of
from pyld import jsonld
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.namespace import SDO

CONTEXT = {
    "@vocab": "https://schema.org/",
    **{term: {"@id": f"https://schema.org/{term}", "@type": "@id"}
       for term in ("url", "license", "contentUrl", "item")},
    **{term: {"@id": f"https://schema.org/{term}", "@type": "https://schema.org/Date"}
       for term in ("datePublished", "dateCreated")},
}
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF-level1")


def load(address, _options=None):
    """Schema.org's context, and nothing else: no check goes to the network."""
    if address.rstrip("/") != "https://schema.org":
        raise ValueError(f"no context but schema.org's is known: {address}")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address,
            "document": {"@context": CONTEXT}}


@cache
def graph(text):
    """A document of JSON-LD as RDF; an address that is none (RFC 3987) makes it unreadable."""
    statements = jsonld.to_rdf(json.loads(text), {"documentLoader": load, "format": "application/n-quads"})
    try:
        return Graph().parse(data=statements, format="nquads")
    except ParserError:
        return Graph()


def scripts(tree):
    return [text_of(element) for element in
            tree.xpath("/h:html/h:head/h:script[@type='application/ld+json']", namespaces=XHTML)]


def values(data, subject, name):
    return sorted(str(value) for value in data.objects(subject, SDO[name]))


def names(data, subject, name):
    """Type and name of what a property leads to."""
    found = []
    for value in data.objects(subject, SDO[name]):
        kinds = [str(kind).rpartition("/")[2] for kind in data.objects(value, RDF.type)]
        found.append((kinds, [str(found) for found in data.objects(value, SDO.name)]))
    return sorted(found)


def check(report, surface, where, text, facts):
    """The document as its own pages and `fonds record` describe it; a section's page names it and leaves the rest."""
    brief = surface == "json_ld" and facts.heading
    data = graph(text)
    terms = {term for triple in data for term in triple if isinstance(term, URIRef) and term.startswith(str(SDO))}
    unknown = sorted(str(term) for term in terms if term.rpartition("/")[2] not in SDO)
    report.same(surface, where, "terms that schema.org does not have", unknown, [])
    headlines = {str(value) for value in data.objects(None, SDO.headline)}
    report.same(surface, where, "headlines of all articles", headlines, {facts.record["title"]})
    articles = list(data.subjects(RDF.type, SDO.ArchiveComponent))
    report.same(surface, where, "articles", len(articles), 1)
    if len(articles) != 1:
        return
    article = articles[0]
    document = facts.document
    address = facts.under(f"{document.directory}/") if facts.base else None
    report.same(surface, where, "@id", str(article) if isinstance(article, URIRef) else None, address)
    report.same(surface, where, "types", sorted(str(kind).rpartition("/")[2] for kind in data.objects(article, RDF.type)),
                ["ArchiveComponent", "Article"])
    texts = {
        "url": [address], "headline": [facts.record["title"]], "alternativeHeadline": [facts.get("subtitle")],
        "inLanguage": [facts.language], "genre": [facts.get("kind")], "keywords": facts.get("subjects") or [],
        "copyrightNotice": [facts.get("rights")], "conditionsOfAccess": [document.access],
        "sha256": [(facts.get("original") or {}).get("sha256")], "license": [facts.get("rights_uri")],
    }
    if brief:
        kept = ("url", "headline", "copyrightNotice", "license")
        texts = {name: wanted if name in kept else [] for name, wanted in texts.items()}
    for name, wanted in texts.items():
        report.same(surface, where, name, values(data, article, name), sorted(value for value in wanted if value))
    dates = {"datePublished": "date"} if brief else {"datePublished": "date", "dateCreated": "created"}
    for name, key in dates.items():
        found = [(str(value), value.datatype) for value in data.objects(article, SDO[name]) if isinstance(value, Literal)]
        date = facts.get(key)
        exact = date and all(letter.isdigit() or letter == "-" for letter in date)
        report.same(surface, where, name, found, [(date, SDO.Date if exact else EDTF)] if date else [])
    for role in ("author",) if brief else ("author", "translator"):
        wanted = sorted((["Organization" if person.office else "Person"], [person.name]) for person in facts.by_role(role))
        report.same(surface, where, role, names(data, article, role), wanted)
    report.same(surface, where, "publisher", names(data, article, "publisher"),
                [(["Organization"], [facts.publisher])] if facts.publisher else [])
    split = sorted((str(data.value(author, SDO.familyName)), str(data.value(author, SDO.givenName)))
                   for author in data.objects(article, SDO.author) if data.value(author, SDO.familyName))
    report.same(surface, where, "names that are split", split,
                sorted((person.family, person.given) for person in facts.people if person.family))
    if not brief:
        check_all(report, surface, where, data, article, facts)


def check_all(report, surface, where, data, article, facts):
    """What only the landing page, the page of the whole text and `fonds record` say."""
    document = facts.document
    number, index = facts.get("doc_number"), facts.get("index_number")
    based = [url for page in data.objects(article, SDO.isBasedOn) for url in values(data, page, "url")]
    report.same(surface, where, "isBasedOn", based, [facts.get("source_url")] if facts.get("source_url") else [])
    affiliations = [names(data, author, "affiliation") for author in data.objects(article, SDO.author)]
    report.same(surface, where, "affiliations", sorted(sum(affiliations, [])),
                sorted((["Organization"], [person.affiliation]) for person in facts.people
                       if person.affiliation and not person.office))
    mentions = [(["Person"], [name]) for name in facts.get("people") or []]
    mentions += [(["Organization"], [name]) for name in facts.get("organisations") or []]
    mentions += [(["Place"], [name]) for name in facts.get("places") or []]
    report.same(surface, where, "mentions", names(data, article, "mentions"), sorted(mentions))
    report.same(surface, where, "holdingArchive", names(data, article, "holdingArchive"),
                [(["ArchiveOrganization"], [sample.SITE["publisher"]])])
    report.same(surface, where, "isPartOf", names(data, article, "isPartOf"),
                [(["Collection"], [facts.collection])] if facts.collection else [])
    identifiers = list(data.objects(article, SDO.identifier))
    plain = [str(value) for value in identifiers if isinstance(value, Literal)]
    report.same(surface, where, "identifier", plain, [document.id])
    numbered = sorted(str(data.value(value, SDO.value)) for value in identifiers if not isinstance(value, Literal))
    report.same(surface, where, "numbers", numbered, sorted(value for value in (number, index) if value))
    if facts.base:
        files = sorted((str(data.value(media, SDO.contentUrl)), str(data.value(media, SDO.encodingFormat)))
                       for media in data.objects(article, SDO.encoding))
        wanted = sorted((facts.under(f"{document.directory}/{document.id}.{ending}"), kind)
                        for kinds in facts.downloads.values() for ending, kind in kinds)
        report.same(surface, where, "encoding", files, wanted)


def check_page(report, site, facts):
    """A page's own element, and for a section what it says of itself and of the way down to it."""
    where = f"{facts.document.directory}/{facts.page}"
    found = scripts(site.html(where))
    report.same("json_ld", where, "elements", len(found), 1)
    if len(found) != 1:
        return
    check(report, "json_ld", where, found[0], facts)
    data = graph(found[0])
    pages = [page for page in data.subjects(RDF.type, SDO.WebPage) if data.value(page, SDO.name)]
    report.same("json_ld", where, "sections", [str(data.value(page, SDO.name)) for page in pages],
                [facts.heading] if facts.heading else [])
    for page in pages:
        address = str(page) if isinstance(page, URIRef) else None
        report.same("json_ld", where, "the section's address", address, facts.permalink)
    crumbs = [(int(data.value(item, SDO.position)), str(data.value(item, SDO.name)))
              for item in data.objects(None, SDO.itemListElement)]
    names_above = [sample.COLLECTIONS[path] for path in sample.COLLECTIONS
                   if f"{facts.document.collection}/".startswith(f"{path}/")]
    report.same("json_ld", where, "the way down", [name for _, name in sorted(crumbs)][1 : 1 + len(names_above)], names_above)


def check_above(report, site):
    """The home page as a site that can be searched, and each collection with what it holds."""
    data = graph(scripts(site.html("index.html"))[0])
    [home] = data.subjects(RDF.type, SDO.WebSite)
    wanted = {"name": [sample.SITE["title"]], "inLanguage": [sample.SITE["language"]], "url": [site.base] if site.base else []}
    for name, value in wanted.items():
        report.same("json_ld_above", "index.html", name, values(data, home, name), value)
    report.same("json_ld_above", "index.html", "publisher", names(data, home, "publisher"),
                [(["ArchiveOrganization"], [sample.SITE["publisher"]])])
    templates = [str(value) for value in data.objects(None, SDO.urlTemplate)]
    report.same("json_ld_above", "index.html", "search", templates,
                [f"{site.base}search.html?q={{query}}"] if site.base else [])
    for path, title in sample.COLLECTIONS.items():
        where = f"{path}/index.html"
        data = graph(scripts(site.html(where))[0])
        [collection] = data.subjects(RDF.type, SDO.ArchiveComponent)
        inside = [document for document in sample.DOCUMENTS if f"{document.collection}/".startswith(f"{path}/")]
        parent = sample.COLLECTIONS.get(path.rpartition("/")[0])
        report.same("json_ld_above", where, "name", values(data, collection, "name"), [title])
        report.same("json_ld_above", where, "collectionSize", values(data, collection, "collectionSize"), [str(len(inside))])
        report.same("json_ld_above", where, "isPartOf", names(data, collection, "isPartOf"),
                    [(["Collection"], [parent])] if parent else [])
        address = str(collection) if isinstance(collection, URIRef) else None
        report.same("json_ld_above", where, "address", address, f"{site.base}{path}/" if site.base else None)
