"""GraphQL shows everybody what the API shows them, and no document hurts it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from generated.databases import empty_database, server_url
from generated.projects import SAMPLES, Sample, made, with_engine
from generated.server import SETTINGS, Server, admin, migrate, serve, sign_up
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_leaf_type,
)

from generator import naming
from generator.spec.model import BelongsTo, Engine, Relation, Resource
from generator.views.case import CASES

ROWS = 25
QUESTIONS = 40
"""How many lists each caller asks for."""
PASSWORD = re.compile(r"with the password (\S+);")
FIRST: Sample = ("bookstore", "postgresql")
REST: tuple[Sample, ...] = (
    ("helpdesk", "mariadb"),
    ("everything", "sqlite"),
    ("platform", "postgresql"),
    ("weather", "sqlite"),
)
OTHERS: tuple[Sample, ...] = (
    ("everything", "postgresql"),
    ("everything", "mariadb"),
    ("awkward", "sqlite"),
    ("organisation", "mariadb"),
    ("shop", "sqlite"),
    ("helpdesk", "sqlite"),
)


def with_graphql(name: str, engine: Engine) -> str:
    """A sample that has GraphQL, on an engine."""
    text = with_engine((SAMPLES / f"{name}.yaml").read_text("utf-8"), engine)
    if re.search(r"^  graphql: ", text, re.MULTILINE):
        return text
    line = "\nfeatures:\n  graphql: true\n"
    if "\nfeatures:\n" in text:
        return text.replace("\nfeatures:\n", line)
    return text.replace("\nresources:", f"{line}\nresources:")


@dataclass(frozen=True)
class Both:
    """A service that runs, and what its page and its schema say."""

    server: Server
    schema: GraphQLSchema
    password: str

    @cached_property
    def resources(self) -> list[Resource]:
        """The resources whose rows both show, and list."""
        found = self.server.project.spec.resources
        return [one for one in found if {"list", "get"} <= set(one.operations)]

    @cached_property
    def callers(self) -> dict[str, str | None]:
        """Whom the service may be asked by, each with a token; the accounts are made once."""
        return callers(self)

    def named(self, name: str) -> str:
        """A name of the spec as JSON has it."""
        return CASES[self.server.project.spec.api.case].name(name)

    def members(self, kind: GraphQLEnumType) -> Mapping[object, str]:
        """The members of an enum: the values of the API, and the names of GraphQL."""
        for enum in self.server.project.spec.enums:
            if enum.name in (kind.name, kind.name.removesuffix("Enum")):
                values = [member.value for member in enum.members]
                return dict(zip(values, naming.member_names(values), strict=True))
        raise LookupError(kind.name)

    def translated(self, kind: Any, value: Any) -> Any:
        """A value of the API as GraphQL has it."""
        if isinstance(value, list):
            return [self.translated(kind, item) for item in value]
        named = get_named_type(kind)
        if value is None or not isinstance(named, GraphQLEnumType):
            return value
        return self.members(named)[value]

    def row(self, kind: GraphQLObjectType, item: dict[str, Any]) -> dict[str, Any]:
        """A row of the API as GraphQL has it."""
        return {name: self.translated(kind.fields[name].type, item[name]) for name in item}

    def leaves(self, kind: GraphQLObjectType) -> str:
        """Every value of a type."""
        names = (n for n, f in kind.fields.items() if is_leaf_type(get_named_type(f.type)))
        return " ".join(name for name in names if name != "_version")

    def field(self, resource: Resource) -> str:
        """The list of a resource."""
        return self.named(resource.plural)

    def item(self, resource: Resource) -> GraphQLObjectType:
        """The type of its rows."""
        page = get_named_type(self.query.fields[self.field(resource)].type)
        assert isinstance(page, GraphQLObjectType)
        item = get_named_type(page.fields["items"].type)
        assert isinstance(item, GraphQLObjectType)
        return item

    @property
    def query(self) -> GraphQLObjectType:
        """What may be asked."""
        assert self.schema.query_type is not None
        return self.schema.query_type


NOWHERE = UUID(int=0)
"""The id of no row."""
REFUSED = ("unauthenticated", "forbidden")
"""Who may not ask for any row isn't told that there is none, either."""


