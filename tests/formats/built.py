"""A built site, and the account of what was compared in it."""

import os
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import expected
import html5lib
import sample
from lxml import etree

XHTML = {"h": "http://www.w3.org/1999/xhtml"}

@dataclass
class Fault:
    """One thing that does not agree."""

    surface: str
    where: str
    what: str
    found: object
    wanted: object

    def __str__(self):
        found, wanted = repr(self.found), repr(self.wanted)
        at = next((at for at, (one, two) in enumerate(zip(found, wanted, strict=False)) if one != two), 0)
        begin = max(0, at - 40)
        cut = lambda text: ("…" if begin else "") + text[begin : begin + 160]
        return f"{self.surface}: {self.where}: {self.what}\n    found  {cut(found)}\n    wanted {cut(wanted)}"


class Report:
    """Everything that was compared, and what did not agree."""

    def __init__(self):
        self.compared = Counter()
        self.places = {}
        self.faults = []

    def same(self, surface, where, what, found, wanted):
        self.compared[surface] += 1
        self.places.setdefault(surface, set()).add(where)
        if found != wanted:
            self.faults.append(Fault(surface, where, what, found, wanted))

    def holds(self, surface, where, what, holds, found=None):
        self.same(surface, where, what, True if holds else found, True)

    @property
    def surfaces(self):
        return {fault.surface for fault in self.faults}


class Site:
    """An archive of the sample and the site that the binary published of it."""

    def __init__(self, binary, folder, base):
        self.binary, self.archive, self.base = Path(binary).resolve(), Path(folder), base
        self.public = self.archive / "public"
        self.said = {}
        self.parsed = {}
        # What stands in the place of a file, to see that the checks see it.
        self.overlay = {}

    @classmethod
    def build(cls, binary, folder, base=sample.BASE, style=None):
        sample.write(folder, base, style)
        site = cls(binary, folder, base)
        site.run("--quiet", "publish", "--by-hand")
        expected.MADE.update(ending for ending in expected.TEXTS if site.exists(f"nobody/nobody.{ending}"))
        return site

    def run(self, *arguments):
        environment = {**os.environ, "SOURCE_DATE_EPOCH": sample.PUBLISHED_EPOCH}
        done = subprocess.run([self.binary, *arguments], cwd=self.archive, capture_output=True, check=False, env=environment)
        if done.returncode:
            raise SystemExit(f"fonds {' '.join(arguments)}: exit code {done.returncode}\n{done.stderr.decode()}")
        return done.stdout.decode("utf-8")

    def record(self, document, form):
        """What `fonds record` prints."""
        key = (document.id, form)
        if key not in self.said:
            self.said[key] = self.run("record", document.id, "--format", form)
        return self.said[key]

    def exists(self, path):
        return (self.public / path).is_file()

    def bytes(self, path):
        return self.overlay[path] if path in self.overlay else (self.public / path).read_bytes()

    def text(self, path):
        return self.bytes(path).decode("utf-8")

    def html(self, path):
        """A page as a browser reads it."""
        data = self.bytes(path)
        if path not in self.parsed or self.parsed[path][0] != data:
            self.parsed[path] = (data, html5lib.parse(data, treebuilder="lxml"))
        return self.parsed[path][1]

    def xml(self, path):
        """A file of XML; no entity is expanded and nothing is fetched."""
        return etree.fromstring(self.bytes(path), etree.XMLParser(resolve_entities=False, no_network=True))

    def files(self):
        return sorted(path.relative_to(self.public).as_posix() for path in self.public.rglob("*") if path.is_file())


def described():
    """Documents whose record machines may read."""
    return [document for document in sample.DOCUMENTS if document.access != "closed"]


def text_of(element):
    return "".join(element.itertext())


def cited(tree, label):
    """The form of a page's citation that stands under a label; the archive's own form stands first and has none."""
    if label == "GB/T 7714-2025":
        path = "//h:div[@class='cite']/h:p[@class='cite-text']"
    else:
        path = f"//*[@class='cite-text'][preceding-sibling::h:p[not(@class)][1][normalize-space()='{label}']]"
    return [element for element in tree.xpath(path, namespaces=XHTML)]
