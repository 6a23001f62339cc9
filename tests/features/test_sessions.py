"""Browsers of a real server: what opens their sessions, what ends them, and who can't use them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx2
import pytest
from generated.cluster import Cluster, Software, wait_until
from generated.databases import ask, empty_database
from generated.projects import Project, made
from generated.server import PASSWORD, Server, migrate, serve
from redis import Redis

from generator.spec.model import Engine

SPEC = """
scaffold: 1
service: {{name: visited}}
database: {engine}
auth: {{methods: {methods}, sessions: {store}}}
resources:
  note:
    owned: true
    fields:
      title: string(1..100)
"""
PROOF, THOROUGH = pytest.mark.proof, pytest.mark.thorough
IN_DATABASE = (
    pytest.param(("sqlite", "[session]", "database"), id="sqlite", marks=PROOF),
    pytest.param(("postgresql", "[jwt, session]", "database"), id="postgresql", marks=THOROUGH),
    pytest.param(("mariadb", "[session]", "database"), id="mariadb", marks=THOROUGH),
)
IN_REDIS = (pytest.param(("sqlite", "[jwt, session]", "redis"), id="redis", marks=PROOF),)
COOKIE = "__Host-session"
OTHER = "another battery staple of horses"
SOON = 3.0
"""Seconds in which a request is answered though Redis hangs: it waits for a quarter of one."""
FOREIGN: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://sub.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {},
)
"""What a browser says of the page that asks, where that is none of ours; and what nobody says."""


@dataclass
class Browser:
    """Keeps the cookie that it is given, and sends each request over a connection of its own."""

    server: Server
    cookie: str = ""
    page: dict[str, str] = field(default_factory=lambda: {"Sec-Fetch-Site": "same-origin"})

    def ask(self, method: str, path: str, body: object = None, **page: str) -> httpx2.Response:
        """The answer to a request of the page that is open, or of one that says something else."""
        headers = {**self.page, **page, **({"Cookie": self.cookie} if self.cookie else {})}
        with self.server.connect() as client:
            answer = client.request(method, path, json=body, headers=headers)
        for name, morsel in SimpleCookie(answer.headers.get("set-cookie", "")).items():
            self.cookie = f"{name}={morsel.value}" if morsel["max-age"] != "0" else ""
        return answer

    def sign_in(self, email: str, password: str = PASSWORD) -> httpx2.Response:
        """The answer to a login."""
        return self.ask("POST", "/auth/sessions", {"email": email, "password": password})

    def is_known(self, times: int = 6) -> bool:
        """Whether the service knows who this is, whichever process is asked."""
        statuses = {self.ask("GET", "/users/me").status_code for _ in range(times)}
        assert statuses in ({200}, {401})
        return statuses == {200}

    def notes(self) -> list[str]:
        """The titles of one's notes."""
        return [note["title"] for note in self.ask("GET", "/notes").json()["items"]]

    @property
    def secret(self) -> str:
        """What must not be found anywhere else."""
        return self.cookie.partition(".")[2]


@dataclass(frozen=True)
class Visited:
    """A running service, and where its sessions are."""

    server: Server
    store: str
    redis: Cluster | None

    def account(self) -> str:
        """The email of a new account."""
        body = {"email": f"{uuid4().hex}@example.com", "password": PASSWORD}
        with self.server.connect() as client:
            assert client.post("/auth/sign-up", json=body).status_code == 201
        return body["email"]

    def browser(self, email: str | None = None) -> Browser:
        """A browser, signed in where an account is named."""
        browser = Browser(self.server)
        if email is not None:
            assert browser.sign_in(email).status_code == 201
        return browser

    def stored(self) -> str:
        """All that is stored of sessions, as text."""
        if self.redis is None:
            return str(ask(self.server.database_url, "SELECT * FROM _browser_sessions"))
        with Redis.from_url(self.redis.url, decode_responses=True) as redis:
            return str([redis.get(key) for key in redis.keys("visited:session:*")])

    def age(self, browser: Browser, column: str, by: timedelta) -> None:
        """Make a session older than it is."""
        session_id = UUID(browser.cookie.partition("=")[2].partition(".")[0])
        then = datetime.now(UTC) - by
        zone = "+00" if self.server.project.engine == "postgresql" else ""
        text = f"{then:%Y-%m-%d %H:%M:%S.%f}{zone}"
        where = f"id = '{session_id.hex}'"
        ask(
            self.server.database_url,
            f"UPDATE _browser_sessions SET {column} = '{text}' WHERE {where}",
        )


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Project]:
    """Makes each project once."""
    known: dict[tuple[str, ...], Project] = {}

    def project(engine: Engine, methods: str, store: str) -> Project:
        key = (engine, methods, store)
        if key not in known:
            spec = SPEC.format(engine=engine, methods=methods, store=store)
            known[key] = made("visited", engine, spec, tmp_path_factory.mktemp("visited") / "p")
        return known[key]

    return project


