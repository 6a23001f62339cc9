"""The examples of a resource: requests that can be sent in their order, with their answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from generator import naming
from generator.spec.model import Api, Verb
from generator.views.api_exchange import Answer, Exchange, Request, exchange
from generator.views.api_row import ExampleRow, Json, caller, person, proof_of
from generator.views.attributes import Attribute, is_changed, is_required, is_returned, is_unique
from generator.views.json_values import REST, Placeholder
from generator.views.operation import words
from generator.views.queries import QUERY_WORDS, operators
from generator.views.testing_fields import sample_of, steps_of

FIRST, SECOND = '"1"', '"2"'
"""Versions of a row: when it is new, and when it was written once more."""


@dataclass(frozen=True, slots=True)
class Example:
    """What the examples of a resource share."""

    row: ExampleRow
    api: Api

    @property
    def url(self) -> str:
        """The path of the list."""
        return f"/api/{self.api.version}/{naming.dashed(self.row.resource.plural)}"

    @property
    def one(self) -> str:
        """One of the rows, in a sentence."""
        return naming.with_article(words(self.row.resource.name))

    @property
    def row_url(self) -> str:
        """The path of the row."""
        return f"{self.url}/{self.row.key}"

    def says(self, verb: Verb, does: str) -> str:
        """The sentence on who does what."""
        return f"{person(caller(self.row, verb))} {does}:"

    def tagged(self, tag: str) -> dict[str, str]:
        """The header that tells a version, if there are any."""
        return {"ETag": tag} if self.row.resource.versioned else {}

    def match(self, tag: str) -> str | None:
        """What `If-Match` says, if there are versions."""
        return tag if self.row.resource.versioned else None

    def part(self, shown: Json | None = None) -> Json:
        """Some of what clients see of the row: its id, and what is shown, or one thing."""
        first, *others = self.row.representation().items()
        some = dict(others[:1]) if shown is None else shown
        return {**dict([first]), **some, REST: REST}


def examples(row: ExampleRow, api: Api) -> Iterator[Exchange]:
    """What happens to a row, from its creation to its end, as far as the API has it."""
    example, has = Example(row, api), set(row.resource.operations)
    change = next((word for word in ("update", "replace") if word in has), None)
    if "create" in has:
        yield _create(example)
    if "get" in has:
        yield _get(example)
    if "list" in has and not row.is_preceded:
        yield _list(example)
    if change is not None:
        yield CHANGES[change](example)
    if "delete" in has:
        yield _delete(example, _version_after(row, change))


def _create(example: Example) -> Exchange:
    row = example.row
    return exchange(
        example.says("create", f"creates {example.one}"),
        Request(
            method="POST",
            target=example.url,
            proof=proof_of(row, "create"),
            body=row.body(row.sent),
        ),
        Answer(
            status=201,
            headers={"Location": example.row_url, **example.tagged(FIRST)},
            body=row.representation(),
        ),
    )


def _get(example: Example) -> Exchange:
    row = example.row
    shown = row.representation() if "create" not in row.resource.operations else example.part()
    return exchange(
        example.says("get", "reads it"),
        Request(method="GET", target=example.row_url, proof=proof_of(row, "get")),
        Answer(status=200, headers=example.tagged(FIRST), body=shown),
    )


def _list(example: Example) -> Exchange:
    row = example.row
    by = next(iter(sorted(_filters(row), key=_likely)), None)
    query, does = "", "lists those that there are"
    if by is not None:
        name = f"{by.json}__eq" if by.name in QUERY_WORDS else by.json
        query, does = f"?{name}={_in_url(row.body((by,))[by.json])}", "finds it"
    return exchange(
        example.says("list", does),
        Request(method="GET", target=example.url + query, proof=proof_of(row, "list")),
        Answer(status=200, body=_page(example)),
    )


def _page(example: Example) -> Json:
    items = [example.part()]
    if example.api.pagination == "page":
        return {"items": items, "page": 1, "size": example.api.page_size, "total": 1}
    return {"items": items, example.row.context.case.name("next_cursor"): None}


def _filters(row: ExampleRow) -> Iterator[Attribute]:
    """What was sent, and a list can be filtered by."""
    for item in row.sent:
        name = item.relation.name if item.relation else item.name
        if name in row.resource.filter and "eq" in operators(item):
            yield item


def _likely(item: Attribute) -> tuple[bool, bool, bool]:
    """What people would filter by, first."""
    texts = ("string", "slug", "email", "enum")
    return (not is_unique(item), item.field.type not in texts, item.relation is not None)


def _in_url(value: object) -> str:
    if isinstance(value, Placeholder):
        return str(value)
    return quote(value if isinstance(value, str) else json.dumps(value), safe="")


def _update(example: Example) -> Exchange:
    row, changed = example.row, one_change(example.row)
    shown = {key: one for key, one in changed.items() if key in _shown(row)}
    return exchange(
        example.says("update", "changes one thing of it"),
        Request(
            method="PATCH",
            target=example.row_url,
            proof=proof_of(row, "update"),
            tag=example.match(FIRST),
            body=changed,
        ),
        Answer(
            status=200,
            headers=example.tagged(_version_after(row, "update")),
            body=example.part(shown),
        ),
    )


def _version_after(row: ExampleRow, change: str | None) -> str:
    """The version once it was changed so; a change of nothing leaves it."""
    moves = change == "replace" or (change == "update" and one_change(row))
    return SECOND if moves else FIRST


def _replace(example: Example) -> Exchange:
    row = example.row
    items = tuple(item for item in row.sent if is_changed(item, row.resource))
    body = row.body(items, later=1)
    shown = {key: one for key, one in body.items() if key in _shown(row)}
    return exchange(
        example.says("update", "replaces what may be changed of it"),
        Request(
            method="PUT",
            target=example.row_url,
            proof=proof_of(row, "update"),
            tag=example.match(FIRST),
            body=body,
        ),
        Answer(status=200, headers=example.tagged(SECOND), body=example.part(shown)),
    )


CHANGES = {"update": _update, "replace": _replace}


def _shown(row: ExampleRow) -> set[str]:
    return {item.json for item in row.everything if is_returned(item)}


def one_change(row: ExampleRow) -> Json:
    """One thing that may be changed, to another value: plain before what is compared."""
    able = [item for item in row.everything if _is_changeable(row, item)]
    chosen = sorted(able, key=lambda item: (is_unique(item), not is_required(item)))[:1]
    return row.body(tuple(chosen or _compared(row)), later=1)


def _compared(row: ExampleRow) -> list[Attribute]:
    """What may be changed together alone, since a check compares it."""
    steps = steps_of(row.resource)
    return [item for item in row.sent if item.name in steps and is_changed(item, row.resource)]


def _is_changeable(row: ExampleRow, item: Attribute) -> bool:
    if item.relation is not None or not is_changed(item, row.resource) or not is_returned(item):
        return False
    several = sample_of(item, row.context.enums).distinct > 1
    return several and item.name not in steps_of(row.resource)


def _delete(example: Example, tag: str) -> Exchange:
    return exchange(
        example.says("delete", "deletes it"),
        Request(
            method="DELETE",
            target=example.row_url,
            proof=proof_of(example.row, "delete"),
            tag=example.match(tag),
        ),
        Answer(status=204),
    )
