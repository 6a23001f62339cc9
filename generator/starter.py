"""The page of a service that has no spec yet: what a person answered, or a small example."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import literals, naming
from generator.errors import ScaffoldError, quoted
from generator.spec.model import Engine

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_NAME = 64
DATABASE: Engine = "sqlite"
FIELD = ("name", "string(1..200) index")
"""What a resource starts with that nothing else is said of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A resource as a person first names it: fields by name, each an expression of the language."""

    name: str
    fields: Mapping[str, str] = field(default_factory=dict)


EXAMPLE = Sketch(
    name="note",
    fields={"title": "string(1..200) index", "body": "text?", "pinned": "bool = false"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person says of a new service; None, of what they left open."""

    description: str | None = None
    database: Engine | None = None
    accounts: bool | None = None
    """Whether people sign up and log in."""
    features: Mapping[str, bool] | None = None
    """Features by name, and whether they are wanted; the others are as they are by default."""
    resources: tuple[Sketch, ...] | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """The names of what isn't open."""
        return tuple(name for name in self.__slots__ if getattr(self, name) is not None)


def is_name(word: str) -> bool:
    """Whether a word can be the name of a service."""
    return len(word) <= LONGEST_NAME and NAME.fullmatch(word) is not None


def starter(name: str, answers: Answers, roots: Iterable[Path]) -> str:
    """Return a page. Raises ScaffoldError where the name can't be one of a service."""
    if not is_name(name):
        raise ScaffoldError(_no_name(name))
    title = naming.title(name)
    from generator.render import printed  # noqa: PLC0415 - who only reads a page does without

    context = {
        "name": name,
        "title": title,
        "description": answers.description or f"{title}.",
        "database": answers.database or DATABASE,
        "accounts": answers.accounts is not False,
        "features": answers.features or {},
        "resources": [_printable(sketch) for sketch in answers.resources or (EXAMPLE,)],
    }
    return printed("starter/service.yaml.jinja", context, tuple(roots))


def sketches(resources: Iterable[str], fields: Iterable[str]) -> tuple[Sketch, ...] | None:
    """Return the resources that are named, by themselves or by `resource.field: type`.

    None where nothing is. Raises ScaffoldError for a field that isn't said in that form.
    """
    found: dict[str, dict[str, str]] = {name: {} for name in resources}
    for text in fields:
        resource, dot, rest = text.partition(".")
        name, colon, expression = rest.partition(":")
        if not (dot and colon and expression.strip()):
            raise ScaffoldError(
                f'--field {quoted(text)}: a field is said as "book.title: string(1..200)"'
            )
        found.setdefault(resource.strip(), {})[name.strip()] = expression.strip()
    return tuple(Sketch(name=name, fields=said) for name, said in found.items()) or None


def _printable(sketch: Sketch) -> dict[str, object]:
    fields = dict(sketch.fields) or dict([FIELD])
    lines = {
        literals.plain_yaml(name): literals.plain_yaml(expression)
        for name, expression in fields.items()
    }
    return {"name": literals.plain_yaml(sketch.name), "fields": lines}


def _no_name(name: str) -> str:
    near = naming.dashed(naming.snake(name))
    hint = f"; did you mean {quoted(near)}?" if is_name(near) else ""
    return (
        f"{quoted(name)} is no file, and no name either: a name is lower-case words with "
        f"dashes between, {LONGEST_NAME} characters at most{hint}"
    )
