"""What a revision does row by row, since no SQL says it: functions that revisions bring along.

A revision has a copy of what it calls, and calls nothing of the application, which will be
another one when the revision runs.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any
from unicodedata import category, normalize

import sqlalchemy as sa
from alembic import op


def batches(table: sa.TableClause) -> Iterator[list[dict[str, Any]]]:
    """All rows in the order of their ids, a thousand at a time; none where SQL is only printed."""
    if op.get_context().as_sql:
        op.execute(f"-- {table.name} has rows that this revision fills itself, when it runs")
        return
    bind, last = op.get_bind(), None
    while True:
        query = sa.select(table).order_by(table.c.id).limit(1000)
        if last is not None:
            query = query.where(table.c.id > last)
        rows = [dict(row) for row in bind.execute(query).mappings()]
        if not rows:
            return
        yield rows
        last = rows[-1]["id"]


def write(table: sa.TableClause, column: str, values: list[dict[str, Any]]) -> None:
    """Set a column of rows; each value stands beside the id of its row."""
    update = sa.update(table).where(table.c.id == sa.bindparam("row"))
    if values:
        op.get_bind().execute(update.values({column: sa.bindparam("value")}), values)


def words_of(*texts: str | None) -> str:
    """The words of texts as a search compares them, each once, a blank before each."""
    text = normalize("NFKC", "\n".join(filter(None, texts))[:100_000])[:100_000]
    folded = normalize("NFKC", text.casefold())[:100_000]
    kinds = ((char, category(char)) for char in folded)
    spaced = "".join(char if kind[0] in "LM" or kind == "Nd" else " " for char, kind in kinds)
    return "".join(f" {word}" for word in dict.fromkeys(w[:100] for w in spaced.split()))


def fill_words(name: str, texts: tuple[str, ...], kind: Any) -> None:
    """Keep the words of some columns in `_words`, for a search."""
    table = sa.table(name, sa.column("id"), sa.column("_words", kind), *map(sa.column, texts))
    for rows in batches(table):
        values = [
            {"row": row["id"], "value": words_of(*(row[text] for text in texts))} for row in rows
        ]
        write(table, "_words", values)


def slug_of(text: str | None) -> str:
    """The words of a text in lower case, of the letters and digits that ASCII has."""
    plain = normalize("NFKD", re.sub("['\u2019]", "", text or "")).encode("ascii", "ignore")
    return "-".join(re.findall("[a-z0-9]+", plain.decode().lower())) or "row"


def fill_slugs(name: str, column: str, source: str, longest: int) -> None:
    """Make a slug of the text of each row; a second one of the same words takes a number."""
    table = sa.table(name, sa.column("id"), sa.column(column, sa.String()), sa.column(source))
    taken: set[str] = set()
    for rows in batches(table):
        values = []
        for row in rows:
            slug = base = slug_of(row[source])[:longest].rstrip("-")
            number = 1
            while slug in taken:
                number += 1
                slug = f"{base[: longest - len(str(number)) - 1].rstrip('-')}-{number}"
            taken.add(slug)
            values.append({"row": row["id"], "value": slug})
        write(table, column, values)


def refuse(name: str, wrong: str, reason: str) -> None:
    """Stop where there are rows that a condition holds for. Raises `ValueError`."""
    if op.get_context().as_sql:
        return
    query = sa.select(sa.func.count()).select_from(sa.table(name)).where(sa.literal_column(wrong))
    found = op.get_bind().execute(query).scalar_one()
    if found:
        raise ValueError(f"{found} rows of {name}: {reason}")


def number(value: int | str, digits: tuple[int, int], most: int = 18) -> Decimal:
    """The number that SQLite keeps as a scaled integer, or as a text of more than `most` digits."""
    unscaled = int(value) - (10 ** digits[0] if digits[0] > most else 0)
    return Decimal(unscaled).scaleb(-digits[1], Context(prec=100))


def kept(value: Decimal, digits: tuple[int, int], most: int = 18) -> int | str:
    """How SQLite keeps a number. Raises `ValueError` for one that has too many digits."""
    wide = Context(prec=100)
    unscaled = int(value.scaleb(digits[1], wide).to_integral_value(ROUND_HALF_UP, wide))
    if abs(unscaled) >= 10 ** digits[0]:
        raise ValueError(f"{value} has more than {digits[0] - digits[1]} digits before the point")
    if digits[0] <= most:
        return unscaled
    return str(unscaled + 10 ** digits[0]).zfill(digits[0] + 1)


def rescale(name: str, column: str, old: tuple[int, int], new: tuple[int, int]) -> None:
    """Keep numbers of some digits, and so many behind the point, as numbers of others."""
    table = sa.table(name, sa.column("id"), sa.column(column))
    for rows in batches(table):
        values = [
            {"row": row["id"], "value": kept(number(row[column], old), new)}
            for row in rows
            if row[column] is not None
        ]
        write(table, column, values)


def spell(name: str, column: str, old: tuple[int, int]) -> None:
    """Keep numbers of some digits, and so many behind the point, as texts."""
    table = sa.table(name, sa.column("id"), sa.column(column))
    for rows in batches(table):
        values = [
            {"row": row["id"], "value": f"{number(row[column], old):f}"}
            for row in rows
            if row[column] is not None
        ]
        write(table, column, values)


def parse(name: str, column: str, new: tuple[int, int]) -> None:
    """Keep texts as the numbers that they spell. Raises `ArithmeticError` where one spells none."""
    table = sa.table(name, sa.column("id"), sa.column(column))
    for rows in batches(table):
        values = [
            {"row": row["id"], "value": kept(Decimal(row[column]), new)}
            for row in rows
            if row[column] is not None
        ]
        write(table, column, values)


def rename_items(name: str, column: str, names: dict[str, str]) -> None:
    """Give values in lists, which are JSON, their new names."""
    table = sa.table(name, sa.column("id"), sa.column(column))
    for rows in batches(table):
        lists = ((row["id"], json.loads(row[column])) for row in rows if row[column] is not None)
        values = [
            {"row": key, "value": json.dumps([names.get(item, item) for item in items])}
            for key, items in lists
            if names.keys() & set(items)
        ]
        write(table, column, values)


BROUGHT: tuple[tuple[Callable[..., Any], tuple[Callable[..., Any], ...]], ...] = (
    (fill_words, (batches, write, words_of)),
    (fill_slugs, (batches, write, slug_of)),
    (refuse, ()),
    (rescale, (batches, write, number, kept)),
    (spell, (batches, write, number)),
    (parse, (batches, write, kept)),
    (rename_items, (batches, write)),
)
"""Functions that revisions call, and those that they call themselves."""


def brought_along(code: str) -> tuple[str, ...]:
    """The sources of the functions that the code of a revision calls, each once."""
    called = [(found, needs) for found, needs in BROUGHT if f"{found.__name__}(" in code]
    wanted = dict.fromkeys(one for found, needs in called for one in (*needs, found))
    return tuple(map(inspect.getsource, wanted))
