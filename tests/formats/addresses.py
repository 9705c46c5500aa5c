"""What may not stand in a site: absolute addresses without `base_url`, and what is withheld.

All files of the site are searched as bytes, whatever they are, so that a new file is searched too.
"""

import re

import sample
from built import described

# Names of vocabularies and of forms are addresses that nobody follows.
NAMES = (
    "http://purl.org/dc/terms/", "https://schema.org", "http://id.loc.gov/datatypes/edtf/EDTF-level1",
    "http://www.w3.org/", "http://www.openarchives.org/", "http://www.tei-c.org/ns/1.0",
)

NEED_BASE = ["feed.xml", "oai.xml", "opds.xml", "sitemap.xml"]


def from_records():
    """Addresses that the archive itself states, in every form of escaping: what comes before the first odd letter."""
    for document in sample.DOCUMENTS:
        for name in ("source_url", "rights_uri"):
            if name in document.record:
                yield re.match(r"https?://[\w./-]+", document.record[name])[0]
    yield sample.SITE["publisher_url"]


def check_no_base(report, site):
    """The same archive without `base_url`."""
    allowed = tuple({*from_records(), *NAMES})
    for path in site.files():
        found = re.findall(rb"https?://[^\s\"'<>]*", site.bytes(path))
        strange = sorted({address.decode("utf-8", "replace") for address in found} - set())
        strange = [address for address in strange if not address.startswith(allowed)]
        report.same("no_base", path, "absolute addresses", strange, [])
    absent = [path for path in site.files() if path.rsplit("/", 1)[-1] in NEED_BASE or path.endswith("linkset.json")]
    report.same("no_base", "the site", "files that need base_url", absent, [])


# Files by which machines read records.
MACHINES = (".json", ".jsonl", ".csv", ".xml", ".bib", ".ris", ".txt", ".md", ".epub")


def check_withheld(report, site):
    """No word of a withheld text anywhere; of the closed record nothing where machines read."""
    secret = sample.SECRET.encode("utf-8")
    closed = [document for document in sample.DOCUMENTS if document.access == "closed"]
    # Readers are told that a closed document exists, and the indexes lead to it.
    told = ("index.html", "browse/", *(f"{document.directory}/" for document in closed),
            *(f"{document.collection}/index" for document in closed))
    for path in site.files():
        if path == "manifest.json":
            continue
        data = site.bytes(path)
        if path.endswith(MACHINES) or not path.startswith(told):
            report.holds("withheld", path, "nothing that is withheld", secret not in data, path)
        report.holds("withheld", path, "no word of a withheld text", secret + "。".encode() not in data, path)
    for document in closed:
        beside = [path for path in site.files() if path.startswith(f"{document.directory}/")]
        report.same("withheld", document.id, "files", beside, [f"{document.directory}/index.html"])
    texts = [path for document in described() if document.access == "record" for path in site.files()
             if path.startswith(f"{document.directory}/") and path.endswith((".txt", ".md", ".epub"))]
    report.same("withheld", "withheld", "files of the text", texts, [])
