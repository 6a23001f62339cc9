"""Mistakes anywhere but on the line of a field: every one found in one run, each at its token."""

from __future__ import annotations

import pytest
from marked import HEAD, Expected, problems_of, unmarked

Found = tuple[str, str, str | None]
"""Code, path and suggestion of one problem."""

_BOOK = """resources:
  author:
    fields: {name: string unique}
  book:
    fields:
      title: string
      isbn: string unique
      body: text
      note: text? hidden
      key: string? encrypted
      sold: int index
      starts_at: datetime
      ends_at: datetime
      meta: json
      tags: string[]
      paid: bool
      free: bool
    relations: {author: belongs_to author}
"""

HEAD_CASES: tuple[tuple[str, list[Found]], ...] = (
    ("«foo»: bar", [("unknown-key", "foo", None)]),
    ("resources: «5»", [("wrong-type", "resources", None)]),
    ("database: «postgres»", [("unknown-word", "database", "postgresql")]),
    ("database: «mysql»", [("unknown-word", "database", "mariadb")]),
    ("database: «5»", [("wrong-type", "database", None)]),
    (
        "api: {page_size: «200», case: «camelCase», version: «1», pagination: «pages»}",
        [
            ("contradiction", "api.page_size", None),
            ("unknown-word", "api.case", None),
            ("wrong-type", "api.version", None),
            ("unknown-word", "api.pagination", "page"),
        ],
    ),
    ("api: {version: «one»}", [("bad-name", "api.version", None)]),
    ("api: {max_page_size: «100000»}", [("bad-value", "api.max_page_size", None)]),
    ("auth: «off»", [("wrong-type", "auth", "none")]),
    (
        "auth: {methods: [jwt, «foo»], roles: [«user», admin, «Bad», a, «a»]}",
        [
            ("unknown-feature", "auth.methods[1]", None),
            ("reserved-name", "auth.roles[0]", None),
            ("bad-name", "auth.roles[2]", "bad"),
            ("duplicate-value", "auth.roles[4]", None),
        ],
    ),
    (
        "auth: {methods: [jwt, oauth2]}\n"
        "resources:\n"
        "  user:\n"
        "    fields: {«nickname»: string, phone: string?, score: int = 0, made: int readonly = 1}\n"
        "    relations: {«team»: belongs_to team, boss: belongs_to user?}\n"
        "  team: {fields: {name: string}, access: {read: public}}",
        [
            ("contradiction", "resources.user.fields.nickname", None),
            ("contradiction", "resources.user.relations.team", None),
        ],
    ),
    (
        "auth: {methods: [jwt, oauth2], sessions: «redis»}",
        [("contradiction", "auth.sessions", None)],
    ),
    ("auth: {signup: «shut»}", [("unknown-word", "auth.signup", None)]),
    ("auth: {methods: «[]»}", [("empty-list", "auth.methods", None)]),
    ("auth: {sessions: «redis»}", [("contradiction", "auth.sessions", None)]),
    ("auth: {methods: [session], sessions: «disk»}", [("unknown-word", "auth.sessions", None)]),
    (
        "features: {cache: «rediss», «storage»: true, «metricks»: true, docker: «5»}",
        [
            ("unknown-word", "features.cache", "redis"),
            ("unknown-feature", "features.storage", None),
            ("unknown-feature", "features.metricks", "metrics"),
            ("wrong-type", "features.docker", None),
        ],
    ),
    (
        "features: {rate_limit: {requests: «x», «windw»: 5m, by: «all», window: «soon»}}",
        [
            ("wrong-type", "features.rate_limit.requests", None),
            ("unknown-key", "features.rate_limit.windw", "window"),
            ("unknown-word", "features.rate_limit.by", None),
            ("bad-value", "features.rate_limit.window", None),
        ],
    ),
    (
        "features: {graphql: «true», admin: true}",
        [("contradiction", "features.graphql", None)],
    ),
    (
        "features: {cache: redis}\nresources: {b: {cache: «60s», fields: {s: string encrypted}}}",
        [("contradiction", "resources.b.cache", None)],
    ),
    (
        "features: {docker: false, kubernetes: «true»}",
        [("feature-off", "features.kubernetes", None)],
    ),
    (
        "enums: {A: [a, b, «a», «null», «true», «1.5», yes], «b»: [x], C: «[]», D: {x: X, «1»: Y}}",
        [
            ("duplicate-value", "enums.A[2]", None),
            ("needs-quotes", "enums.A[3]", "'null'"),
            ("needs-quotes", "enums.A[4]", "'true'"),
            ("needs-quotes", "enums.A[5]", "'1.5'"),
            ("bad-name", "enums.b", "B"),
            ("empty-list", "enums.C", None),
            ("needs-quotes", "enums.D.1", "'1'"),
        ],
    ),
    ("enums: {E: «5», F: [«[a]»], G: {x: «[]»}}", [
        ("wrong-type", "enums.E", None),
        ("wrong-type", "enums.F[0]", None),
        ("wrong-type", "enums.G.x", None),
    ]),
    ("enums: {A: {a: {«labl»: x}, b: {renamed_from: «[]»}}, B: {a: , b: {renamed_from: «a»}}}", [
        ("unknown-key", "enums.A.a.labl", "label"),
        ("wrong-type", "enums.A.b.renamed_from", None),
        ("contradiction", "enums.B.b.renamed_from", None),
    ]),
)  # fmt: skip

