"""A plan, printed: Jinja templates to a tree of text.

Templates print and never decide. A slot stands on a line of its own, `{{ slot("main.setup") }}`:
the lines that features bring take its place, at its indentation; where they bring none, no line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.ext import Extension

from generator import literals
from generator.documents import yaml_document
from generator.errors import ScaffoldError
from generator.features.roots import templates_root
from generator.features.slots import SLOTS
from generator.plan import Plan, PlannedFile, SlotText
from generator.template_cache import template_cache
from generator.tree import Tree


def yaml_block(value: Mapping[str, object], indent: int = 0) -> str:
    """Return a mapping as lines of YAML at an indentation."""
    return "".join(
        f"{' ' * indent}{line}".rstrip() + "\n" for line in yaml_document(value).splitlines()
    )


FILTERS = {
    "py": literals.py,
    "docstring": literals.docstring,
    "toml": literals.toml,
    "yaml": literals.yaml,
    "json": literals.json_,
    "comment": literals.comment,
    "md": literals.md,
    "code": literals.code,
    "html": literals.html,
    "sh": literals.sh,
    "make": literals.make,
    "dotenv": literals.dotenv,
    "dockerfile": literals.dockerfile,
    "yaml_block": yaml_block,
}
"""Each makes any text a literal of the language that it is named after."""


_GAP = re.compile(r"\n{3,}")
SLOT_LINE = re.compile(r'^([ \t]*)\{\{ slot\("([^"]*)"\) \}\}\n', re.MULTILINE)


class ForeignTemplateError(ScaffoldError):
    """A template of a team's own, or of a package's, can't be printed; the message says where."""


class SlotLines(Extension):
    """Tells each slot its indentation, and lets an empty one take its line with it."""

    def preprocess(
        self,
        source: str,
        name: str | None,  # noqa: ARG002 - Jinja's own signature
        filename: str | None = None,  # noqa: ARG002
    ) -> str:
        """Rewrite each line that holds a slot."""
        return SLOT_LINE.sub(r'{{ slot("\2", "\1") }}', source)


class Slots:
    """The lines of every slot. Calling it with an unknown name raises KeyError."""

    def __init__(self, lines: Mapping[str, Sequence[str]]) -> None:
        self._lines = {slot: tuple(lines.get(slot, ())) for slot in SLOTS}

    def __call__(self, name: str, indent: str) -> str:
        """Return the lines of a slot, each ending in a newline."""
        return "".join(f"{indent}{line}".rstrip() + "\n" for line in self._lines[name])


def render(plan: Plan, roots: Sequence[Path]) -> Tree:
    """Print every planned file.

    Raises ForeignTemplateError, with its place, for a template that isn't ours; a fault of ours
    is left as it is.
    """
    environment = _environment(tuple(roots))
    try:
        slots = _slots(plan.slots, environment)
        return Tree({file.path: _text(file, environment, slots) for file in plan.files})
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise _placed(error) from error


def _placed(error: Exception) -> Exception:
    """Return a fault with the last line of a template that it passed, where that isn't ours."""
    lines = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        lines.append((error.filename or error.name or "", error.lineno))
    templates = [(Path(file), line) for file, line in lines if file.endswith(".jinja")]
    if not templates or templates[-1][0].is_relative_to(templates_root()):
        return error
    file, line = templates[-1]
    return ForeignTemplateError(f"{file}:{line}: {type(error).__name__}: {error}")


def printed(template: str, context: Mapping[str, object], roots: Sequence[Path]) -> str:
    """Print one template that has no slots. Raises jinja2.TemplateError where it is at fault."""
    return _environment(tuple(roots)).get_template(template).render(context).lstrip("\n")


@lru_cache(maxsize=4)
def _environment(roots: tuple[Path, ...]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([str(root) for root in roots]),
        undefined=StrictUndefined,
        extensions=[SlotLines],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - it prints source text, each value through a filter
        auto_reload=False,
        cache_size=-1,
        optimized=False,  # a filter's result is no part of a compiled template
        bytecode_cache=template_cache(),
    )
    environment.filters.update(FILTERS)
    return environment


def _slots(texts: Sequence[SlotText], environment: Environment) -> Slots:
    lines: dict[str, list[str]] = {}
    for text in texts:
        printed = environment.get_template(text.template).render(text.context)
        lines.setdefault(text.slot, []).extend(printed.removesuffix("\n").split("\n"))
    return Slots(lines)


def _text(file: PlannedFile, environment: Environment, slots: Slots) -> str:
    if file.data is not None:
        return file.data
    text = environment.get_template(file.template).render({**file.context, "slot": slots})
    text = text.strip("\n") + "\n" if text.strip() else ""
    return text if file.path.endswith(".py") else _GAP.sub("\n\n", text)
