"""What a right spec means: shorthands spelled out, defaults filled in, links told by both sides."""

from __future__ import annotations

import time as clock
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from marked import HEAD
from spec_grammar import GRAMMAR

from generator.spec.load import load
from generator.spec.model import (
    Access,
    BelongsTo,
    Check,
    Default,
    Feature,
    Field,
    HasMany,
    IndexColumn,
    ManyToMany,
    Member,
    Relation,
    Resource,
    Spec,
)


def spec_of(text: str) -> Spec:
    return load(HEAD + text, GRAMMAR)


def resource_of(text: str, name: str = "book", head: str = "") -> Resource:
    spec = spec_of(f"{head}resources:\n{text}")
    return next(one for one in (*spec.resources, spec.user) if one and one.name == name)


def field_of(line: str) -> Field:
    text = f"  book:\n    fields:\n      title: string\n      x: {line}\n"
    found = resource_of(text, head="enums:\n  Color: [red, no, '1', '']\n").fields[1]
    assert found.name == found.column == "x"
    return found


def test_the_least_spec() -> None:
    spec = spec_of("")
    assert (spec.service.name, spec.service.title, spec.service.description) == ("shop", "Shop", "")
    assert (spec.database, spec.api.page_size, spec.api.max_page_size) == ("sqlite", 20, 100)
    assert spec.auth is not None
    assert (spec.auth.methods, spec.auth.roles) == (("jwt",), ("admin",))
    assert spec.features == (
        Feature(name="ci", kind="github"),
        Feature(name="docker", kind="docker"),
    )
    assert spec.user is not None
    assert (spec.user.plural, spec.user.table, spec.user.fields) == ("users", "users", ())


def test_empty_mappings_are_as_if_left_out() -> None:
    empty = "database: sqlite\napi: {}\nauth: {}\nfeatures: {}\nenums: {}\nresources: {}\n"
    nothing = "api:\nauth:\nfeatures:\nenums:\nresources:\n"
    assert spec_of(empty) == spec_of("") == spec_of(nothing)
    bare = "  book:\n"
    full = "  book: {fields: {}, relations: {}, unique: [], indexes: [], checks: [], events: []}\n"
    assert resource_of(bare) == resource_of(full)


@pytest.mark.parametrize(
    ("methods", "credentials"),
    [
        ("[jwt]", ("jwt",)),
        ("[session, jwt]", ("session", "jwt")),
        ("[oauth2]", ("session",)),
        ("[jwt, oauth2]", ("jwt",)),
        ("[oauth2, session]", ("session",)),
    ],
)
def test_what_a_caller_sends_is_a_cookie_unless_a_method_says_more(
    methods: str, credentials: tuple[str, ...]
) -> None:
    auth = spec_of(f"auth: {{methods: {methods}}}").auth
    assert auth is not None
    assert auth.credentials == credentials


def test_without_tokens_a_provider_opens_sessions_that_may_be_in_redis() -> None:
    auth = spec_of("auth: {methods: [oauth2], sessions: redis}").auth
    assert auth is not None
    assert auth.sessions == "redis"


def test_the_head() -> None:
    spec = spec_of(
        "database: postgresql\n"
        "api: {version: v2, pagination: page, max_page_size: 10, case: camel}\n"
        "auth: {methods: [session, jwt], roles: [editor], signup: closed, check_user: true}\n"
        "features: {docker: false, ci: gitlab, cache: true, rate_limit: {window: 2m, by: ip}}\n"
        "enums: {Status: {draft: Being written, live: , "
        "gone: {label: No more, renamed_from: withdrawn}}, Answer: [yes, no, 'null', '1.5']}\n"
    )
    assert (spec.api.version, spec.api.page_size, spec.api.case) == ("v2", 10, "camel")
    assert spec.auth is not None
    assert spec.auth.roles == ("editor", "admin")
    assert (spec.auth.methods, spec.auth.sessions) == (("session", "jwt"), "database")
    assert spec.features == (
        Feature(name="cache", kind="redis"),
        Feature(name="ci", kind="gitlab"),
        Feature(
            name="rate_limit",
            kind="rate_limit",
            options=(("requests", 100), ("window", 120.0), ("by", "ip"), ("strict", False)),
        ),
    )
    assert spec.enums[0].members == (
        Member(value="draft", label="Being written"),
        Member(value="live"),
        Member(value="gone", label="No more", renamed_from="withdrawn"),
    )
    assert [member.value for member in spec.enums[1].members] == ["yes", "no", "null", "1.5"]
    assert spec_of("auth: none\n").auth is None
    assert spec_of("auth: none\n").user is None