NAME_CASES: tuple[tuple[str, list[Found]], ...] = (
    (
        "resources:\n  «OrderItem»: {}\n  order_item: {}\n  «order_items»: {}",
        [
            ("bad-name", "resources.OrderItem", "order_item"),
            ("name-collision", "resources.order_items", None),
        ],
    ),
    ("resources:\n  «_x»: {}\n  «y_»: {}\n  «a__b»: {}\n  «1a»: {}", [
        ("bad-name", "resources._x", "x"),
        ("bad-name", "resources.y_", "y"),
        ("bad-name", "resources.a__b", "a_b"),
        ("bad-name", "resources.1a", None),
    ]),
    (f"resources:\n  «{'a' * 64}»: {{}}", [("bad-name", f"resources.{'a' * 64}", None)]),
    ("resources:\n  a_1: {}\n  «a1»: {}", [("name-collision", "resources.a1", None)]),
    (
        "enums: {BookStatus: [a]}\nresources:\n  «book_status»: {}",
        [("name-collision", "resources.book_status", None)],
    ),
    (
        "resources:\n  a: {plural: things}\n  b: {plural: «things»}",
        [("name-collision", "resources.b.plural", None)],
    ),
    ("resources:\n  a: {plural: «users»}", [("name-collision", "resources.a.plural", None)]),
    ("resources:\n  a: {plural: «auth»}", [("name-collision", "resources.a.plural", None)]),
    (
        "features: {jobs: redis}\nresources:\n  «job»: {}",
        [("name-collision", "resources.job", None)],
    ),
    ("resources:\n  job: {}", []),
    (
        "resources:\n  a: {}\n  b: {table: «As»}",
        [("name-collision", "resources.b.table", None)],
    ),
    (
        "resources:\n  tag: {}\n  book: {relations: {tags: many_to_many tag}}\n  «books_tag»: {}",
        [("name-collision", "resources.books_tag", None)],
    ),
    (
        "resources:\n  a: {fields: {class: int, «id»: int, «created_at»: int, order: int}}",
        [
            ("name-collision", "resources.a.fields.id", None),
            ("name-collision", "resources.a.fields.created_at", None),
        ],
    ),
    (
        "resources:\n  a: {fields: {b_id: int}, relations: {«b»: belongs_to a?}}",
        [("name-collision", "resources.a.relations.b", None)],
    ),
    (
        "resources:\n  a: {fields: {b: int, c: {type: int, column: «b»}}}".replace(
            "c: {type: int, column: «b»}", "«c»: {type: int, column: b}"
        ),
        [("name-collision", "resources.a.fields.c", None)],
    ),
    (
        "api: {case: camel}\nresources:\n  a: {fields: {a_1: int, «a1»: int}}",
        [("name-collision", "resources.a.fields.a1", None)],
    ),
    (
        "resources:\n  a: {fields: {xs: int}}\n  x: {relations: {a: belongs_to a inverse «xs»}}",
        [("name-collision", "resources.x.relations.a", None)],
    ),
    (
        "resources:\n  a: {fields: {owner: int}, owned: «true»}",
        [("name-collision", "resources.a.owned", None)],
    ),
    (
        "resources:\n"
        "  user: {fields: {«email»: email, phone: string?}, «access»: {read: public},"
        " «operations»: [list], «field»: {}}",
        [
            ("name-collision", "resources.user.fields.email", None),
            ("unknown-key", "resources.user.access", None),
            ("unknown-key", "resources.user.operations", None),
            ("unknown-key", "resources.user.field", "fields"),
        ],
    ),
    (
        "database: postgresql\nresources:\n  a: {fields: {«ctid»: int}}",
        [("reserved-name", "resources.a.fields.ctid", None)],
    ),
    (
        "resources:\n  «sqlite_thing»: {}",
        [("reserved-name", "resources.sqlite_thing", None)],
    ),
    (
        "resources:\n  a: {}\n  b: {renamed_from: «a»}",
        [("contradiction", "resources.b.renamed_from", None)],
    ),
    (
        "resources:\n  a: {plural: «As», «soft_delet»: true, description: «5»}",
        [
            ("bad-name", "resources.a.plural", "as"),
            ("unknown-key", "resources.a.soft_delet", "soft_delete"),
            ("wrong-type", "resources.a.description", None),
        ],
    ),
)  # fmt: skip

