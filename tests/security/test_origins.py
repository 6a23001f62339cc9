"""Pages of other origins, and requests for other hosts, at every operation."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from generated.projects import Project
from generated.server import Server, serve

from security.operations import operations
from security.samples import each_bookstore, each_service

OURS = "https://app.example.com"
OTHERS = [
    "https://evil.example",
    "null",
    "*",
    "",
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://app.example.com.evil.example",
    "https://evil-app.example.com",
    "https://app.example.com@evil.example",
    "https://app.example.com%60.evil.example",
    "https://example.com",
]
"""Whatever is not the one origin, however like it."""
PREFLIGHT = {
    "Access-Control-Request-Method": "DELETE",
    "Access-Control-Request-Headers": "Authorization, If-Match",
}


def letting_in(answer: httpx2.Response) -> dict[str, str]:
    """The headers that let a page of another origin read an answer."""
    found = {name: answer.headers.get(name) for name in ("origin", "credentials")}
    allowed = {name: answer.headers.get(f"access-control-allow-{name}") for name in found}
    return {name: value for name, value in allowed.items() if value is not None}


@each_service()
def test_no_operation_lets_a_page_in_unless_the_settings_do(server: Server) -> None:
    with server.connect() as client:
        for operation in operations(server):
            for origin in ("https://evil.example", "null"):
                asked = operation.send(client, headers={"Origin": origin})
                path = f"{server.url}{operation.url()}"
                preflight = client.options(path, headers={"Origin": origin, **PREFLIGHT})
                assert letting_in(asked) == letting_in(preflight) == {}, str(operation)


@pytest.fixture
def opened(project: Project, database_url: str) -> Iterator[Server]:
    """The service with one origin listed."""
    with serve(project, database_url, CORS_ORIGINS=f'["{OURS}"]') as server:
        yield server


@each_bookstore()
def test_one_origin_is_let_in_by_name_and_without_cookies(opened: Server) -> None:
    with opened.connect() as client:
        for operation in operations(opened):
            answer = operation.send(client, headers={"Origin": OURS})
            assert letting_in(answer) == {"origin": OURS}, str(operation)
            assert "origin" in answer.headers["vary"].lower()
        for origin in OTHERS:
            asked = client.get("/books", headers={"Origin": origin})
            preflight = client.options("/books", headers={"Origin": origin, **PREFLIGHT})
            assert letting_in(asked) == letting_in(preflight) == {}, origin


@each_bookstore()
@pytest.mark.parametrize(
    "origin", ["*", "null", "https://*.example.com", "https://example.com/", "example.com", ""]
)
def test_a_setting_names_origins_and_nothing_wider(project: Project, origin: str) -> None:
    variables = {"CORS_ORIGINS": f'["{origin}"]', "ENVIRONMENT": "test"}
    done = project.python("-m", "app", "serve", variables=variables)
    assert done.returncode == 2
    assert "CORS_ORIGINS" in done.stderr


@each_bookstore()
def test_a_host_that_is_not_listed_is_answered_nowhere(project: Project, database_url: str) -> None:
    with (
        serve(project, database_url, ALLOWED_HOSTS='["127.0.0.1"]') as server,
        server.connect() as client,
    ):
        for operation in operations(server):
            other = operation.send(client, headers={"Host": "evil.example.com"})
            refused = not operation.path.startswith("/health/")
            assert (other.status_code == 421) == refused, str(operation)
            assert operation.send(client).status_code != 421, str(operation)
