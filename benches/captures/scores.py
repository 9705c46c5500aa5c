"""How an answer is held against what is true."""

import re
from collections import defaultdict


def squeezed(text: str) -> str:
    """Without any white space: where a line breaks in a saved page says nothing."""
    return re.sub(r"\s+", "", text)


def spaced(text: str) -> str:
    """White space as one blank, as in trafilatura's own evaluation."""
    return re.sub(r"\s+", " ", text).strip()


def title(seen: str | None, right: list[str]) -> str:
    """`exact`, `with more` if the title stands in what was seen, else `wrong`."""
    seen = squeezed(seen or "")
    truths = [squeezed(truth) for truth in right]
    if seen in truths:
        return "exact"
    return "with more" if any(truth in seen for truth in truths) else "wrong"


def date(seen: str | None, right: str) -> str:
    """A year or a month alone is not the day that is known, so it is wrong."""
    if not seen:
        return "none"
    return "right" if seen == right else "wrong"


def overlap(seen: str, right: str) -> tuple[float, float]:
    """Recall and precision by characters: the longest common subsequence, so order counts and white space does not."""
    seen, right = squeezed(seen), squeezed(right)
    common = _common(right, seen)
    return common / len(right), common / len(seen) if seen else 0.0


def _common(a: str, b: str) -> int:
    """The length of the longest common subsequence, a row of its table in one integer (Hyyrö 2004): a page against a
    page takes milliseconds."""
    places: dict[str, int] = defaultdict(int)
    for place, character in enumerate(a):
        places[character] |= 1 << place
    full = (1 << len(a)) - 1
    row = full
    for character in b:
        met = row & places.get(character, 0)
        row = ((row + met) | (row - met)) & full
    return len(a) - row.bit_count()
