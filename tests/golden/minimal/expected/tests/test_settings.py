"""The settings: what they refuse, and what they keep to themselves."""

import re
from typing import get_args

import pytest
from pydantic import SecretStr, ValidationError

from app.__main__ import main
from app.settings import Settings, load_settings


def test_no_secret_is_printed() -> None:
    url = "engine://app:the-password@database/app"
    settings = Settings(_env_file=None, database_url=SecretStr(url))

    printed = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"

    assert "the-password" not in printed


def test_every_text_that_may_be_a_secret_is_kept_as_one() -> None:
    words = re.compile("database_url|dsn|key|password|secret|token")
    texts = [
        name
        for name, field in Settings.model_fields.items()
        if words.search(name) and str in (field.annotation, *get_args(field.annotation))
    ]

    assert texts == []


def test_a_refused_setting_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKERS", "the-password")
    load_settings.cache_clear()

    with pytest.raises(SystemExit) as exit_:
        main(["serve"])

    assert "workers" in str(exit_.value)
    assert "the-password" not in str(exit_.value)


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
