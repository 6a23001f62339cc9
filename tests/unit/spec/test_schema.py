"""The JSON Schema agrees with the loader: it takes all that loads, and refuses what it can say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from marked import HEAD, problems_of, unmarked
from spec_grammar import GRAMMAR
from strategies import Written, specs
from test_load import DEFAULTS, LINES, LONG_FORMS
from test_wrong_fields import BEFORE, CASES
from test_wrong_specs import _BOOK, HEAD_CASES, LINK_CASES, NAME_CASES, RESOURCE_CASES

from generator.spec.codes import CODES
from generator.spec.compose import compose
from generator.spec.fields import LONG_FORM
from generator.spec.relations import LONG_FORM as RELATION_KEYS
from generator.spec.resources import RESOURCE_KEYS
from generator.spec.schema import json_schema
from generator.spec.source import Items, Mapping, Node, Scalar, plain_kind

SCHEMA = json_schema(GRAMMAR)
VALIDATOR = Draft202012Validator(SCHEMA)

SEMANTIC = {
    # The document as text, which is gone once YAML is read
    "yaml", "duplicate-key",
    # The grammar of a line behind its first word
    "bad-argument", "bad-default", "bad-expression", "bad-pattern", "misplaced",
    "not-applicable", "unknown-modifier",
    # What refers to something elsewhere, or compares two values
    "ambiguous-inverse", "auth-off", "bad-inverse", "bad-through", "contradiction",
    "duplicate-value", "engine-limit", "feature-off", "missing-inverse", "name-collision",
    "no-owner", "not-unique", "required-circle", "unknown-field",
    "unknown-resource", "unknown-role", "unseen-reference", "wrong-family", "reserved-name",
}  # fmt: skip
"""Codes of rules that a JSON Schema cannot express."""
STRUCTURAL = set(CODES) - SEMANTIC


def value_of(node: Node | None) -> Any:
    """The document as YAML 1.2's core schema gives it to a program."""
    match node:
        case Scalar():
            return _scalar(node)
        case Items():
            return [value_of(item) for item in node.items]
        case Mapping():
            return {entry.key.text: value_of(entry.value) for entry in node.entries}
    return None


def _scalar(node: Scalar) -> Any:
    text = node.text
    match plain_kind(node):
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int":
            return int(text, 0) if text[:2] in ("0x", "0o") else int(text)
        case "float":
            return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def errors_of(text: str) -> list[str]:
    document = value_of(compose(text, lambda *_: None))
    return [error.message for error in VALIDATOR.iter_errors(document)]


def test_it_is_a_schema_and_is_json() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_it_has_every_key_that_the_loader_reads() -> None:
    definitions = SCHEMA["$defs"]
    assert set(definitions["resource"]["properties"]) == set(RESOURCE_KEYS)
    assert set(definitions["field"]["anyOf"][1]["properties"]) == set(LONG_FORM)
    assert set(definitions["relation"]["anyOf"][1]["properties"]) == set(RELATION_KEYS)


@pytest.mark.parametrize("code", CODES)
def test_every_right_example_is_valid(code: str) -> None:
    assert errors_of(CODES[code].right) == []


@settings(max_examples=40)
@given(specs())
def test_every_spec_that_loads_is_valid(written: Written) -> None:
    assert errors_of(written.text()) == []


RIGHT = sorted({*LINES, *DEFAULTS, *LONG_FORMS, *LONG_FORMS.values()})


@pytest.mark.parametrize("line", RIGHT)
def test_every_field_that_loads_is_valid(line: str) -> None:
    plain = line.startswith(("{", "'"))
    said = line if plain else "'" + line.replace("'", "''") + "'"
    assert errors_of(HEAD + BEFORE + said + "\n") == []


HEADS = [HEAD + text for text, _ in (*HEAD_CASES, *NAME_CASES)]
RESOURCES = [HEAD + _BOOK + "    " + text for text, _ in RESOURCE_CASES]
LINKS = [HEAD + "resources:\n" + text for text, _ in LINK_CASES]
FIELDS = [HEAD + BEFORE + line for line, _, _ in CASES]
WRONG = [unmarked(text)[0] + "\n" for text in (*HEADS, *RESOURCES, *LINKS, *FIELDS)]
WRONG += [code.wrong for code in CODES.values()]


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_structural_mistakes_are_refused(text: str) -> None:
    problems = problems_of(text)
    structural = [one for one in problems if one.code in STRUCTURAL and not _beyond(one.message)]
    if structural:
        assert errors_of(text), structural[0].render()


def _beyond(message: str) -> bool:
    """Structural by its code, but said inside of a line, of a key or of a number."""
    inside = ("Colour", 'no on_delete "', "too large a number", "a bound of", "type of id")
    return any(words in message for words in inside)


def test_the_wrong_forms_of_values_are_refused() -> None:
    for text in ("database: 5", "api: []", "resources: []", "resources: {a: 5}", "enums: {A: b}"):
        assert errors_of(HEAD + text + "\n"), text
        assert problems_of(HEAD + text + "\n"), text
