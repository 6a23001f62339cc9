"""One mistake, put into a valid spec."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from strategies import Written

WRONG = "zz_wrong"
"""The name of what is wrong, which nothing else has: its line is where the error belongs."""
Mistake = Callable[[Written, int], Written]


def field(line: str, written: Written, number: int) -> Written:
    """One more field."""
    return written.add_field(number, f"{WRONG}: {line}")


def relation(line: str, written: Written, number: int) -> Written:
    """One more relation."""
    index = number % len(written.resources)
    one = written.resources[index]
    changed = replace(one, relations={**one.relations, WRONG: line})
    found = (*written.resources[:index], changed, *written.resources[index + 1 :])
    return replace(written, resources=found)


def head(line: str, written: Written, _number: int) -> Written:
    """One more key of the page."""
    return replace(written, head=(*written.head[:1], f"{line}  # {WRONG}", *written.head[1:]))


MISTAKES: Mapping[str, tuple[str, Mistake]] = {
    "a type with a slip": ("unknown-type", partial(field, "decimel(5, 2) >= 0")),
    "a type without its arguments": ("bad-argument", partial(field, "decimal")),
    "an argument out of reach": ("bad-argument", partial(field, "decimal(39, 2)")),
    "a modifier with a slip": ("unknown-modifier", partial(field, "int uniqe")),
    "bounds that leave nothing": ("contradiction", partial(field, "int >= 5 <= 4")),
    "a field that nobody fills": ("contradiction", partial(field, "int hidden")),
    "a default of another type": ("bad-default", partial(field, "int = many")),
    "a default out of bounds": ("bad-default", partial(field, "smallint = 40000")),
    "a pattern that is none": ("bad-pattern", partial(field, "string /(/")),
    "an index of long text": ("engine-limit", partial(field, "text index")),
    "a slug of nothing": ("unknown-field", partial(field, "slug from zz_nothing")),
    "a key with a slip": ("unknown-key", partial(field, "{type: int, nulable: true}")),
    "a link to nothing": ("unknown-resource", partial(relation, "belongs_to zz_nothing")),
    "a link of no kind": ("unknown-relation", partial(relation, "belong_to zz_nothing")),
    "an unknown key": ("unknown-key", partial(head, "zz_nothing: 1")),
    "an unknown feature": ("unknown-feature", partial(head, "features: {zz_nothing: true}")),
}
"""What each is, the code of its error, and how it is put in."""
