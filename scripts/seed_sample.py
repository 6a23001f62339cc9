"""Fills a generated project with a few rows, made by the factories of its own tests.

Runs inside the project, with the project's own environment.
"""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module
from inspect import getmembers, iscoroutinefunction
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

ROWS = 5


async def main(email: str) -> None:
    """A few rows of every resource, the account's own where rows have owners."""
    engine, settings = import_module("app.engine"), import_module("app.settings")
    database = engine.open_database(settings.load_settings())
    owner = await account(database, email)
    for make in factories():
        for _ in range(ROWS):
            await make(database, owner)
    await database.engine.dispose()


async def account(database: Any, email: str) -> Any:
    """The id of the account with that address."""
    sqlalchemy, models = import_module("sqlalchemy"), import_module("app.auth.models")
    where = models.User.email == email
    row = await database.one(sqlalchemy.select(models.User.id).where(where))
    return row["id"]


def factories() -> list[Any]:
    """`make_book` and its like, one of each resource."""
    package = import_module("tests.factories")
    modules = [f"tests.factories.{module.name}" for module in iter_modules(package.__path__)]
    return [
        function
        for module in modules
        if module != "tests.factories.users"
        for name, function in getmembers(import_module(module), iscoroutinefunction)
        if name.startswith("make_") and function.__module__ == module
    ]


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    asyncio.run(main(sys.argv[1]))
