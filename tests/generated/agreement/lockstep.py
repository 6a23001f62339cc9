"""Servers that are asked the same, one request after the other, and how their answers compare."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import httpx2

from generated.agreement.document import Document
from generated.agreement.names import Keys, Names
from generated.agreement.requests import ABSENT, ADMIN, NOBODY, Request, Requests
from generated.server import REQUEST_SECONDS, Server, account, admin
from generator.pipeline import read
from generator.spec.model import BelongsTo, Resource, Spec
from generator.views.case import CASES

Answer = Mapping[str, Any]
COMPARED = ("content-type", "etag", "location", "allow", "www-authenticate", "idempotency-replayed")
"""The headers that say something of the answer."""
CONFLICTS = {"missing-reference", "taken"}
"""What a row may conflict with, by its code: it may be several at once."""
ORDINARY = ("anna", "ben")
"""Accounts without a role of their own."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One request, and what each engine answered."""

    number: int
    request: Request
    answers: Mapping[str, Answer]

    @property
    def first(self) -> Answer:
        """What the first engine answered."""
        return next(iter(self.answers.values()))

    @property
    def differs(self) -> bool:
        """Whether the answers are not all the same, to the order and the form of each number."""
        return len({json.dumps(but_for_the_reason(one)) for one in self.answers.values()}) > 1


class Lane:
    """One of the servers, and the names of what it made up."""

    def __init__(self, server: Server, keys: Keys, client: httpx2.Client) -> None:
        self.engine = server.project.engine
        self.tokens = {} if server.project.is_open else {ADMIN: admin(server, ADMIN)}
        self._server = server
        self._names = Names(keys)
        self._client = client

    def ask(self, request: Request) -> Answer:
        """What the server answers, told in names."""
        answer = self._client.request(
            request.method.upper(),
            self._url(request),
            headers=self._headers(request),
            content=None if request.body is ABSENT else json.dumps(self._names.meant(request.body)),
        )
        told = self._told(request.operation.kind, answer)
        is_login = request.method == "post" and request.path.endswith(self._server.signing_in)
        if is_login and answer.is_success:
            email = request.body["email"]
            self.tokens[email.partition("@")[0]] = self._server.token_in(answer)
        return told

    def _url(self, request: Request) -> str:
        path = quote(str(self._names.meant(request.path + "?"))[:-1], safe="/:", errors="replace")
        query = [(name, self._names.meant(value)) for name, value in request.query]
        return f"{path}?{urlencode(query, errors='surrogatepass')}" if query else path

    def _headers(self, request: Request) -> dict[str, str]:
        token = self.tokens.get(request.caller)
        known = {} if token is None else self._server.credentials(token)
        body = {} if request.body is ABSENT else {"Content-Type": "application/json"}
        return {**known, **body, **request.headers}

    def _told(self, kind: str, answer: httpx2.Response) -> Answer:
        headers = {name: answer.headers[name] for name in COMPARED if name in answer.headers}
        if "location" in headers:
            headers["location"] = self._names.location(headers["location"], kind)
        is_json = "json" in headers.get("content-type", "") and answer.content
        body = self._names.told(answer.json(), kind) if is_json else answer.text
        return {"status": answer.status_code, "headers": headers, "body": body}


def but_for_the_reason(answer: Answer) -> Answer:
    """An answer without the reason of a conflict: of several, each engine names what it met first.

    That an answer names the right one where there is one is the matter of each project's tests.
    """
    body = answer["body"]
    if isinstance(body, dict) and codes(body) and codes(body) <= CONFLICTS:
        return {**answer, "body": {**body, "detail": "«reason»", "errors": "«reason»"}}
    return answer


def codes(problem: Mapping[str, Any]) -> set[str]:
    """What is wrong, in words for programs."""
    return {one["code"] for one in problem.get("errors") or () if "code" in one}


def play(servers: list[Server], *, seed: int, count: int, rounds: int = 3) -> Iterator[Turn]:
    """Ask every server the same, and tell each turn: accounts, some rows of each kind, then
    `count` requests of any kind.
    """
    project = servers[0].project
    spec = read((project.folder / "service.yaml").read_bytes())
    with connect(servers[0]) as client:
        document = Document(client.get("/openapi.json").json())
    roles = [one for one in spec.auth.roles if one != ADMIN] if spec.auth else []
    known = [*ORDINARY, *roles] if spec.auth else []
    requests = Requests(document, pointing(spec), made_up(spec), [*known, NOBODY], Random(seed))
    bodies = {one: account(servers[0], one) for one in known}
    signing_in = servers[0].signing_in
    asked = chain(
        requests.accounts(bodies, roles, signing_in), requests.first(rounds), requests.any(count)
    )
    with ExitStack() as stack:
        lanes = [Lane(one, numbered(spec), stack.enter_context(connect(one))) for one in servers]
        for number, request in enumerate(asked):
            turn = Turn(number, request, {lane.engine: lane.ask(request) for lane in lanes})
            requests.known.learn(request, turn.first)
            yield turn


def connect(server: Server) -> httpx2.Client:
    """A client that follows nothing and keeps one connection."""
    return httpx2.Client(base_url=server.url, timeout=REQUEST_SECONDS)


def pointing(spec: Spec) -> Keys:
    """Whose rows the ids in bodies name, by the kind of the body and the key."""
    return {where: target.class_name for where, target in ids(spec)}


def made_up(spec: Spec) -> frozenset[str]:
    """Fields that a server fills at random where a client doesn't."""
    made = (field for resource in spec.resources for field in resource.fields if field.source)
    return frozenset(CASES[spec.api.case].name(field.name) for field in made)


def numbered(spec: Spec) -> Keys:
    """The same of the ids that a database counts."""
    return {
        where: target.class_name
        for where, target in ids(spec)
        if target.id.type in ("int", "bigint")
    }


def ids(spec: Spec) -> Iterator[tuple[tuple[str, str], Resource]]:
    """Every key that holds an id, behind the kind of its row, and the resource that has the id."""
    resources = [*spec.resources, *([spec.user] if spec.user else [])]
    by_name = {one.name: one for one in resources}
    for resource in resources:
        yield (resource.class_name, "id"), resource
        for relation in resource.relations:
            if isinstance(relation, BelongsTo):
                key = CASES[spec.api.case].name(f"{relation.name}_id")
                yield (resource.class_name, key), by_name[relation.resource]
