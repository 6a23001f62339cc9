"""Lists: what they are filtered by, in which order, and page by page."""

from __future__ import annotations

from bite.breakage import Breakage

FILTERS = (
    Breakage(
        "filters are ignored",
        "app/filters.py",
        r"if name in columns and ",
        'if name == "" and ',
        near=("resources",),
    ),
    Breakage(
        "ne passes over what is null",
        "app/filters.py",
        r"column\.is_distinct_from\(value\)",
        "column != value",
        near=("test_filters",),
    ),
    Breakage(
        "in takes the first alone",
        "app/filters.py",
        r"column\.in_\(values\)",
        "column.in_(values[:1])",
        near=("test_filters",),
    ),
    Breakage(
        "isnull is the other way round",
        "app/filters.py",
        r"column\.is_\(None\) if value else column\.is_not\(None\)",
        "column.is_not(None) if value else column.is_(None)",
        near=("test_filters",),
    ),
    Breakage(
        "contains is to the letter",
        "app/filters.py",
        r"folded\(column\)\.contains",
        "column.contains",
        near=("resources",),
    ),
    Breakage(
        "% stands for anything",
        "app/filters.py",
        r"\.contains\(wanted, autoescape=True\)",
        ".contains(wanted)",
        near=("resources",),
    ),
    Breakage(
        "startswith is contains",
        "app/filters.py",
        r"return and_\(column\.startswith[^\n]*",
        "return contains(column, value) if start is not None else and_()",
        near=("resources",),
    ),
    Breakage(
        "a nested list shows every row",
        "app/repository.py",
        r"part = within & part_asked_for",
        "part = WHOLE & part_asked_for",
        near=("resources",),
    ),
    Breakage(
        "the order is that of the ids alone",
        "app/ordering.py",
        r"columns = \[self\.column\] if self\.column is self\.id else \[self\.column, self\.id\]",
        "columns = [self.id]",
        near=("pagination", "resources"),
    ),
    Breakage(
        "every order goes up",
        "app/ordering.py",
        r"c\.desc\(\) if self\.descending else c\.asc\(\)",
        "c.asc()",
        near=("pagination", "resources"),
    ),
    Breakage(
        "nulls come as the engine has them",
        "app/ordering.py",
        r"return \[self\.column\.is_\(None\), \*directed\] if [^\n]*",
        "return [*directed]",
        near=("resources", "pagination"),
    ),
)
PAGES = (
    Breakage(
        "a page is one short",
        "app/pagination.py",
        r"LIMIT: query\.limit \+ 1",
        "LIMIT: query.limit",
    ),
    Breakage(
        "a page repeats the last row of the one before",
        "app/backends/base.py",
        r"return here < there if descending else here > there",
        "return here <= there if descending else here >= there",
        near=("pagination", "cursors"),
    ),
    Breakage(
        "a cursor is good for any list",
        "app/pagination.py",
        r"if made_for != scope:",
        "if made_for is None:",
    ),
    Breakage(
        "a cursor is good for any parent's list",
        "app/pagination.py",
        r"scope_of\(str\(order\.id\), part\.values, ",
        "scope_of(str(order.id), ",
        near=("resources",),
    ),
    Breakage(
        "a page may be as long as one likes",
        "app/pagination.py",
        r"Field\(ge=1, le=\d+\)",
        "Field(ge=1)",
        near=("pagination", "resources"),
    ),
    Breakage(
        "the total is that of the page",
        "app/pagination.py",
        r"await count\(executor, listing\) if query\.total",
        "len(rows) if query.total",
        near=("pagination", "resources"),
    ),
)
