"""Requests, drawn one after the other from a document and from what earlier answers held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from generated.agreement.document import Document, Operation, Schema
from generated.agreement.names import NEXT_PAGE, Keys
from generated.agreement.values import Values

ADMIN = "admin"
NOBODY = "nobody"
UNKNOWN = "01a20000-0000-7000-8000-000000000000"
ABSENT: Any = object()
"""The body of a request that has none."""

WEIGHTS: Sequence[tuple[Callable[[Operation], bool], int]] = (
    (lambda one: one.makes_a_row, 8),
    (lambda one: one.method == "get" and "{" not in one.path, 10),
    (lambda one: ":restore" in one.path, 3),
    (lambda one: one.method == "delete" and one.path.endswith("}") and one.path.count("{") == 1, 1),
    (lambda one: one.method in ("patch", "put") and one.body is not None, 6),
    (lambda one: ":bulk" in one.path, 4),
    (lambda one: ":by-" in one.path, 4),
    (lambda one: one.path.count("{") == 2, 2),
)  # fmt: skip
"""How often an operation is drawn, by the first that holds for it; once for any other."""
CREDENTIALS = ("email", "password")
MAKING_ACCOUNTS = ("/auth/sign-up", "/users")
"""Where an account is made: by anyone, or where sign-up is closed by an admin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, which may hold names in the place of a server's own values."""

    caller: str
    method: str
    path: str
    query: tuple[tuple[str, object], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = ABSENT
    operation: Operation


@dataclass(slots=True)
class Known:
    """What earlier answers held, as they were told."""

    rows: dict[str, dict[object, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))
    """By kind and id, deleted ones too."""
    tags: dict[str, str] = field(default_factory=dict)
    """The last ETag of a path."""
    secrets: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pages: list[tuple[Request, str]] = field(default_factory=list)
    """Lists that go on, each with its cursor."""
    sent: list[Request] = field(default_factory=list)
    """Requests with an idempotency key."""

    def learn(self, request: Request, answer: Mapping[str, Any]) -> None:
        """Remember what an answer holds."""
        body = answer["body"]
        if "etag" in answer["headers"]:
            self.tags[request.path] = answer["headers"]["etag"]
        if "Idempotency-Key" in request.headers:
            self.sent.append(request)
        if not isinstance(body, dict):
            return
        for row in body.get("items", [body]):
            if isinstance(row, dict) and "id" in row and request.operation.kind:
                self.rows[request.operation.kind][row["id"]] = row
        for key in body.keys() & {"access_token", "refresh_token"}:
            self.secrets[key].append(body[key])
        self.pages.extend((request, body[key]) for key in NEXT_PAGE if body.get(key))


class Requests:
    """Draws requests; `keys` tells what a body's ids point at, and `given` what each body has."""

    def __init__(
        self,
        document: Document,
        keys: Keys,
        given: Collection[str],
        callers: Sequence[str],
        random: Random,
    ) -> None:
        self.known = Known()
        self._document = document
        self._keys = keys
        self._callers = [ADMIN, *callers]
        self._random = random
        self._values = Values(random, document.resolve, given)
        operations = document.operations
        self._weights = [next((n for holds, n in WEIGHTS if holds(one)), 1) for one in operations]

    def accounts(
        self, bodies: Mapping[str, Mapping[str, str]], roles: Sequence[str], signing_in: str
    ) -> Iterator[Request]:
        """The callers by what they sign up with: each signed up, given its role, and signed in."""
        for name, body in bodies.items():
            yield self._told("post", MAKING_ACCOUNTS, "", body)
            if name in roles:
                (row,) = [one for one in self.known.rows["User"].values() if is_of(one, [name])]
                yield self._told("patch", "/users/{user_id}", row["id"], {"role": name})
            login = self._told("post", signing_in, "", {key: body[key] for key in CREDENTIALS})
            yield replace(login, caller=NOBODY)

    def _told(
        self, method: str, end: str | tuple[str, ...], row: str, body: Mapping[str, str]
    ) -> Request:
        """The one request of an admin that ends so, to a row where one is named."""
        (operation,) = [
            one
            for one in self._document.operations
            if one.method == method and one.path.endswith(end)
        ]
        path = operation.path.replace("{user_id}", row)
        return Request(caller=ADMIN, method=method, path=path, body=body, operation=operation)

    def first(self, rounds: int) -> Iterator[Request]:
        """Rows of every kind, so that there is something to ask for."""
        makers = [one for one in self._document.operations if one.makes_a_row]
        for _ in range(rounds):
            for operation in makers:
                yield self._draw(operation, ADMIN, wrong=0)

    def any(self, count: int) -> Iterator[Request]:
        """So many requests, of all kinds."""
        for _ in range(count):
            yield self._again() or self._draw(*self._choice(), wrong=0.12)

    def _choice(self) -> tuple[Operation, str]:
        (operation,) = self._random.choices(self._document.operations, self._weights)
        anyone = self._random.choice(self._callers)
        return operation, ADMIN if self._chance(0.7) else anyone

    def _again(self) -> Request | None:
        """The next page of a list, or what was sent before with the same idempotency key."""
        known = self.known
        if known.pages and self._chance(0.12):
            request, cursor = self._random.choice(known.pages[-8:])
            query = [pair for pair in request.query if pair[0] != "cursor"]
            return replace(request, query=(*query, ("cursor", cursor)))
        if known.sent and self._chance(0.02):
            return self._random.choice(known.sent)
        return None

    def _chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def _draw(self, operation: Operation, caller: str, wrong: float) -> Request:
        path = self._path(operation)
        return Request(
            caller=caller,
            method=operation.method,
            path=path,
            query=tuple(self._query(operation, wrong)),
            headers=dict(self._headers(operation, path)),
            body=self._body(operation, wrong),
            operation=operation,
        )

    def _path(self, operation: Operation) -> str:
        path = operation.path
        for parameter in operation.parameters:
            if parameter["in"] == "path":
                value = self._of_path(operation, parameter)
                path = path.replace(f"{{{parameter['name']}}}", str(value))
        return path

    def _of_path(self, operation: Operation, parameter: Schema) -> object:
        name = parameter["name"]
        rows = self.known.rows[operation.kinds[name]]
        if operation.method != "get":  # a caller is needed as it is
            rows = {key: row for key, row in rows.items() if not is_of(row, self._callers)}
        if rows and self._chance(0.93):
            row = rows[self._random.choice([*rows])]
            return row.get(name, row["id"]) if ":by-" in operation.path else row["id"]
        return UNKNOWN if self._chance(0.5) else self._values.valid(parameter["schema"])

    def _query(self, operation: Operation, wrong: float) -> Iterator[tuple[str, object]]:
        asked = [one for one in operation.parameters if one["in"] == "query"]
        needed = [one for one in asked if one.get("required")]
        others = [one for one in asked if one not in needed and one["name"] != "cursor"]
        few = self._random.sample(others, min(len(others), self._random.choice((0, 1, 1, 2, 3))))
        shown = [one for one in others if one["name"] in ("sort", "limit", "size", "total")]
        for one in [*needed, *few, *(one for one in shown if one not in few and self._chance(0.4))]:
            for value in self._of_query(operation, one, wrong):
                yield one["name"], value

    def _of_query(self, operation: Operation, parameter: Schema, wrong: float) -> list[object]:
        name, schema = parameter["name"], self._document.resolve(parameter["schema"])
        if self._chance(wrong):
            return [spelled(self._values.wrong())]
        if name in ("limit", "size"):
            return [self._random.choice((1, 2, 3, 5, schema["maximum"]))]
        many = schema.get("type") == "array"
        known = self._stored(operation.kind, name.partition("__")[0])
        if known and self._chance(0.7):
            return [spelled(self._random.choice(known)) for _ in range(3 if many else 1)]
        value = self._values.valid(schema)
        return [spelled(one) for one in (value if many else [value])]

    def _stored(self, kind: str, name: str) -> list[object]:
        """What the rows of a kind hold in a field."""
        found = [row.get(name) for row in self.known.rows[kind].values()]
        return [one for one in found if one is not None]

    def _headers(self, operation: Operation, path: str) -> Iterator[tuple[str, str]]:
        named = {one["name"].lower() for one in operation.parameters if one["in"] == "header"}
        if "if-match" in named and self._chance(0.3):
            known = self.known.tags.get(path, '"1"')
            yield "If-Match", self._random.choice((known, known, '"1"', "*", f'"9", {known}', "?"))
        if "idempotency-key" in named and self._chance(0.15):
            yield "Idempotency-Key", f"key-{self._random.randrange(40)}"

    def _body(self, operation: Operation, wrong: float) -> object:
        if operation.body is None:
            return ABSENT
        body = self._pointing(operation.kind, self._values.valid(operation.body))
        return self._spoiled(body) if self._chance(wrong) else body

    def _pointing(self, kind: str, body: Any) -> Any:
        """The same body, with ids of rows that there are, and secrets that were given."""
        if isinstance(body, list):
            return [self._pointing(kind, inner) for inner in body]
        if not isinstance(body, dict):
            return body
        return {name: self._pointed(kind, name, value) for name, value in body.items()}

    def _pointed(self, kind: str, name: str, value: Any) -> Any:
        if name == "items":
            return self._pointing(kind, value)
        ids = [*self.known.rows[self._keys[kind, name]]] if (kind, name) in self._keys else []
        secrets = self.known.secrets.get(name, [])
        if value is not None and (ids or secrets) and self._chance(0.95):
            return self._random.choice(ids or secrets)
        return value

    def _spoiled(self, body: Any) -> Any:
        """The same body with one thing wrong."""
        if not isinstance(body, dict) or not body:
            return self._values.wrong()
        name = self._random.choice([*body])
        if isinstance(body[name], list) and body[name] and self._chance(0.5):
            return {**body, name: [*body[name][1:], self._spoiled(body[name][0])]}
        if self._chance(0.2):
            return {key: value for key, value in body.items() if key != name}
        if self._chance(0.1):
            return {**body, "unheard_of": 1}
        return {**body, name: self._values.wrong()}


def spelled(value: object) -> str:
    """A value as a URL has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_of(row: Mapping[str, Any], names: Sequence[str]) -> bool:
    """Whether a row is the account of one of the callers."""
    address: object = row.get("email", "")
    return isinstance(address, str) and address.partition("@")[0] in names
