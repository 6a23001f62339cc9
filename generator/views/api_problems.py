"""Examples of what is refused: the answers are problems (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.spec.model import Api
from generator.views.api_examples import Example, one_change
from generator.views.api_exchange import Answer, Exchange, Request, exchange
from generator.views.api_row import ExampleRow, Json, proof_of
from generator.views.attributes import is_required
from generator.views.json_values import Placeholder

SURPLUS = "unheard_of"
OTHER = '"7"'
"""A version that a new row does not have."""
HEADERS = {"Content-Type": "application/problem+json"}


def problems(row: ExampleRow, api: Api) -> Iterator[Exchange]:
    """What goes wrong with a row: a name that it doesn't have, and a version not its own."""
    example, has = Example(row, api), set(row.resource.operations)
    if "create" in has:
        yield _surplus(example)
    known = row.resource.versioned and row.resource.id.type != "string"
    if "update" in has and known:
        yield _stale(example)


def _surplus(example: Example) -> Exchange:
    row = example.row
    body = row.body(tuple(item for item in row.sent if is_required(item)))
    return exchange(
        "A name that a resource doesn't have is refused, and so is a value that breaks a rule:",
        Request(
            method="POST",
            target=example.url,
            proof=proof_of(row, "create"),
            body={**body, SURPLUS: 1},
        ),
        Answer(
            status=422,
            headers=HEADERS,
            body={
                **_problem(422, "Unprocessable Content", "invalid-input"),
                "detail": "The request is not valid.",
                "request_id": Placeholder("a text"),
                "errors": [
                    {
                        "location": "body",
                        "pointer": f"/{SURPLUS}",
                        "code": "extra_forbidden",
                        "detail": "This name isn't known here.",
                    }
                ],
            },
        ),
    )


def _stale(example: Example) -> Exchange:
    return exchange(
        "Whoever changes what somebody else has changed since is told so:",
        Request(
            method="PATCH",
            target=example.row_url,
            proof=proof_of(example.row, "update"),
            tag=OTHER,
            body=one_change(example.row),
        ),
        Answer(
            status=412,
            headers=HEADERS,
            body={
                **_problem(412, "Precondition Failed", "stale"),
                "detail": "It has been changed since you read it.",
                "request_id": Placeholder("a text"),
            },
        ),
    )


def _problem(status: int, title: str, code: str) -> Json:
    return {"type": "about:blank", "title": title, "status": status, "code": code}
