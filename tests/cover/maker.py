"""Rows of a running service, made of what its document asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from random import Random
from typing import Any

import httpx2
from generated.agreement.document import Document
from generated.agreement.lockstep import pointing
from generated.agreement.values import Values
from generated.server import Server

from generator.spec.model import Resource
from generator.views.case import CASES

SEED = 1
TRIES = 60
"""How often a body is drawn again where another row has its values already."""
MOST_PAGES = 100

Row = dict[str, Any]
Schemas = Mapping[str, Mapping[str, Any]]


class Maker:
    """Someone who may do everything, and asks for what the document says."""

    def __init__(self, server: Server, client: httpx2.Client) -> None:
        self.spec = server.project.spec
        self.named: Callable[[str], str] = CASES[self.spec.api.case].name
        """A name of the spec as JSON has it."""
        self._client = client
        self._prefix = server.prefix
        self._keys = pointing(self.spec)
        self._document = Document(httpx2.get(f"{server.url}/openapi.json").json())
        self._values = Values(Random(SEED), self._document.resolve, ())

    def ask(self, method: str, path: str, status: int, json: object = None) -> Any:
        """What is answered, with this status."""
        answer = self._client.request(method, path, json=json)
        assert answer.status_code == status, f"{method} {path} {json}: {answer.text}"
        return answer.json() if answer.content else None

    def accepted(self, method: str, path: str, status: int, drawn: Callable[[], Row]) -> Any:
        """The answer to a body that is drawn until no other row has its values."""
        for _ in range(TRIES):
            body = drawn()
            answer = self._client.request(method, path, json=body)
            if answer.status_code != httpx2.codes.CONFLICT:
                break
        assert answer.status_code == status, f"{method} {path} {body}: {answer.text}"
        return answer.json()

    def made(self, resource: Resource) -> Row:
        """A new row, behind new ones of all that it has to point at."""
        path = url(resource)
        drawn = partial(self.needed, resource, "post", path)
        row: Row = self.accepted("POST", path, 201, drawn)
        return row

    def needed(self, resource: Resource, method: str, path: str) -> Row:
        """A body of what has to be said, and no more."""
        schemas, required = self.asked_for(method, path)
        return self.drawn(resource, schemas, required)

    def drawn(self, resource: Resource, schemas: Schemas, names: Sequence[str]) -> Row:
        """A value for each name: one of its schema, or the id of a new row."""
        return {name: self._value(resource, name, schemas[name]) for name in names}

    def asked_for(self, method: str, path: str) -> tuple[Schemas, Sequence[str]]:
        """The properties that a body may have, and the names of those that it must have."""
        wanted = (method, self._prefix + path)
        (body,) = [
            one.body for one in self._document.operations if (one.method, one.path) == wanted
        ]
        assert body is not None
        schema = self._document.resolve(body)
        properties = {name: one for name, one in schema["properties"].items() if "not" not in one}
        return properties, schema.get("required", ())

    def ids(self, path: str) -> list[object]:
        """The ids of a list, page by page."""
        return [item["id"] for page in self._pages(path) for item in page["items"]]

    def _pages(self, path: str) -> Iterator[Mapping[str, Any]]:
        query: dict[str, Any] = {}
        for number in range(1, MOST_PAGES):
            answer = self._client.get(path, params=query)
            assert answer.status_code == httpx2.codes.OK, answer.text
            page: dict[str, Any] = answer.json()
            yield page
            if not (query := self._next(page, number)):
                return

    def _next(self, page: Mapping[str, Any], number: int) -> dict[str, Any]:
        """What asks for the page behind the one of this number; nothing behind the last."""
        if "page" in page:
            return {"page": number + 1} if number * page["size"] < page["total"] else {}
        cursor = page[self.named("next_cursor")]
        return {"cursor": cursor} if cursor else {}

    def _value(self, resource: Resource, name: str, schema: Mapping[str, Any]) -> Any:
        kind = "" if name == "id" else self._keys.get((resource.class_name, name))
        for target in self.spec.resources:
            if target.class_name == kind:
                return self.made(target)["id"]
        return self._values.valid(schema)


def url(resource: Resource) -> str:
    """Where the rows of a resource are."""
    return f"/{dashed(resource.plural)}"


def dashed(name: str) -> str:
    """A name as it stands in URLs."""
    return name.replace("_", "-")