LINES: dict[str, dict[str, Any]] = {
    "string": {"type": "string", "max_length": 255},
    "string(5)": {"type": "string", "max_length": 5},
    "string(1..)": {"type": "string", "min_length": 1, "max_length": 255},
    "string(300..)": {"type": "string", "min_length": 300, "max_length": 65_535},
    "string(1..120) index": {
        "type": "string", "min_length": 1, "max_length": 120, "index": True,
    },
    "text": {"type": "text", "max_length": 65_536},
    "password": {"type": "password", "min_length": 12, "max_length": 128},
    "int >= 0 < 10 = 5": {
        "type": "int", "ge": Decimal(0), "lt": Decimal(10),
        "default": Default(kind="value", value=5),
    },
    "int >=0 <=10": {"type": "int", "ge": Decimal(0), "le": Decimal(10)},
    "decimal(10, 2) > -0.5": {
        "type": "decimal", "precision": 10, "scale": 2, "gt": Decimal("-0.5"),
    },
    "decimal(10,2)? unique": {
        "type": "decimal", "precision": 10, "scale": 2, "nullable": True, "unique": True,
    },
    r"string(13) unique /^[0-9]{13}$/": {
        "type": "string", "max_length": 13, "unique": True, "pattern": "^[0-9]{13}$",
    },
    r"string /^\/a b = c\/$/": {"type": "string", "max_length": 255, "pattern": "^/a b = c/$"},
    "text? hidden": {"type": "text", "max_length": 65_536, "nullable": True, "hidden": True},
    "string immutable writeonly": {
        "type": "string", "max_length": 255, "immutable": True, "writeonly": True,
    },
    "slug? from title unique": {
        "type": "slug", "max_length": 100, "nullable": True, "unique": True, "source": "title",
    },
    "string(5)[]? = [a, 'b c', no]": {
        "type": "string", "is_list": True, "max_length": 5, "nullable": True,
        "default": Default(kind="value", value=("a", "b c", "no")),
    },
    "Color = no": {
        "type": "enum", "enum": "Color", "default": Default(kind="value", value="no"),
    },
    "Color = 1": {"type": "enum", "enum": "Color", "default": Default(kind="value", value="1")},
    'Color = ""': {"type": "enum", "enum": "Color", "default": Default(kind="value", value="")},
    "Color[] = [red]": {
        "type": "enum", "enum": "Color", "is_list": True,
        "default": Default(kind="value", value=("red",)),
    },
}  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), LINES.items())
def test_one_line(line: str, expected: dict[str, Any]) -> None:
    quoted = line.replace("'", "''")
    assert field_of(f"'{quoted}'") == Field(name="x", column="x", **expected)
    if '"' not in line and ", " not in line:
        assert field_of(line) == Field(name="x", column="x", **expected)


LONG_FORMS = {
    "string(1..120) unique": "{type: string, min_length: 1, max_length: 120, unique: true}",
    "string(5)[]?": "{type: 'string(5)[]', nullable: true}",
    "'decimal(10, 2) >= 0 = 0.10'": (
        "{type: decimal, precision: 10, scale: 2, ge: 0, default: 0.10}"
    ),
    "int > 0 <= 5": "{type: int, gt: 0, le: 5, unique: false, hidden: false}",
    r"string /^a\/b$/": "{type: string, pattern: '^a/b$'}",
    "slug from title": "{type: slug, from: title}",
    "datetime = now": "{type: datetime, default: now}",
    'string = "now"': '{type: string, default: "now"}',
    "string? = null": "{type: string, nullable: true, default: null}",
    'string = "null"': '{type: string, default: "null"}',
    "string = 0.10": "{type: string, default: 0.10}",
    "'json = {a: [1, no]}'": "{type: json, default: {a: [1, no]}}",
    "string readonly = x": "{type: string, readonly: true, default: x}",
}


@pytest.mark.parametrize(("line", "form"), LONG_FORMS.items())
def test_the_long_form_says_the_same(line: str, form: str) -> None:
    assert field_of(line) == field_of(form)