RESOURCE_CASES: tuple[tuple[str, list[tuple[str, str | None]]], ...] = (
    ("«unique»: [title]", [("wrong-type", None)]),
    (
        "unique: [[«titel», «author_id»], «[]», [title], «[title]», [title, «title»]]",
        [
            ("unknown-field", "title"),
            ("unknown-field", "author"),
            ("empty-list", None),
            ("duplicate-value", None),
            ("duplicate-value", None),
        ],
    ),
    ("unique: [[title, «body»], [«key»], [«tags»]]", [
        ("engine-limit", None), ("contradiction", None), ("engine-limit", None),
    ]),
    ("indexes: [[-sold, title, «title»], [«-auther»], [id, -created_at]]", [
        ("duplicate-value", None), ("unknown-field", "author"),
    ]),
    (
        "checks: [starts_at < ends_at, «starts_at < sold», «sold << sold», «sold < sold»]",
        [("wrong-family", None), ("bad-expression", None), ("contradiction", None)],
    ),
    ("checks: [«x» < «y», author = «nope»]", [
        ("unknown-field", None), ("unknown-field", None), ("unknown-field", "note"),
    ]),
    ("checks: [paid != free, «paid < free», «meta = meta», «author < isbn»]", [
        ("wrong-family", None), ("contradiction", None), ("wrong-family", None),
    ]),
    ("checks: [«created_at < ends_at»]", [("wrong-family", None)]),
    ("search: [title, body, «sold», «boddy», «note», «key», «author»]", [
        ("wrong-family", None), ("unknown-field", "body"), ("contradiction", None),
        ("contradiction", None), ("wrong-family", None),
    ]),
    ("filter: [title, body, id, created_at, author, «meta», «tags», «note», «key»]", [
        ("wrong-family", None), ("wrong-family", None), ("contradiction", None),
        ("contradiction", None),
    ]),
    ("filter: [«nope», «nope», title]", [("unknown-field", "note"), ("duplicate-value", None)]),
    ("sort: [author, title, «body», «author_id»]", [
        ("wrong-family", None), ("unknown-field", "author"),
    ]),
    ("lookup: «title»", [("not-unique", None)]),
    ("lookup: «author»", [("wrong-family", None)]),
    ("lookup: «isbm»", [("unknown-field", "isbn")]),
    ("lookup: «id»", [("wrong-family", None)]),
    ("access: {read: «publik», write: [«owner», admin], delete: «[]»}", [
        ("unknown-role", "public"), ("no-owner", None), ("empty-list", None),
    ]),
    ("access: {«raed»: public, list: «5», get: «»}".replace("get: «»", "«get»: "), [
        ("unknown-key", "read"), ("wrong-type", None), ("wrong-type", None),
    ]),
    ("access: {create: [admin, «admin»]}", [("duplicate-value", None)]),
    ("owned: «yes»", [("wrong-type", "true")]),
    ("owned: «author»", [("contradiction", None)]),
    ("owned: true\n    access: {create: «public»}", [("contradiction", "authenticated")]),
    ("owned: true\n    access: {read: public, «write»: [public, admin]}", [
        ("contradiction", "authenticated"),
    ]),
    ("operations: [«lst», get, «get»]", [("unknown-word", "list"), ("duplicate-value", None)]),
    ("operations: «[]»", [("empty-list", None)]),
    ("events: [«made»]", [("unknown-word", None)]),
    ("events: «[created]»".replace("«[created]»", "[created]"), [("feature-off", None)]),
    ("cache: «60»", [("wrong-type", "60s")]),
    ("cache: «soon»", [("bad-value", None)]),
    ("cache: «60s»", [("feature-off", None)]),
    ("timestamps: «no»", [("wrong-type", None)]),
    ("timestamps: {created: «title», «updatd»: y}", [
        ("name-collision", None), ("unknown-key", "updated"),
    ]),
    ("id: «smallint»", [("unknown-word", None)]),
    ("id: string(5) /^[A-Z]{5}$/ «unique»", [("contradiction", None)]),
    ("soft_delete: «1»", [("wrong-type", None)]),
)  # fmt: skip

