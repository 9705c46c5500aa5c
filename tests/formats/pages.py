"""What a reader sees: the record on the landing page, the source at the foot of every other page, and the citations.

The rows are known by their labels, which are the words of the theme; what stands in a row must be what the record says.
The citations for programs that stand on the pages are read by the same readers as the downloads. The form of GB/T
7714-2015 must be what citeproc-py makes, by the style of that standard, of the CSL-JSON on the same page.
"""

import json
import tomllib
from pathlib import Path

import citations
from built import XHTML, cited, text_of

STRINGS = Path(__file__).resolve().parents[2] / "templates" / "strings"


def words(language):
    """The words of the theme in a page's language."""
    name = "en" if language == "en" else "zh-Hans"
    return tomllib.loads((STRINGS / f"{name}.toml").read_text(encoding="utf-8"))


def rows(tree, facts):
    """The rows of the source or the record: the key of the row's word, and the element that holds the value."""
    found = {}
    for row in tree.xpath("//h:footer[@id='fonds-source']//h:dl/h:div", namespaces=XHTML):
        found.setdefault(text_of(row.find("h:dt", XHTML)), row.find("h:dd", XHTML))
    return {key: found[label] for key, label in words(facts.language).items() if label in found}


def people_in(element):
    """Names and what stands beside them."""
    found = []
    for person in element.iterfind("h:span", XHTML):
        aside = [text_of(beside) for beside in person.iterfind("h:span", XHTML)]
        link = person.find("h:a", XHTML)
        name = text_of(link) if link is not None else (person.text or "").strip()
        found.append((name, aside))
    return found


def asides(facts, notes):
    """The names of the record with role and affiliation, and on the landing page a note."""
    found = []
    for person, written in zip(facts.people, facts.record.get("authors") or [], strict=False):
        table = written if isinstance(written, dict) else {}
        keys = ("role", "affiliation", "note") if notes else ("role", "affiliation")
        found.append((person.name, [table[key] for key in keys if key in table]))
    return found


def check_record(report, site, facts):
    """The full record on the landing page."""
    where = f"{facts.document.directory}/index.html"
    tree = site.html(where)
    found, word = rows(tree, facts), words(facts.language)
    text = lambda key: " ".join(text_of(found[key]).split()) if key in found else None
    squeezed = lambda value: " ".join(value.split()) if value else None
    kind = facts.get("kind")
    listed = {key: word["list_separator"].join(facts.get(key) or []) for key in ("subjects", "people", "places", "organisations")}
    wanted = {
        **{key: facts.get(key) for key in (
            "issuer", "doc_number", "index_number", "date_printed", "source", "source_url", "proofread")},
        **listed,
        "kind": word.get(f"kind_{kind}", kind),
        "collection": facts.collection,
        "identifier": facts.document.id,
        "permalink": facts.canonical or where,
        "sha256": (facts.get("original") or {}).get("sha256"),
        "rights": facts.get("rights") or word["rights_unstated"],
    }
    for key, value in wanted.items():
        report.same("record", where, key, text(key), squeezed(value))
    title = [part for part in (facts.record["title"], facts.get("subtitle")) if part]
    report.same("record", where, "title", [part for part in found["title"].itertext() if part.strip()], title)
    authors = people_in(found["author"]) if "author" in found else []
    report.same("record", where, "author", authors, asides(facts, notes=True))
    for key in ("date", "created", "captured"):
        data = found[key].find("h:data", XHTML) if key in found else None
        report.same("record", where, key, None if data is None else data.get("value"), facts.get(key))
    rights = found["rights"].find("h:a", XHTML)
    report.same("record", where, "rights_uri", None if rights is None else rights.get("href"), facts.get("rights_uri"))


def check_source(report, site, facts):
    """The source at the foot of a section and of the whole text."""
    where = f"{facts.document.directory}/{facts.page}"
    found, word = rows(site.html(where), facts), words(facts.language)
    text = lambda key: " ".join(text_of(found[key]).split()) if key in found else None
    squeezed = lambda value: " ".join(value.split()) if value else None
    wanted = {
        "title": facts.record["title"], "source": facts.get("source"), "source_url": facts.get("source_url"),
        "rights": facts.get("rights") or word["rights_unstated"], "permalink": facts.canonical or where,
        "sha256": (facts.get("original") or {}).get("sha256"),
    }
    for key, value in wanted.items():
        report.same("source", where, key, text(key), squeezed(value))
    authors = people_in(found["author"]) if "author" in found else []
    report.same("source", where, "author", authors, asides(facts, notes=False))
    # The day is said in words, the same as on the landing page.
    landing = rows(site.html(f"{facts.document.directory}/index.html"), facts)
    report.same("source", where, "date", text("date"), " ".join(text_of(landing["date"]).split()))


def check_citations(report, site, facts):
    """BibTeX, RIS and CSL-JSON as they stand on a page."""
    where = f"{facts.document.directory}/{facts.page}"
    for name, read in (("BibTeX", citations.bibtex), ("RIS", citations.ris), ("CSL-JSON", citations.csl)):
        found = cited(site.html(where), name)
        report.same("page_citations", where, name, len(found), 1)
        if found:
            read(report, "page_citations", where, text_of(found[0]), facts)


def check_standard(report, site, facts):
    """The form of GB/T 7714-2015 against citeproc-py's.

    The style prints the publisher of a page, where the standard's form for a page that is still being changed gives
    none; so it is taken away, as the site's own form leaves it away. The style sets a space behind the colon of a title,
    and capitals for a name that is not split. Dates that are not exact are said in words, which no style can.
    """
    where = f"{facts.document.directory}/{facts.page}"
    tree = site.html(where)
    [form] = cited(tree, "GB/T 7714-2015")
    [data] = cited(tree, "CSL-JSON")
    if facts.date and not facts.exact:
        report.holds("gbt7714", where, "an inexact date keeps its year", facts.date[:3] in text_of(form), text_of(form))
        return
    item = {key: value for key, value in json.loads(text_of(data))[0].items()
            if key not in ("publisher", "container-title", "archive")}
    if facts.heading:
        # The site sets a document's number before a section's heading; in CSL-JSON the heading is in the title.
        item["title"] = facts.record["title"] + (f":{facts.get('doc_number')}" if "number" in item else "")
        item.pop("number", None)
        item["title"] += f":{facts.heading}"
    made = citations.rendered(json.dumps([item]), citations.GBT2015).removeprefix("[1]")
    plain = lambda text: text.replace(": ", ":").casefold()
    report.same("gbt7714", where, "the form of 2015", plain(text_of(form)), plain(made))


def check_closed(report, site, facts):
    """The page of a closed document says nothing to machines."""
    where = f"{facts.document.directory}/index.html"
    tree = site.html(where)
    for name, path in {
        "meta elements": "//h:meta[starts-with(@name, 'DCTERMS') or starts-with(@name, 'citation_') or @property]",
        "data": "//h:script[@type='application/ld+json']",
        "links": "//h:link[@rel='describedby' or @rel='item' or @rel='cite-as' or @rel='linkset']",
        "citations for programs": "//h:pre[@class='cite-text']",
    }.items():
        report.same("withheld", where, name, len(tree.xpath(path, namespaces=XHTML)), 0)
