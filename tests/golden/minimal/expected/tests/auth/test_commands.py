"""The first admin is made on the command line."""

import io

import pytest

from app.__main__ import main
from app.auth import commands
from app.auth.models import Role
from app.auth.repository import UserRepository
from app.auth.schemas import NewAccount
from app.database import Database
from app.settings import Settings
from tests.factories.users import PASSWORD

EMAIL = "root@example.com"


@pytest.fixture
def run(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    """Commands use the database of the tests."""
    monkeypatch.setattr(commands, "load_settings", lambda: settings)
    return monkeypatch


def create_admin(patch: pytest.MonkeyPatch, password: str, email: str = EMAIL) -> None:
    patch.setattr("sys.stdin", io.StringIO(password + "\n"))
    main(["create-admin", email, "--password-stdin"])


def test_an_admin_is_made(run: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    create_admin(run, PASSWORD)
    assert capsys.readouterr().out == f"{EMAIL} is an admin.\n"


def test_the_password_is_asked_for_twice(
    run: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([PASSWORD, PASSWORD, PASSWORD, "something else"])
    run.setattr(commands, "getpass", lambda _prompt: next(answers))
    main(["create-admin", EMAIL])
    with pytest.raises(SystemExit, match="not the same"):
        main(["create-admin", "other@example.com"])


def test_a_taken_email_is_refused(run: pytest.MonkeyPatch) -> None:
    create_admin(run, PASSWORD)
    with pytest.raises(SystemExit, match="email"):
        create_admin(run, PASSWORD)


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "short"), ("nobody", PASSWORD)])
def test_what_no_account_may_have_is_refused(
    run: pytest.MonkeyPatch, email: str, password: str
) -> None:
    with pytest.raises(SystemExit) as refusal:
        create_admin(run, password, email)
    assert password not in str(refusal.value)


def test_a_password_is_no_argument(run: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit):
        main(["create-admin", EMAIL, PASSWORD])


async def test_the_account_is_an_active_admin(settings: Settings, database: Database) -> None:
    data = NewAccount.model_validate({"email": EMAIL, "password": PASSWORD})
    await commands.add_admin(settings, data)
    row = await UserRepository(database).get_by_email(EMAIL)
    assert row is not None
    assert (row["role"], row["is_active"]) == (Role.ADMIN, True)