def url_of(resource: Resource) -> str:
    return f"/{naming.dashed(resource.plural)}"


@contextmanager
def running(name: str, engine: Engine, folder: Path) -> Iterator[Both]:
    """A sample with GraphQL and rows, served."""
    project = made(name, engine, with_graphql(name, engine), folder / name)
    with empty_database(engine, folder) as url:
        migrate(project, url)
        keys = {"ENCRYPTION_KEYS": SETTINGS["ENCRYPTION_KEYS"], "PASSWORD_MEMORY_KIB": "64"}
        told = project.must("-m", "app", "seed", f"--rows={ROWS}", DATABASE_URL=url, **keys)
        schema = build_schema(project.must("-m", "app", "graphql"))
        found = PASSWORD.search(told)
        with serve(project, url, DATABASE_TIMEOUT_SECONDS="30") as server:
            yield Both(server, schema, found[1] if found else "")


@pytest.fixture(scope="module")
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    """The sample that the parameter names."""
    name, engine = request.param
    with running(name, engine, tmp_path_factory.mktemp(name)) as one:
        yield one


def each(*thorough: Sample) -> pytest.MarkDecorator:
    """Runs a test for the first sample, and for others where all is proved."""
    params = [pytest.param(FIRST, id="-".join(FIRST), marks=pytest.mark.proof)]
    params += [pytest.param(s, id="-".join(s), marks=pytest.mark.thorough) for s in thorough]
    return pytest.mark.parametrize("both", params, indirect=True)


def callers(both: Both) -> dict[str, str | None]:
    """Whom the service may be asked by, each with a token."""
    if both.server.project.is_open:
        return {"nobody": None}
    boss = admin(both.server)
    with both.server.connect(boss) as client:
        users = client.get("/users").json()["items"]
    seeded = [one["email"] for one in users if one["role"] == "user"]
    with both.server.connect() as client:
        body = {"email": seeded[0], "password": both.password}
        answer = client.post("/auth/login", json=body)
    assert answer.status_code == 200, answer.text
    owner = answer.json()["access_token"]
    return {"nobody": None, "a user": sign_up(both.server), "an owner": owner, "an admin": boss}


def ask(client: httpx2.Client, query: str, **variables: Any) -> dict[str, Any]:
    """What an operation of GraphQL is answered."""
    answer = client.post("/graphql", json={"query": query, "variables": variables})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


Question = dict[str, Any]


def questions(both: Both, resource: Resource, rows: list[Any], chance: random.Random) -> Question:
    """Random arguments of a list, by the values of rows that are there."""
    field = both.query.fields[both.field(resource)]
    asked: Question = {}
    where = get_named_type(field.args["where"].type) if "where" in field.args else None
    if isinstance(where, GraphQLInputObjectType) and rows:
        names = chance.sample(
            [*where.fields], chance.choice([0, 1, 1, 2]) % (len(where.fields) + 1)
        )
        asked["where"] = {name: value_for(name, rows, chance) for name in names}
        asked["where"] = {k: v for k, v in asked["where"].items() if v not in (None, [])}
    if "sort" in field.args and chance.random() < 0.6:
        kind = get_named_type(field.args["sort"].type)
        assert isinstance(kind, GraphQLEnumType)
        asked["sort"] = chance.choice([*kind.values])
    asked["limit" if "limit" in field.args else "size"] = chance.randint(1, 9)
    if "page" in field.args:
        asked["page"] = chance.randint(1, 3)
    return asked


def value_for(name: str, rows: list[Any], chance: random.Random) -> Any:
    """A value that a filter may be given."""
    base, _, word = name.partition("__")
    values = [row[base] for row in rows if row.get(base) is not None]
    if word == "isnull":
        return chance.random() < 0.5
    if not values:
        return None
    if word == "in":
        return chance.sample(values, min(3, len(values)))
    value = chance.choice(values)
    return value[:3] if word in ("contains", "startswith") and isinstance(value, str) else value


