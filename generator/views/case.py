"""How the names of values are written in JSON, as the views and the templates print it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from generator import naming


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One way to write names. Code is ready to print, and stands for keywords of Pydantic's."""

    name: Callable[[str], str]
    """A name as the spec has it, as JSON has it."""
    spelled: Callable[[str], str]
    """The code that does the same to an attribute, by the code that holds the attribute's name."""
    translates: str
    """What the configuration of a schema says of it."""
    page: str
    """What a page of a list is made from."""
    as_it_is: str
    """What follows the base of a class whose names a standard has fixed."""


SNAKE = CaseView(
    name=str,
    spelled='{}.rstrip("_")'.format,
    translates="",
    page="BaseModel",
    as_it_is="",
)
CAMEL = CaseView(
    name=naming.camel,
    spelled='camel_case({}.rstrip("_"))'.format,
    translates="alias_generator=camel_case,",
    page="Stored",
    as_it_is=", alias_generator=None",
)
CASES: dict[Literal["snake", "camel"], CaseView] = {"snake": SNAKE, "camel": CAMEL}
"""By the word of `api.case`."""
