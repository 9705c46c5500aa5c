"""That each check can fail: every surface is broken in one place, and the checks must name it and no other.

A break is a text that stands in a file of the site and what is put in its place. Surfaces that compare others with each
other, or read the same bytes by other rules, are left out while another surface is broken.
"""

import io
import zipfile

import sample

LANDING = "essays/two/index.html"
SECTION = "essays/two/s1.html"

# Surface: the file, what stands in it, what is put there instead.
BREAKS = {
    "bibtex": ("essays/two/two.bib", "Smith, Mary Ann", "Smith, Mary"),
    "ris": ("essays/two/two.ris", "UR  - https://source", "UR  - https://other"),
    "csl": ("essays/two/two.csl.json", '"family": "Smith"', '"family": "Smyth"'),
    "page_citations": (SECTION, "\nTI  - 两人谈", "\nTI  - 二人谈"),
    "forms": (LANDING, "任启明，Smith M A. 两人谈[", "任启明，Smith A M. 两人谈["),
    "gbt7714": (LANDING, "任启明, SMITH M A. 两人谈", "任启明, SMITH M. 两人谈"),
    "dublin_core": (LANDING, 'name="DCTERMS.rights" content="©', 'name="DCTERMS.rights" content="'),
    "highwire": (SECTION, 'name="citation_publisher" content="江城县', 'name="citation_publisher" content="江城'),
    "open_graph": (SECTION, 'property="og:title" content="两', 'property="og:title" content="二'),
    "signposting": (LANDING, 'rel="describedby" href="two.ris"', 'rel="describedby" href="two.bib"'),
    "linkset": ("essays/two/linkset.json", "two.txt", "two.text"),
    "json_ld": (SECTION, '"familyName":"Smith"', '"familyName":"Ann Smith"'),
    "json_ld_above": ("essays/index.html", '"collectionSize":', '"collectionSize":1'),
    "record": (LANDING, "<dd>JC-1950-003</dd>", "<dd>JC-1950-004</dd>"),
    "source": (SECTION, '<span class="person">任启明', '<span class="person">任启'),
    "text": ("essays/two/two.txt", "两人谈\n", "两人談\n"),
    "markdown": ("essays/two/two.md", "甲三", "甲四"),
    "records.jsonl": ("records.jsonl", '"year":1949', '"year":1950'),
    "records.csv": ("records.csv", "1949-10-01", "1949-10-02"),
    "feed": ("essays/feed.xml", "<title>两人谈</title>", "<title>两人谈话</title>"),
    "atom_rules": ("essays/feed.xml", '<link rel="self"', '<link rel="via"'),
    "oai": ("oai.xml", "<dc:creator>Smith, Mary Ann<", "<dc:creator>Smith, Mary<"),
    "oai_schema": ("oai.xml", "<oai:deletedRecord>no</oai:deletedRecord>\n", ""),
    "sitemap": ("sitemap.xml", "/essays/two/s1.html<", "/essays/two/s3.html<"),
    "sitemap_schema": ("sitemap.xml", "<rs:md hash", "<priority>7</priority><rs:md hash"),
    "resourcesync": ("sitemap.xml", ' type="text/html"', ""),
    "fixity": ("robots.txt", "User-agent", "user-agent"),
    "withheld": ("essays/bare/full.html", "<main", f"<!-- {sample.SECRET} --><main"),
    "tei": ("essays/two/two.xml", "两人谈", "二人谈"),
    "epub": ("essays/two/two.epub", "两人谈", "二人谈"),
    "opds": ("essays/books.xml", "<title>两人谈<", "<title>二人谈<"),
    "opds_rules": ("essays/books.xml", 'rel="start"', 'rel="related"'),
    "zotero": (LANDING, 'name="citation_author" content="Smith, ', 'name="citation_author" content="Mr. A. Smith; '),
}

# A break in the build without an address, and one in what the command prints.
WITHOUT = ("essays/two/index.html", "<main", "<!-- https://archive.example/ --><main")
PRINTED = ("two", "ris")

# What else a break shows, since the same bytes say it.
ALSO = {"zotero": {"highwire"}}


def run(site, plain, check, there, derived):
    """Breaks one after the other; 1 where a break is not named, or more than it."""
    before = {str(fault) for fault in check(site, plain).faults}
    wrong = 0
    names = sorted(there | {"no_base"})
    for name in names:
        only = {surface for surface in names if surface not in derived or surface == name}
        if name == "command":
            document = next(document for document in sample.DOCUMENTS if document.id == PRINTED[0])
            said = site.record(document, PRINTED[1])
            site.said[PRINTED] = said.replace("两人谈", "二人谈")
            faults = check(site, plain, only).faults
            site.said[PRINTED] = said
        else:
            where = plain if name == "no_base" else site
            faults = broken(where, name, site, plain, check, only)
        named = {fault.surface for fault in faults if str(fault) not in before} - ALSO.get(name, set())
        if named != {name}:
            wrong += 1
            print(f"{name} was broken, and the checks named {sorted(named) or 'nothing'}")
    print(f"{len(names) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


def in_book(data, old, new):
    """An EPUB with another text in its package document."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w") as broken_book:
        for entry in book.infolist():
            content = book.read(entry)
            if entry.filename.endswith(".opf"):
                content = content.replace(old.encode(), new.encode(), 1)
            broken_book.writestr(entry, content)
    return out.getvalue()


def broken(where, name, site, plain, check, only):
    path, old, new = WITHOUT if name == "no_base" else BREAKS[name]
    data = where.bytes(path)
    after = in_book(data, old, new) if path.endswith(".epub") else data.replace(old.encode(), new.encode(), 1)
    if after == data:
        raise SystemExit(f"{path} does not hold {old!r}: write another break for {name}")
    where.overlay[path] = after
    faults = check(site, plain, only).faults
    where.overlay.clear()
    return faults
