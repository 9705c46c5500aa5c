"""Captures beside a peer: fonds and trafilatura on the saved pages of six test suites.

    python3 benches/captures/measure.py BINARY REAL_FOLDER [--only N] [--list WHAT]

README.md beside this file says how the folder is filled and what each row means."""

import argparse
import os
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

# No folder of compiled files is left beside the sources. This has to come before they are loaded.
sys.dont_write_bytecode = True

import readers
import scores
import suites
from readers import Reading

# A passage is cut so that a line of a list fits a screen.
SHOWN = 90


@dataclass
class Bench:
    """Both programs' readings of all pages; each is made when a row first needs it."""

    binary: str
    real: Path

    @cached_property
    def pages(self) -> dict[str, list[Path]]:
        return suites.pages(self.real)

    @cached_property
    def articles(self) -> list[suites.Article]:
        return suites.chinese_articles(self.real)

    @cached_property
    def addresses(self) -> dict[Path, str]:
        return {article.page: article.address for article, _ in suites.dated(self.articles)}

    @cached_property
    def product(self) -> dict[Path, Reading]:
        return readers.fonds(self.binary, self.pages)

    @cached_property
    def product_told(self) -> dict[Path, Reading]:
        return readers.fonds_told(self.binary, self.addresses)

    @cached_property
    def _peer(self) -> tuple[dict[Path, Reading], dict[Path, Reading]]:
        every = [page for pages in self.pages.values() for page in pages]
        return readers.peer(self.real, every, self.addresses)

    @property
    def peer(self) -> dict[Path, Reading]:
        return self._peer[0]

    @property
    def peer_told(self) -> dict[Path, Reading]:
        return self._peer[1]

    @property
    def both(self) -> tuple[dict[Path, Reading], dict[Path, Reading]]:
        return self.product, self.peer

    def name(self, page: Path) -> str:
        return str(page.relative_to(self.real))


# --- the rows ---------------------------------------------------------------------------------------------------------


Row = tuple[str, str, str]


def row_read(bench: Bench) -> list[Row]:
    every = [page for pages in bench.pages.values() for page in pages]
    read = sum(not bench.product[page].refused for page in every)
    peer = sum(bool(bench.peer[page].text) for page in every)
    rows = [(f"{len(every):,} saved pages read", str(read), str(peer))]
    codes = Counter(reading.refused["code"] for reading in bench.product.values() if reading.refused)
    return rows + [(f"- refused: {code}", str(count), "–") for code, count in codes.most_common()]


def row_titles(bench: Bench) -> list[Row]:
    truth = suites.titles(bench.real)
    kinds = ["exact", "with more", "wrong"]
    label = f"Chinese pages ({len(truth)}), title: exact / with the site's name / wrong"

    def verdicts(of: dict[Path, Reading]) -> str:
        return _counted(kinds, (scores.title(of[page].title, right) for page, right in truth))

    return [(label, *map(verdicts, bench.both))]


def row_address_dates(bench: Bench) -> list[Row]:
    truth = suites.dated(bench.articles)
    kinds = ["right", "none", "wrong"]
    label = f"{len(truth)} Chinese pages with the date in the address: right / none / wrong"

    def verdicts(of: dict[Path, Reading]) -> str:
        return _counted(kinds, (scores.date(of[article.page].date, day) for article, day in truth))

    return [
        (label, *map(verdicts, bench.both)),
        ("- the same, told the address", verdicts(bench.product_told), verdicts(bench.peer_told)),
    ]


def row_text(bench: Bench) -> list[Row]:
    label = f"text of {len(bench.articles)} Chinese pages: recall / precision"
    return [(label, *(_mean_overlap(bench, of) for of in bench.both))]


def _mean_overlap(bench: Bench, of: dict[Path, Reading]) -> str:
    """The mean of the pages, so that a long one counts no more than a short one."""
    overlaps = [scores.overlap(of[article.page].text, article.text) for article in bench.articles]
    recall, precision = (sum(part) / len(overlaps) for part in zip(*overlaps))
    return f"{recall:.3f} / {precision:.3f}"


def row_segments(bench: Bench) -> list[Row]:
    cases = suites.segments(bench.real)
    wanted, unwanted = sum(len(case.wanted) for case in cases), sum(len(case.unwanted) for case in cases)
    label = f"trafilatura's own suite: wanted segments kept of {wanted} / unwanted kept of {unwanted}"
    figures = []
    for of in bench.both:
        texts = [(case, scores.spaced(of[case.page].text)) for case in cases]
        kept = sum(scores.spaced(segment) in text for case, text in texts for segment in case.wanted)
        surplus = sum(scores.spaced(segment) in text for case, text in texts for segment in case.unwanted)
        figures.append(f"{kept} / {surplus}")
    return [(label, *figures)]


def row_dates(bench: Bench) -> list[Row]:
    cases = [case for case in suites.segments(bench.real) if case.date]
    kinds = ["right", "none", "wrong"]
    label = f"its dates ({len(cases)}): right / none / wrong"

    def verdicts(of: dict[Path, Reading]) -> str:
        return _counted(kinds, (scores.date(of[case.page].date, case.date) for case in cases))

    return [(label, *map(verdicts, bench.both))]


def _counted(kinds: list[str], verdicts) -> str:
    counts = Counter(verdicts)
    return " / ".join(str(counts[kind]) for kind in kinds)


ROWS = [row_read, row_titles, row_address_dates, row_text, row_segments, row_dates]


# --- the lists --------------------------------------------------------------------------------------------------------


def list_refused(bench: Bench):
    for page, reading in bench.product.items():
        if reading.refused:
            said = reading.refused
            yield said["code"], f"{bench.name(page)}:{said['line'] or ''}", said["message"]


