"""Names and texts: words that others keep, and characters that break out of literals."""

from __future__ import annotations

import re
from collections.abc import Collection

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generator import naming

_ODD_NAMES = """
order class from type metadata registry schema json copy validate select model_config date
request list none true null group table index key default q sort limit self id_card int string
datetime time bool user_id field base session query router service model settings app main test
conftest api enum abc typing asyncio news series person category status
"""
ODD_NAMES = tuple(_ODD_NAMES.split())
NASTY_TEXTS = (
    "",
    " ",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "\\n",
    "\n",
    "a\nb\n\n# c",
    "\r\n",
    "\t",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{# #}",
    "${HOME}",
    "$(id)",
    "`id`",
    "%s %(x)s {x} {0}",
    "'; DROP TABLE books; --",
    "</script><!-- -->",
    "*/ /* //",
    "]]>",
    "../../etc/passwd",
    "\u2028\u2029\x85\x0b\x0c",
    "\x7f\x1b[31m",
    "\u202ertl",
    "🎉 東京 é",
    "\ufeff",
    "null",
    "true",
    "yes",
    "1.0",
    "1e3",
    "~",
    "- a",
    "a: b",
    "# a",
    "&a *a !a",
    "@ ` % | >",
    '"""\nzz_canary()\n"""',
    '"\nzz_canary = 1\n#',
    "'\nzz_canary: 1\n",
    "\\\nzz_canary",
    "now",
    "f'{x}'",
    "r'\\'",
    "\N{COMBINING ACUTE ACCENT}",
)
PATTERNS: tuple[tuple[str, str], ...] = (
    ("^[A-Z]{3}$", "ABC"),
    (r"^\d+$", "42"),
    (r"a/b", "a/b"),
    (r"^[^\s'\"]+$", "x"),
    (r"= (?:b|c) #", "= b #"),
    (r"^\w+: '{1,2}$", "a: ''"),
    (r"^[\]\[\\]+$", "[]\\"),
    (r"(?i)^x\.y$", "X.y"),
    ("é+", "éé"),
)


def texts(longest: int = 40) -> SearchStrategy[str]:
    """Any text that a spec can hold: nasty pieces, and all of Unicode but NUL and surrogates."""
    free = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
    return st.one_of(st.sampled_from(NASTY_TEXTS), free).map(lambda text: text[:longest])


def names() -> SearchStrategy[str]:
    """Names of resources, fields and relations: words that others keep, and any other."""
    free = st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z0-9]{1,4}){0,2}", fullmatch=True)
    return st.one_of(st.sampled_from(ODD_NAMES), free)


_RESERVED = {
    "id",
    "created_at",
    "updated_at",
    "updated_on",
    "owner",
    "made_on",
    "keeper_of_it",
    "user",
    "auth",
    "alembic_version",
}


def free(name: str, taken: Collection[str]) -> bool:
    """Whether a name can stand beside those that are taken, and beside ours."""
    words = {name, name + "_id", name.removesuffix("_id"), naming.camel(name).lower()}
    return not words & {*taken, *_RESERVED} and not name.startswith("sqlite")


def key(name: str) -> str:
    """What no two names of one place may have in common."""
    return re.sub(r"[^a-z0-9]", "", naming.plural(name))
