"""Reads what `cargo metadata` says of every crate, and holds the licences against the list below.

A crate says its licence as an SPDX expression; `/` is an older way to say OR. One choice of it must be in the list whole.
"""

import json
import re
import sys

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


def main():
    assert is_allowed("MIT OR GPL-3.0") and not is_allowed("GPL-3.0") and not is_allowed("MIT AND GPL-3.0")
    assert is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0") and is_allowed("MIT/Apache-2.0")
    packages = json.load(sys.stdin)["packages"]
    bad = [
        f"{package['name']} {package['version']}: {package['license'] or 'no licence'}"
        for package in packages
        if package["source"] and not is_allowed(package["license"] or "none")
    ]
    print("\n".join(f"    {line}" for line in bad) if bad else f"    {len(packages)} crates")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
