"""Fills a generated project with a few rows, made by the factories of its own tests.

Runs inside the project, with the project's own environment. Given an address, it first makes an
admin of it, whose password is the line that it reads.
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


async def main(email: str | None) -> None:
    """A few rows of every resource, the account's own where rows have owners."""
    settings = import_module("app.settings").load_settings()
    import_module("app.main").create_app(settings)  # which sets up what hashes and encrypts
    database = import_module("app.engine").open_database(settings)
    owner = [] if email is None else [await account(database, email)]
    for make in factories(accounts=bool(owner)):
        for _ in range(ROWS):
            await make(database, *owner)
    await database.engine.dispose()


async def account(database: Any, email: str) -> Any:
    """The id of a new admin with that address."""
    passwords, users = import_module("app.passwords"), import_module("tests.factories.users")
    password = await passwords.hash_password(sys.stdin.readline().strip())
    return await users.make_user(database, "admin", email=email, password_hash=password)


def factories(*, accounts: bool) -> list[Any]:
    """`make_book` and its like, one of each resource."""
    package = import_module("tests.factories")
    modules = [f"tests.factories.{module.name}" for module in iter_modules(package.__path__)]
    return [
        function
        for module in modules
        if not (accounts and module == "tests.factories.users")
        for name, function in getmembers(import_module(module), iscoroutinefunction)
        if name.startswith("make_") and function.__module__ == module
    ]


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else None))
