"""Bags that fonds writes, read by two programs of others; bags of others, read by fonds; and that spoilt ones are found.

bagit is the Library of Congress's own. bagit-utils was written without it, at the University of Münster.
"""

import json
import logging
import shutil
import sys
import tempfile
from pathlib import Path

import bagit
import bagit_utils
from common import fonds, written
from shapes import shapes, with_original

FAULTS = []
logging.disable(logging.CRITICAL)


def fault(name, what):
    FAULTS.append(name)
    print(f"    {name}: {str(what)[:600]}")


def deposited(folder, name, files, options):
    """An archive that is written, published and deposited; the folders of its bags."""
    archive = folder / name
    written(archive, files)
    for arguments in (["publish", "--by-hand"], ["deposit", "bag", *options]):
        run = fonds(archive, *arguments)
        if run.returncode != 0:
            fault(name, run.stdout + run.stderr)
            return []
    bag = archive / "bag"
    return [bag] if (bag / "bagit.txt").exists() else sorted(bag.iterdir())


def accepted(bag, by_both=True):
    """What either of the two says against a bag."""
    try:
        bagit.Bag(str(bag)).validate()
    except bagit.BagError as error:
        return f"bagit: {error}"
    if not by_both:
        return None
    report = bagit_utils.Bag(bag).validate()
    return None if report.valid else f"bagit-utils: {report}"


def spoil(bag, how):
    """Spoils one file of what a bag keeps; gives its path."""
    path = next(path for path in sorted(bag.glob("data/content/**/original/*")) if path.is_file())
    match how:
        case "flipped":
            text = bytearray(path.read_bytes())
            text[len(text) // 2] ^= 1
            path.write_bytes(text)
        case "missing":
            path.unlink()
        case "surplus":
            path.with_name("surplus.txt").write_text("x")
        case "renamed":
            path.rename(path.with_name("e\u0301te\u0301.html"))
    return path


def found(folder):
    run = fonds(folder, "verify", ".", "--format", "json")
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return run.returncode, [line["code"] for line in lines if "code" in line]


def check_spoilt(folder):
    bags = deposited(folder, "to-spoil", with_original("\u00e9t\u00e9.html"), [])
    codes = {"flipped": "changed-bytes", "missing": "missing-file", "surplus": "surplus-file", "renamed": "other-spelling"}
    for how, code in codes.items():
        bag = folder / f"spoilt-{how}"
        shutil.copytree(bags[0], bag)
        spoil(bag, how)
        # That a size or a number of files is wrong follows from it.
        status, told = found(bag)
        told = [each for each in told if each != "damaged-bag"]
        if status != 1 or told != [code]:
            fault(how, f"{status} {told}")
        if accepted(bag) is None:
            fault(how, "the others accept it")


def check_of_others(folder):
    """Bags that bagit and bagit-utils make."""
    count = 0
    for at, algorithms in enumerate([["md5"], ["sha1"], ["sha256"], ["sha512"], ["md5", "sha256", "sha512"]]):
        source = folder / f"source-{at}"
        source.mkdir()
        for name in ("甲.txt", "50%25.txt", "in/乙 丙.txt", "a\nb.txt"):
            (source / name).parent.mkdir(exist_ok=True)
            (source / name).write_text(name)
        made = folder / f"made-{at}"
        shutil.copytree(source, made)
        bagit.make_bag(str(made), {"Contact-Name": "甲", "External-Description": "长" * 300}, checksums=algorithms)
        (source / "a\nb.txt").unlink()
        other = folder / f"built-{at}"
        bagit_utils.Bag.build_from(source, other, {"Contact-Name": ["甲"]}, algorithms=algorithms)
        for bag in (made, other):
            count += 1
            status, told = found(bag)
            if status != 0:
                fault(bag.name, told)
    return count


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        bags = archives = 0
        for name, (files, options) in shapes().items():
            archives += 1
            made = deposited(folder, name, files, options)
            bags += len(made)
            for bag in made:
                # bagit-utils takes %0A for three characters of a name.
                if said := accepted(bag, by_both=name != "line-ends"):
                    fault(f"{name}/{bag.name}", said)
            status, told = found(folder / name / "bag")
            if status != 0:
                fault(name, told)
        # RFC 8493 (2.1.3) has % written as %25, which both do not read yet; fonds reads what it wrote.
        of_percent = deposited(folder, "percent", with_original("50%.html"), [])
        if not of_percent or found(of_percent[0])[0] != 0:
            fault("percent", "not whole")
        check_spoilt(folder)
        others = check_of_others(folder)
        print(f"    {bags} bags of {archives} archives accepted, 4 spoilt ones found, {others} bags of others read")
    return 1 if FAULTS or archives < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
