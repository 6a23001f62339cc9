"""Accounts on the command line: the first admin can be made nowhere else."""

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from getpass import getpass

from pydantic import ValidationError

from app import passwords
from app.auth.endings import end_sessions
from app.auth.models import Role
from app.auth.repository import UserRepository
from app.auth.schemas import NewAccount
from app.auth.service import create_account
from app.database import Database
from app.engine import open_database, require_tables
from app.errors import ConflictError, DatabaseUnavailableError, NotFoundError
from app.schemas import lower_case
from app.settings import Settings, load_settings
from app.wording import message_of


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
    command.add_argument(
        "--promote",
        action="store_true",
        help="make an account that is there already an active admin; its password stays as it is",
    )
    command.set_defaults(run=run)


def run(arguments: Namespace) -> None:
    """Make or promote an account, or exit with a word on why not."""
    settings = load_settings()
    try:
        email = promote(arguments, settings) if arguments.promote else create(arguments, settings)
    except ValidationError as error:
        sys.exit("\n".join(f"{item['loc'][0]}: {message_of(item)}" for item in error.errors()))
    except ConflictError as error:
        taken = any(problem.pointer == "/email" for problem in error.errors)
        sys.exit(f"{error}{' --promote makes that account an admin.' if taken else ''}")
    except (NotFoundError, DatabaseUnavailableError) as error:
        sys.exit(str(error))
    sys.stdout.write(f"{email} is an admin.\n")


def create(arguments: Namespace, settings: Settings) -> str:
    """Make an account with the role of an admin, and return its email."""
    password = sys.stdin.readline().rstrip("\r\n") if arguments.password_stdin else ask_password()
    more = dict(map(detail, arguments.set))
    data = NewAccount.model_validate({"email": arguments.email, "password": password, **more})
    asyncio.run(add_admin(settings, data))
    return data.email


def promote(arguments: Namespace, settings: Settings) -> str:
    """Give an account the role of an admin, and return its email. No password is asked for."""
    if arguments.set or arguments.password_stdin:
        sys.exit("--promote changes nothing else: leave out --set and --password-stdin.")
    email = lower_case(arguments.email)
    asyncio.run(promote_to_admin(settings, email))
    return email


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
    """Store the account. Raises `ConflictError` where the email has one."""
    passwords.configure(settings)
    async with connected(settings) as database:
        await create_account(UserRepository(database), data, Role.ADMIN)


async def promote_to_admin(settings: Settings, email: str) -> None:
    """Make an account an active admin, who has to sign in again. Raises `NotFoundError`."""
    async with connected(settings) as database, database.unit_of_work() as unit:
        users = UserRepository(unit)
        user = await users.get_by_email(email)
        if user is None:
            raise NotFoundError(f"No account has the email {email}.")
        await users.change(user["id"], {"role": Role.ADMIN, "is_active": True})
        await end_sessions(unit, settings, user["id"])


@asynccontextmanager
async def connected(settings: Settings) -> AsyncGenerator[Database]:
    """The database that the settings name, with its tables."""
    database = open_database(settings)
    try:
        await require_tables(database)
        yield database
    finally:
        await database.engine.dispose()
