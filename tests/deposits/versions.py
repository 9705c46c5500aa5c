"""A storage root that fonds adds versions to, validated by ocfl-py after each; that the validator and fonds find what is spoilt; and a
root that ocfl-py makes, verified by fonds."""

import contextlib
import io
import json
import logging
import shutil
import sys
import tempfile
from pathlib import Path

import ocfl
from common import fonds, written
from shapes import SITE, document, with_original

FAULTS = []
logging.disable(logging.CRITICAL)


def holds(what, is_so, found=""):
    if not is_so:
        FAULTS.append(what)
        print(f"    {what}: {str(found)[:500]}")


def accepted(root):
    """What ocfl-py says against a root, warnings too."""
    store = ocfl.StorageRoot(root=str(root))
    with contextlib.redirect_stdout(io.StringIO()) as said:
        is_valid = store.validate(validate_objects=True, check_digests=True, log_warnings=True)
    told = f"{store.log.status_str()} {getattr(store, 'errors', [])}"
    is_whole = is_valid and store.num_objects == store.good_objects > 0 and not store.errors
    return None if is_whole and "[W" not in told else f"{told} {said.getvalue()}"


def found(folder):
    run = fonds(folder, "verify", ".", "--format", "json")
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return run.returncode, sorted({line["code"] for line in lines if "code" in line})


def deposit(archive, day, *options):
    for arguments in (["publish", "--by-hand"], ["deposit", "../root", "--ocfl", *options]):
        run = fonds(archive, *arguments, day=day)
        holds(f"{arguments} on {day}", run.returncode == 0, run.stderr)


def check_versions(folder):
    address = 'base_url = "https://archive.example/"\npublisher_email = "desk@archive.example"\n'
    archive, root = folder / "archive", folder / "root"
    files = with_original() | {"site.toml": address + SITE}
    files |= {f"content/texts/t{n}.md": document(f"第 {n} 篇", "字" * 300) for n in range(20)}
    written(archive, files)
    days = ["1780272000", "1780617600", "1781000000"]
    for number, day in enumerate(days):
        (archive / "content/texts/t0.md").write_text(document("第 0 篇", f"第 {number} 稿。"))
        deposit(archive, day)
        holds(f"version {number + 1}", accepted(root) is None, accepted(root))
        holds(f"version {number + 1} verified", found(root) == (0, []), found(root))
    inventory = json.loads(next(root.rglob("0=ocfl_object_1.1")).with_name("inventory.json").read_text())
    holds("versions", list(inventory["versions"]) == ["v1", "v2", "v3"])
    twice = [digest for digest, paths in inventory["manifest"].items() if len(paths) > 1]
    holds("nothing is kept twice", not twice, twice)
    kept = {f"v{n}": sum(path.startswith(f"v{n}/") for paths in inventory["manifest"].values() for path in paths) for n in (1, 2, 3)}
    holds("a version keeps what is new", kept["v2"] < kept["v1"] / 3 and kept["v3"] < kept["v1"] / 3, kept)
    # Another archive is another object of the same root.
    other = folder / "other"
    written(other, with_original())
    deposit(other, days[0])
    holds("two objects", accepted(root) is None and len(list(root.rglob("0=ocfl_object_1.1"))) == 2, accepted(root))
    return root


def check_spoilt(folder, root):
    def flip(path):
        text = bytearray(path.read_bytes())
        text[len(text) // 2] ^= 1
        path.write_bytes(text)

    content = lambda store: next(path for path in sorted(store.rglob("v1/content/site/index.html")))
    inventory = lambda store: next(store.rglob("v3")).parent / "inventory.json"
    ways = {
        "changed-bytes": lambda store: flip(content(store)),
        "missing-file": lambda store: content(store).unlink(),
        "surplus-file": lambda store: content(store).with_name("surplus.txt").write_text("x"),
        "damaged-bag": lambda store: inventory(store).write_text("{}"),
    }
    for code, spoil in ways.items():
        store = folder / f"spoilt-{code}"
        shutil.copytree(root, store)
        spoil(store)
        holds(code, code in found(store)[1] and found(store)[0] == 1, found(store))
        holds(f"{code}: the others find it", accepted(store) is not None)


def check_of_others(folder):
    """An object in a root that ocfl-py makes."""
    source, root = folder / "source", folder / "theirs"
    written(source, {"v1/甲.txt": "一", "v1/in/b.txt": "二", "v2/甲.txt": "一", "v2/c.txt": "三"})
    store = ocfl.StorageRoot(root=str(root), layout_name="0002-flat-direct-storage-layout")
    with contextlib.redirect_stdout(io.StringIO()):
        store.initialize()
        made = folder / "made"
        made.mkdir()
        metadata = ocfl.VersionMetadata(name="甲", address="mailto:a@archive.example", message="一", created="2026-06-01T00:00:00Z")
        for algorithm in ("sha256", "sha512"):
            thing = ocfl.Object(identifier=f"thing-{algorithm}", digest_algorithm=algorithm)
            (made / algorithm).mkdir()
            thing.build(str(source), {1: metadata, 2: metadata}, str(made / algorithm))
            store.add(object_path=str(made / algorithm))
    holds("a root of others", found(root) == (0, []), found(root))


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        root = check_versions(folder)
        check_spoilt(folder, root)
        check_of_others(folder)
        print("    3 versions of one object and 1 of another valid by ocfl-py, 4 spoilt roots found, a root of others read")
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