LINK_CASES: tuple[tuple[str, list[tuple[str, str | None]]], ...] = (
    ("  a:\n    relations: {b: has_many «b»}\n  b: {}", [("missing-inverse", None)]),
    (
        "  a:\n    relations: {b: has_many b, c: has_many «b»}\n"
        "  b:\n    relations: {a: belongs_to a}",
        [("missing-inverse", None)],
    ),
    (
        "  a:\n    relations: {b: «has_many» b}\n"
        "  b:\n    relations: {x: belongs_to a, y: belongs_to a}",
        [("ambiguous-inverse", None)],
    ),
    (
        "  a:\n    relations: {b: has_many b inverse «xx»}\n"
        "  b:\n    relations: {x: belongs_to a, y: belongs_to a}",
        [("bad-inverse", "x")],
    ),
    (
        "  a:\n    relations: {b: has_many b inverse «x»}\n"
        "  b:\n    relations: {x: belongs_to a inverse c}",
        [("bad-inverse", None)],
    ),
    (
        "  a:\n    relations: {b: «has_one» b}\n  b:\n    relations: {a: belongs_to a}",
        [("bad-inverse", None)],
    ),
    (
        "  a:\n    relations: {b: «has_many» b}\n  b:\n    relations: {a: belongs_to a unique}",
        [("bad-inverse", "has_one")],
    ),
    (
        "  a:\n    relations: {b: has_many b inverse y}\n"
        "  b:\n    relations: {x: belongs_to a inverse «b», y: belongs_to a}",
        [("bad-inverse", None)],
    ),
    (
        "  a:\n    relations: {b: many_to_many b inverse x}\n"
        "  b:\n    relations: {x: many_to_many a inverse «c»}",
        [("bad-inverse", None)],
    ),
    (
        "  a:\n    relations: {b: «many_to_many» b, c: many_to_many b}\n"
        "  b:\n    relations: {x: many_to_many a}",
        [("ambiguous-inverse", None)],
    ),
    ("  a:\n    relations: {b: many_to_many b through «c»}\n  b: {}", [("unknown-resource", None)]),
    (
        "  a:\n    relations: {b: many_to_many b through «c»}\n  b: {}\n  c: {}",
        [("bad-through", None)],
    ),
    ("  a:\n    relations: {b: belongs_to a? «=» 3}", [("bad-expression", None)]),
    ("  a:\n    relations: {b: belongs_to a? «=»3}", [("bad-expression", None)]),
    ("  a:\n    relations: {b: belongs_to a? «default»=3}", [("unknown-modifier", "=")]),
    ("  a:\n    relations: {b: belongs_to «bb»}\n  book: {}", [("unknown-resource", None)]),
    ("  a:\n    relations: {b: belongs_to «boook»}\n  book: {}", [("unknown-resource", "book")]),
    ("  a:\n    relations: {b: belongs_to a on_delete «set_null»}", [
        ("contradiction", None),
    ]),
    ("  a:\n    relations: {b: belongs_to a? on_delete «setnull»}", [("unknown-word", "set_null")]),
    ("  a:\n    relations: {b: belongs_to a? «on_delete»}", [("bad-expression", None)]),
    ("  a:\n    relations: {b: belongs_to a? «cascade»}", [("unknown-modifier", None)]),
    ("  a:\n    relations: {b: belongs_to a «nullable»}", [("unknown-modifier", "?")]),
    ("  a:\n    relations: {b: 'belongs_to a unique «?»'}", [("bad-expression", None)]),
    ("  a:\n    relations: {b: «belongs» a}", [("unknown-relation", "belongs_to")]),
    ("  a:\n    relations: {b: «belongs_to»}", [("bad-expression", None)]),
    ("  a:\n    relations: {b: «string»}", [("unknown-relation", None)]),
    ("  a:\n    relations: {«b»: {type: belongs_to}}", [("missing-key", None)]),
    (
        "  a:\n    relations: {b: {type: belongs_to, resource: a, nullabel: true}}".replace(
            "nullabel", "«nullabel»"
        ),
        [("unknown-key", "nullable")],
    ),
    (
        "  a:\n    relations: {b: many_to_many a «on_delete» cascade}".replace(
            "«on_delete» cascade", "on_delete «cascade»"
        ),
        [("not-applicable", None)],
    ),
    ("  a:\n    relations: {«b»: belongs_to a}", [("required-circle", None)]),
    (
        "  a:\n    relations: {b: belongs_to b}\n  b:\n    relations: {c: belongs_to c}\n"
        "  c:\n    relations: {«a»: belongs_to a, «c»: belongs_to c}",
        [("required-circle", None), ("required-circle", None)],
    ),
    (
        "  user:\n    relations: {book: belongs_to book}\n  book: {owned: «true»}",
        [("required-circle", None)],
    ),
    (
        "  user:\n    relations: {«team»: belongs_to team}\n  team:\n    access: {read: admin}",
        [("unseen-reference", "belongs_to team?")],
    ),
    (
        "  user:\n    relations: {team: belongs_to team, «boss»: belongs_to boss}\n"
        "  team:\n    access: {read: [admin, authenticated]}\n"
        "  boss:\n    access: {list: public, get: admin}",
        [("unseen-reference", "belongs_to boss?")],
    ),
    (
        "  a:\n    owned: «true»\n    relations: {owner: belongs_to user?}",
        [("contradiction", None)],
    ),
)  # fmt: skip


