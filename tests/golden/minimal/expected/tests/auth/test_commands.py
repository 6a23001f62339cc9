"""The first admin is made on the command line."""

import io
import json
from typing import Protocol

import pytest
from httpx2 import AsyncClient

from app.__main__ import main
from app.auth import commands
from app.auth.models import Role
from app.auth.repository import UserRepository
from app.auth.schemas import NewAccount
from app.database import Database
from app.settings import ConfigurationError, Settings
from tests.auth.fixtures import goes_on, log_in
from tests.factories.users import PASSWORD, body_of_user, make_account, make_user

EMAIL = "root@example.com"


class Terminal(io.StringIO):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    """Commands use the database of the tests."""
    monkeypatch.setattr(commands, "load_settings", lambda: settings)
    return monkeypatch


@pytest.fixture
async def details(database: Database) -> list[str]:
    """The options that say of an account what it needs beside email and password."""
    body = await body_of_user(database)
    needed = body.keys() - {"email", "password"}
    return [f"--set={name}={json.dumps(body[name])}" for name in sorted(needed)]


class CreateAdmin(Protocol):
    """Runs the command."""

    def __call__(self, password: str = PASSWORD, email: str = EMAIL, *more: str) -> None:
        """Make an admin, or exit."""


@pytest.fixture
def create_admin(run: pytest.MonkeyPatch, details: list[str]) -> CreateAdmin:
    """The command, told what every account needs."""

    def create_admin(password: str = PASSWORD, email: str = EMAIL, *more: str) -> None:
        run.setattr("sys.stdin", io.StringIO(password + "\n"))
        main(["create-admin", email, "--password-stdin", *details, *more])

    return create_admin


def test_an_admin_is_made(create_admin: CreateAdmin, capsys: pytest.CaptureFixture[str]) -> None:
    create_admin()
    assert capsys.readouterr().out == f"{EMAIL} is an admin.\n"


def test_the_password_is_asked_for_twice(run: pytest.MonkeyPatch, details: list[str]) -> None:
    answers = iter([PASSWORD, PASSWORD, PASSWORD, "something else"])
    run.setattr(commands, "getpass", lambda _prompt: next(answers))
    run.setattr("sys.stdin", Terminal())
    main(["create-admin", EMAIL, *details])
    with pytest.raises(SystemExit, match="not the same"):
        main(["create-admin", "other@example.com", *details])


def test_without_a_terminal_nobody_is_asked(run: pytest.MonkeyPatch, details: list[str]) -> None:
    run.setattr("sys.stdin", io.StringIO())
    with pytest.raises(SystemExit, match="--password-stdin"):
        main(["create-admin", EMAIL, *details])


@pytest.fixture
async def taken(database: Database) -> str:
    """The email of an account that is there."""
    await make_user(database, email=EMAIL)
    return EMAIL


def test_a_taken_email_is_refused(create_admin: CreateAdmin, taken: str) -> None:
    with pytest.raises(SystemExit, match=r"taken already.*--promote"):
        create_admin(PASSWORD, taken)


@pytest.mark.parametrize(("password", "email"), [("short", EMAIL), (PASSWORD, "nobody")])
def test_what_no_account_may_have_is_refused(
    create_admin: CreateAdmin, password: str, email: str
) -> None:
    with pytest.raises(SystemExit) as refusal:
        create_admin(password, email)
    assert password not in str(refusal.value)


def test_a_password_is_no_argument(run: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit):
        main(["create-admin", EMAIL, PASSWORD])


@pytest.mark.parametrize(
    ("text", "said"),
    [("a=b=c", ("a", "b=c")), ("a=", ("a", "")), ("a=1", ("a", 1)), ('a="1"', ("a", "1"))],
)
def test_more_of_an_account_is_json_or_text(text: str, said: tuple[str, object]) -> None:
    assert commands.detail(text) == said


def test_what_no_account_has_is_refused(create_admin: CreateAdmin) -> None:
    with pytest.raises(SystemExit, match="unheard_of"):
        create_admin(PASSWORD, EMAIL, "--set", "unheard_of=1")


def test_wrong_settings_are_not_taken_for_a_wrong_account(
    create_admin: CreateAdmin, run: pytest.MonkeyPatch
) -> None:
    def refuse() -> Settings:
        raise ConfigurationError("LOG_LEVEL: is none")

    run.setattr(commands, "load_settings", refuse)
    with pytest.raises(SystemExit) as exit_:
        create_admin()
    assert exit_.value.code == 2


@pytest.mark.parametrize(
    ("more", "word"),
    [([], "No account has"), (["--password-stdin"], "leave out"), (["--set=a=1"], "leave out")],
)
def test_what_can_not_be_promoted_is_said(
    run: pytest.MonkeyPatch, more: list[str], word: str
) -> None:
    with pytest.raises(SystemExit, match=word):
        main(["create-admin", EMAIL, "--promote", *more])


def test_promoting_asks_for_nothing(
    create_admin: CreateAdmin, capsys: pytest.CaptureFixture[str], run: pytest.MonkeyPatch
) -> None:
    create_admin()
    run.setattr("sys.stdin", io.StringIO())
    main(["create-admin", EMAIL.upper(), "--promote"])
    assert capsys.readouterr().out == f"{EMAIL} is an admin.\n" * 2


async def test_a_promoted_account_is_an_active_admin_with_the_same_password(
    settings: Settings, database: Database
) -> None:
    user_id = await make_user(database, email=EMAIL, is_active=False, password_hash="a hash")

    await commands.promote_to_admin(settings, EMAIL)

    row = await UserRepository(database).get(user_id)
    assert row is not None
    assert (row["role"], row["is_active"], row["password_hash"]) == (Role.ADMIN, True, "a hash")


async def test_whoever_is_promoted_signs_in_again(
    settings: Settings, database: Database, client: AsyncClient
) -> None:
    await make_account(database, email=EMAIL)
    session = await log_in(client, EMAIL)
    await commands.promote_to_admin(settings, EMAIL)
    assert not await goes_on(client, session)


async def test_the_account_is_an_active_admin(settings: Settings, database: Database) -> None:
    data = NewAccount.model_validate(await body_of_user(database, email=EMAIL, full_name="Ada"))
    await commands.add_admin(settings, data)
    row = await UserRepository(database).get_by_email(EMAIL)
    assert row is not None
    assert (row["role"], row["is_active"], row["full_name"]) == (Role.ADMIN, True, "Ada")
