"""Every operation that a running service lists in its OpenAPI document, and how to ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
from generated.server import Server

UNKNOWN = "01a20000-0000-7000-8000-000000000000"
"""An id that no row has."""
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Operation:
    """A method and a path with names in braces, beside what the document says of them."""

    method: str
    path: str
    told: Mapping[str, Any]
    components: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def ids(self) -> list[str]:
        """The names in the path."""
        return re.findall(r"{(\w+)}", self.path)

    @property
    def takes_body(self) -> bool:
        """Whether a request has a body of JSON."""
        return "requestBody" in self.told

    @property
    def fields(self) -> list[str]:
        """The names that its body may have."""
        (content,) = self.told["requestBody"]["content"].values()
        return list(self._schema(content["schema"])["properties"])

    @property
    def answers(self) -> str | None:
        """The name of the schema of a good answer, None where that is empty."""
        good = next(told for status, told in self.told["responses"].items() if status < "300")
        schema = good.get("content", {}).get("application/json", {}).get("schema", {})
        reference: str = schema.get("$ref", "")
        return reference.rpartition("/")[2] or None

    def query(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The parameters of its query: name and schema."""
        for parameter in self.told.get("parameters", ()):
            if parameter["in"] == "query":
                yield parameter["name"], parameter["schema"]

    def url(self, ids: Mapping[str, str] = NOTHING) -> str:
        """The path with these ids in it, and with that of no row for the others."""
        return re.sub(r"{(\w+)}", lambda name: ids.get(name[1], UNKNOWN), self.path)

    def send(
        self, client: httpx2.Client, ids: Mapping[str, str] = NOTHING, **rest: Any
    ) -> httpx2.Response:
        """The answer; a body that is not given is an empty object."""
        if self.takes_body and not rest.keys() & {"json", "content"}:
            rest["json"] = {}
        url = httpx2.URL(str(client.base_url)).copy_with(path=self.url(ids))
        return client.request(self.method, url, **rest)

    def _schema(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in schema:
            return schema
        found: Mapping[str, Any] = self.components[schema["$ref"].rpartition("/")[2]]
        return found


def operations(server: Server) -> list[Operation]:
    """All of them, in the order of the document."""
    document = httpx2.get(f"{server.url}/openapi.json").json()
    schemas = document["components"]["schemas"]
    return [
        Operation(method.upper(), path, told, schemas)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
    ]


def with_body(server: Server) -> list[Operation]:
    """Those that take a body."""
    return [operation for operation in operations(server) if operation.takes_body]


def lists(server: Server) -> list[Operation]:
    """Those that answer a page of rows."""
    return [one for one in operations(server) if (one.answers or "").endswith("Page")]


def told(answer: httpx2.Response) -> tuple[int, Any]:
    """What an answer tells, but for its number."""
    body = answer.json() if answer.content else None
    if isinstance(body, dict):
        body.pop("request_id", None)
    return answer.status_code, body
