"""Who may do what to a resource: the words of `access`, and what they mean for each verb."""

from __future__ import annotations

from collections.abc import Mapping

from generator.errors import quoted
from generator.spec import shapes
from generator.spec.model import AUTHENTICATED, OWNER, PUBLIC, Access, Resource, Spec
from generator.spec.report import Path, Report, Said
from generator.spec.source import Items, Node, Scalar, is_null
from generator.spec.vocabulary import Vocabulary

VERBS = ("list", "get", "create", "update", "delete")
KEYS = (*VERBS, "read", "write")
ADMIN = "admin"
IMPLICIT_ROLE = "user"

Words = dict[str, tuple[str, ...]]


def read_access(node: Node, path: Path, report: Report, vocabulary: Vocabulary) -> Words:
    """What a resource says of access, by key."""

    def word(item: Node, at: Path, to: Report) -> str | None:
        return _word(item, at, to, vocabulary)

    def who(value: Node, at: Path, to: Report) -> tuple[str, ...] | None:
        if isinstance(value, Items):
            read = shapes.words(word, "those who may", may_be_empty=False)
            return read(value, at, to)
        if isinstance(value, Scalar) and not is_null(value):
            found = word(value, at, to)
            return None if found is None else (found,)
        shapes.expected(value, at, to, "who may: a word, or a list of words")
        return None

    return shapes.mapping(node, path, report, dict.fromkeys(KEYS, who))


def _word(node: Node, path: Path, report: Report, vocabulary: Vocabulary) -> str | None:
    word = shapes.text(node, path, report)
    if word is None or word == PUBLIC:
        return word
    if vocabulary.roles is None:
        message = f"{quoted(word)} needs users, and auth is none; all is public"
        report.at("auth-off", path, message, PUBLIC)
        return None
    words = (PUBLIC, AUTHENTICATED, OWNER, IMPLICIT_ROLE, *vocabulary.roles)
    if word not in words:
        report.unknown("unknown-role", Said(word, node.place, path), "role", words)
        return None
    if word == OWNER:
        verb = path[-2] if isinstance(path[-1], int) else path[-1]
        report.put((*path[: path.index("access") + 1], verb, OWNER), node.place, path)
    return word


def check_owner(said: Mapping[str, tuple[str, ...]], path: Path, report: Report) -> None:
    """Reports each `owner` of a resource that has none."""
    for key, words in said.items():
        if OWNER in words:
            message = "nobody owns these rows; add `owned: true` to the resource"
            report.at("no-owner", (*path, key, OWNER), message)


def resolved_access(said: Mapping[str, tuple[str, ...]], resource: Resource, spec: Spec) -> Access:
    """Who may do each verb: the narrower key wins, and what is unsaid is never public by itself.

    With `auth: none` there is nobody to tell from anybody: unsaid is `public`.
    """
    unsaid = (OWNER, ADMIN) if resource.owned else (AUTHENTICATED,)
    unsaid = unsaid if spec.auth else (PUBLIC,)
    wide = {verb: "read" if verb in ("list", "get") else "write" for verb in VERBS}
    return Access(**{verb: said.get(verb, said.get(wide[verb], unsaid)) for verb in VERBS})
