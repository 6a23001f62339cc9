"""The key of a resource's rows, in paths, in JSON and in tests."""

from __future__ import annotations

from dataclasses import dataclass

from generator.fieldtype import Name
from generator.literals import py
from generator.spec.model import Field
from generator.views.samples import missing_key


@dataclass(frozen=True, slots=True)
class KeyView:
    """How an id is written wherever one stands."""

    python: Name
    parameter: Name
    """The annotation of a path parameter."""
    missing: str
    """The id of no row of a test, as an expression."""
    wrapped: bool = False
    """Whether JSON carries it as the text of something else."""

    def json(self, expression: str) -> str:
        """The id as JSON carries it."""
        return f"str({expression})" if self.wrapped else expression

    def parsed(self, expression: str) -> str:
        """The id that JSON carried."""
        return f"{self.python.name}({expression})" if self.wrapped else expression


_UUID = Name("UUID", "uuid")
_KEYS = {
    "uuid": KeyView(_UUID, _UUID, "UUID(int=0)", wrapped=True),
    "int": KeyView(Name("int"), Name("Int32Param", "app.filters"), str(2**31 - 1)),
    "bigint": KeyView(Name("int"), Name("Int64Param", "app.filters"), str(2**63 - 1)),
}


def key_view(item: Field) -> KeyView:
    """The view of a resource's `id`."""
    return _KEYS.get(item.type) or KeyView(
        Name("str"), Name("TextKey", "app.keys"), py(missing_key(item))
    )
