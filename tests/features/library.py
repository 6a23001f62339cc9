"""A library of every kind of link and delete, and a visitor who reads and writes all over it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2
from generated.server import Server, admin, sign_up

SPEC = """
scaffold: 1
service: {{name: library}}
database: {engine}
features: {{{features}}}
auth: {{roles: [editor]}}
resources:
  shelf:
    fields: {{name: string(1..40) unique, height: int index = 1}}
    relations: {{books: has_many book, labels: has_many label}}
    lookup: name
    operations: [list, get, create, update, replace, delete, bulk]
    access: {{read: public, write: authenticated}}
    {cache}
  book:
    fields: {{title: string(1..40) index}}
    relations:
      shelf: belongs_to shelf? on_delete set_null inverse books
      tags: many_to_many tag inverse books
      sequels: many_to_many book inverse prequels
      chapters: has_many chapter
      notes: has_many note
    soft_delete: true
    operations: [list, get, create, update, delete, bulk]
    {cache}
  chapter:
    fields: {{title: string(1..40) index}}
    relations: {{book: belongs_to book on_delete cascade inverse chapters}}
    soft_delete: true
    operations: [list, get, create, update, delete, bulk]
    {cache}
  label:
    fields: {{text: string(1..40) index}}
    relations:
      shelf: belongs_to shelf on_delete cascade inverse labels
      stickers: has_many sticker
    {cache}
  sticker:
    fields: {{text: string(1..40) index}}
    relations: {{label: belongs_to label on_delete cascade inverse stickers}}
    versioned: false
    {cache}
  tag:
    fields: {{name: string(1..40) index}}
    operations: [list, get, create, delete, bulk]
    {cache}
  note:
    owned: writer
    fields: {{text: string(1..40) index}}
    relations:
      book: belongs_to book on_delete cascade inverse notes
      writer: belongs_to user on_delete cascade inverse notes
    operations: [list, get, create, update, delete, bulk]
    {cache}
"""
TEXTS = {"shelf": "name", "tag": "name", "book": "title", "chapter": "title"}
"""The field that says something, where it isn't called `text`."""
PARENTS = {
    "book": "shelf",
    "chapter": "book",
    "label": "shelf",
    "sticker": "label",
    "note": "book",
}
ALIASES = {"sequel": "book", "prequel": "book"}
PLURALS = {"shelves": "shelf"}
QUERIES = ("", "?limit=2", "?total=true", "?limit=1&sort=-id")
RECENT = 5
"""Of so many rows one is chosen, so that most of them are there."""
READERS = ("nobody", "ada", "bob", "admin")


def resource_of(path: str) -> str:
    """What a path begins with."""
    plural = path.strip("/").split("/")[0].split(":")[0]
    return PLURALS.get(plural, plural.removesuffix("s"))


@dataclass(frozen=True, slots=True)
class Operation:
    """A method and a path with parameters, below the prefix of the API."""

    method: str
    path: str

    @property
    def resource(self) -> str:
        """Whose rows it is about."""
        return resource_of(self.path)

    def turn(self) -> tuple[int, int]:
        """Its place among others: rows are made, then changed, then go; what points at some last
        and first.
        """
        depth, resource = 0, self.resource
        while resource in PARENTS:
            depth, resource = depth + 1, PARENTS[resource]
        goes = self.method == "DELETE"
        return ["POST", "PUT", "PATCH", "DELETE"].index(self.method), -depth if goes else depth


