"""Fields that are set when a row is created, and never changed."""

from typing import Annotated, Any, NoReturn

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError


def refuse(_: object) -> NoReturn:
    """Raise for whatever a client sends."""
    raise PydanticCustomError("immutable", "This can't be changed after creation.")


Immutable = Annotated[
    Any,
    BeforeValidator(refuse),
    WithJsonSchema({"not": {}, "description": "Set on creation; it can't be changed."}),
]
"""A field of an update: left out, it stays; sent with any value, it is refused by its name."""
