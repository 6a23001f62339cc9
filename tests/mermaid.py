"""What Mermaid can read of an `erDiagram`, as far as generated projects write one.

The tokens are those of Mermaid's own parser, version 11, which takes the first that fits: a keyword
where an entity should be, or the mark of a key where a column should be, is a syntax error there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

QUOTED = r'"[^"%\r\n\v\x08\\]+"'
KEYWORDS = "class|classDef|end|erDiagram|many|one|style|subgraph|to"
ENTITY = rf"(?:{QUOTED}|(?!(?i:{KEYWORDS})\b)(?!u[.|-])[A-Za-z_][A-Za-z0-9_]*)"
WORD = r"(?!(?i:pk|fk|uk)\b)[A-Za-z_\u00c0-\uffff][A-Za-z0-9_\[\]\u00c0-\uffff-]*"
MARK = "(?:PK|FK|UK)"
GRAMMAR = {
    "entity": re.compile(rf"{ENTITY} \{{"),
    "column": re.compile(rf"    {WORD} {WORD}(?: {MARK}(?:, {MARK})*)?"),
    "end": re.compile(r"\}"),
    "link": re.compile(rf"{ENTITY} (?:\|\||\|o)--(?:o\||o\{{) {ENTITY} : {QUOTED}"),
}
"""What a line may be."""
FOLLOWS = {
    "start": {"entity"},
    "entity": {"column"},
    "column": {"column", "end"},
    "end": {"entity", "link"},
    "link": {"link"},
}


def unread(lines: Sequence[str]) -> list[str]:
    """The lines of a diagram that Mermaid could not read, or not where they are."""
    found, before = [], "start"
    for line in lines:
        kind = next((kind for kind, form in GRAMMAR.items() if form.fullmatch(line)), "")
        if kind in FOLLOWS[before]:
            before = kind
        else:
            found.append(line)
    return found
