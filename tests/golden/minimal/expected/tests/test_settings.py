"""The settings: what they refuse, and what they keep to themselves."""

import re
from typing import get_args

import pytest
from pydantic import SecretStr, ValidationError

from app.__main__ import main
from app.settings import Settings, load_settings


def test_no_secret_is_printed() -> None:
    url = "sqlite+aiosqlite:///the-password.db"
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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "the-password"),
        ("PORT", "65536"),
        ("CORS_ORIGINS", "https://example.com"),
        ("DATABASE_URL", "the-password"),
        ("DATABASE_URL", "oracle://app:the-password@database/app"),
        ("DATABASE_URL", "sqlite+pysqlite:///the-password.db"),
        ("DATABASE_URL", "sqlite://app:the-password@host:port/app"),
    ],
)
def test_a_refused_setting_is_one_line_that_does_not_repeat_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    load_settings.cache_clear()

    with pytest.raises(SystemExit) as exit_:
        main(["serve"])

    said = capsys.readouterr().err
    assert exit_.value.code == 2
    assert len(said.splitlines()) == 1
    assert said.startswith(f"{name}: ")
    assert "the-password" not in said


@pytest.mark.parametrize("url", ["sqlite:///app.db", "sqlite+aiosqlite:///app.db"])
def test_the_driver_of_the_database_may_be_left_out(url: str) -> None:
    settings = Settings(_env_file=None, database_url=SecretStr(url))

    assert settings.database_url.get_secret_value() == "sqlite+aiosqlite:///app.db"


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


@pytest.mark.parametrize("host", ["*", "*.example.com", "Example.com", "example.com:80", ""])
def test_a_host_is_one_host(host: str) -> None:
    with pytest.raises(ValidationError, match="allowed_hosts"):
        Settings(_env_file=None, allowed_hosts=frozenset({host}))


def test_nobody_is_believed_to_be_a_proxy_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    assert Settings(_env_file=None).forwarded_allow_ips == ""


@pytest.mark.parametrize("proxies", ["", "*", "127.0.0.1", "10.0.0.0/8, ::1"])
def test_proxies_are_addresses_and_networks(proxies: str) -> None:
    assert Settings(_env_file=None, forwarded_allow_ips=proxies).forwarded_allow_ips == proxies


@pytest.mark.parametrize("proxies", ["proxy", "10.0.0.1/8", "10.0.0.1 10.0.0.2", "*, ::1", ","])
def test_what_is_no_address_is_no_proxy(proxies: str) -> None:
    with pytest.raises(ValidationError, match="forwarded_allow_ips"):
        Settings(_env_file=None, forwarded_allow_ips=proxies)