def check(text: str, found: list[tuple[str, str | None]], paths: list[str] | None = None) -> None:
    text, expected = unmarked(text)
    problems = problems_of(text)
    shown = "\n".join(problem.render() for problem in problems)
    assert [(p.code, p.suggestion) for p in problems] == found, shown
    if expected:
        assert [Expected(p.line, p.column, p.length) for p in problems] == expected, shown
    if paths is not None:
        assert [p.path for p in problems] == paths, shown


def first_line(case: tuple[str, object]) -> str:
    return case[0].replace("\n", " ")[:60]


@pytest.mark.parametrize("case", [*HEAD_CASES, *NAME_CASES], ids=first_line)
def test_the_head_and_names(case: tuple[str, list[Found]]) -> None:
    text, found = case
    pairs = [(code, suggestion) for code, _, suggestion in found]
    check(HEAD + text + "\n", pairs, [path for _, path, _ in found])


@pytest.mark.parametrize("case", RESOURCE_CASES, ids=first_line)
def test_the_keys_of_a_resource(case: tuple[str, list[tuple[str, str | None]]]) -> None:
    check(HEAD + _BOOK + "    " + case[0] + "\n", case[1])


@pytest.mark.parametrize("case", LINK_CASES, ids=first_line)
def test_links(case: tuple[str, list[tuple[str, str | None]]]) -> None:
    check(HEAD + "resources:\n" + case[0] + "\n", case[1])


