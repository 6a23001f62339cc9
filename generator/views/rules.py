"""Who may do what, as the router, the service and the tests of a resource need to hear it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.literals import py
from generator.spec.model import AUTHENTICATED, OWNER, PUBLIC, Access, Auth, Operation, Verb

VERBS: tuple[Verb, ...] = ("list", "get", "create", "update", "delete")
VERB_OF: dict[Operation, Verb] = {
    "list": "list",
    "get": "get",
    "create": "create",
    "update": "update",
    "replace": "update",
    "delete": "delete",
}
"""Whose rule holds for an operation on its own."""
WORDS = {AUTHENTICATED: "AUTHENTICATED", OWNER: "OWNER"}
"""Words of `app.auth.access`; the others are roles."""
USER = "user"
"""The role that everyone has, beside any other."""


@dataclass(frozen=True, slots=True)
class RuleView:
    """The rule of one verb."""

    verb: Verb
    words: tuple[str, ...]

    @property
    def constant(self) -> str:
        """Its name in `access.py`."""
        return self.verb.upper()

    @property
    def public(self) -> bool:
        """Whether nobody needs to be signed in."""
        return PUBLIC in self.words

    @property
    def open(self) -> bool:
        """Whether everyone may, who is signed in where that is asked for."""
        return bool({PUBLIC, AUTHENTICATED} & set(self.words))

    @property
    def limited(self) -> bool:
        """Whether some callers may touch their own rows alone."""
        return OWNER in self.words and not self.open

    def admits(self, role: str) -> bool:
        """Whether somebody of that role may, be it with their own rows alone."""
        return self.open or bool({OWNER, USER, role} & set(self.words))

    def confines(self, role: str) -> bool:
        """Whether somebody of that role may touch their own rows alone."""
        return self.limited and role not in self.words

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that it lets in by their names, and to everybody's rows."""
        return () if self.open else tuple(word for word in self.words if word != OWNER)

    @property
    def declaration(self) -> str:
        """The line of `access.py`."""
        if self.public:
            return f"{self.constant} = PUBLIC"
        words = ", ".join(WORDS.get(word) or py(word) for word in self.words)
        return f"{self.constant} = allow({words})"

    @property
    def role(self) -> str:
        """A role that the rule lets in, for tests: the least that there is."""
        if {PUBLIC, AUTHENTICATED, OWNER} & set(self.words):
            return "user"
        return self.words[0]

    def outsider(self, auth: Auth) -> str | None:
        """A role that the rule keeps out, None where everyone signed in gets in."""
        if self.public or {AUTHENTICATED, OWNER} & set(self.words):
            return None
        others = [role for role in ("user", *auth.roles) if role not in self.words]
        return others[0] if others else None


def rules(access: Access) -> dict[Verb, RuleView]:
    """The rule of each verb."""
    return {verb: RuleView(verb, getattr(access, verb)) for verb in VERBS}
