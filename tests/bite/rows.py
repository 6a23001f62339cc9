"""Which rows are read and written, and how."""

from __future__ import annotations

from bite.breakage import Breakage

ROWS = (
    Breakage(
        "a row is read whoever owns it",
        "app/ownership.py",
        r"cls\._get_owned = cls\._get\.where\([^\n]*\)",
        "cls._get_owned = cls._get",
    ),
    Breakage(
        "a list shows everybody's rows",
        "app/ownership.py",
        r"return await super\(\)\.page\(query, self\._owned_part\(within, owner\)\)",
        "return await super().page(query, within)",
    ),
    Breakage(
        "a review is changed whoever owns it",
        "app/resources/reviews/service.py",
        r", owner=access\.UPDATE\.owner\(caller\)\s*\)\n        if",
        ")\n        if",
    ),
    Breakage(
        "a review is written in another's name",
        "app/ownership.py",
        r"\{\*\*values, self\.owner: owner\}",
        "values",
    ),
    Breakage("If-Match is ignored", "app/etags.py", r"return frozenset\([^\n]*", "return None"),
    Breakage("a weak tag matches", "app/etags.py", r"\\s\*\"\(0\|", r"\\s*(?:W/)?\"(0|"),
    Breakage(
        "one line of If-Match counts",
        "app/etags.py",
        r'",".join\(request\.headers\.getlist\("if-match"\)\)',
        'if_match or ""',
    ),
    Breakage(
        "the version is not counted",
        "app/repository.py",
        r"\{column\.key: column \+ 1 for",
        "{column.key: column for",
    ),
    Breakage(
        "the moment of the change is not kept",
        "app/repository.py",
        r"\{\*\*dict\.fromkeys\(self\.stamps\[1:\], utc_now\(\)\), ",
        "{",
    ),
    Breakage(
        "PATCH takes null for absent",
        "app/resources/books/service.py",
        r"(async def update.*?values = data\.model_dump\()\)",
        r"\1exclude_none=True)",
    ),
    Breakage(
        "a filter is ignored",
        "app/filters.py",
        r"if name in columns and ",
        'if name != "isbn" and name in columns and ',
    ),
    Breakage(
        "gte is gt",
        "app/filters.py",
        r'"gte": operator\.ge',
        '"gte": operator.gt',
    ),
    Breakage(
        "books can't be filtered by author",
        "app/resources/books/repository.py",
        r'        "author_id",\n',
        "",
    ),
    Breakage(
        "a page is one short",
        "app/pagination.py",
        r"\.limit\(query\.limit \+ 1\)",
        ".limit(query.limit)",
    ),
    Breakage(
        "a page repeats the last row of the one before",
        "app/backends/base.py",
        r"return here < there if descending else here > there",
        "return here <= there if descending else here >= there",
    ),
    Breakage(
        "nulls come as the engine has them",
        "app/ordering.py",
        r"return \[self\.column\.is_\(None\), \*directed\] if [^\n]*",
        "return [*directed]",
    ),
    Breakage(
        "a cursor is good for any list",
        "app/pagination.py",
        r"if made_for != scope:",
        "if made_for is None:",
    ),
    Breakage(
        "a cursor is good for any parent's list",
        "app/repository.py",
        r'f"\{name\}\?\{within\.word\}"',
        "name",
    ),
    Breakage(
        "a stale If-Match links all the same",
        "app/resources/books/service.py",
        r'row\["version_"\] not in versions',
        "row is versions",
    ),
    Breakage(
        "the order is that of the ids alone",
        "app/ordering.py",
        r"columns = \[self\.column\] if self\.column is self\.id else \[self\.column, self\.id\]",
        "columns = [self.id]",
    ),
    Breakage(
        "a nested list shows every review",
        "app/repository.py",
        r"rows\.where\(within\.condition\)",
        "rows",
    ),
    Breakage(
        "unlinking does nothing",
        "app/links.py",
        r"await self\._executor\.run\(delete\(self\._table\)\.where\(\*where\)\)",
        "_ = where",
    ),
)