def test_auth_none_leaves_no_users() -> None:
    text = (
        "auth: none\nresources:\n  user: {fields: {email: email}}\n"
        "  a: {owned: «true», access: {read: «admin»}, relations: {user: belongs_to user}}\n"
        "  b: {access: {list: public, write: [public, «authenticated»]}}\n"
    )
    check(HEAD + text, [("auth-off", None), ("auth-off", "public"), ("auth-off", "public")])


def test_user_is_no_resource_without_auth() -> None:
    text = "auth: none\nresources:\n  a: {relations: {by: belongs_to «user»}}\n"
    check(HEAD + text, [("unknown-resource", None)])


def test_the_required_keys() -> None:
    check("{}\n", [("missing-key", None), ("missing-key", None)])
    check("", [("missing-key", None)])
    check("# nothing\n", [("missing-key", None)])
    check("scaffold: 1\n«service»: {title: x}\n", [("missing-key", None)], ["service"])
    check("«scafold»: 1\n«servise»: {name: shop}\n", [
        ("unknown-key", "scaffold"), ("unknown-key", "service"),
    ])  # fmt: skip


def test_a_misspelt_key_is_read_as_what_it_means() -> None:
    text = "resources:\n  a:\n    «feilds»:\n      x: «decimel»(10, 2)\n"
    check(HEAD + text, [("unknown-key", "fields"), ("unknown-type", "decimal")])
    beside = "resources:\n  a:\n    fields: {x: int}\n    «field»: {x: nothing}\n"
    check(HEAD + beside, [("unknown-key", "fields")])


def test_the_version_and_the_name() -> None:
    check("scaffold: «2»\nservice: {name: shop}\n", [("bad-value", "1")], ["scaffold"])
    check("scaffold: «'1'»\nservice: {name: shop}\n", [("wrong-type", None)], ["scaffold"])
    check("scaffold: 1\nservice: {name: «BookStore»}\n", [("bad-name", "book-store")])
    check("scaffold: 1\nservice: {name: «a_b»}\n", [("bad-name", "a-b")])
    check(f"scaffold: 1\nservice: {{name: «{'a' * 65}»}}\n", [("bad-name", None)])


def test_limits_of_mariadb() -> None:
    fields = "\n".join(f"      f{n}: string(4000)" for n in range(5))
    text = (
        "database: mariadb\nresources:\n  a:\n    fields:\n"
        f"{fields.replace('f4:', '«f4»:')}\n"
        "      k: string(769) «unique»\n      l: string(768) index\n      m: string(600)\n"
        "    unique: [«[l, m]»]\n"
    )
    check(HEAD + text, [("engine-limit", None)] * 3)


def test_limits_of_postgresql() -> None:
    text = (
        "database: postgresql\nresources:\n  a:\n    fields:\n"
        "      k: string(677) «index»\n      l: string(676) index\n      u: url unique\n"
    )
    check(HEAD + text, [("engine-limit", None)])
