"""The words that a field may use: types, enums, and what other systems call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator import naming
from generator.spec.grammar import TypeGrammar
from generator.spec.model import EnumType, Field

UNKNOWN = "?"
"""The type of a field, or the target of a relation, that could not be told: checks pass it by."""

ENUM = TypeGrammar(name="enum", family="enum")
"""The row of every enum."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a resource may refer to: types, enums, the names of the resources, and roles."""

    types: Mapping[str, TypeGrammar]
    enums: Mapping[str, EnumType]
    resources: tuple[str, ...] = ()
    roles: tuple[str, ...] | None = ("admin",)
    """None with `auth: none`."""

    def names(self) -> list[str]:
        """Every word that a field may start with."""
        return [*self.types, *self.enums]

    def is_near(self, word: str) -> bool:
        """Whether a word is one that a field may start with, or was meant to be one."""
        names = self.names()
        known = word in names or word in self.resources or word.lower() in TYPE_SYNONYMS
        return known or naming.nearest(word, names) is not None

    def grammar(self, field: Field) -> TypeGrammar:
        """The row of a field's type."""
        return self.types.get(field.type, ENUM)


TYPE_SYNONYMS = {
    "str": "string",
    "varchar": "string",
    "char": "string",
    "integer": "int",
    "number": "int",
    "long": "bigint",
    "boolean": "bool",
    "double": "float",
    "real": "float",
    "numeric": "decimal",
    "money": "decimal",
    "timestamp": "datetime",
    "timestamptz": "datetime",
    "interval": "duration",
    "timedelta": "duration",
    "object": "json",
    "jsonb": "json",
    "dict": "json",
    "blob": "bytes",
    "binary": "bytes",
    "guid": "uuid",
    "uri": "url",
    "inet": "ip",
}
"""What other systems call our types."""
