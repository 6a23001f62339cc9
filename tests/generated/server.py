"""A generated service, running as it will run for its users."""

from __future__ import annotations

import secrets
import signal
import subprocess
import sys
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx2

from generated.cluster import Software, children, free_port, tell, wait_until
from generated.databases import server_url
from generated.projects import Project, environment

START_SECONDS = 90
REQUEST_SECONDS = 30
COOKIE = "__Host-session"
PASSWORD = "correct horse battery staple"
SETTINGS = {
    "ENVIRONMENT": "production",
    "DOCUMENTATION": "true",
    "ENCRYPTION_KEYS": '["dGhlIGtleXMgb2YgdGhlIHNlcnZlciBpbiBhIHRlc3Q="]',
    "LOG_FORMAT": "json",
    # Many tests sign up from one address and hash many passwords; what they prove is elsewhere.
    "SIGN_UPS_PER_ADDRESS": "100000",
    "LOGIN_ATTEMPTS_PER_ADDRESS": "100000",
    "PROVIDER_LOGINS_PER_ADDRESS": "100000",
    "PASSWORD_LOGIN": "true",  # where providers sign people in, an admin may still by a password
    "ACCESS_TOKEN_SECONDS": "3600",
    "PASSWORD_MEMORY_KIB": "64",
    "PASSWORD_PASSES": "1",
    "RATE_LIMITS": "false",
    "METRICS_PORT": "0",
}
SHARED: Mapping[str, Software] = {
    "REDIS_URL": "redis",
    "MEMCACHED_URL": "memcached",
    "RABBITMQ_URL": "rabbitmq",
    "NATS_URL": "nats",
}
"""What a project needs in production that has such a setting, or one that ends so."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running service."""

    project: Project
    process: subprocess.Popen[bytes]
    url: str
    database_url: str
    log: Path
    secret_key: str
    """What it signs its tokens with."""

    def connect(self, token: str | None = None) -> httpx2.Client:
        """A client of its API, signed in where a token is given."""
        headers = self.credentials(token) if token else {}
        base = self.url + self.prefix
        return httpx2.Client(base_url=base, headers=headers, timeout=REQUEST_SECONDS)

    def credentials(self, token: str) -> dict[str, str]:
        """What whoever holds a token sends; where it is that of a cookie, what a browser sends."""
        if self.project.has_tokens:
            return {"Authorization": f"Bearer {token}"}
        return {"Cookie": f"{COOKIE}={token}", "Sec-Fetch-Site": "same-origin"}

    @property
    def signing_in(self) -> str:
        """Where somebody signs in, below the prefix."""
        return "/auth/login" if self.project.has_tokens else "/auth/sessions"

    def token_in(self, answer: httpx2.Response) -> str:
        """The access token in the answer to that, or without those what the cookie holds."""
        if self.project.has_tokens:
            return str(answer.json()["access_token"])
        return answer.headers["set-cookie"].partition(";")[0].removeprefix(f"{COOKIE}=")

    @property
    def prefix(self) -> str:
        """The start of the URLs of its API."""
        return f"/api/{self.project.spec.api.version}"

    def is_live(self) -> bool:
        """Whether it answers at all."""
        assert self.process.poll() is None, self.log.read_text("utf-8")
        try:
            return httpx2.get(f"{self.url}/health/live").status_code == 200
        except httpx2.TransportError:
            return False

    def terminate(self) -> int:
        """Ask it to end, and wait until it has: its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@contextmanager
def serve(project: Project, database_url: str, **settings: str | None) -> Iterator[Server]:
    """The service on a database, which is migrated if there is one, until the end of the block.

    A setting that is None has its default.
    """
    port = free_port()
    log = project.folder.parent / f"server-{port}.log"
    where = {"DATABASE_URL": database_url, "PORT": str(port)}
    shared = backing(project, told=settings)
    given = {"SECRET_KEY": secrets.token_urlsafe(48), **SETTINGS, **where, **shared, **settings}
    variables = {name: value for name, value in given.items() if value is not None}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve"],
            cwd=project.folder,
            env=environment(**variables),
            stdout=out,
            stderr=out,
        )
    url, key = f"http://127.0.0.1:{port}", variables["SECRET_KEY"]
    server = Server(project, process, url, database_url, log, key)
    try:
        wait_until(server.is_live, START_SECONDS)
        yield server
    finally:
        workers = children(process.pid)
        process.kill()
        process.wait()
        tell(workers, signal.SIGKILL)


def backing(project: Project, prefix: str = "", told: Container[str] = ()) -> dict[str, str]:
    """The servers that a project needs beside its database, by the variables that name them.

    With the `prefix` `TEST_`, those that its tests look for; without those that it is `told`.
    """
    settings = (project.folder / "app/settings.py").read_text("utf-8")
    there = [variable for variable in SHARED if f"{variable.lower()}:" in settings]
    needed = [variable for variable in there if variable not in told]
    return {prefix + variable: server_url(SHARED[variable]) for variable in needed}


def migrate(project: Project, database_url: str) -> None:
    """Make the tables."""
    project.must("-m", "alembic", "upgrade", "head", DATABASE_URL=database_url)


def details(server: Server, name: str) -> dict[str, str]:
    """What an account of the project needs beside email and password."""
    user = server.project.spec.user
    asked = user is not None and any(field.name == "nickname" for field in user.fields)
    return {"nickname": name} if asked else {}


def account(server: Server, name: str) -> dict[str, str]:
    """What somebody of this name signs up with."""
    return {"email": f"{name}@example.com", "password": PASSWORD, **details(server, name)}


def sign_up(server: Server) -> str:
    """A new account, signed in: its access token."""
    body = account(server, uuid4().hex)
    url, maker = ("/users", admin(server)) if server.project.is_closed else ("/auth/sign-up", None)
    with server.connect(maker) as client:
        assert client.post(url, json=body).status_code == 201
    return log_in(server, body["email"])


def log_in(server: Server, email: str) -> str:
    """The access token of an account, or without those what the cookie of a session holds."""
    with server.connect() as client:
        answer = client.post(server.signing_in, json={"email": email, "password": PASSWORD})
    assert answer.is_success, answer.text
    return server.token_in(answer)


def admin(server: Server, name: str | None = None) -> str:
    """A new admin, made by the command and signed in: the access token."""
    name = name or uuid4().hex
    email = f"{name}@example.com"
    more = [f"--set={key}={value}" for key, value in details(server, name).items()]
    command = ["-m", "app", "create-admin", email, "--password-stdin", *more]
    variables = {"DATABASE_URL": server.database_url}
    done = server.project.python(*command, variables=variables, said=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    return log_in(server, email)
