"""The query of a URL, read as a schema.

FastAPI's `Query()` does as much, and takes its time for every parameter that there could be; a list
has a dozen for each column that it is filtered by. Here those are looked at that were sent.
"""

from typing import Any, Generic, TypeVar, get_args, get_origin

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.constants import REF_TEMPLATE
from pydantic import ValidationError

from app.schemas import Schema

QueryT = TypeVar("QueryT", bound=Schema)


class QueryReader(Generic[QueryT]):
    """A dependency that reads a schema from the query of a URL."""

    def __init__(self, schema: type[QueryT]) -> None:
        self._schema = schema
        fields = schema.model_fields.items()
        self._lists = {field.alias or name for name, field in fields if has_list(field.annotation)}

    async def __call__(self, request: Request) -> QueryT:
        """What was sent; of a parameter that stands there twice, the last unless it is a list."""
        sent = request.query_params
        values = {name: sent.getlist(name) if name in self._lists else sent[name] for name in sent}
        try:
            return self._schema.model_validate(values)
        except ValidationError as error:
            problems = error.errors(include_url=False)
            located = [{**one, "loc": ("query", *one["loc"])} for one in problems]
            raise RequestValidationError(located) from None


def from_query(schema: type[QueryT]) -> QueryReader[QueryT]:
    """What reads a schema whose fields are all optional, each of them a parameter.

    The route says so in the document of the API, with `openapi_extra=in_query(schema)`.
    """
    return QueryReader(schema)


def has_list(annotation: Any) -> bool:
    """Whether a parameter may stand there several times."""
    return get_origin(annotation) is list or any(map(has_list, get_args(annotation)))


def in_query(schema: type[Schema]) -> dict[str, Any]:
    """The parameters of a schema as a document of OpenAPI has them."""
    fields = schema.model_json_schema(ref_template=REF_TEMPLATE)["properties"]
    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": field}
            for name, field in fields.items()
        ]
    }
