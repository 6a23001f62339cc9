"""Every setting of the service, read from the environment and from `.env`.

A secret is a `SecretStr`, so that printing the settings shows none.
"""

import re
from functools import cache
from ipaddress import ip_network
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from app.backends import with_driver

DEVELOPMENT_KEY = "only-for-development-and-known-to-everyone"
"""What signs tokens on a developer's machine; production refuses it."""
MIN_SECRET_BYTES = 32
"""As long as the hash that signs with it (RFC 7518, 3.2)."""
Host = Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
"""The name of a host in small letters, without a port; never `*`."""
Origin = Annotated[str, Field(pattern=r"^https?://[^/*?#\s]+$")]
"""What a browser sends as `Origin`: `https://example.com`, without a path; never `*` nor `null`."""


class ConfigurationError(Exception):
    """What keeps the service from running. It is told to whoever starts it, and tells no secret."""


def addresses(value: str) -> str:
    """IP addresses and networks with commas between them, or `*` for all there are."""
    try:
        for item in [] if value in ("", "*") else value.split(","):
            ip_network(item.strip())
    except ValueError:
        raise ValueError("has to be IP addresses and networks with commas between, or *") from None
    return value


def database(url: SecretStr) -> SecretStr:
    """The URL of the database with the driver in it."""
    return SecretStr(with_driver(url.get_secret_value()))


class Settings(BaseSettings):
    """The settings; an environment variable of the same name, in any case, sets each."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    environment: Literal["development", "test", "production"] = "development"

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1)
    shutdown_seconds: int = Field(default=4, ge=1)
    """How long requests in flight may take to finish after a SIGTERM."""
    keep_alive_seconds: int = Field(default=5, ge=1)
    """How long a connection is kept on which no whole request arrives: longer than a proxy in front
    would keep it, or one of its requests may meet a connection that is just being closed."""
    max_requests: int = Field(default=200, ge=1)
    """How many requests a worker answers at a time; a 503 tells any other to come later, at once."""
    forwarded_allow_ips: Annotated[str, AfterValidator(addresses)] = ""
    """Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; empty: nobody's."""

    database_url: Annotated[SecretStr, AfterValidator(database)] = SecretStr(
        "sqlite+aiosqlite:///./minimal.db"
    )
    database_timeout_seconds: float = Field(default=2.0, gt=0)
    """A database that takes longer is treated as away: the answer is a 503."""

    max_body_bytes: int = Field(default=1024 * 1024, ge=1024)
    """For operations whose schema needs no more; a larger body is a 413."""
    request_timeout_seconds: float = Field(default=30.0, gt=0)
    """How long the body of a request may take to arrive; a slower client gets a 408."""
    allowed_hosts: frozenset[Host] = frozenset()
    """Names that the service is asked by, any other is a 421; empty: a proxy sees to that."""
    cors_origins: frozenset[Origin] = frozenset()
    """Origins whose pages may call the API; empty: none."""
    documentation: bool | None = None
    """Whether /docs and /openapi.json are served; unset: everywhere but in production."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] | None = None
    """Lines for people or for machines; unset: for people where a terminal shows them."""
    password_memory_kib: int = Field(default=19456, ge=8, le=2**22)
    """The memory that hashing one password takes, in KiB; a hash follows when it is next verified."""
    password_passes: int = Field(default=2, ge=1, le=1000)
    """How often hashing goes over that memory."""
    password_lanes: int = Field(default=1, ge=1, le=255)
    """How many threads may share the hashing of one password."""
    password_threads: int = Field(default=2, ge=1)
    """How many passwords one worker hashes at a time; the others wait."""
    password_queue: int = Field(default=32, ge=1)
    """How many may wait, new ones half as many; past that the answer is a 503."""
    login_window_seconds: int = Field(default=900, ge=1, le=86_400)
    """How far back failed logins count."""
    login_attempts_per_account: int = Field(default=10, ge=1)
    """Failed logins to one account that are let through in that time."""
    login_attempts_per_address: int = Field(default=100, ge=1)
    """Failed logins from one address that are let through in that time."""
    secret_key: SecretStr = SecretStr(DEVELOPMENT_KEY)
    """What tokens are signed with: 32 random bytes or more, in production none that anyone could know."""
    previous_secret_key: SecretStr | None = None
    """The key before that one, whose access tokens are read until they run out; unset: none."""
    access_token_seconds: int = Field(default=600, ge=1, le=86_400)
    """How long an access token is good for."""
    refresh_token_days: int = Field(default=14, ge=1, le=3650)
    """How long a session lasts that nobody renews."""
    sign_ups_per_address: int = Field(default=30, ge=1)
    """Sign-ups from one address that are let through in the time of LOGIN_WINDOW_SECONDS."""

    @model_validator(mode="after")
    def require_memory_for_lanes(self) -> Self:
        """Argon2 needs 8 KiB for each lane (RFC 9106, 3.1)."""
        if self.password_memory_kib < 8 * self.password_lanes:
            raise ValueError("PASSWORD_MEMORY_KIB must be 8 times PASSWORD_LANES or more")
        return self

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The key that signs tokens, and the one before it if that is still read."""
        keys = (self.secret_key, self.previous_secret_key)
        return tuple(key.get_secret_value() for key in keys if key is not None)

    @model_validator(mode="after")
    def refuse_weak_secrets(self) -> Self:
        """A key must be long enough, and in production one that nobody else has."""
        for key in self.secret_keys:
            known = key == DEVELOPMENT_KEY and self.environment == "production"
            if known or len(key.encode()) < MIN_SECRET_BYTES:
                raise ValueError(
                    f"SECRET_KEY must be a random text of {MIN_SECRET_BYTES} bytes or more: "
                    "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
                )
        return self

    @property
    def serves_documentation(self) -> bool:
        """Whether the OpenAPI document and its pages are served."""
        if self.documentation is None:
            return self.environment != "production"
        return self.documentation


@cache
def load_settings() -> Settings:
    """The settings of this process, read once.

    Raises `ConfigurationError`, with a line for each that is not valid.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigurationError(explain(error)) from error
    except SettingsError as error:
        (name,) = re.findall('field "(.+?)"', str(error)) or ["A setting"]
        raise ConfigurationError(f"{name.upper()}: has to be JSON") from error


def explain(error: ValidationError) -> str:
    """What is wrong with the settings, without their values: they may be secrets."""
    return "\n".join(
        ": ".join(
            [*map(str.upper, map(str, item["loc"])), item["msg"].removeprefix("Value error, ")]
        )
        for item in error.errors(include_input=False, include_url=False)
    )
