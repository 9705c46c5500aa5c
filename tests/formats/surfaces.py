"""One record drives every surface, and every surface agrees: the proof.

    surfaces.py BINARY            builds an archive with and without an address, reads every surface back, and compares
                                  it with the records
    surfaces.py BINARY --mutate   breaks each surface in one place, and sees that this surface is named and no other

The readers are others' programs wherever there is one: bibtexparser, rispy, citeproc-py, PyLD and rdflib, feedparser,
html5lib, lxml, Python's own csv, json, tomllib and zipfile.
"""

import sys
import tempfile
from pathlib import Path

import addresses
import catalogues
import citations
import forms
import heads
import linked_data
import mutations
import pages
import sample
import schemas
import texts
import zotero
from built import Report, Site, cited, described, text_of
from expected import pages as pages_of
from expected import whole

# Surfaces whose file a build may lack: where it stands, and whether it must be there. Everything else must.
FILES = {
    "tei": ("nobody/nobody.xml", True),
    "epub": ("nobody/nobody.epub", True),
    "opds": ("opds.xml", True),
    "opds_rules": ("opds.xml", True),
}


def downloads(ending, surface, read):
    """The check of a download that describes a document."""

    def check(report, site):
        for document in described():
            path = f"{document.directory}/{document.id}.{ending}"
            read(report, surface, path, site.text(path), whole(document, site.base))

    return check


def on_pages(read):
    """The check of something that stands on every page of every document."""

    def check(report, site):
        for document in described():
            for facts in pages_of(document, site.base):
                read(report, site, facts)

    return check


def on_landing(read):
    def check(report, site):
        for document in described():
            read(report, site, whole(document, site.base))

    return check


def head(read):
    return on_pages(lambda report, site, facts: read(report, site, facts, f"{facts.document.directory}/{facts.page}"))


def withheld(report, site):
    addresses.check_withheld(report, site)
    for document in sample.DOCUMENTS:
        if document.access == "closed":
            pages.check_closed(report, site, whole(document, site.base))


def source(report, site):
    """The landing page has the full record instead."""
    for document in described():
        for facts in pages_of(document, site.base)[1:]:
            pages.check_source(report, site, facts)


def command(report, site):
    """What `fonds record` prints: the downloads, and for the other forms the same facts."""
    for document in described():
        facts = whole(document, site.base)
        path = f"{document.directory}/{document.id}"
        for form, ending in {"bibtex": "bib", "ris": "ris", "csl": "csl.json"}.items():
            report.same("command", document.id, form, site.record(document, form), site.bytes(f"{path}.{ending}").decode())
        linked_data.check(report, "command", document.id, site.record(document, "json-ld"), facts)
        element = schemas.parsed(site.record(document, "dc").encode("utf-8"))
        catalogues.check_elements(report, "command", document.id, element, facts)
        [form] = map(text_of, cited(site.html(f"{document.directory}/index.html"), "GB/T 7714-2025"))
        report.same("command", document.id, "cite", site.record(document, "cite"), form + "\n")


SURFACES = {
    "bibtex": downloads("bib", "bibtex", citations.bibtex),
    "ris": downloads("ris", "ris", citations.ris),
    "csl": downloads("csl.json", "csl", citations.csl),
    "page_citations": on_pages(pages.check_citations),
    "forms": on_pages(forms.check),
    "gbt7714": on_pages(pages.check_standard),
    "dublin_core": head(heads.check_dublin_core),
    "highwire": head(heads.check_highwire),
    "open_graph": head(heads.check_open_graph),
    "signposting": head(heads.check_signposting),
    "linkset": on_landing(heads.check_linkset),
    "json_ld": on_pages(linked_data.check_page),
    "json_ld_above": linked_data.check_above,
    "record": on_landing(pages.check_record),
    "source": source,
    "text": texts.check_text,
    "markdown": texts.check_markdown,
    "records.jsonl": catalogues.check_lines,
    "records.csv": catalogues.check_table,
    "feed": catalogues.check_feeds,
    "atom_rules": schemas.check_atom,
    "oai": catalogues.check_repository,
    "oai_schema": schemas.check_oai,
    "sitemap": catalogues.check_sitemap,
    "sitemap_schema": schemas.check_sitemap,
    "resourcesync": schemas.check_resourcesync,
    "fixity": catalogues.check_fixity,
    "withheld": withheld,
    "command": command,
    "zotero": zotero.check,
    # These are read where their files are made.
    "tei": texts.check_tei,
    "epub": texts.check_epub,
    "opds": catalogues.check_books,
    "opds_rules": schemas.check_opds,
}

# Surfaces that a site without an address has too.
PLAIN = {
    "bibtex", "ris", "csl", "page_citations", "forms", "dublin_core", "highwire", "open_graph", "json_ld", "json_ld_above",
    "record", "source", "text", "markdown", "records.jsonl", "records.csv", "withheld", "command",
}

# Surfaces that compare others with each other, or read the same bytes by other rules.
DERIVED = {"command", "fixity", "zotero"}


def present(site, surface):
    return surface not in FILES or site.exists(FILES[surface][0])


def check(site, plain, only=None):
    """All surfaces of both builds; `plain` is the one without an address."""
    report = Report()
    for surface, read in SURFACES.items():
        if only and surface not in only:
            continue
        if present(site, surface):
            read(report, site)
        else:
            path, required = FILES[surface]
            report.holds(surface, path, "is made", not required, "absent")
    if not only or "no_base" in only:
        addresses.check_no_base(report, plain)
    for surface in sorted(PLAIN if not only else PLAIN & only):
        SURFACES[surface](report, plain)
    return report


def show(report):
    for surface in sorted(report.compared):
        print(f"    {surface:16}{len(report.places[surface]):5} places{report.compared[surface]:7} comparisons")
    for surface in sorted(report.surfaces):
        faults = [fault for fault in report.faults if fault.surface == surface]
        for fault in faults[:8]:
            print(fault)
        if len(faults) > 8:
            print(f"{surface}: and {len(faults) - 8} more")


def main(arguments):
    if not arguments or arguments[1:] not in ([], ["--mutate"]):
        print(__doc__)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        site = Site.build(arguments[0], Path(folder) / "with", sample.BASE)
        plain = Site.build(arguments[0], Path(folder) / "without", None)
        if arguments[1:]:
            return mutations.run(site, plain, check, {name for name in SURFACES if present(site, name)}, DERIVED)
        report = check(site, plain)
        show(report)
    passed = sum(report.compared.values()) - len(report.faults)
    print(f"{passed} passed, {len(report.faults)} failed")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
