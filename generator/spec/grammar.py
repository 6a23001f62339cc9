"""What the spec language may say, as a value.

The pipeline folds it from the table of field types and from the manifests of the features, so that
a new type or a new feature is new data and never a new branch in the loader.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Family = Literal[
    "text",
    "integer",
    "float",
    "decimal",
    "bool",
    "date",
    "time",
    "datetime",
    "duration",
    "uuid",
    "json",
    "bytes",
    "enum",
]
"""Types of one family compare with each other and read their defaults alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeGrammar:
    """What may be said of one field type.

    `arguments` is `length` for `(max)`, `(min..)`, `(min..max)`; `max` for `(max)` alone; `decimal`
    for `(precision, scale)`, both needed. Lengths count characters, for `bytes` bytes.
    """

    name: str
    family: Family
    arguments: Literal["none", "length", "max", "decimal"] = "none"
    default_min: int | None = None
    default_max: int | None = None
    longest: int | None = None
    """The largest maximum that a spec may ask for."""
    lowest: int | None = None
    """The smallest value that the type holds (integers), and the largest."""
    highest: int | None = None
    bounds: bool = False
    """Whether `>=`, `>`, `<=`, `<` make sense."""
    pattern: bool = False
    """Whether `/regular expression/` makes sense."""
    indexable: bool = True
    """Whether `index` and `unique` are possible on every engine."""
    listable: bool = True
    default_words: frozenset[str] = field(default_factory=frozenset)
    """The special defaults it knows: `now`, `today`, `uuid`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionGrammar:
    """One option of a feature: its value's type, the words allowed, and the default."""

    name: str
    type: Literal["str", "int", "bool", "duration"]
    choices: tuple[str, ...] = ()
    default: str | int | bool | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureGrammar:
    """What `features.<name>` may say: `true`, `false`, one of `kinds`, or a mapping of options."""

    name: str
    kinds: tuple[str, ...] = ()
    """The words that choose a folder, the first being the default; empty: there is one kind."""
    default_on: bool = False
    options: tuple[OptionGrammar, ...] = ()
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    """What URLs of its own begin with, below the API's prefix: no resource is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """All that the loader accepts beyond the fixed part of the language.

    `known_features` are the names that the language reserves; one of them that is not in
    `features` is `unknown-feature` with the words "not in this version".
    """

    types: tuple[TypeGrammar, ...]
    features: tuple[FeatureGrammar, ...] = ()
    auth_methods: tuple[str, ...] = ("jwt",)
    known_features: tuple[str, ...] = ()