def test_what_only_the_long_form_carries() -> None:
    found = resource_of(
        "  book:\n    fields:\n      x:\n        type: int[]\n        min_items: 1\n"
        "        max_items: 3\n        column: old_x\n        description: Some\n"
        "        example: [1]\n        renamed_from: y\n"
    ).fields[0]
    assert (found.min_items, found.max_items, found.column) == (1, 3, "old_x")
    assert (found.description, found.example, found.renamed_from) == ("Some", (1,), "y")


DEFAULTS: dict[str, object] = {
    "string = a: b c ": "a: b c",
    "string = no": "no",
    "string = 0.10": "0.10",
    "string = now": "now",
    "string = today": "today",
    'string = "a\\tb"': "a\tb",
    "string = 'it''s'": "it's",
    "string = = x": "= x",
    "text? = null": None,
    "int = 0x1F": 31,
    "int = -7": -7,
    "bigint = 9223372036854775807": 2**63 - 1,
    "float = 1e3": 1000.0,
    "float = .5": 0.5,
    "decimal(5, 3) = 0.10": Decimal("0.10"),
    "decimal(5, 3) = 1.5000": Decimal("1.5000"),
    "decimal(5, 0) = 1e4": Decimal("1e4"),
    "decimal(2, 2) = 0.99": Decimal("0.99"),
    "bool = true": True,
    "date = 2026-02-28": date(2026, 2, 28),
    "time = 09:30": time(9, 30),
    "datetime = 2026-01-31T09:30:00+01:00": datetime(2026, 1, 31, 8, 30, tzinfo=UTC),
    "duration = PT90S": timedelta(seconds=90),
    "duration = -P1DT2H": -timedelta(days=1, hours=2),
    "duration = 1h30m": timedelta(minutes=90),
    "uuid = 6ba7b810-9dad-11d1-80b4-00c04fd430c8": UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
    "json = {a: [1, null, 0.5, no], b: {}}": {"a": [1, None, 0.5, "no"], "b": {}},
    "json = 5": 5,
    "json = null": None,
    "json = []": [],
    "bytes = aGk=": b"hi",
    "email = a@b.example": "a@b.example",
    "url = https://example.com/a?b=c#d": "https://example.com/a?b=c#d",
    "ip = ::1": "::1",
    "slug = a-b": "a-b",
    "date[] = [2026-01-01]": (date(2026, 1, 1),),
    "json[] = [1, {a: b}]": (1, {"a": "b"}),
}


@pytest.mark.parametrize(("line", "value"), DEFAULTS.items())
def test_defaults_are_read_by_their_type(line: str, value: object) -> None:
    found = field_of("'" + line.replace("'", "''") + "'").default
    assert found == Default(kind="value", value=value)
    assert type(found.value) is type(value)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("datetime = now", "now"), ("time = now", "now"), ("date = today", "today"),
        ("uuid = uuid", "uuid"),
    ],
)  # fmt: skip
def test_special_defaults(line: str, kind: str) -> None:
    default = field_of(line).default
    assert default is not None
    assert (default.kind, default.value) == (kind, None)


def test_a_resource() -> None:
    found = resource_of(
        "  order_item:\n    description: One line.\n    id: string(5) /^[A-Z]{5}$/\n"
        "    timestamps: {created: made_at}\n    plural: lines\n    operations: [delete, list]\n"
        "    fields: {a: int index, b: int, s: string unique, j: json}\n"
        "    relations: {parent: belongs_to order_item?}\n"
        "    unique: [[a, parent]]\n    indexes: [[b, -made_at]]\n    checks: [a <= b]\n"
        "    table: OldLines\n    lookup: s\n    search: [s]\n    soft_delete: true\n"
        "    versioned: false\n    renamed_from: line\n",
        "order_item",
    )
    assert (found.plural, found.class_name, found.table) == ("lines", "OrderItem", "OldLines")
    assert (found.id.type, found.id.max_length, found.id.pattern) == ("string", 5, "^[A-Z]{5}$")
    assert (found.created_field, found.updated_field) == ("made_at", "updated_at")
    assert found.operations == ("list", "delete")
    assert found.unique == (("a", "parent"),)
    assert found.indexes == ((IndexColumn(name="b"), IndexColumn(name="made_at", descending=True)),)
    assert found.checks == (Check(left="a", comparison="<=", right="b"),)
    assert found.filter == ("a", "b", "s", "parent")
    assert found.sort == ("a", "b", "s", "parent", "made_at")
    assert (found.lookup, found.search, found.soft_delete) == ("s", ("s",), True)
    assert (found.versioned, found.renamed_from) == (False, "line")


