"""Nothing is lost and nothing doubled: each token is there as often as both sides' changes say.

Outside imports, brackets and commas, count(merged) = ours + theirs - base for every token and
comment; where both sides changed a count the same way, they may have meant the same change.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.merge.sides import Sides

LAYOUT = frozenset(
    {
        tokenize.NEWLINE,
        tokenize.NL,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
        tokenize.ENCODING,
    }
)
_BRACKETS = frozenset("()[]{},;")
_QUOTES = re.compile(r"""^[a-zA-Z]*('''|\"""|'|")|('''|\"""|'|")$""")


def holds(sides: Sides[str], merged: str, marked: Iterable[Sides[str]] = ()) -> bool:
    """Whether a merge adds up; `marked` are the texts between marks, of which it has ours."""
    between = [texts.map(tokens) for texts in marked]
    counts = Sides(
        _less(tokens(sides.base), (texts.base for texts in between)),
        _less(tokens(sides.ours), (texts.ours for texts in between)),
        _less(tokens(sides.theirs), (texts.theirs for texts in between)),
    )
    return _adds_up(counts, _less(tokens(merged), (texts.ours for texts in between)))


def _less(count: Counter[str], others: Iterable[Counter[str]]) -> Counter[str]:
    for other in others:
        count.subtract(other)
    return count


def _adds_up(counts: Sides[Counter[str]], merged: Counter[str]) -> bool:
    every = {*counts.base, *counts.ours, *counts.theirs, *merged}
    return all(_fits(token, counts, merged[token]) for token in every)


def _fits(token: str, counts: Sides[Counter[str]], merged: int) -> bool:
    base, ours, theirs = (count[token] for count in counts)
    least = most = max(0, ours + theirs - base)
    if (ours - base) * (theirs - base) > 0:
        least, most = sorted((max(ours, theirs) if ours > base else min(ours, theirs), most))
    return least <= merged <= most


def tokens(text: str) -> Counter[str]:
    """Count the tokens of a text, the lines of a long string and the words of imports apart."""
    return Counter(_tokens(text))


def _tokens(text: str) -> Iterator[str]:
    importing = False
    fresh = True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NEWLINE:
            importing, fresh = False, True
        if token.type in LAYOUT:
            continue
        if token.type == tokenize.COMMENT:
            yield token.string
            continue
        if fresh:
            importing, fresh = token.string in {"from", "import"}, False
        if not importing:
            yield from _parts(token)


def _parts(token: tokenize.TokenInfo) -> Iterator[str]:
    if token.type == tokenize.STRING:
        lines = _QUOTES.sub("", token.string).split("\n")
        yield from (f"'{line.strip()}" for line in lines)
    elif token.string not in _BRACKETS:
        yield token.string
