"""What schemathesis is told of the document, beside what the document can say of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import schemathesis

INVENTED = {"cursor"}
"""Parameters that only an earlier answer can fill; hostile ones are tested apart."""
LONGEST_TEXT = 100
LONGEST_LIST = 5
"""A URL is 8 KiB at most, all parameters together, which no schema of one parameter can say."""


@schemathesis.hook
def before_load_schema(_context: object, raw_schema: dict[str, Any]) -> None:
    """Leave out the parameters that cannot be invented, and keep the others short."""
    for operations in raw_schema["paths"].values():
        for operation in operations.values():
            parameters = operation.get("parameters", [])
            operation["parameters"] = [one for one in parameters if one["name"] not in INVENTED]
            for schema in query_schemas(operation["parameters"]):
                shorten(schema)


def query_schemas(parameters: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The schema of every parameter of a query, and of the items of those that are lists."""
    for parameter in parameters:
        if parameter["in"] == "query":
            yield parameter["schema"]
            yield from [parameter["schema"]["items"]] if "items" in parameter["schema"] else []


def shorten(schema: dict[str, Any]) -> None:
    """Lower the bounds of what may be long."""
    for keyword, most in (("maxLength", LONGEST_TEXT), ("maxItems", LONGEST_LIST)):
        if schema.get(keyword, 0) > most:
            schema[keyword] = most