def test_what_is_hidden_is_not_filtered_by_itself() -> None:
    fields = "{a: int? hidden index, b: string writeonly unique, c: Color, d: string encrypted}"
    found = resource_of(f"  book:\n    fields: {fields}\n", head="enums: {Color: [red]}\n")
    assert found.filter == ("c",)
    bare = resource_of("  book:\n    timestamps: false\n    fields: {a: int index}\n")
    assert (bare.created_field, bare.updated_field, bare.sort) == (None, None, ("a",))


def access_of(text: str, head: str = "") -> Access:
    return resource_of(f"  book:\n    fields: {{a: int}}\n{text}", head=head).access


def same(words: Sequence[str], **other: tuple[str, ...]) -> Access:
    verbs = dict.fromkeys(("list", "get", "create", "update", "delete"), tuple(words))
    return Access(**{**verbs, **other})


def test_access() -> None:
    assert access_of("") == same(["authenticated"])
    assert access_of("    owned: true\n") == same(["owner", "admin"])
    assert access_of("", "auth: none\n") == same(["public"])
    said = "    access: {read: public, write: [editor, admin], delete: admin, list: user}\n"
    assert access_of(said, "auth: {roles: [editor]}\n") == Access(
        list=("user",), get=("public",), create=("editor", "admin"),
        update=("editor", "admin"), delete=("admin",),
    )  # fmt: skip


def relations_of(text: str, name: str, head: str = "") -> dict[str, Relation]:
    found = resource_of(text, name, head).relations
    return {relation.name: relation for relation in found}


def test_a_link_is_told_by_both_of_its_sides() -> None:
    one = "  author:\n    relations: {books: has_many book}\n"
    other = "  book:\n    relations: {author: belongs_to author}\n"
    books = HasMany(name="books", resource="book", via="author")
    author = BelongsTo(name="author", resource="author", column="author_id", inverse="books")
    assert relations_of(one + other, "author") == {"books": books}
    assert relations_of(one + other, "book") == {"author": author}
    implied = "  author:\n  book:\n    relations: {author: belongs_to author inverse books}\n"
    assert relations_of(implied, "author") == {"books": books}
    assert relations_of(implied, "book") == {"author": author}
    both = one.replace("has_many book", "has_many book inverse author")
    assert relations_of(both + other, "book") == {"author": author}


def test_has_one() -> None:
    text = (
        "  user: {relations: {profile: has_one profile}}\n"
        "  profile: {relations: {user: belongs_to user unique on_delete cascade}}\n"
    )
    profile = HasMany(name="profile", resource="profile", via="user", single=True)
    assert relations_of(text, "user") == {"profile": profile}
    (user,) = relations_of(text, "profile").values()
    assert isinstance(user, BelongsTo)
    assert (user.unique, user.on_delete, user.inverse) == (True, "cascade", "profile")


def test_several_links_to_one_resource_and_to_oneself() -> None:
    text = (
        "  airport:\n    relations:\n      departures: has_many flight inverse origin\n"
        "      arrivals: has_many flight\n"
        "  flight:\n    relations: {origin: belongs_to airport, goal: belongs_to airport}\n"
        "  node:\n    relations: {parent: belongs_to node? inverse children}\n"
    )
    airport = relations_of(text, "airport")
    assert airport["arrivals"] == HasMany(name="arrivals", resource="flight", via="goal")
    node = relations_of(text, "node")
    assert node["children"] == HasMany(name="children", resource="node", via="parent")


TAGS = ManyToMany(
    name="tags", resource="tag", table="books_tags", own_column="book_id", other_column="tag_id"
)


def test_many_to_many() -> None:
    one = "  book: {relations: {tags: many_to_many tag}}\n  tag:\n"
    assert relations_of(one, "book") == {"tags": TAGS}
    assert relations_of(one, "tag") == {}
    for text in (
        "  book: {relations: {tags: many_to_many tag inverse books}}\n  tag:\n",
        "  book: {relations: {tags: many_to_many tag inverse books}}\n"
        "  tag: {relations: {books: many_to_many book}}\n",
        "  book: {relations: {tags: many_to_many tag}}\n"
        "  tag: {relations: {books: many_to_many book inverse tags}}\n",
        "  book: {relations: {tags: many_to_many tag}}\n"
        "  tag: {relations: {books: many_to_many book}}\n",
    ):
        tags = relations_of(text, "book")["tags"]
        books = relations_of(text, "tag")["books"]
        assert isinstance(tags, ManyToMany)
        assert isinstance(books, ManyToMany)
        assert (tags.table, books.table, tags.mirrored, books.mirrored) == (
            "books_tags", "books_tags", False, True,
        )  # fmt: skip
        assert (tags.inverse, books.inverse) == ("books", "tags")
        assert (books.own_column, books.other_column) == ("tag_id", "book_id")


