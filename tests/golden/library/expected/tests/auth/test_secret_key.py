"""The key that signs tokens: long, nobody else's, and never shown."""

import pytest
from pydantic import SecretStr, ValidationError

from app.__main__ import main
from app.settings import DEVELOPMENT_KEY, Settings, load_settings

KEY = "a-key-that-is-as-long-as-it-has-to-be"


def production(key: str, before: str | None = None) -> Settings:
    """The settings of a service in production, with keys of its own."""
    return Settings(
        _env_file=None,
        environment="production",
        secret_key=SecretStr(key),
        previous_secret_key=None if before is None else SecretStr(before),
    )


def test_the_key_is_not_printed() -> None:
    settings = Settings(_env_file=None, secret_key=SecretStr(KEY))

    assert (
        KEY not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    )


@pytest.mark.parametrize("key", [DEVELOPMENT_KEY, "", "a" * 31])
def test_production_refuses_a_key_that_can_be_guessed(key: str) -> None:
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        production(key)


def test_a_short_key_is_refused_everywhere() -> None:
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        Settings(_env_file=None, environment="development", secret_key=SecretStr("a" * 31))


@pytest.mark.parametrize("key", [DEVELOPMENT_KEY, "", "a" * 31])
def test_the_key_before_is_no_worse(key: str) -> None:
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        production(KEY, before=key)


def test_a_refused_key_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SECRET_KEY", "the-short-key")
    load_settings.cache_clear()

    with pytest.raises(SystemExit):
        main(["serve"])

    said = capsys.readouterr().err
    assert "SECRET_KEY" in said
    assert "the-short-key" not in said
