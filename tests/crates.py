"""Reads what `cargo metadata` says of every crate.

    crates.py licences   holds licences against the list below, and where a crate comes from against one registry
    crates.py oldest     holds the Rust that each crate needs against the one that Cargo.toml says
    crates.py notices    prints the notices of all crates that are linked

A crate says its licence as an SPDX expression; `/` is an older way to say OR. One choice of it must be in the list whole.
"""

import json
import os
import re
import sys

# Where every crate comes from; the name is the same whichever mirror sent it.
REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"

# Files of a crate that hold notices.
NOTICES = ("LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE", "COPYRIGHT")

RULE = "-" * 80

# Licences of code that may be linked into a program under MIT OR Apache-2.0, with the notices kept.
ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0",
    "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "Unicode-3.0", "Unlicense", "Zlib", "bzip2-1.0.6", "OFL-1.1",
    "Ubuntu-font-1.0", "NCSA",
}


def is_allowed(expression):
    """Whether one choice of an SPDX expression (SPDX 2.3, annex D) is allowed."""
    text = expression.replace("/", " OR ")
    tokens = re.findall(r"\(|\)|[^\s()]+", text)

    def choice():
        found = every()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            found = every() | found
        return found

    def every():
        found = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            found = one() & found
        return found

    def one():
        token = tokens.pop(0)
        if token == "(":
            found = choice()
            tokens.pop(0)
            return found
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token = f"{token} WITH {tokens.pop(0)}"
            return token in ALLOWED or token.split(" WITH ")[0] in ALLOWED
        return token in ALLOWED

    return choice() and not tokens


def is_newer(package, oldest):
    """Whether a crate needs a newer Rust than the program says it needs."""
    parts = lambda version: [int(part) for part in version.split(".")]
    return parts(package["rust_version"] or "1.0")[:2] > parts(oldest)[:2]


def linked(metadata):
    """The crates that go into the binary, on any system; what only builds or tests does not."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    found, open_ids = set(), [metadata["resolve"]["root"]]
    while open_ids:
        node = nodes[open_ids.pop()]
        for dependency in node["deps"]:
            is_linked = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            if is_linked and dependency["pkg"] not in found:
                found.add(dependency["pkg"])
                open_ids.append(dependency["pkg"])
    return sorted((p for p in metadata["packages"] if p["id"] in found), key=lambda p: (p["name"], p["version"]))


def notices(metadata):
    """The notices of all linked crates: each text once, with the crates that carry it."""
    crates = linked(metadata)
    texts, bare = {}, []
    for package in crates:
        folder = os.path.dirname(package["manifest_path"])
        files = [name for name in sorted(os.listdir(folder)) if name.upper().startswith(NOTICES)]
        files = [os.path.join(folder, name) for name in files if os.path.isfile(os.path.join(folder, name))]
        for file in files:
            with open(file, encoding="utf-8", errors="replace") as text:
                texts.setdefault(text.read().strip(), []).append(package)
        if not files:
            bare.append(package)
    out = ["Crates that are linked into fonds, and their notices. The standard library of Rust (MIT OR Apache-2.0) is linked too.", ""]
    out += [f"{p['name']} {p['version']}: {p['license']}; {p['repository'] or p['homepage'] or ''}".rstrip("; ") for p in crates]
    for package in bare:
        authors = ", ".join(package["authors"]) or f"the authors of {package['name']}"
        out += ["", RULE, f"{package['name']} {package['version']} carries no text of its licence, {package['license']}.",
                f"Copyright: {authors}. The texts of these licences stand below, as other crates carry them."]
    for text, carriers in texts.items():
        out += ["", RULE, ", ".join(f"{p['name']} {p['version']}" for p in carriers), "", text]
    lone = [p["name"] for p in bare if not any(shares_licence(p, other) for all_of in texts.values() for other in all_of)]
    assert not lone, f"no crate carries the text of the licence of {lone}"
    return "\n".join(out) + "\n"


def shares_licence(one, other):
    names = lambda package: set(re.findall(r"[A-Za-z0-9.+-]+", package["license"])) - {"OR", "AND", "WITH"}
    return bool(names(one) & names(other))


def main():
    assert is_allowed("MIT OR GPL-3.0") and not is_allowed("GPL-3.0") and not is_allowed("MIT AND GPL-3.0")
    assert is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0") and is_allowed("MIT/Apache-2.0")
    metadata = json.load(sys.stdin)
    if sys.argv[1] == "notices":
        sys.stdout.write(notices(metadata))
        return 0
    packages = [package for package in metadata["packages"] if package["source"]]
    own = next(package for package in metadata["packages"] if not package["source"])
    bad = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if sys.argv[1] == "licences" and not is_allowed(package["license"] or "none"):
            bad.append(f"{name}: {package['license'] or 'no licence'}")
        if sys.argv[1] == "licences" and package["source"] != REGISTRY:
            bad.append(f"{name}: comes from {package['source']}")
        if sys.argv[1] == "oldest" and is_newer(package, own["rust_version"]):
            bad.append(f"{name}: needs Rust {package['rust_version']}, and Cargo.toml says {own['rust_version']}")
    print("\n".join(f"    {line}" for line in bad) if bad else f"    {len(packages)} crates")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