def as_url(both: Both, resource: Resource, asked: Question) -> dict[str, Any]:
    """The same for the API."""
    rest = {name: value for name, value in asked.items() if name not in ("where", "sort")}
    for name, value in asked.get("where", {}).items():
        rest[name] = [spelled(v) for v in value] if isinstance(value, list) else spelled(value)
    if "sort" in asked:
        words = {
            f"{name.upper()}_{end}": sign + both.named(name)
            for name in sort_names(resource)
            for end, sign in (("ASC", ""), ("DESC", "-"))
        }
        rest["sort"] = words[asked["sort"]]
    return rest


def sort_names(resource: Resource) -> list[str]:
    relations = {one.name for one in resource.relations}
    return [f"{name}_id" if name in relations else name for name in resource.sort]


def spelled(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_graphql(both: Both, resource: Resource, asked: Question) -> Question:
    """The same for GraphQL, where members of enums have names."""
    if "where" not in asked:
        return asked
    kind = get_named_type(both.query.fields[both.field(resource)].args["where"].type)
    assert isinstance(kind, GraphQLInputObjectType)
    where = {
        name: both.translated(kind.fields[name].type, value)
        for name, value in asked["where"].items()
    }
    return {**asked, "where": where}


def listed(both: Both, client: httpx2.Client, resource: Resource, asked: Question) -> Any:
    """The rows of a list by GraphQL, or the code of the error."""
    field, name = both.query.fields[both.field(resource)], both.field(resource)
    sent = as_graphql(both, resource, asked)
    declared = ", ".join(f"${one}: {field.args[one].type}" for one in sent)
    given = ", ".join(f"{one}: ${one}" for one in sent)
    inner = both.leaves(both.item(resource))
    body = ask(client, f"query({declared}) {{ {name}({given}) {{ items {{ {inner} }} }} }}", **sent)
    if "errors" in body:
        return body["errors"][0]["extensions"]["code"]
    return body["data"][name]["items"]


@each(*REST)
def test_everybody_is_shown_the_same(both: Both) -> None:
    chance = random.Random(7)
    found = 0
    tokens = both.callers
    with both.server.connect([*tokens.values()][-1]) as client:
        every = {
            one.name: client.get(url_of(one)).json().get("items", []) for one in both.resources
        }
    for token in tokens.values():
        with both.server.connect(token) as client:
            for _ in range(QUESTIONS):
                resource = chance.choice(both.resources)
                asked = questions(both, resource, every[resource.name], chance)
                answer = client.get(url_of(resource), params=as_url(both, resource, asked))
                shown = listed(both, client, resource, asked)
                told = (resource.name, asked, answer.text, shown)
                if answer.is_success:
                    item = both.item(resource)
                    assert shown == [both.row(item, one) for one in answer.json()["items"]], told
                    found += len(shown)
                else:
                    assert shown == answer.json()["code"], told
    assert found > QUESTIONS


@each(*REST)
def test_relations_lead_where_urls_lead(both: Both) -> None:
    compared = 0
    for token in both.callers.values():
        with both.server.connect(token) as client:
            for resource in both.resources:
                compared += compare_relations(both, client, resource)
    assert compared >= 2 * len(both.resources)


def compare_relations(both: Both, client: httpx2.Client, resource: Resource) -> int:
    """Compare what every relation of some rows leads to; how many did."""
    answer = client.get(url_of(resource))
    rows = answer.json()["items"][:4] if answer.is_success else []
    fields = both.item(resource).fields
    relations = [one for one in resource.relations if both.named(one.name) in fields]
    for row, relation in product(rows, relations):
        field = fields[both.named(relation.name)]
        is_page = "items" in getattr(get_named_type(field.type), "fields", {})
        inner = f"led: {both.named(relation.name)} {{ {'items { id }' if is_page else 'id'} }}"
        one = both.named(one_of(resource))
        key = both.query.fields[one].args["id"].type
        document = f"query($id: {key}) {{ {one}(id: $id) {{ {inner} }} }}"
        body = ask(client, document, id=row["id"])
        shown = outcome(body, one)
        assert shown == led(both, client, resource, row, relation), (row, relation.name, body)
    return len(rows) * len(relations)


def led(
    both: Both, client: httpx2.Client, resource: Resource, row: dict[str, Any], relation: Relation
) -> Any:
    """What the URL of a relation leads to, or the code of the error."""
    if not isinstance(relation, BelongsTo):
        return expected(
            client.get(f"{url_of(resource)}/{row['id']}/{naming.dashed(relation.name)}")
        )
    known = {one.name: one for one in both.server.project.spec.resources}
    key = row[both.named(f"{relation.name}_id")]
    url = url_of(known[relation.resource])
    if key is not None:
        return expected(client.get(f"{url}/{key}"))
    nowhere = expected(client.get(f"{url}/{NOWHERE}"))
    return nowhere if nowhere in REFUSED else "not-found"


def one_of(resource: Resource) -> str:
    return f"one_{resource.name}" if resource.name == resource.plural else resource.name


def outcome(body: dict[str, Any], field: str) -> Any:
    """The ids that a relation leads to, or the code of the error."""
    if "errors" in body:
        return body["errors"][0]["extensions"]["code"]
    found = body["data"][field]["led"]
    if found is None:
        return "not-found"
    return [one["id"] for one in found["items"]] if "items" in found else found["id"]


def expected(answer: httpx2.Response) -> Any:
    """The same of an answer of the API."""
    body = answer.json()
    if not answer.is_success:
        return body["code"]
    return [one["id"] for one in body["items"]] if "items" in body else body["id"]


WORDS = ["{", "}", "(", ")", "[", "]", ":", "!", "$a", "@skip", "...", "fragment", "on", "query"]
WORDS += ["mutation", "books", "items", "id", "__typename", "null", "-1", "1e999", '"""']
WORDS += [r'"\u0000"']
HOSTILE = {
    "deep": "{ books { items " * 400,
    "nested": "{ a " * 20 + "}" * 20,
    "aliases": "{ " + " ".join(f"a{n}: __typename" for n in range(100)) + " }",
    "words": "{ " + "__typename " * 10_000 + "}",
    "a circle": "{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }",
    "doubling": "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(60)),
    "directives": "{ __typename " + "@include(if: true) " * 300 + "}",
    "overlapping": "{ books { items { " + "id " * 950 + "} } }",
    "rows": "{ books(limit: 100) { items { "
    + " ".join(f"{name}: reviews(limit: 100) {{ items {{ id }} }}" for name in "abcdef")
    + " } } }",
    "long number": "{ books(limit: " + "9" * 900 + ") { total } }",
    "introspection": "{ __schema { types { name } } }",
}


@each()
def test_no_document_hurts_it(both: Both) -> None:
    chance = random.Random(11)
    soups = [" ".join(chance.choices(WORDS, k=chance.randint(1, 60))) for _ in range(200)]
    with both.server.connect(admin(both.server)) as client:
        for document in (*HOSTILE.values(), *soups):
            answer = client.post("/graphql", json={"query": document})
            assert answer.status_code == 200, (document, answer.text)
            codes = {one["extensions"]["code"] for one in answer.json().get("errors", ())}
            assert codes <= {"invalid-input", "too-complex", "unauthenticated"}, document
        for document in HOSTILE.values():
            assert "errors" in client.post("/graphql", json={"query": document}).json(), document
        assert ask(client, "{ __typename }") == {"data": {"__typename": "Query"}}


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "engine"), OTHERS, ids=map("-".join, OTHERS))
def test_the_tests_of_the_project_pass(name: str, engine: Engine, tmp_path: Path) -> None:
    project = made(name, engine, with_graphql(name, engine), tmp_path / name)
    where = {} if engine == "sqlite" else {"TEST_DATABASE_URL": server_url(engine)}
    project.must("-m", "pytest", "-q", "tests/graphql", **where)
