"""The tokens of a module that mean something, outside imports, brackets and commas."""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator

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
