"""The pages of six test suites, and what their makers say is true of them."""

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

# The folder of each suite below the folder that is named on the command line, and its saved pages there. The patterns
# leave out what some suites expect of a page, which is HTML too and lies beside it.
PAGES = {
    "readability": "test/test-pages/*/source.html",
    "newspaper4k": "tests/data/html/*.html",
    "parser": "fixtures/*.html",
    "magic-html": "benchmark/data/article/htmls/*.html",
    "GNE": "tests/**/*.html",
}
TRAFILATURA = "trafilatura"
MAGIC = "magic-html/benchmark/data/article"

# Year, month and day in an address: 2024-05/13, 2024/0513, 20240513, t20240513, and 2019050315127, which goes on.
DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/]?([01]\d)[-/]?([0-3]\d)")


@dataclass
class Article:
    """A page whose address and true text are known."""

    page: Path
    address: str
    text: str


@dataclass
class Segments:
    """A page with passages that belong to its text, passages that do not, and its date."""

    page: Path
    wanted: list[str]
    unwanted: list[str]
    date: str | None


def pages(real: Path) -> dict[str, list[Path]]:
    """All pages, by suite."""
    found = {TRAFILATURA: [case.page for case in segments(real)]}
    for suite, pattern in PAGES.items():
        found[suite] = sorted((real / suite).glob(pattern))
    return found


def segments(real: Path) -> list[Segments]:
    """Trafilatura's own suite: every page that its truth names."""
    tests = real / TRAFILATURA / "tests"
    truth = json.loads((tests / "evaldata.json").read_text(encoding="utf-8"))
    return [
        Segments(_evaluated(tests, case["file"]), case["with"], case["without"], _day(case.get("date")))
        for case in truth.values()
    ]


def _evaluated(tests: Path, name: str) -> Path:
    """The suite looks in `cache` first, so the same page is taken here."""
    cached = tests / "cache" / name
    return cached if cached.is_file() else tests / "eval" / name


def _day(date: str | None) -> str | None:
    """Two dates of the suite are written 2022-11-1 and 2022-01.26."""
    return "-".join(part.zfill(2) for part in re.findall(r"\d+", date)) if date else None


def chinese_articles(real: Path) -> list[Article]:
    """The Chinese pages of magic-html, the one suite whose true texts are Chinese in number."""
    truth = json.loads((real / MAGIC / "base.json").read_text(encoding="utf-8"))
    return [
        Article(real / MAGIC / "htmls" / f"{name}.html", case["url"], case["content"])
        for name, case in truth.items()
        if _is_chinese(case["content"])
    ]


def _is_chinese(text: str) -> bool:
    """Japanese has kana, and an English text may quote some Chinese."""
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    kana = len(re.findall(r"[\u3040-\u30ff]", text))
    return han > 50 and han > len(text) / 4 and kana < han / 20


def dated(articles: list[Article]) -> list[tuple[Article, str]]:
    """Articles whose address holds a whole date, and that date. What follows a question mark is of another day."""
    found = ((article, DAY.search(article.address.split("?")[0])) for article in articles)
    return [(article, "-".join(day.groups())) for article, day in found if day]


def titles(real: Path) -> list[tuple[Path, list[str]]]:
    """Chinese pages and their titles: any of those given is right.

    `titles.tsv` holds no title, only where it stands in the page, so that nothing of the pages is copied."""
    places: dict[str, list[tuple[str, str]]] = {}
    with (Path(__file__).parent / "titles.tsv").open(encoding="utf-8") as table:
        for page, cut, path in csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            places.setdefault(page, []).append((cut, path))
    return [(real / page, _at(real / page, where)) for page, where in places.items()]


def _at(page: Path, where: list[tuple[str, str]]) -> list[str]:
    from trafilatura.utils import load_html

    document = load_html(page.read_bytes())
    found = []
    for cut, path in where:
        text = " ".join(document.xpath(f"string(({path})[1])").split())
        begin, end = (int(number) if number else None for number in cut.split(":"))
        found.append(text[begin:end].strip())
    return found
