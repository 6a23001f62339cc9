"""Which rows are written, at which version, and what a body may hold."""

from __future__ import annotations

from bite.breakage import Breakage

WRITES = (
    Breakage(
        "If-Match is ignored",
        "app/etags.py",
        r"versions = frozenset\([^\n]*",
        "return None",
    ),
    Breakage("a weak tag matches", "app/etags.py", r"\\s\*\"\(0\|", r"\\s*(?:W/)?\"(0|"),
    Breakage(
        "one line of If-Match counts",
        "app/etags.py",
        r'",".join\(request\.headers\.getlist\("if-match"\)\)',
        'if_match or ""',
    ),
    Breakage(
        "no answer has an ETag",
        "app/etags.py",
        r'    response\.headers\["ETag"\][^\n]*\n',
        "    _ = response, item\n",
        near=("resources",),
    ),
    Breakage(
        "the version is not counted",
        "app/repository.py",
        r"\{column\.key: column \+ 1 for",
        "{column.key: column for",
        near=("resources",),
    ),
    Breakage(
        "a change of nothing is written",
        "app/repository.py",
        r"if not values:\n",
        "if values is None:\n",
        near=("resources",),
    ),
    Breakage(
        "a row is changed whoever owns it",
        "app/ownership.py",
        r"return where if owner is None else \[\*where, self\.table\.c\[self\.owner\] == owner\]",
        "return where",
        near=("resources",),
    ),
    Breakage(
        "a row is written in nobody's name",
        "app/ownership.py",
        r"\{\*\*values, self\.owner: owner\}",
        "values",
        near=("resources",),
    ),
    Breakage(
        "unlinking does nothing",
        "app/links.py",
        r"await self\._executor\.run\(delete\(self\._table\)\.where\(\*where\)\)",
        "_ = where",
        near=("resources",),
    ),
    Breakage(
        "linking twice is a conflict",
        "app/links.py",
        r'if violation\.kind == "reference":',
        "if violation:",
        near=("resources",),
    ),
    Breakage(
        "unheard-of keys are taken",
        "app/schemas.py",
        r'extra="forbid"',
        'extra="ignore"',
        near=("resources",),
    ),
    Breakage(
        "a NUL is taken",
        "app/schemas.py",
        r"Text = Annotated\[str, [^\n]*\]",
        "Text = str",
        near=("resources",),
    ),
)
