"""One relation as its own line says it; what it needs of the other side is resolve.py's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.spec import shapes
from generator.spec.expressions import KINDS, ON_DELETE, relation_line
from generator.spec.fields import sql_name
from generator.spec.report import Path, Report, Said, listed
from generator.spec.source import Mapping as MappingNode
from generator.spec.source import Node, Scalar

_ALWAYS = ("type", "resource", "description", "renamed_from")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "belongs_to": ("nullable", "unique", "on_delete", "inverse", "column"),
    "has_many": ("inverse",),
    "has_one": ("inverse",),
    "many_to_many": ("inverse", "through"),
}
"""What each kind of relation may say beside what all of them may."""

LONG_FORM: dict[str, Callable[[Node, Path, Report], Any]] = {
    "type": shapes.choice(KINDS, "kind of relation"),
    "resource": shapes.name,
    "nullable": shapes.flag,
    "unique": shapes.flag,
    "on_delete": shapes.choice(ON_DELETE, "answer to a delete"),
    "inverse": shapes.name,
    "through": shapes.name,
    "column": sql_name,
    "description": shapes.text,
    "renamed_from": shapes.name,
}
"""The keys of the long form, each with its reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A relation as it was written: `target` is a name that may be nobody's."""

    resource: str
    name: str
    path: Path
    kind: str
    target: str
    said: Mapping[str, Said]

    def get(self, key: str) -> Any:
        """What the line says under a key of the long form; None if nothing."""
        return self.said[key].value if key in self.said else None

    @property
    def has(self) -> bool:
        """Whether it is the other side of a `belongs_to`."""
        return self.kind in ("has_many", "has_one")

    @property
    def key(self) -> tuple[str, str]:
        """Resource and name: unique in a spec."""
        return self.resource, self.name


def read_relation(resource: str, name: str, node: Node, path: Path, report: Report) -> Draft | None:
    """The relation; None where kind or target cannot be told, and was reported."""
    said = _said_of(node, path, report)
    if said is None or "type" not in said or "resource" not in said:
        return None
    for key, value in said.items():
        report.put((*path, key), value.place, value.path)
    kind, target = str(said["type"].value), str(said["resource"].value)
    kept = _checked(kind, said, report)
    return Draft(resource=resource, name=name, path=path, kind=kind, target=target, said=kept)


def _said_of(node: Node, path: Path, report: Report) -> dict[str, Said] | None:
    if isinstance(node, Scalar) and shapes.text(node, path, report) is not None:
        return relation_line(node, path, report)
    if isinstance(node, MappingNode):
        values = shapes.mapping(node, path, report, LONG_FORM, required=("type", "resource"))
        found = {key: (value, report.find((*path, key))) for key, value in values.items()}
        return {
            key: Said(value, place, shown)
            for key, (value, (place, shown)) in found.items()
            if value is not False
        }
    if not isinstance(node, Scalar):
        shapes.expected(node, path, report, "a relation: one line of text, or a mapping")
    return None


def _checked(kind: str, said: Mapping[str, Said], report: Report) -> dict[str, Said]:
    """What was said, without what this kind of relation can't have."""
    allowed = (*_ALWAYS, *_KEYS[kind])
    for key in [key for key in said if key not in allowed]:
        message = f"{kind} has no {key}: {_where(key)}"
        report.here("not-applicable", said[key].place, said[key].path, message)
    return {key: value for key, value in said.items() if key in allowed}


def _where(key: str) -> str:
    kinds: Sequence[str] = [kind for kind, keys in _KEYS.items() if key in keys]
    return f"that is said of {listed(kinds)}"
