"""The forms of citing that no program at hand makes: GB/T 7714-2025, and plain English.

They are made a second time from the record, by the examples of the documentation. Dates that are not exact are said in
words and are left to the program's own tests.
"""

import re

from built import cited, text_of

MONTHS = "January February March April May June July August September October November December".split()


def initials(given):
    """`Jean-Paul` as `J P`."""
    return " ".join(word[0].upper() for word in re.split(r"[\s.-]+", given) if word)


def seen(facts):
    return facts.seen


def standard(facts):
    """GB/T 7714-2025."""
    names = [f"{person.family} {initials(person.given)}" if person.family else person.name for person in facts.writers]
    parts = [facts.record["title"], facts.get("doc_number"), facts.heading]
    text = ("，".join(names) + ". " if names else "") + "：".join(part for part in parts if part) + "[EB/OL]."
    cited = f"[{seen(facts)}]" if seen(facts) else ""
    if facts.date:
        text += f" （{facts.date}）{cited}."
    elif cited:
        text += f" {cited}."
    return text + (f" {facts.address}." if facts.address else "")


def day(date):
    """`1 May 2020`, as far as it is known."""
    year, month, day = ([int(part) for part in date.split("-")] + [0, 0])[:3]
    return " ".join(str(part) for part in (day or "", MONTHS[month - 1] if month else "", year) if part)


def english(facts):
    names = ", ".join(person.name for person in facts.writers)
    stop = "" if facts.title[-1] in ".?!。？！" else "."
    text = (names + (" " if names.endswith(".") else ". ") if names else "") + f"“{facts.title}{stop}”"
    known = ", ".join(part for part in (facts.get("doc_number"), facts.publisher, facts.date and day(facts.date)) if part)
    tail = ". ".join(part for part in (known, facts.edition and f"Edition {facts.edition}", facts.address) if part)
    if not tail:
        return text
    return f"{text} {tail}" + (f" (accessed {day(seen(facts))})" if seen(facts) else "") + "."


def check(report, site, facts):
    if facts.date and not facts.exact:
        return
    where = f"{facts.document.directory}/{facts.page}"
    for name, wanted in {"GB/T 7714-2025": standard(facts), "English": english(facts)}.items():
        found = cited(site.html(where), name)
        report.same("forms", where, name, [" ".join(text_of(form).split()) for form in found], [" ".join(wanted.split())])