@dataclass(slots=True)
class Library:
    """What there is, and who asks for it."""

    server: Server
    """Where accounts are made, and what there can be done is read."""
    chance: random.Random
    ids: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    tokens: dict[str, str | None] = field(default_factory=dict)
    operations: list[Operation] = field(default_factory=list)
    clients: dict[tuple[str, str], httpx2.Client] = field(default_factory=dict)

    def open(self) -> None:
        """Make the accounts, and find out what can be done."""
        self.tokens = {"nobody": None, "admin": admin(self.server)}
        self.tokens |= {name: sign_up(self.server) for name in ("ada", "bob")}
        document = httpx2.get(f"{self.server.url}/openapi.json").json()
        for path, item in document["paths"].items():
            short = path.removeprefix(self.server.prefix)
            if path != short and resource_of(short) in {*PARENTS, *TEXTS, "user"}:
                self.operations += [Operation(method.upper(), short) for method in item]

    def writes(self, *, in_order: bool) -> list[Operation]:
        """Everything that changes rows, but accounts; in order, much is made before it goes."""
        found = [o for o in self.operations if o.method != "GET" and o.resource != "user"]
        self.chance.shuffle(found)
        if not in_order:
            return found
        twice = [o for o in found if o.method == "POST"]
        return sorted([*found, *twice], key=Operation.turn)

    def reads(self) -> list[Operation]:
        """Everything whose answer may be kept."""
        accounts = {"/users", "/users/me", "/users/{user_id}"}
        return [o for o in self.operations if o.method == "GET" and o.path not in accounts]

    def url(self, operation: Operation) -> str:
        """A path with parameters of rows that there are, or were."""
        path = operation.path
        while "{" in path:
            before, _, rest = path.partition("{")
            name, _, after = rest.partition("}")
            path = f"{before}{self._value(name)}{after}"
        return path

    def _value(self, parameter: str) -> str:
        known = self.names if parameter == "name" else self.known(parameter.removesuffix("_id"))
        return self.chance.choice(known[-RECENT:] or [str(uuid4())])

    def known(self, name: str) -> list[str]:
        """The ids of rows of one kind, gone ones included."""
        return self.ids.setdefault(ALIASES.get(name, name), [])

    def body(self, operation: Operation) -> Any:
        """What is sent with a write."""
        if operation.method == "DELETE" or ":restore" in operation.path:
            return None
        if operation.method == "PUT" and operation.path.count("{") > 1:
            return None
        if ":bulk" not in operation.path:
            return self.row(operation.resource)
        rows = [self.row(operation.resource) for _ in range(2)]
        if operation.method == "PATCH":
            known = self.known(operation.resource)[-RECENT:]
            chosen = self.chance.sample(known, min(2, len(known)))
            rows = [{**row, "id": id_} for row, id_ in zip(rows, chosen, strict=False)]
        return {"items": rows}

    def row(self, resource: str) -> dict[str, Any]:
        """The fields of a row."""
        text = uuid4().hex[:12]
        row: dict[str, Any] = {TEXTS.get(resource, "text"): text}
        if resource == "shelf":
            row["height"] = self.chance.randrange(9)
        if resource in PARENTS:
            row[f"{PARENTS[resource]}_id"] = self._recent(PARENTS[resource])
        return row

    def _recent(self, resource: str) -> str:
        return self.chance.choice(self.known(resource)[-RECENT:] or [str(uuid4())])

    def close(self) -> None:
        """Hang up."""
        for client in self.clients.values():
            client.close()

    def client(self, server: Server, caller: str) -> httpx2.Client:
        """A client of a process, signed in as somebody."""
        if (server.url, caller) not in self.clients:
            self.clients[server.url, caller] = server.connect(self.tokens[caller])
        return self.clients[server.url, caller]

    def write(self, operation: Operation, server: Server, caller: str) -> int:
        """Do it, and note what there is now: the status."""
        url, params = self.url(operation), {}
        if operation.method == "DELETE" and ":bulk" in url:
            known = self.known(operation.resource)[-RECENT:]
            params = {"id": self.chance.sample(known, min(2, len(known)))}
        body = self.body(operation)
        client = self.client(server, caller)
        answer = client.request(operation.method, url, json=body, params=params)
        if answer.status_code == 201:
            content = answer.json()
            for row in content.get("items", [content]):
                self.known(operation.resource).append(row["id"])
                if operation.resource == "shelf":
                    self.names.append(row["name"])
        return answer.status_code

    def let_somebody_go(self, server: Server) -> int:
        """Delete an account with a note of its own: the status."""
        token = sign_up(server)
        with server.connect(token) as client:
            client.post("/notes", json=self.row("note"))
            user_id = client.get("/users/me").json()["id"]
        return self.client(server, "admin").delete(f"/users/{user_id}").status_code

    def question(self, operation: Operation) -> tuple[str, str]:
        """A read as somebody asks it: who, and the URL."""
        is_list = not operation.path.endswith("}")
        url = self.url(operation) + (self.chance.choice(QUERIES) if is_list else "")
        return self.chance.choice(READERS), url
