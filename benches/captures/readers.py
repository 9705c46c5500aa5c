"""What the two programs make of a page: fonds, and trafilatura as its peer."""

import json
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

CACHE = "peer.json"
# Settings of trafilatura's own evaluation.
OPTIONS = {"include_comments": False, "include_tables": True, "include_formatting": False}
# A run over one suite takes seconds. One that hangs must not hang the measurement.
PATIENCE = 600


@dataclass
class Reading:
    """What one program read."""

    title: str | None = None
    date: str | None = None
    text: str = ""
    refused: dict | None = None
    blocks: list[dict] = field(default_factory=list)
    dropped: list[dict] = field(default_factory=list)
    meta: dict = field(default_factory=dict)


def fonds(binary: str, suites: dict[str, list[Path]]) -> dict[Path, Reading]:
    """One run for each suite: an importer may learn from pages that come together, but not from another's pages."""
    read: dict[Path, Reading] = {}
    for pages in suites.values():
        read |= _import(binary, pages)
    return read


def fonds_told(binary: str, addresses: dict[Path, str]) -> dict[Path, Reading]:
    """The same pages with their addresses, told in the comment that a browser writes into a page that it saves."""
    with tempfile.TemporaryDirectory() as folder:
        copies = {}
        for page, address in addresses.items():
            told = f"<!-- saved from url=({len(address):04}){address} -->\n".encode()
            copies[page] = Path(folder, page.name)
            copies[page].write_bytes(told + page.read_bytes())
        read = _import(binary, list(copies.values()))
        return {page: read[copy] for page, copy in copies.items()}


def _import(binary: str, pages: list[Path]) -> dict[Path, Reading]:
    command = [binary, "import", "--dry-run", "--lang", "en", "--format", "json", *map(str, pages)]
    output = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).stdout.decode()
    read: dict[Path, Reading] = {}
    for line in filter(None, output.split("\n")):
        said = json.loads(line)
        page = Path(said.get("file", ""))
        if "meta" in said:
            read[page] = _recognised(said)
        elif said.get("severity") == "error":
            # Of several errors the first is the reason.
            read.setdefault(page, Reading(refused=said))
    silent = {"code": "no-answer", "line": None, "message": "neither an import nor an error"}
    return {page: read.get(page, Reading(refused=silent)) for page in pages}


def _recognised(said: dict) -> Reading:
    meta = said["meta"]
    return Reading(
        title=meta["title"],
        # A time may follow the day.
        date=meta["date"] and meta["date"].split(" ")[0],
        text="\n".join(written(block) for block in said["blocks"]),
        blocks=said["blocks"],
        dropped=said["dropped"],
        meta=meta,
    )


def written(block: dict) -> str:
    """A block as it stood in the page. A heading's number and closing mark are told apart from its words, and the blank
    after a Western number belongs to neither."""
    number = block.get("number") or ""
    blank = " " if number.isascii() and number else ""
    return number + blank + block["text"] + block.get("close", "")


def peer(real: Path, pages: list[Path], addresses: dict[Path, str]) -> tuple[dict[Path, Reading], dict[Path, Reading]]:
    """The peer's readings, and for the pages whose addresses are known, its dates when it is told them.

    The peer takes a minute for what fonds does in seconds, and its answers change only with its version."""
    cache = _cached(real / CACHE)
    wanted = {str(page.relative_to(real)): (page, addresses.get(page)) for page in pages}
    known = cache["pages"]
    missing = {
        name: asked for name, asked in wanted.items() if known.get(name, {}).get("size") != asked[0].stat().st_size
    }
    if missing:
        with ProcessPoolExecutor() as workers:
            known |= zip(missing, workers.map(_ask_peer, missing.values(), chunksize=8))
        (real / CACHE).write_text(json.dumps(cache, ensure_ascii=False), encoding="utf-8")
    answers = {page: known[name] for name, (page, _) in wanted.items()}
    readings = {page: Reading(said["title"], said["date"], said["text"]) for page, said in answers.items()}
    return readings, {page: Reading(date=answers[page]["date_told"]) for page in addresses}


def _cached(file: Path) -> dict:
    empty = {"version": version("trafilatura"), "pages": {}}
    if not file.is_file():
        return empty
    cache = json.loads(file.read_text(encoding="utf-8"))
    return cache if cache["version"] == empty["version"] else empty


def _ask_peer(asked: tuple[Path, str | None]) -> dict:
    import trafilatura

    page, address = asked
    content = page.read_bytes()
    said = {"size": len(content), "title": None, "date": None, "date_told": None, "text": ""}
    try:
        said["text"] = trafilatura.extract(content, **OPTIONS) or ""
        stated = trafilatura.bare_extraction(content, with_metadata=True, **OPTIONS)
        if stated:
            said |= {"title": stated.title, "date": stated.date}
        if address:
            stated = trafilatura.bare_extraction(content, url=address, with_metadata=True, **OPTIONS)
            said["date_told"] = stated and stated.date
    except Exception as fault:  # A page that breaks the peer counts as one that it cannot read.
        said["fault"] = repr(fault)
    return said
