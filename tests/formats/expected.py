"""What each page of a document must be said to be, found from the record as it was written.

The rules are those of the documentation, written a second time: names closed up, split by `sort`, put into roles; the
issuing body in the place of an author; the original's address before the archive's.
"""

from dataclasses import dataclass
from urllib.parse import quote

from sample import BASE, COLLECTIONS, SITE

ROLES = {None: "author", "译者": "translator"}

ADDRESSES = ("source_url", "rights_uri")

# Media types of the files that are made of a text, and those that the build at hand makes.
TEXTS = {"txt": "text/plain", "md": "text/markdown", "xml": "application/tei+xml", "epub": "application/epub+zip"}
MADE = {"txt", "md"}


def clean(address):
    """An address as RFC 3986 has it: what it does not know is encoded, since many formats have no escape for it."""
    return "".join(f"%{ord(letter):02X}" if letter in '"<>\\^`{|} ' else letter for letter in address)


@dataclass(frozen=True)
class Person:
    """An author as the surfaces may say them."""

    name: str
    office: bool = False
    role: str = "author"
    family: str = ""
    given: str = ""
    affiliation: str = ""

    @property
    def inverted(self):
        return f"{self.family}, {self.given}" if self.family else self.name


def person(author):
    """Reads one author of a record."""
    table = {"name": author} if isinstance(author, str) else author
    name = table["name"]
    if len(name.split()) > 1 and all("\u3400" <= letter <= "\u9fff" or letter.isspace() for letter in name):
        name = "".join(name.split())
    family, _, given = (part.strip() for part in table.get("sort", "").partition(","))
    return Person(name, table.get("office", False), ROLES[table.get("role")], family, given, table.get("affiliation", ""))


@dataclass(frozen=True)
class Facts:
    """What is said of one page of a document."""

    document: object
    page: str
    heading: str | None
    base: str | None = BASE

    @property
    def record(self):
        return self.document.record

    def get(self, name):
        value = self.record.get(name)
        return clean(value) if value and name in ADDRESSES else value

    @property
    def seen(self):
        """When the cited address was seen: known only of the original's."""
        return self.get("captured") if self.get("source_url") and not self.heading else None

    @property
    def language(self):
        return self.record.get("language", SITE["language"])

    @property
    def title(self):
        colon = ": " if self.language == "en" else "："
        return self.record["title"] + (colon + self.heading if self.heading else "")

    @property
    def key(self):
        return f"{self.document.id}_{self.page.removesuffix('.html')}" if self.heading else self.document.id

    @property
    def people(self):
        if self.record.get("authors"):
            return [person(author) for author in self.record["authors"]]
        return [Person(self.record["issuer"], office=True)] if self.record.get("issuer") else []

    def by_role(self, role):
        return [person for person in self.people if person.role == role]

    @property
    def writers(self):
        """Whoever a reference names first: the authors, and others only where there are none."""
        return self.by_role("author") or self.people

    @property
    def publisher(self):
        return self.record.get("source") or self.record.get("issuer")

    @property
    def date(self):
        return self.record.get("date") or self.record.get("created")

    @property
    def exact(self):
        return bool(self.date) and all(letter.isdigit() or letter == "-" for letter in self.date)

    @property
    def collection(self):
        return COLLECTIONS.get(self.document.collection)

    def under(self, path):
        """The absolute address of a path in the site."""
        return self.base + encoded(path)

    @property
    def permalink(self):
        """The address to cite; the whole text on one page is the document, so its first page's."""
        page = self.page if self.heading else ""
        return self.under(f"{self.document.directory}/{page}") if self.base else None

    @property
    def canonical(self):
        """The page's own address."""
        page = "" if self.page == "index.html" else self.page
        return self.under(f"{self.document.directory}/{page}") if self.base else None

    @property
    def address(self):
        return (None if self.heading else self.get("source_url")) or self.permalink

    @property
    def edition(self):
        """The edition that is cited: only where the archive's own page is. Everything is published once, in the first."""
        return None if self.get("source_url") and not self.heading else "1"

    @property
    def downloads(self):
        """Endings and media types, by what they are made from."""
        text = [(ending, kind) for ending, kind in TEXTS.items() if ending in MADE and self.document.access == "open"]
        return {
            "item": text,
            "describedby": [
                ("bib", "application/x-bibtex"),
                ("ris", "application/x-research-info-systems"),
                ("csl.json", "application/vnd.citationstyles.csl+json"),
            ],
        }


def encoded(path):
    return quote(path, safe="/~")


def whole(document, base=BASE):
    return Facts(document, "index.html", None, base)


def pages(document, base=BASE):
    """All pages that can be cited, the landing page first."""
    return [Facts(document, page, heading, base) for page, heading in document.pages]


# The first day that each uncertain date of the sample may mean, and its year.
FIRST_DAYS = {
    "1950~": ("1950-01-01", 1950), "195X": ("1950-01-01", 1950), "1949-10/1950-03": ("1949-10-01", 1949),
    "1951?": ("1951-01-01", 1951),
}


def first_day(date):
    """The first day that a date may mean, and its year."""
    if not date:
        return None, None
    if date in FIRST_DAYS:
        return FIRST_DAYS[date]
    return (date + "-01-01"[len(date) - 4 :], int(date[:4]))
