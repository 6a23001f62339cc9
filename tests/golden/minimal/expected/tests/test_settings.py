"""The settings: what they refuse, and what they keep to themselves."""

import re
from typing import get_args

import pytest
from pydantic import SecretStr, ValidationError

from app.__main__ import main
from app.settings import DEVELOPMENT_KEY, Settings, load_settings

KEY = "a-key-that-is-as-long-as-it-has-to-be"


def test_no_secret_is_printed() -> None:
    url = "engine://app:the-password@database/app"
    settings = Settings(_env_file=None, secret_key=SecretStr(KEY), database_url=SecretStr(url))

    printed = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"

    assert KEY not in printed
    assert "the-password" not in printed


def test_every_text_that_may_be_a_secret_is_kept_as_one() -> None:
    words = re.compile("database_url|dsn|key|password|secret|token")
    texts = [
        name
        for name, field in Settings.model_fields.items()
        if words.search(name) and str in (field.annotation, *get_args(field.annotation))
    ]

    assert texts == []


@pytest.mark.parametrize("key", [DEVELOPMENT_KEY, "", "a" * 31])
def test_production_refuses_a_key_that_can_be_guessed(key: str) -> None:
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        Settings(_env_file=None, environment="production", secret_key=SecretStr(key))


def test_a_short_key_is_refused_everywhere() -> None:
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        Settings(_env_file=None, environment="development", secret_key=SecretStr("a" * 31))


def test_a_refused_key_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "the-short-key")
    load_settings.cache_clear()

    with pytest.raises(SystemExit) as exit_:
        main(["serve"])

    assert "SECRET_KEY" in str(exit_.value)
    assert "the-short-key" not in str(exit_.value)


@pytest.mark.parametrize("environment", ["prod", "Production", "", "staging"])
def test_an_unknown_environment_is_not_taken_for_development(
    monkeypatch: pytest.MonkeyPatch, environment: str
) -> None:
    monkeypatch.setenv("ENVIRONMENT", environment)
    with pytest.raises(ValidationError, match="environment"):
        Settings(_env_file=None)


@pytest.mark.parametrize(
    "origin", ["*", "null", "https://*.example.com", "https://example.com/", "example.com", ""]
)
def test_an_origin_is_one_origin(origin: str) -> None:
    with pytest.raises(ValidationError, match="cors_origins"):
        Settings(_env_file=None, cors_origins=frozenset({origin}))
