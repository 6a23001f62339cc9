"""The head of a spec: service, database, api, auth and enums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, get_args

from generator import naming
from generator.errors import quoted
from generator.spec import shapes
from generator.spec.grammar import Grammar
from generator.spec.model import Api, Auth, Engine, EnumType, Member, Service
from generator.spec.report import Path, Report, Said
from generator.spec.source import Broken, Items, Node, Scalar, is_null, plain_kind
from generator.spec.source import Mapping as MappingNode

VERSION = 1
ENGINES: tuple[str, ...] = get_args(Engine)
PAGINATIONS = ("cursor", "page")
CASES = ("snake", "camel")
SIGNUPS = ("open", "closed")
SESSION = "session"
AUTH_METHODS = ("jwt", SESSION, "oauth2")
STORES = ("database", "redis")
RESERVED_ROLES = ("public", "authenticated", "owner", "user")
API_VERSION = re.compile(r"v[0-9]{1,4}\Z")
MOST_ROWS = 1000
"""The largest page that a spec may allow, in rows."""
NO_AUTH = "none"


def version(node: Node, path: Path, report: Report) -> int | None:
    """The version of the language, which is 1."""
    if not isinstance(node, Scalar) or plain_kind(node) != "int":
        shapes.expected(node, path, report, "a whole number")
    elif shapes.whole(node.text) != VERSION:
        report.at("bad-value", path, f"this tool reads version {VERSION} of the language", "1")
    return VERSION


def service(node: Node, path: Path, report: Report) -> Service:
    """Name, title and description."""
    readers = {"name": _service_name, "title": shapes.text, "description": shapes.text}
    values = shapes.mapping(node, path, report, readers, required=("name",))
    name = values.get("name", "service")
    return Service(
        name=name,
        title=values.get("title") or naming.title(name),
        description=values.get("description", ""),
    )


def _service_name(node: Node, path: Path, report: Report) -> str | None:
    word = shapes.text(node, path, report)
    if word is None:
        return None
    if shapes.SERVICE_NAME.match(word) and len(word) <= shapes.LONGEST_SERVICE_NAME:
        return word
    better = naming.dashed(naming.snake(word))
    near = better if shapes.SERVICE_NAME.match(better) else None
    message = f"{quoted(word)} is no name: lower-case words joined by one -, at most 64 characters"
    report.at("bad-name", path, message, near if near != word else None)
    return word


def database(node: Node, path: Path, report: Report) -> str | None:
    """One of the engines."""
    if isinstance(node, Scalar) and node.text.lower() == "mysql":
        message = "MySQL itself is outside version 1"
        report.at("unknown-word", path, message, "mariadb")
        return None
    found: str | None = shapes.choice(ENGINES, "database")(node, path, report)
    return found


def api(node: Node, path: Path, report: Report) -> Api:
    """How the HTTP interface looks."""
    readers: dict[str, Any] = {
        "version": _api_version,
        "pagination": shapes.choice(PAGINATIONS, "pagination"),
        "page_size": shapes.integer(1, MOST_ROWS),
        "max_page_size": shapes.integer(1, MOST_ROWS),
        "case": shapes.choice(CASES, "case"),
    }
    values = shapes.mapping(node, path, report, readers)
    most = values.get("max_page_size", Api.__dataclass_fields__["max_page_size"].default)
    if values.get("page_size", 1) > most:
        message = f"more rows than the {most} of max_page_size"
        report.at("contradiction", (*path, "page_size"), message)
    values.setdefault("page_size", min(20, most))
    return Api(**values)


def _api_version(node: Node, path: Path, report: Report) -> str | None:
    word = shapes.text(node, path, report)
    if word is None or API_VERSION.match(word):
        return word
    report.at("bad-name", path, "a version is a v and a number, as in v1")
    return None


def auth(node: Node, path: Path, report: Report, grammar: Grammar) -> Auth | None:
    """How callers prove who they are; None for `auth: none`."""
    if isinstance(node, Scalar) and not is_null(node):
        if node.text != NO_AUTH:
            _neither(node, path, report)
            return Auth()
        return None
    readers: dict[str, Any] = {
        "methods": lambda n, p, r: _methods(n, p, r, grammar),
        "roles": shapes.words(_role, "roles"),
        "signup": shapes.choice(SIGNUPS, "way to sign up"),
        "check_user": shapes.flag,
        "sessions": shapes.choice(STORES, "store of sessions"),
    }
    values = shapes.mapping(node, path, report, readers)
    methods = values.get("methods") or Auth().methods
    if "sessions" in values and SESSION not in Auth(methods=methods).credentials:
        message = "there are no sessions to store; add `session` to auth.methods"
        report.at("contradiction", (*path, "sessions"), message)
    roles = tuple(role for role in values.get("roles", ()) if role != shapes.PASSED)
    values["roles"] = roles if "admin" in roles else (*roles, "admin")
    return Auth(**values)


def _neither(node: Scalar, path: Path, report: Report) -> None:
    message = f"expected none or a mapping, found {quoted(node.text)}"
    near = NO_AUTH if node.text in ("false", "off", "no") else naming.nearest(node.text, [NO_AUTH])
    report.at("wrong-type", path, message, near)


def _methods(node: Node, path: Path, report: Report, grammar: Grammar) -> tuple[str, ...] | None:
    def one(item: Node, at: Path, to: Report) -> str | None:
        word = shapes.text(item, at, to)
        if word is None or word in grammar.auth_methods:
            return word
        if word in AUTH_METHODS:
            message = f"the auth method {quoted(word)} is not in this version of the tool"
            to.at("unknown-feature", at, message)
        else:
            words = grammar.auth_methods
            to.unknown("unknown-feature", Said(word, item.place, at), "auth method", words)
        return None

    return shapes.words(one, "auth methods", may_be_empty=False)(node, path, report)


def _role(node: Node, path: Path, report: Report) -> str | None:
    word = shapes.name(node, path, report)
    if word in RESERVED_ROLES:
        report.at("reserved-name", path, f"{quoted(word)} is a word of access and can't be a role")
    return word


def enums(node: Node, path: Path, report: Report) -> tuple[EnumType, ...]:
    """The enums; one with anything wrong in it comes without members."""
    found = shapes.entries(node, path, report) or []
    return tuple(_enum(key, value, (*path, key.text), report) for key, value in found)


def _enum(key: Scalar, node: Node, path: Path, report: Report) -> EnumType:
    before = len(report.problems)
    if not shapes.CLASS_NAME.match(key.text) or len(key.text) > naming.LONGEST_NAME:
        better = naming.pascal(naming.snake(key.text))
        near = better if shapes.CLASS_NAME.match(better) and better != key.text else None
        message = f"{quoted(key.text)} is no name of an enum: CamelCase, at most 63 characters"
        report.here("bad-name", key.place, path, message, near)
    members = _members(node, path, report)
    return EnumType(name=key.text, members=members if len(report.problems) == before else ())


def _members(node: Node, path: Path, report: Report) -> tuple[Member, ...]:
    if isinstance(node, Items):
        values = shapes.items(node, path, report, _value, "values") or []
        shapes.report_twice(values, path, report)
        members = [Member(value=value) for value in values if value is not None]
    elif isinstance(node, Scalar | Broken):
        shapes.expected(node, path, report, "a list of values")
        return ()
    else:
        members = [
            Member(value=key.text, **_more(more, (*path, key.text), report))
            for key, more in shapes.entries(node, path, report) or []
            if _value(key, (*path, key.text), report, at=key) is not None
        ]
        _report_present(members, path, report)
    if not members and not getattr(node, "items", None) and not getattr(node, "entries", None):
        place = shapes.at_value(node, path, report)
        report.here("empty-list", place, path, "an enum has at least one value")
    return tuple(members)


def _value(node: Node, path: Path, report: Report, at: Scalar | None = None) -> str | None:
    if not isinstance(node, Scalar) or plain_kind(node) == "text":
        return shapes.text(node, path, report)
    message = f"YAML reads {quoted(node.text)} as {_READ_AS[plain_kind(node)]}; put it in quotes"
    place = (at or node).place
    report.here("needs-quotes", place, path, message, f"'{node.text}'" if node.text else None)
    return None


_READ_AS = {"null": "nothing", "bool": "true or false", "int": "a number", "float": "a number"}


def _more(node: Node, path: Path, report: Report) -> dict[str, str]:
    """What is said of a value: its label, or a mapping with what it was called before."""
    if isinstance(node, MappingNode):
        return shapes.mapping(node, path, report, MEMBER)
    return {"label": "" if is_null(node) else shapes.text(node, path, report) or ""}


def _report_present(members: Sequence[Member], path: Path, report: Report) -> None:
    """Report a value that is said to have another name, and is there."""
    stays = {member.value for member in members if member.renamed_from is None}
    for member in members:
        if member.renamed_from in {*stays, member.value}:
            message = f"{quoted(str(member.renamed_from))} is still here"
            report.at("contradiction", (*path, member.value, "renamed_from"), message)


MEMBER: dict[str, shapes.Reader[str]] = {"label": shapes.text, "renamed_from": shapes.text}
"""The keys of a member that is a mapping."""