@pytest.fixture(params=[*IN_DATABASE, *IN_REDIS])
def visited(
    request: pytest.FixtureRequest,
    projects: Callable[..., Project],
    clusters: Callable[[Software], Cluster],
    tmp_path: Path,
) -> Iterator[Visited]:
    """The service in two processes."""
    project, store = projects(*request.param), request.param[2]
    redis = clusters("redis") if store == "redis" else None
    with empty_database(project.engine, tmp_path) as url:
        migrate(project, url)
        settings = {"WORKERS": "2", "REDIS_URL": redis.url if redis else None}
        try:
            with serve(project, url, **settings) as server:
                yield Visited(server, store, redis)
        finally:
            if redis is not None:
                redis.thaw()
                if redis.process is None:
                    redis.start()


def test_the_cookie_is_what_a_browser_keeps_safe(visited: Visited) -> None:
    answer = visited.browser().sign_in(visited.account())
    (morsel,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert morsel.key == COOKIE
    told = {name: value for name, value in morsel.items() if value != ""}
    assert told == {"path": "/", "secure": True, "httponly": True, "samesite": "lax"}
    assert answer.headers["cache-control"] == "no-store"


def test_a_planted_id_is_worth_nothing_after_the_login(visited: Visited) -> None:
    email = visited.account()
    planted = visited.browser(visited.account()).cookie
    victim, thief = Browser(visited.server, planted), Browser(visited.server, planted)
    assert victim.sign_in(email).status_code == 201
    assert victim.cookie != planted
    assert victim.is_known()
    assert not thief.is_known()


def test_each_browser_has_a_session_of_its_own(visited: Visited) -> None:
    email = visited.account()
    one, two = visited.browser(email), visited.browser(email)
    thief = Browser(visited.server, one.cookie)
    assert thief.is_known()
    assert len(one.ask("GET", "/auth/sessions").json()["items"]) == 2
    assert one.ask("DELETE", "/auth/sessions/current").status_code == 204
    assert one.cookie == ""
    assert not thief.is_known()
    assert two.is_known()


def test_a_new_password_ends_every_session_of_its_account(visited: Visited) -> None:
    email = visited.account()
    one, two, stranger = (visited.browser(whose) for whose in (email, email, visited.account()))
    body = {"current_password": PASSWORD, "new_password": OTHER}
    assert one.ask("POST", "/auth/change-password", body).status_code == 204
    assert not one.is_known()
    assert not two.is_known()
    assert stranger.is_known()
    assert one.sign_in(email).status_code == 401
    assert one.sign_in(email, OTHER).status_code == 201


def test_no_page_of_another_site_writes_anything(visited: Visited) -> None:
    browser = visited.browser(visited.account())
    for page in FOREIGN:
        foreign = Browser(visited.server, browser.cookie, page)
        refused = foreign.ask("POST", "/notes", {"title": "theirs"})
        assert (refused.status_code, refused.json()["code"]) == (403, "cross-site")
        assert foreign.ask("DELETE", "/auth/sessions/current").status_code == 403
    assert browser.notes() == []
    origin = urlsplit(visited.server.url)
    ours = ({"Sec-Fetch-Site": "same-origin"}, {"Origin": f"{origin.scheme}://{origin.netloc}"})
    for page in ours:
        own = Browser(visited.server, browser.cookie, page)
        assert own.ask("POST", "/notes", {"title": "mine"}).status_code == 201
    assert browser.notes() == ["mine", "mine"]


def test_no_page_of_another_site_signs_anybody_in(visited: Visited) -> None:
    email = visited.account()
    for page in FOREIGN[:-1]:
        foreign = Browser(visited.server, page=page)
        assert foreign.sign_in(email).status_code == 403
        assert foreign.cookie == ""


def test_no_secret_lies_anywhere(visited: Visited) -> None:
    browser = visited.browser(visited.account())
    assert browser.is_known()
    browser.ask("POST", "/notes", {"title": "x"}, **{"Sec-Fetch-Site": "cross-site"})
    log = visited.server.log.read_text("utf-8")
    stored = visited.stored()
    assert "/auth/sessions" in log
    assert len(browser.secret) == 43
    assert len(stored) > len(browser.secret)
    for text in (log, stored):
        assert browser.secret not in text
        assert PASSWORD not in text


@pytest.mark.parametrize("visited", IN_REDIS, indirect=True)
def test_a_key_of_redis_expires_with_its_session(visited: Visited) -> None:
    assert visited.redis is not None
    with Redis.from_url(visited.redis.url) as redis:
        redis.flushall()
        browser = visited.browser(visited.account())
        (key,) = redis.keys("visited:session:*")
        assert 25 * 60 < redis.ttl(key) <= 30 * 60
        assert browser.is_known()
        redis.pexpire(key, 1)
        wait_until(lambda: not redis.exists(key), 5)
    assert not browser.is_known()


@pytest.mark.parametrize("visited", IN_DATABASE, indirect=True)
@pytest.mark.parametrize(
    ("column", "lasts", "ends"),
    [
        ("used_at", timedelta(minutes=25), timedelta(minutes=31)),
        ("opened_at", timedelta(hours=11), timedelta(hours=13)),
    ],
)
def test_a_session_ends_with_its_time(
    visited: Visited, column: str, lasts: timedelta, ends: timedelta
) -> None:
    browser = visited.browser(visited.account())
    visited.age(browser, column, lasts)
    assert browser.is_known()
    visited.age(browser, column, ends)
    assert not browser.is_known()
    stolen = Browser(visited.server, browser.cookie)
    assert browser.sign_in(visited.account()).status_code == 201
    assert not stolen.is_known()


@pytest.mark.parametrize("visited", IN_REDIS, indirect=True)
def test_a_redis_that_is_away_lets_nobody_in(visited: Visited) -> None:
    assert visited.redis is not None
    email = visited.account()
    browser = visited.browser(email)
    visited.redis.freeze()
    for _ in range(4):
        assert_away(browser)
    body = {"current_password": PASSWORD, "new_password": OTHER}
    assert browser.ask("POST", "/auth/change-password", body).status_code == 503
    visited.redis.thaw()
    wait_until(lambda: browser.ask("GET", "/users/me").status_code == 200, 10)
    assert visited.browser(email).is_known()  # by the password that is still the same
    visited.redis.crash()
    assert_away(browser)
    assert visited.browser().sign_in(email).status_code == 503
    assert httpx2.get(f"{visited.server.url}/health/ready").status_code == 503
    assert httpx2.get(f"{visited.server.url}/health/live").status_code == 200
    visited.redis.start()
    wait_until(lambda: httpx2.get(f"{visited.server.url}/health/ready").status_code == 200, 10)
    assert not browser.is_known()  # what it held is gone
    assert visited.browser(email).is_known()


def assert_away(browser: Browser) -> None:
    """The answer says that nobody can tell who this is, and says it at once."""
    started = time.monotonic()
    answer = browser.ask("GET", "/users/me")
    assert answer.status_code == 503
    assert answer.json()["code"] == "sessions-unavailable"
    assert answer.headers["retry-after"]
    assert time.monotonic() - started < SOON
