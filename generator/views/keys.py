"""The key of a resource's rows, in paths, in JSON and in tests."""

from __future__ import annotations

from dataclasses import dataclass

from generator.fieldtype import Name
from generator.literals import py
from generator.spec.model import Field
from generator.views.accepted import accepted_reference
from generator.views.code import Code
from generator.views.samples import missing_key


@dataclass(frozen=True, slots=True)
class KeyView:
    """How an id is written wherever one stands."""

    python: Name
    parameter: Code
    """The annotation of a path parameter."""
    missing: str
    """The id of no row of a test, as an expression."""
    too_long: str = ""
    """A text that is longer than any id, as an expression; nothing where ids are no texts."""
    wrapped: bool = False
    """Whether JSON carries it as the text of something else."""
    chosen: str = ""
    """What is laid over the values of a new row where nobody makes its id but who makes the row."""

    def json(self, expression: str) -> str:
        """The id as JSON carries it."""
        return f"str({expression})" if self.wrapped else expression

    def parsed(self, expression: str) -> str:
        """The id that JSON carried."""
        return f"{self.python.name}({expression})" if self.wrapped else expression


def _named(name: Name) -> Code:
    return Code(name.name, (name,))


_UUID = Name("UUID", "uuid")
_KEYS = {
    "uuid": KeyView(_UUID, _named(_UUID), "UUID(int=0)", wrapped=True),
    "int": KeyView(Name("int"), _named(Name("Int32Param", "app.filters")), str(2**31 - 1)),
    "bigint": KeyView(Name("int"), _named(Name("Int64Param", "app.filters")), str(2**63 - 1)),
}


def key_view(item: Field) -> KeyView:
    """The view of a resource's `id`."""
    missing = py(missing_key(item))
    return _KEYS.get(item.type) or KeyView(
        Name("str"),
        accepted_reference(item),
        missing,
        too_long=f'"x" * {item.max_length + 1}' if item.max_length else "",
        chosen=f' | {{"id": {missing}}}',
    )