def test_many_to_many_to_itself_is_directed() -> None:
    text = "  person: {relations: {friends: many_to_many person}}\n"
    friends = relations_of(text, "person")["friends"]
    assert isinstance(friends, ManyToMany)
    assert (friends.table, friends.own_column, friends.other_column) == (
        "people_friends", "person_id", "friend_id",
    )  # fmt: skip


def test_many_to_many_through() -> None:
    text = (
        "  book: {relations: {tags: many_to_many tag through tagging inverse books}}\n  tag:\n"
        "  tagging: {relations: {book: belongs_to book, label: belongs_to tag}}\n"
    )
    tags = relations_of(text, "book")["tags"]
    assert isinstance(tags, ManyToMany)
    assert (tags.through, tags.table, tags.own_column, tags.other_column) == (
        "tagging", "taggings", "book_id", "label_id",
    )  # fmt: skip


def test_owned() -> None:
    (owner,) = resource_of("  book: {owned: true}\n").relations
    assert owner == BelongsTo(name="owner", resource="user", column="owner_id")
    named = resource_of(
        "  book:\n    owned: author\n    relations: {author: belongs_to user on_delete cascade}\n"
    )
    assert named.owned == "author"
    assert [relation.name for relation in named.relations] == ["author"]
    mine = "  user: {relations: {books: has_many book}}\n  book: {owned: true}\n"
    assert relations_of(mine, "user")["books"] == HasMany(
        name="books", resource="book", via="owner"
    )


def test_circles_with_a_nullable_link_are_fine() -> None:
    text = (
        "  department: {relations: {manager: belongs_to employee?}}\n"
        "  employee: {relations: {department: belongs_to department, boss: belongs_to employee?}}\n"
    )
    assert relations_of(text, "department")


def test_user_is_an_ordinary_name_without_auth() -> None:
    spec = spec_of("auth: none\nresources:\n  user: {fields: {email: email}, plural: folk}\n")
    assert spec.user is None
    assert [one.table for one in spec.resources] == ["folk"]


AWKWARD = """
order class from type metadata registry schema json copy validate select model_config date request
list none true null user_id group table index key default q sort limit
"""


def test_awkward_words_are_fine_names() -> None:
    fields = "".join(f"      {name}: int\n" for name in AWKWARD.split())
    resources = "".join(f"  {name}: {{}}\n" for name in AWKWARD.split() if name != "list")
    found = resource_of(f"{resources}  book:\n    fields:\n{fields}")
    assert [(field.name, field.column) for field in found.fields] == [
        (n, n) for n in AWKWARD.split()
    ]


def test_names_of_sixty_three_characters() -> None:
    name = "a" * 63
    found = resource_of(
        f"  {name}: {{}}\n  book: {{relations: {{{name}: belongs_to {name}}}}}\n", name
    )
    assert len(found.table) <= 63
    spec = spec_of(
        f"resources:\n  {name}: {{}}\n  book: {{relations: {{{name}: many_to_many {name}}}}}\n"
    )
    link = spec.resources[1].relations[0]
    assert isinstance(link, ManyToMany)
    assert max(map(len, (link.table, link.own_column, link.other_column))) <= 63


def test_the_same_spec_is_the_same_value() -> None:
    text = "resources:\n  book: {fields: {a: int >= 0, b: 'json = {a: 1}'}}\n"
    assert spec_of(text) == spec_of(text)


def test_a_hundred_resources_load_quickly() -> None:
    fields = "".join(f"      f{n}: decimal(10, 2) >= 0 = 0.10\n" for n in range(12))
    text = (
        HEAD
        + "resources:\n"
        + "".join(
            f"  r{n}:\n    fields:\n{fields}"
            + (f"    relations: {{p: belongs_to r{n - 1}}}\n" if n else "")
            for n in range(100)
        )
    )
    start = clock.process_time()
    assert len(load(text, GRAMMAR).resources) == 100
    assert clock.process_time() - start < 1.5
