"""What production refuses to start with, does not show, and does not write down."""

from __future__ import annotations

import json
from uuid import uuid4

import httpx2
import pytest
from generated.databases import ask
from generated.projects import Project, each_sample
from generated.server import PASSWORD, SETTINGS, Server, serve

from security.samples import each_bookstore, each_service

SHOWN_TO_DEVELOPERS = (
    "/docs",
    "/docs/oauth2-redirect",
    "/redoc",
    "/openapi.json",
    "/api/v1/openapi.json",
    "/metrics",
    "/admin",
    "/graphql",
    "/.env",
    "/service.yaml",
)
UNSAFE: dict[str, dict[str, str]] = {
    "no key": {},
    "the key of development": {"SECRET_KEY": "only-for-development-and-known-to-everyone"},
    "a short key": {"SECRET_KEY": "the-short-key-of-31-bytes-only-"},
    "an empty key": {"SECRET_KEY": ""},
}
WRONG = "guessed: not the password"


@each_service()
@pytest.mark.parametrize("case", UNSAFE)
def test_production_starts_with_no_key_that_can_be_guessed(project: Project, case: str) -> None:
    variables = {"ENVIRONMENT": "production", "PORT": "0", **UNSAFE[case]}
    done = project.python("-m", "app", "serve", variables=variables)
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "SECRET_KEY" in said
    assert not [value for value in UNSAFE[case].values() if value and value in said]


@each_bookstore()
@pytest.mark.parametrize("name", ["Production", "prod", "live", ""])
def test_no_other_word_for_production_means_development(project: Project, name: str) -> None:
    variables = {"ENVIRONMENT": name, "PORT": "0", "SECRET_KEY": "s" * 40}
    done = project.python("-m", "app", "serve", variables=variables)
    assert done.returncode == 2
    assert "ENVIRONMENT" in done.stderr


@each_bookstore()
def test_production_shows_nothing_to_developers(project: Project, database_url: str) -> None:
    with (
        serve(project, database_url, DOCUMENTATION=None) as server,
        httpx2.Client(base_url=server.url) as client,
    ):
        statuses = {path: client.get(path).status_code for path in SHOWN_TO_DEVELOPERS}
        assert statuses == dict.fromkeys(SHOWN_TO_DEVELOPERS, 404)
        for path in ("/health/live", "/health/ready"):
            assert client.get(path).json() == {"status": "ok"}


@each_sample(quick=(), proof=(("bookstore", "postgresql"),))
def test_a_wrong_password_of_the_database_is_not_told(project: Project) -> None:
    url = "postgresql://app:the-password@127.0.0.1:1/app"
    variables = {**SETTINGS, "SECRET_KEY": "s" * 40, "DATABASE_URL": url}
    done = project.python("-m", "alembic", "upgrade", "head", variables=variables)
    assert done.returncode != 0
    assert "the-password" not in done.stdout + done.stderr


def use(server: Server) -> list[str]:
    """Sign up, in and out, rightly and wrongly: all that must not be found in the log."""
    email = f"{uuid4().hex}@example.com"
    body = {"email": email, "password": PASSWORD}
    with server.connect() as client:
        for _ in range(2):
            client.post("/auth/sign-up", json=body)
        client.post("/auth/login", json={**body, "password": WRONG})
        tokens = client.post("/auth/login", json=body).json()
        client.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        client.get("/reviews", params={"access_token": tokens["access_token"]})
        client.post("/auth/change-password", json={"current_password": WRONG, "new_password": "x"})
        for _ in range(2):
            client.post("/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
        client.post("/auth/logout", json={"refresh_token": tokens["refresh_token"]})
        client.post("/auth/login", json=body, headers={"Cookie": "session=the-cookie"})
        client.post(
            "/auth/login",
            content=json.dumps(body)[:-1],
            headers={"Content-Type": "application/json"},
        )
    return [PASSWORD, WRONG, email, "the-cookie", *(tokens[name] for name in TOKENS)]


TOKENS = ("access_token", "refresh_token")


@each_bookstore()
def test_no_secret_is_logged_even_where_the_service_fails(
    project: Project, database_url: str
) -> None:
    with serve(project, database_url) as server:
        secrets = [*use(server), server.secret_key]
        ask(database_url, "DROP TABLE _login_attempts")
        secrets += use_what_fails(server)
        server.terminate()
    text = server.log.read_text("utf-8")
    entries = [json.loads(line) for line in text.splitlines()]
    assert {entry.get("status") for entry in entries} >= {200, 201, 204, 401, 409, 422, 500}
    assert [secret for secret in secrets if secret in text] == []


def use_what_fails(server: Server) -> list[str]:
    """Sign in where a table is missing."""
    body = {"email": f"{uuid4().hex}@example.com", "password": "given to what fails"}
    with server.connect() as client:
        assert client.post("/auth/login", json=body).status_code == 500
    return list(body.values())


@each_bookstore()
def test_nobody_writes_lines_into_the_log(project: Project, database_url: str) -> None:
    with serve(project, database_url) as server, server.connect() as client:
        forged = '\r\n{"event": "forged"}'
        client.get(f"/books/{uuid4()}%0d%0a%7B%22event%22%3A%22forged%22%7D")
        client.get("/books", params={"title": forged})
        client.get("/books", headers={"X-Request-ID": 'a", "event": "forged'})
        client.get("/books", headers={"X-Request-ID": "x" * 10_000})
        client.post("/auth/login", json={"email": f"a{forged}@example.com", "password": forged})
        server.terminate()
    entries = [json.loads(line) for line in server.log.read_text("utf-8").splitlines()]
    assert len([entry for entry in entries if entry["event"] == "request"]) >= 5
    assert [entry for entry in entries if entry["event"] == "forged"] == []
    assert max(len(entry.get("request_id", "")) for entry in entries) <= 64
