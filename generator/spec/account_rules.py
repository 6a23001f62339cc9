"""Rules about accounts: what a way of signing in asks of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import quoted
from generator.spec.facts import Facts, Finding, Rule
from generator.spec.model import BelongsTo, Field, Resource
from generator.spec.report import Path

WITHOUT_A_FORM = frozenset({"oauth2"})
"""The auth methods by which somebody gets an account and is asked for nothing."""


def unasked(facts: Facts) -> Iterator[Finding]:
    """What every account needs is asked for, wherever accounts come from."""
    auth, user = facts.spec.auth, facts.spec.user
    if auth is None or user is None or auth.signup != "open":
        return
    for method in auth.methods:
        if method in WITHOUT_A_FORM:
            for path in _required(facts, user):
                yield Finding("contradiction", path, _message(str(path[-1]), method))


def _message(name: str, method: str) -> str:
    return (
        f"an account that comes to be by {method} has no {quoted(name)}, since nobody is asked for "
        "it: let it be null, give it a default, or say `signup: closed`"
    )


def _required(facts: Facts, user: Resource) -> Iterator[Path]:
    for field in user.fields:
        path: Path = ("resources", user.name, "fields", field.name)
        if _is_asked(field) and not facts.said(*path, "default"):
            yield path
    for relation in user.relations:
        if isinstance(relation, BelongsTo) and not relation.nullable:
            yield ("resources", user.name, "relations", relation.name)


def _is_asked(field: Field) -> bool:
    """Whether whoever makes an account has to say it, unless it has a default."""
    return not (field.nullable or field.source or field.readonly or field.hidden)


RULES: tuple[Rule, ...] = (unasked,)
