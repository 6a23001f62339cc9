"""The log: one JSON object a line, and no secret in it."""

import json
import logging
from contextlib import redirect_stdout
from io import StringIO

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import logs
from app.database import Database
from app.settings import Settings


def test_what_is_logged_is_one_json_object_a_line(logged: StringIO) -> None:
    structlog.get_logger("app.tests").warning("two\nlines", path='/x\r\n{"level": "forged"}')

    (line,) = logged.getvalue().splitlines()
    entry = json.loads(line)
    assert entry["event"] == "two\nlines"
    assert (entry["level"], entry["logger"]) == ("warning", "app.tests")
    assert entry["timestamp"].endswith("Z")


def test_libraries_log_through_the_same_pipeline(logged: StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request_id="4711"):
        logging.getLogger("some.library").warning("odd: %s", "news")

    entry = json.loads(logged.getvalue())
    assert (entry["event"], entry["request_id"]) == ("odd: news", "4711")


def test_the_server_adds_no_line_of_its_own_to_that_of_a_request(logged: StringIO) -> None:
    logging.getLogger("uvicorn.access").warning("GET /?token=the-secret")
    logging.getLogger("uvicorn.error").warning("started")

    (line,) = logged.getvalue().splitlines()
    assert json.loads(line)["event"] == "started"


@pytest.mark.parametrize(
    "name",
    [
        "access_token",
        "api_key",
        "authorization",
        "cookie",
        "current_password",
        "database_url",
        "new_password",
        "password",
        "password_hash",
        "refresh_token",
        "secret",
        "secret_key",
        "previous_secret_key",
        "token",
        "token_hash",
    ],
)
def test_a_secret_is_not_logged(logged: StringIO, name: str) -> None:
    structlog.get_logger("app.tests").error("failed", **{name: "the-secret", "user": "ada"})

    entry = json.loads(logged.getvalue())
    assert "the-secret" not in logged.getvalue()
    assert entry[name] == "[redacted]"
    assert entry["user"] == "ada"


def test_a_traceback_on_the_console_shows_no_variables(settings: Settings) -> None:
    def fail(password: str) -> None:
        raise RuntimeError(f"{len(password)} characters")

    with redirect_stdout(StringIO()) as stream:
        logs.configure(settings.model_copy(update={"log_format": "console"}))
        try:
            fail("-".join(("the", "secret")))
        except RuntimeError:
            structlog.get_logger("app.tests").exception("failed")
    logs.configure(settings)

    assert "10 characters" in stream.getvalue()
    assert "the-secret" not in stream.getvalue()


async def test_what_a_failed_statement_was_given_is_not_told(database: Database) -> None:
    with pytest.raises(DBAPIError) as failed:
        await database.one(text("SELECT nothing FROM nowhere WHERE x = :x"), {"x": "the-secret"})

    assert "the-secret" not in str(failed.value)
