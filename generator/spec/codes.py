"""Every code of an error in a spec: what it means, a spec that has it and one that does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import fill
from types import MappingProxyType

from generator import naming
from generator.errors import ScaffoldError, quoted
from generator.spec.code_texts import TEXTS

_HEAD = "scaffold: 1\nservice: {name: shop}\n"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of mistake. `wrong` and `right` are whole specs; only `wrong` has the mistake."""

    code: str
    title: str
    text: str
    wrong: str
    right: str


def _whole(example: str) -> str:
    """An example as a whole spec; one that starts with its own head, or is broken, is whole."""
    return example if example.startswith(("scaffold:", "service:")) else _HEAD + example


CODES: Mapping[str, Code] = MappingProxyType(
    {
        code: Code(code, title, text, _whole(wrong), _whole(right))
        for code, (title, text, wrong, right) in TEXTS.items()
    }
)
"""All of them, by name."""


WIDTH = 96
"""So many columns of a terminal a text takes."""


def explain(code: str) -> str:
    """The long text on a code, with both of its examples.

    Raises ScaffoldError, with the nearest code, where there is no such code.
    """
    word = code.strip().removeprefix("error[").removesuffix("]")
    if word not in CODES:
        near = naming.nearest(word, [*CODES])
        hint = f", did you mean {quoted(near)}?" if near else f"; there are {', '.join(CODES)}"
        raise ScaffoldError(f"no error has the code {quoted(word)}{hint}")
    found = CODES[word]
    wrong, right = _indented(found.wrong), _indented(found.right)
    head = f"error[{found.code}]: {found.title}"
    return f"{head}\n\n{fill(found.text, WIDTH)}\n\nWrong:\n\n{wrong}\n\nRight:\n\n{right}\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.rstrip("\n").split("\n"))


def page() -> str:
    """`docs/errors.md`: every code with its text and its examples."""
    parts = [_HEADING, *(_section(code) for code in CODES.values())]
    return "\n".join(parts)


_HEADING = """# Errors in a spec

Every problem has a code; `scaffold explain CODE` prints the same on a terminal. This page
is printed from `generator/spec/code_texts.py`, and a test holds the two together.
"""


def _section(code: Code) -> str:
    wrong, right = (f"```yaml\n{text.rstrip()}\n```" for text in (code.wrong, code.right))
    return (
        f"## {code.code}\n\n{code.title}. {code.text}\n\nWrong:\n\n{wrong}\n\nRight:\n\n{right}\n"
    )
