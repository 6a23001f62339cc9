"""What schemathesis is told of the document, beside what the document can say of itself."""

from __future__ import annotations

from typing import Any

import schemathesis

INVENTED = {"cursor", "Idempotency-Key"}
"""Parameters that only an earlier answer can fill, or that may not be invented twice; hostile ones
are tested apart."""
LONGEST_TARGET = 8 * 1024
"""What a URL may hold, all parameters together, which no schema of one parameter can say."""


COOKIE = "sessionCookie"
"""The scheme of a cookie, which every request has: schemathesis would take it for a parameter, and
leave it out."""


@schemathesis.hook
def before_load_schema(_context: object, raw_schema: dict[str, Any]) -> None:
    """Leave out the parameters that schemathesis could not fill."""
    for operations in raw_schema["paths"].values():
        for operation in operations.values():
            parameters = operation.get("parameters", [])
            operation["parameters"] = [one for one in parameters if can_be_filled(one)]
            operation["security"] = [
                one for one in operation.get("security", []) if COOKIE not in one
            ]


def can_be_filled(parameter: dict[str, Any]) -> bool:
    """Whether an invented value of the greatest length is one that the service could take."""
    schema = parameter["schema"]
    longest = schema.get("maxItems", 1) * schema.get("items", {}).get("maxLength", 0)
    return parameter["name"] not in INVENTED and longest <= LONGEST_TARGET
