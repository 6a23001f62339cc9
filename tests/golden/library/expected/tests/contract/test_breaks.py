"""What is told of a document that breaks clients of another, and what isn't."""

import json
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from app.__main__ import main
from app.contract.breaks import breaks

THING = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "parent"],
    "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 20, "pattern": "^a"},
        "size": {"anyOf": [{"type": "number", "minimum": 0}, {"type": "null"}]},
        "kind": {"enum": ["small", "large"], "type": "string"},
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 5}, "maxItems": 3},
        "parent": {"anyOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "null"}]},
    },
}
CONTENT = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
POST: dict[str, Any] = {
    "parameters": [
        {"in": "query", "name": "limit", "schema": {"type": "integer", "maximum": 100}},
        {"in": "header", "name": "Prefer", "schema": {"type": "string"}},
    ],
    "requestBody": {"content": CONTENT, "required": True},
    "responses": {"201": {"content": CONTENT}, "422": {}},
}
GET: dict[str, Any] = {"responses": {"200": {"content": CONTENT}}}
DOCUMENT: dict[str, Any] = {
    "paths": {"/things": {"post": POST}, "/things/{id}": {"get": GET}},
    "components": {"schemas": {"Thing": THING}},
}

Place = Sequence[str | int]
PROPERTIES: Place = ("components", "schemas", "Thing", "properties")
POSTED: Place = ("paths", "/things", "post")
GOT: Place = ("paths", "/things/{id}", "get")


def changed(place: Place, value: object) -> dict[str, Any]:
    """The document with a value at a place; without what is there where the value is `...`."""
    document: Any = deepcopy(DOCUMENT)
    found = document
    for step in place[:-1]:
        found = found[step]
    if value is ...:
        del found[place[-1]]
    else:
        found[place[-1]] = value
    return dict(document)


BREAKING: list[tuple[Place, object, str]] = [
    (("paths", "/things/{id}"), ..., "GET /things/{id}: gone"),
    ((*GOT, "security"), [{"bearer": []}], "GET /things/{id}: needs a token"),
    ((*GOT, "responses"), {"204": {}}, "GET /things/{id}: answer 200: gone"),
    (
        (*GOT, "responses", "200", "content"),
        {},
        "GET /things/{id}: answer: application/json no more",
    ),
    ((*POSTED, "parameters", 0), ..., "POST /things: query limit: unknown"),
    (
        (*POSTED, "parameters", 0, "schema", "maximum"),
        50,
        "POST /things: query limit: maximum 100 instead of 50",
    ),
    ((*POSTED, "parameters", 1, "required"), True, "POST /things: header prefer: missing"),
    ((*PROPERTIES, "name"), ..., "POST /things: body.name: unknown"),
    ((*PROPERTIES, "name", "type"), "integer", "POST /things: body.name: string"),
    ((*PROPERTIES, "name", "minLength"), 3, "POST /things: body.name: minLength 2 instead of 3"),
    (
        (*PROPERTIES, "name", "maxLength"),
        30,
        "GET /things/{id}: answer.name: maxLength 30 instead of 20",
    ),
    ((*PROPERTIES, "name", "pattern"), "^b", "POST /things: body.name: pattern ^a instead of ^b"),
    ((*PROPERTIES, "kind", "enum"), ["small"], "POST /things: body.kind: the value 'large'"),
    (
        (*PROPERTIES, "kind", "enum"),
        ["small", "large", "huge"],
        "GET /things/{id}: answer.kind: the value 'huge'",
    ),
    ((*PROPERTIES, "kind", "enum"), ..., "GET /things/{id}: answer.kind: the value 'any'"),
    ((*PROPERTIES, "size"), {"type": "number", "minimum": 0}, "POST /things: body.size: null"),
    (
        (*PROPERTIES, "tags", "items", "maxLength"),
        4,
        "POST /things: body.tags[]: maxLength 5 instead of 4",
    ),
    (
        ("components", "schemas", "Thing", "required"),
        ["name"],
        "GET /things/{id}: answer.parent: missing",
    ),
    (
        ("components", "schemas", "Thing", "required"),
        ["name", "parent", "kind"],
        "POST /things: body.kind: missing",
    ),
]


@pytest.mark.parametrize(("place", "value", "line"), BREAKING)
def test_what_breaks_a_client_is_told(place: Place, value: object, line: str) -> None:
    assert line in set(breaks(DOCUMENT, changed(place, value)))


HARMLESS: list[tuple[Place, object]] = [
    (("paths", "/others"), {"get": GET}),
    ((*POSTED, "parameters", 0, "schema", "maximum"), 200),
    ((*POSTED, "responses", "409"), {}),
    ((*POSTED, "responses", "422"), ...),
    ((*PROPERTIES, "colour"), {"type": "string"}),
    ((*PROPERTIES, "name", "title"), "Name"),
]


@pytest.mark.parametrize(("place", "value"), HARMLESS)
def test_what_a_client_need_not_know_is_not_told(place: Place, value: object) -> None:
    assert list(breaks(DOCUMENT, changed(place, value))) == []


def test_the_service_breaks_nothing_of_its_own(app: FastAPI) -> None:
    assert list(breaks(app.openapi(), app.openapi())) == []


def test_the_command_prints_the_document_and_what_it_breaks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["openapi"])
    document = json.loads(capsys.readouterr().out)
    before = tmp_path / "before.json"
    before.write_text(json.dumps(document))
    main(["openapi", "--breaks", str(before)])
    assert capsys.readouterr().out == ""

    document["paths"]["/gone"] = {"get": GET}
    before.write_text(json.dumps(document))
    with pytest.raises(SystemExit) as exit_:
        main(["openapi", "--breaks", str(before)])
    assert exit_.value.code == 1
    assert capsys.readouterr().out == "GET /gone: gone\n"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"paths": [1]}'])
def test_what_is_no_document_is_told_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    before = tmp_path / "before.json"
    before.write_text(text)
    with pytest.raises(SystemExit) as exit_:
        main(["openapi", "--breaks", str(before)])
    assert exit_.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
