"""The archive that all checks read: full records, every kind of author, uncertain dates, hostile text, withheld texts.

The records are data of Python, so that what a surface says is compared with what was written and not with anything that
the program made of it.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

BASE = "https://archive.example/texts/"

# The day on which everything is published, for the program and as it says it.
PUBLISHED_EPOCH = "1795910400"
PUBLISHED = "2026-11-29"

SITE = {
    "title": "江城县文献库",
    "language": "zh-Hans",
    "publisher": "江城县地方史志学会",
    "publisher_url": "https://keeper.example/",
    "publisher_email": "archive@keeper.example",
}

COLLECTIONS = {"essays": "文章", "essays/letters": "书信 & <便条>"}

# Whatever some format could take for its own: XML, HTML, TeX, TOML, JSON, CSV, a direction mark, an astral character.
HOSTILE = "\"quoted\" 'single' <b> & ]]> {brace} \\textbf{x} 100% a_b #1 $x$ ~ ^ </script> <!-- ; , and 😀 שלום \u202bعربي\u202c "


def hostile(word, length=0):
    """A hostile text that says which field it came from."""
    return (f"{word} {HOSTILE}" + "长" * length).strip()


# A word that stands in withheld texts and in the record of the closed document, and may stand nowhere else.
SECRET = "不可外传之语"

TEXT = """引言一段。

## 一、清点 {#s1}

清点用了十一天。

## 二、上架 & 编号 {#s2}

上架按原来的次序。
"""

ENGLISH = """An introduction.

## First things {#first}

A paragraph.
"""


@dataclass
class Document:
    """A record, its text, and where it lies."""

    id: str
    collection: str
    record: dict
    body: str = TEXT
    # The pages of its sections: file name, heading with its number.
    sections: list = field(default_factory=lambda: [("s1.html", "一、清点"), ("s2.html", "二、上架 & 编号")])

    @property
    def directory(self):
        return f"{self.collection}/{self.id}" if self.collection else self.id

    @property
    def access(self):
        return self.record.get("access", "open")

    @property
    def pages(self):
        """Pages and the headings that they are cited by; none for the document as a whole."""
        whole = [("index.html", None)]
        return whole if self.access != "open" else [*whole, *self.sections, ("full.html", None)]


def full(title, **fields):
    """A record with every field; what is given stands in the place of the usual, and None takes a field away."""
    record = {
        "title": title,
        "subtitle": "副题",
        "authors": ["欧阳修"],
        "date": "1950-03-01",
        "date_printed": "一九五〇年三月一日",
        "created": "1950-02",
        "source": "江城县档案馆",
        "source_url": "https://source.example/a?b=1&c=2",
        "captured": "2020-05-01",
        "issuer": "江城县人民政府",
        "doc_number": "江政发〔1950〕3号",
        "index_number": "JC-1950-003",
        "kind": "通知",
        "language": "zh-Hans",
        "subjects": ["档案", "清点"],
        "people": ["王某"],
        "places": ["江城县"],
        "organisations": ["江城县图书馆"],
        "rights": "© 江城县档案馆",
        "rights_uri": "https://rightsstatements.example/vocab/InC/1.0/",
        "access_note": "来源单位许可",
        "proofread": "已校对",
        "original": {
            "file": "original/a.txt",
            "sha256": "ab" * 32,
            "bytes": 4,
            "media_type": "text/plain",
            "encoding": "UTF-8",
            "importer": "fonds 0",
        },
        "extra": {"shelf": "甲三"},
    }
    record.update(fields)
    return {key: value for key, value in record.items() if value is not None}


SARTRE = {"name": "Jean-Paul Sartre", "sort": "Sartre, Jean-Paul", "affiliation": "Les Temps modernes"}

DOCUMENTS = [
    Document("欧阳文", "essays", full("库房札记")),
    Document("zhang", "essays", full("信一封", authors=["张 三"], date="1950~", doc_number=None)),
    Document(
        "sartre-sorted", "essays/letters",
        full("On the Archive: a Letter", authors=[SARTRE], date="195X", language="en", doc_number=None, kind="essay"),
        ENGLISH, [("first.html", "First things")],
    ),
    Document(
        "sartre-plain", "essays/letters",
        full("Second Letter", authors=["Jean-Paul Sartre"], date="1949-10/1950-03", language="en", doc_number=None,
             kind="essay"),
        ENGLISH, [("first.html", "First things")],
    ),
    Document("office", "essays", full("通知一则", authors=[{"name": "江城县人民政府", "office": True}], date="1966")),
    Document(
        "office-spaced", "essays",
        full("A Notice", authors=[{"name": "Jiangcheng Records Office", "office": True}], date="1966-05", language="en",
             doc_number=None),
        ENGLISH, [("first.html", "First things")],
    ),
    Document(
        "two", "essays",
        full("两人谈", authors=["任启明", {"name": "Mary Ann Smith", "sort": "Smith, Mary Ann"}], doc_number=None),
    ),
    Document("nobody", "", full("无名氏文", authors=None, date="1951?")),
    Document(
        "translated", "essays",
        full("译文", authors=["鲁某", {"name": "董秋斯", "role": "译者"}], doc_number=None),
    ),
    Document(
        "hostile", "essays/letters",
        full(
            hostile("title"), subtitle=hostile("subtitle", 400), authors=[hostile("author"), {
                "name": hostile("office"), "office": True, "affiliation": hostile("affiliation"),
                "note": hostile("note")}],
            date_printed=hostile("printed"), source=hostile("source", 400), issuer=hostile("issuer"),
            doc_number=hostile("number"), index_number=hostile("index"), kind=hostile("kind"),
            subjects=[hostile("subject"), "second"], people=[hostile("person")], places=[hostile("place")],
            organisations=[hostile("organisation")], rights=hostile("rights", 400), proofread=hostile("proofread"),
            access_note=hostile("access"), source_url="https://source.example/'a'?b=\"1\"&c=<d>]]>{e}\\f%20_#g",
            rights_uri="https://rights.example/?a=1&b=<2>",
        ),
    ),
    Document("bare", "essays", {"title": "残页"}),
    Document("withheld", "essays", full("只录不公布", access="record"), f"{SECRET}。\n\n## 一、{SECRET} {{#s1}}\n\n文。\n"),
    Document(
        "closed", "essays",
        full("已撤下", authors=[f"{SECRET}甲"], source=f"{SECRET}乙", rights=f"{SECRET}丙", subjects=[f"{SECRET}丁"],
             people=[f"{SECRET}戊"], access="closed", access_note="应来源单位要求撤下"),
        f"{SECRET}。\n",
    ),
]


def toml(value):
    """A value as TOML; JSON's strings are TOML's basic strings."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(member)}" for key, member in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml(member) for member in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def lines(table):
    return "".join(f"{key} = {toml(value)}\n" for key, value in table.items())


def write(folder, base=None, style=None):
    """Writes the archive into a folder."""
    folder = Path(folder)
    head = dict(SITE, base_url=base) if base else SITE
    records = f'\n[records]\ncitation = "{style}"\n' if style else ""
    files = {"site.toml": lines(head) + records}
    for path, title in COLLECTIONS.items():
        files[f"content/{path}/_index.md"] = f"+++\n{lines({'title': title})}+++\n"
    for document in DOCUMENTS:
        files[f"content/{document.directory}/index.md"] = f"+++\n{lines(document.record)}+++\n{document.body}"
        files[f"content/{document.directory}/original/a.txt"] = "text"
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
