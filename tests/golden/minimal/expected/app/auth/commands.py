"""Accounts on the command line: the first admin can be made nowhere else."""

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import suppress
from getpass import getpass

from pydantic import ValidationError

from app import passwords
from app.auth.models import Role
from app.auth.repository import UserRepository
from app.auth.schemas import NewAccount
from app.auth.service import create_account
from app.engine import open_database, require_tables
from app.errors import ConflictError, DatabaseUnavailableError
from app.settings import Settings, load_settings
from app.wording import told


def add_commands(add: Callable[..., ArgumentParser]) -> None:
    """Tell the command line what there is."""
    command = add("create-admin", help="make an account that may administer the others")
    command.add_argument("email")
    command.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from the first line of standard input, instead of asking",
    )
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="more of the account; a value is JSON, or where it can't be, a text",
    )
    command.set_defaults(run=create_admin)


def create_admin(arguments: Namespace) -> None:
    """Make an account with the role of an admin, or exit with a word on why not."""
    settings = load_settings()
    password = sys.stdin.readline().rstrip("\r\n") if arguments.password_stdin else ask_password()
    try:
        more = dict(map(detail, arguments.set))
        data = NewAccount.model_validate({"email": arguments.email, "password": password, **more})
        asyncio.run(add_admin(settings, data))
    except ValidationError as error:
        sys.exit("\n".join(f"{item['loc'][0]}: {told(item)}" for item in error.errors()))
    except (ConflictError, DatabaseUnavailableError) as error:
        sys.exit(str(error))
    sys.stdout.write(f"{data.email} is an admin.\n")


def detail(text: str) -> tuple[str, object]:
    """What `NAME=VALUE` says."""
    name, _, value = text.partition("=")
    with suppress(ValueError):
        return name, json.loads(value)
    return name, value


def ask_password() -> str:
    """A password, typed twice and not shown."""
    if not sys.stdin.isatty():
        sys.exit("There is no terminal to ask on: send the password to --password-stdin.")
    password = getpass("Password: ")
    if getpass("Again: ") != password:
        sys.exit("The two are not the same.")
    return password


async def add_admin(settings: Settings, data: NewAccount) -> None:
    """Store the account."""
    passwords.configure(settings)
    database = open_database(settings)
    try:
        await require_tables(database)
        await create_account(UserRepository(database), data, Role.ADMIN)
    finally:
        await database.engine.dispose()
