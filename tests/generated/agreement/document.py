"""What an OpenAPI document says of its operations: what they take, and whose rows they answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
PARAMETER = re.compile(r"\{(\w+)\}")
OF_A_KIND = re.compile(r"(?P<kind>\w+)(?:Read|Page|Many)$")
"""The schemas of answers are called after the class of their rows."""
UNASKED = re.compile(r"/health/|/change-password$")
"""Operations that would tell nothing, or lock out the callers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of a service."""

    method: str
    path: str
    parameters: tuple[Schema, ...]
    body: Schema | None
    kind: str
    """The class of the rows that it is about; empty where it is about none."""
    kinds: Mapping[str, str]
    """The class of the row that each parameter of the path names."""

    @property
    def makes_a_row(self) -> bool:
        """Whether it creates one row of its kind."""
        plain = ":" not in self.path and "{" not in self.path
        return bool(self.method == "post" and plain and self.kind and self.body)


class Document:
    """An OpenAPI document."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self._kinds = {path: self._kind(path) for path in raw["paths"]}
        self.operations = [*self._operations()]

    def resolve(self, schema: Schema) -> Schema:
        """The schema that a reference names, or the schema itself."""
        while "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = self._raw["components"]["schemas"][name]
        return schema

    def _operations(self) -> Iterator[Operation]:
        for path, methods in self._raw["paths"].items():
            if UNASKED.search(path):
                continue
            for method, said in methods.items():
                yield self._operation(method, path, said)

    def _operation(self, method: str, path: str, said: Mapping[str, Any]) -> Operation:
        body = said.get("requestBody", {}).get("content", {}).get("application/json", {})
        return Operation(
            method=method,
            path=path,
            parameters=tuple(said.get("parameters", ())),
            body=body.get("schema"),
            kind=self._kinds[path] or self._kinds.get(before(path), ""),
            kinds={
                found[1]: self._kinds.get(before(path[: found.end()]), "")
                for found in PARAMETER.finditer(path)
            },
        )

    def _kind(self, path: str) -> str:
        answers = (
            content.get("schema", {}).get("$ref", "")
            for said in self._raw["paths"][path].values()
            for status, answer in said["responses"].items()
            if status.startswith("2")
            for content in answer.get("content", {}).values()
        )
        found = (OF_A_KIND.search(reference) for reference in answers)
        return next((one["kind"] for one in found if one), "")


def before(path: str) -> str:
    """The path of the list that a path's last row, or its last verb, belongs to."""
    return re.sub(r"(:[a-z-]+)?(/\{\w+\})?(:[a-z-]+)?$", "", path)