def list_titles(bench: Bench):
    for page, right in suites.titles(bench.real):
        seen, peer = bench.product[page].title, bench.peer[page].title
        verdict = scores.title(seen, right)
        if verdict != "exact":
            told = f"seen: {seen}", f"right: {' or '.join(right)}", f"peer: {scores.title(peer, right)}"
            yield verdict, bench.name(page), *told


def list_dates(bench: Bench):
    known = [("address", article.page, day) for article, day in suites.dated(bench.articles)]
    known += [("suite", case.page, case.date) for case in suites.segments(bench.real) if case.date]
    for source, page, day in known:
        reading, peer = bench.product[page], bench.peer[page]
        verdict = scores.date(reading.date, day)
        if verdict != "right":
            why = f"refused: {reading.refused['code']}" if reading.refused else f"seen: {reading.date}"
            yield source, verdict, bench.name(page), why, f"right: {day}", f"peer: {scores.date(peer.date, day)}"


def list_text(bench: Bench):
    """Pages below recall 0.995 or precision 0.95, the worst first, each with the first block that is too much and the
    first line that is missing."""
    found = []
    for article in bench.articles:
        reading = bench.product[article.page]
        recall, precision = scores.overlap(reading.text, article.text)
        peer = "peer: {:.3f} / {:.3f}".format(*scores.overlap(bench.peer[article.page].text, article.text))
        found.append((precision, recall, article, peer))
    for precision, recall, article, peer in sorted(found, key=lambda case: case[:2]):
        if precision < 0.95 or recall < 0.995:
            reading = bench.product[article.page]
            surplus = _strangers([readers.written(block) for block in reading.blocks], article.text)
            missing = _strangers(article.text.split("\n"), reading.text)
            told = f"too much: {surplus}", f"missing: {missing}"
            yield f"{recall:.3f} / {precision:.3f}", peer, bench.name(article.page), article.address, *told


def _strangers(passages: list[str], text: str) -> str:
    """Passages that the text does not hold: how many, and the first."""
    whole = scores.squeezed(text)
    strangers = [passage for passage in passages if scores.squeezed(passage) not in whole]
    return f"{len(strangers)}, {_cut(strangers[0])}" if strangers else "0"


def list_kept(bench: Bench):
    """Unwanted segments in the text, each with the block it stands in."""
    for case in suites.segments(bench.real):
        reading = bench.product[case.page]
        text, peer = scores.spaced(reading.text), scores.spaced(bench.peer[case.page].text)
        for segment in map(scores.spaced, case.unwanted):
            if segment in text:
                too = "peer: kept" if segment in peer else "peer: not"
                yield bench.name(case.page), too, _cut(segment), _block_of(segment, reading)


def _block_of(segment: str, reading: Reading) -> str:
    for block in reading.blocks:
        text = scores.spaced(readers.written(block))
        if segment in text:
            return f"in {block['kind']} at {block['line']}: {_cut(text)}"
    return "over several blocks"


def list_lost(bench: Bench):
    """Wanted segments that the text has not, and where they went."""
    for case in suites.segments(bench.real):
        reading = bench.product[case.page]
        text, peer = scores.spaced(reading.text), scores.spaced(bench.peer[case.page].text)
        for segment in map(scores.spaced, case.wanted):
            if segment not in text:
                too = "peer: kept" if segment in peer else "peer: not"
                yield _whereabouts(segment, reading), bench.name(case.page), too, _cut(segment)


def _whereabouts(segment: str, reading: Reading) -> str:
    if reading.refused:
        return f"refused: {reading.refused['code']}"
    for field, value in reading.meta.items():
        if segment in scores.spaced(str(value)):
            return f"in the record: {field}"
    whole = scores.squeezed(segment)
    if whole in scores.squeezed(reading.text):
        return "kept with other white space"
    for dropped in reading.dropped:
        if segment in scores.spaced(dropped["text"]):
            return f"dropped: {dropped['why']}"
    lines = sorted(reading.dropped + reading.blocks, key=lambda line: line["line"])
    if whole in scores.squeezed("".join(line["text"] for line in lines)):
        return "dropped in part"
    return "not found as it is written"


def _cut(text: str) -> str:
    text = scores.spaced(text)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


LISTS = {
    "refused": list_refused,
    "titles": list_titles,
    "dates": list_dates,
    "text": list_text,
    "kept": list_kept,
    "lost": list_lost,
}


# --- the command ------------------------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description="fonds beside trafilatura on the saved pages of six test suites")
    parser.add_argument("binary", help="a fonds binary")
    parser.add_argument("real", type=Path, help="the folder with the six repositories")
    parser.add_argument("--only", type=int, choices=range(1, len(ROWS) + 1), metavar="N", help="only the Nth row")
    parser.add_argument("--list", choices=LISTS, metavar="WHAT", help=f"the failing pages instead: {', '.join(LISTS)}")
    asked = parser.parse_args()
    bench = Bench(asked.binary, asked.real.resolve())
    _stop_if_missing(bench)
    if asked.list:
        try:
            for line in LISTS[asked.list](bench):
                print("\t".join(line))
        except BrokenPipeError:  # `head` has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    print("| measure | product | peer |\n|---|---|---|")
    for row in ROWS[asked.only - 1 : asked.only] if asked.only else ROWS:
        for cells in row(bench):
            print(f"| {' | '.join(cells)} |", flush=True)


def _stop_if_missing(bench: Bench) -> None:
    """A suite that is not there would make every figure smaller without a word."""
    missing = [suite for suite in (suites.TRAFILATURA, *suites.PAGES) if not (bench.real / suite).is_dir()]
    if missing:
        sys.exit(f"not in {bench.real}: {', '.join(missing)}; README.md says where they come from")


if __name__ == "__main__":
    main()
