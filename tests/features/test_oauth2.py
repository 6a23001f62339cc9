"""Signing in by a real provider over TLS: what goes right, and every attack that should not."""

from __future__ import annotations

import hmac
import json
import re
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from generated.cluster import Cluster, Software, wait_until
from generated.databases import ask, empty_database
from generated.projects import environment, made
from generated.server import SETTINGS, Server, admin, migrate, serve
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.responses import JSONResponse, RedirectResponse, Response

from features.browsers_of_providers import (
    LOGIN,
    ORIGIN,
    SESSION,
    TICKET,
    Browser,
    changed,
    parameter,
    person,
    said_yes,
    visit,
)
from features.identity_provider import Client, Running, certificate, run_provider

SPEC = """
scaffold: 1
service: {{name: provided}}
database: {engine}
auth: {{methods: {methods}{more}}}
resources:
  note:
    owned: true
    fields:
      title: string(1..100)
"""
PROOF, THOROUGH = pytest.mark.proof, pytest.mark.thorough
STANDS = (
    pytest.param(("sqlite", "[oauth2]", ""), id="alone", marks=PROOF),
    pytest.param(("sqlite", "[jwt, oauth2]", ""), id="tokens", marks=THOROUGH),
    pytest.param(("sqlite", "[oauth2]", ", sessions: redis"), id="redis", marks=THOROUGH),
    pytest.param(("postgresql", "[session, oauth2]", ""), id="postgresql", marks=THOROUGH),
    pytest.param(("postgresql", "[jwt, session, oauth2]", ""), id="either", marks=THOROUGH),
    pytest.param(("mariadb", "[jwt, oauth2]", ", check_user: true"), id="mariadb", marks=THOROUGH),
    pytest.param(("mariadb", "[oauth2]", ", signup: closed"), id="closed", marks=THOROUGH),
)
SECRET = "a secret/with: all + that % has to be written otherwise"
LISTED = "https://app.example"
WAIT_SECONDS = 1.0
SOON = 6.0
"""Seconds in which a request is answered though a provider hangs: it waits for one."""
FAILED, FAULT = (400, "login-failed"), (502, "provider-fault")
AWAY, EXISTS = (503, "provider-unavailable"), (409, "account-exists")


@dataclass(frozen=True)
class Provided:
    """A running service with its providers."""

    server: Server
    company: Running
    other: Running
    """One to which the service is a public client, and that vouches for emails."""

    @property
    def is_closed(self) -> bool:
        """Whether nobody gets an account by a provider."""
        return self.server.project.is_closed

    def browser(self) -> Browser:
        """A browser that knows nobody."""
        return Browser(self.server)

    def account(self) -> tuple[str, str]:
        """The email and the name of somebody with a password."""
        name = uuid4().hex
        admin(self.server, name)
        return f"{name}@example.com", name

    def linked(self) -> str:
        """Somebody whom the company knows, and who has signed in."""
        name = uuid4().hex
        person(self.company.provider, name)
        if self.is_closed:
            email, _ = self.account()
            browser = self.browser()
            browser.sign_in_by_password(email)
            assert browser.link(self.company, name).status_code == 302
        else:
            assert self.browser().sign_in(self.company, name).status_code == 302
        return name

    def identities(self) -> int:
        """How many are stored."""
        (row,) = ask(self.server.database_url, "SELECT count(*) FROM _identities")
        return int(row[0])


@pytest.fixture(scope="module", params=STANDS)
def stand(
    request: pytest.FixtureRequest,
    clusters: Callable[[Software], Cluster],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Provided]:
    """The service in two processes, and two providers."""
    engine, methods, more = request.param
    folder = tmp_path_factory.mktemp("provided")
    trusted = certificate(folder)
    text = SPEC.format(engine=engine, methods=methods, more=more)
    project = made("provided", engine, text, folder / "p")
    with ExitStack() as stack:
        company, other = (stack.enter_context(run_provider(trusted)) for _ in range(2))
        register(company, "company", SECRET)
        register(other, "other", None)
        url = stack.enter_context(empty_database(project.engine, folder))
        migrate(project, url)
        settings = {**told(company, other), "SSL_CERT_FILE": str(trusted.chain), "WORKERS": "2"}
        if "redis" in more:
            settings["REDIS_URL"] = clusters("redis").url
        server = stack.enter_context(serve(project, url, **settings))
        yield Provided(server, company, other)


def register(running: Running, name: str, secret: str | None) -> None:
    """Register the service with a provider."""
    callback = f"{ORIGIN}/api/v1/auth/{name}/callback"
    running.provider.clients["provided"] = Client(callback, secret)


def told(company: Running, other: Running) -> dict[str, str]:
    """The settings that name both."""
    known: dict[str, dict[str, object]] = {
        "company": {
            "issuer": company.provider.issuer,
            "client_id": "provided",
            "client_secret": SECRET,
            "title": "The Company",
        },
        "other": {
            "issuer": other.provider.issuer,
            "client_id": "provided",
            "vouches_for_email": True,
        },
    }
    return {
        "OAUTH2_PROVIDERS": json.dumps(known),
        "PUBLIC_URL": ORIGIN,
        "CORS_ORIGINS": json.dumps([LISTED]),
        "PROVIDER_TIMEOUT_SECONDS": str(WAIT_SECONDS),
    }


@pytest.fixture
def provided(stand: Provided) -> Iterator[Provided]:
    """The same, with providers that do as they should at first."""
    stand.company.provider.behave()
    stand.other.provider.behave()
    yield stand
    stand.company.provider.behave()


def problem(answer: httpx2.Response) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return answer.status_code, str(answer.json().get("code"))


def test_whom_a_provider_names_is_signed_in_and_stays_who_they_are(provided: Provided) -> None:
    name = provided.linked()
    browsers = [provided.browser() for _ in range(4)]  # of two processes
    for browser in browsers:
        answer = browser.sign_in(provided.company, name)
        assert (answer.status_code, answer.headers["location"]) == (302, "/")
        assert LOGIN not in browser.cookies
    found = [browser.account() for browser in browsers]
    assert None not in found
    assert len({account["id"] for account in found if account}) == 1


def test_a_newcomer_has_an_account_or_none(provided: Provided) -> None:
    name = uuid4().hex
    email = person(provided.company.provider, name, role="admin", groups=["admin"])
    browser = provided.browser()
    answer = browser.sign_in(provided.company, name)
    if provided.is_closed:
        assert problem(answer) == (403, "sign-up-closed")
        assert browser.account() is None
        return
    account = browser.account()
    assert account is not None
    assert (account["email"], account["role"]) == (email, "user")
    assert browser.ask("POST", "/notes", {"title": "mine"}).status_code == 201
    stranger = provided.browser()
    login = {"email": email, "password": ""}
    assert stranger.ask("POST", provided.server.signing_in, login).status_code in (401, 422)


def test_many_browsers_of_a_newcomer_at_once_have_one_account(provided: Provided) -> None:
    if provided.is_closed:
        return
    name = uuid4().hex
    person(provided.company.provider, name)
    browsers = [provided.browser() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(lambda one: one.sign_in(provided.company, name), browsers)]
    assert [answer.status_code for answer in answers] == [302] * 8
    found = {account["id"] for account in (one.account() for one in browsers) if account}
    assert len(found) == 1


def test_a_callback_is_good_in_its_browser_and_once(provided: Provided) -> None:
    name = provided.linked()
    thief, victim = provided.browser(), provided.browser()
    callback = said_yes(provided.company, thief.begin(), name)
    for stranger in (provided.browser(), victim):
        if stranger is victim:
            victim.begin()
        assert problem(stranger.come_back(callback)) == FAILED
        assert stranger.account() is None
    twins = [Browser(provided.server, dict(thief.cookies)) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = [*pool.map(lambda one: one.come_back(callback), twins)]
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [302, *[400] * 5]


def test_a_code_of_another_login_is_good_for_nothing(provided: Provided) -> None:
    attacker, victim = provided.browser(), provided.browser()
    stolen = said_yes(provided.company, victim.begin(), provided.linked())
    own = said_yes(provided.company, attacker.begin(), provided.linked())
    injected = changed(own, code=parameter(stolen, "code"))
    assert problem(attacker.come_back(injected)) == FAILED
    assert attacker.account() is None
    assert problem(victim.come_back(stolen)) == FAILED  # it has been used up, and that is all
    assert victim.account() is None


WRONG: dict[str, Callable[[str], str]] = {
    "no state": lambda url: changed(url, state=None),
    "another state": lambda url: changed(url, state="another"),
    "no code": lambda url: changed(url, code=None),
    "no issuer": lambda url: changed(url, iss=None),
    "another issuer": lambda url: changed(url, iss="https://evil.example"),
    "another provider's callback": lambda url: url.replace("/company/", "/other/"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_callback_that_was_changed_signs_nobody_in(
    provided: Provided, wrong: Callable[[str], str]
) -> None:
    name, browser = provided.linked(), provided.browser()
    provided.company.provider.asked.clear()
    callback = wrong(said_yes(provided.company, browser.begin(), name))
    assert problem(browser.come_back(callback)) == FAILED
    assert browser.account() is None
    assert "/token" not in provided.company.provider.asked


def test_the_callback_of_one_provider_is_not_that_of_another(provided: Provided) -> None:
    """Mix-up (RFC 9700, 4.4): an honest login's answer comes from a provider that isn't."""
    name, browser = provided.linked(), provided.browser()
    person(provided.other.provider, name)
    honest = browser.begin("company")
    state = parameter(honest.headers["location"], "state")
    evil = said_yes(provided.other, provided.browser().begin("other"), name)
    mixed = changed(evil, state=state).replace("/other/", "/company/")
    assert problem(browser.come_back(mixed)) == FAILED
    assert browser.account() is None


def test_who_says_no_is_nobody(provided: Provided) -> None:
    browser = provided.browser()
    assert problem(browser.sign_in(provided.company, "nobody")) == (403, "login-denied")
    assert browser.account() is None


def test_keys_may_change_at_any_time_in_every_process(provided: Provided) -> None:
    """Before anything that nobody signed: a process asks for unknown keys once in ten seconds."""
    name = provided.linked()
    for _ in range(6):  # both processes have the key
        assert provided.browser().sign_in(provided.company, name).status_code == 302
    provided.company.provider.rotate()
    for _ in range(6):
        assert provided.browser().sign_in(provided.company, name).status_code == 302


NOW = int(time.time())
FALSE: dict[str, dict[str, Any]] = {
    "issuer": {"iss": "https://evil.example"},
    "audience": {"aud": "another"},
    "audiences": {"aud": ["provided", "another"]},
    "party": {"aud": ["provided", "another"], "azp": "another"},
    "nonce": {"nonce": "of another login"},
    "no nonce": {"nonce": None},
    "access token": {"at_hash": "b2YgYW5vdGhlciB0b2tlbg"},
    "end": {"iat": NOW - 7200, "exp": NOW - 3600},
    "no end": {"exp": None},
    "beginning": {"iat": NOW + 86_400, "exp": NOW + 90_000},
    "subject": {"sub": None},
}


@pytest.mark.parametrize("changes", FALSE.values(), ids=FALSE)
def test_a_token_that_says_something_else_names_nobody(
    provided: Provided, changes: dict[str, Any]
) -> None:
    name, browser = provided.linked(), provided.browser()
    provided.company.provider.changes = changes
    assert problem(browser.sign_in(provided.company, name)) == FAULT
    assert browser.account() is None


def test_a_token_that_the_provider_did_not_sign_names_nobody(provided: Provided) -> None:
    name, provider = provided.linked(), provided.company.provider
    kid, stranger = provider.keys[-1].kid, RSAKey.generate_key(2048)
    forgeries: list[Callable[[dict[str, Any]], str]] = [
        forged({"alg": "none"}),
        forged({"alg": "HS256", "kid": kid}, provider.keys[-1].as_pem(private=False)),
        lambda claims: jwt.encode({"alg": "RS256", "kid": kid}, claims, stranger),
        lambda claims: jwt.encode({"alg": "RS256", "kid": "other"}, claims, stranger),
        lambda claims: provider.signed(claims)[:-8],
    ]
    for sign in forgeries:
        provider.sign, browser = sign, provided.browser()
        assert problem(browser.sign_in(provided.company, name)) == FAULT
        assert browser.account() is None


def forged(header: dict[str, Any], secret: bytes = b"") -> Callable[[dict[str, Any]], str]:
    """What puts together a header and claims that no library would."""

    def forge(claims: dict[str, Any]) -> str:
        text = b".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
        made_up = encoded(hmac.digest(secret, text, "sha256")) if secret else b""
        return b".".join([text, made_up]).decode()

    return forge


def encoded(part: bytes) -> bytes:
    return urlsafe_b64encode(part).rstrip(b"=")


def test_an_email_is_asked_for_where_the_token_has_none(provided: Provided) -> None:
    email, name = provided.account()
    person(provided.company.provider, name)
    provided.company.provider.tells_email_in_token = False
    answer = provided.browser().sign_in(provided.company, name)
    assert problem(answer) == EXISTS
    assert "/userinfo" in provided.company.provider.asked
    assert email not in answer.text


def test_an_account_is_nobodys_by_an_email_alone(provided: Provided) -> None:
    email, name = provided.account()
    person(provided.company.provider, name)
    stranger, owner = provided.browser(), provided.browser()
    refused = stranger.sign_in(provided.company, name)
    assert problem(refused) == EXISTS
    assert "/auth/identities/company" in refused.json()["detail"]
    assert stranger.account() is None
    owner.sign_in_by_password(email)
    assert owner.link(provided.company, name).status_code == 302
    assert stranger.sign_in(provided.company, name).status_code == 302
    mine, theirs = owner.account(), stranger.account()
    assert mine is not None
    assert theirs is not None
    assert mine["id"] == theirs["id"]
    (item,) = owner.ask("GET", "/auth/identities").json()["items"]
    assert (item["provider"], item["email"]) == ("company", email)


def test_a_link_that_somebody_else_has_begun_is_none(provided: Provided) -> None:
    email, _ = provided.account()
    thief, victim, before = provided.browser(), provided.browser(), provided.identities()
    thief.sign_in_by_password(email)
    begun = thief.ask("POST", "/auth/identities/company")
    name = uuid4().hex
    person(provided.company.provider, name)
    callback = visit(provided.company, begun.json()["authorization_url"], name)
    assert problem(victim.come_back(callback)) == FAILED
    assert provided.identities() == before


def test_one_who_is_shut_out_links_nothing(provided: Provided) -> None:
    email, _ = provided.account()
    thief, owner, before = provided.browser(), provided.browser(), provided.identities()
    for browser in (thief, owner):
        browser.sign_in_by_password(email)
    begun = thief.ask("POST", "/auth/identities/company")
    body = {"current_password": "correct horse battery staple", "new_password": "another " * 4}
    assert owner.ask("POST", "/auth/change-password", body).status_code == 204
    name = uuid4().hex
    person(provided.company.provider, name)
    callback = visit(provided.company, begun.json()["authorization_url"], name)
    assert problem(thief.come_back(callback)) == FAILED
    assert provided.identities() == before


def test_an_identity_is_one_accounts_and_the_last_way_in_stays(provided: Provided) -> None:
    name = provided.linked()
    email, _ = provided.account()
    somebody = provided.browser()
    somebody.sign_in_by_password(email)
    assert problem(somebody.link(provided.company, name)) == (409, "identity-taken")
    browser = provided.browser()
    assert browser.sign_in(provided.company, name).status_code == 302
    assert browser.account() is not None
    if not provided.is_closed:  # else there is a password, too
        refused = browser.ask("DELETE", "/auth/identities/company")
        assert problem(refused) == (409, "last-way-in")
    elsewhere = uuid4().hex
    person(provided.other.provider, elsewhere)
    assert browser.link(provided.other, elsewhere, "other").status_code == 302
    assert browser.ask("DELETE", "/auth/identities/company").status_code == 204
    assert provided.browser().sign_in(provided.other, elsewhere, "other").status_code == 302


def test_who_waits_in_an_account_for_its_owner_loses_it(provided: Provided) -> None:
    """Account pre-hijacking: a password and a session are worth nothing after a vouched login."""
    email, name = provided.account()
    squatter, owner = provided.browser(), provided.browser()
    squatter.sign_in_by_password(email)
    person(provided.other.provider, name)
    assert owner.sign_in(provided.other, name, "other").status_code == 302
    account = owner.account()
    assert account is not None
    assert account["email"] == email
    body = {"email": email, "password": "correct horse battery staple"}
    assert squatter.ask("POST", provided.server.signing_in, body).status_code == 401
    if not provided.server.project.has_tokens:
        assert squatter.account() is None


def test_who_has_planted_an_identity_keeps_the_owner_out_and_gains_nothing(
    provided: Provided,
) -> None:
    email, name = provided.account()
    squatter, planted = provided.browser(), uuid4().hex
    person(provided.company.provider, planted)
    squatter.sign_in_by_password(email)
    assert squatter.link(provided.company, planted).status_code == 302
    person(provided.other.provider, name)
    assert problem(provided.browser().sign_in(provided.other, name, "other")) == EXISTS


def test_an_email_that_was_not_verified_is_nobodys(provided: Provided) -> None:
    _, name = provided.account()
    for verified in (False, "false", None, 1):
        person(provided.other.provider, name, email_verified=verified)
        answer = provided.browser().sign_in(provided.other, name, "other")
        assert problem(answer) == (403, "email-unverified")


def test_an_account_that_is_shut_is_shut(provided: Provided) -> None:
    name, browser = provided.linked(), provided.browser()
    assert browser.sign_in(provided.company, name).status_code == 302
    account = browser.account()
    assert account is not None
    with provided.server.connect(admin(provided.server)) as client:
        shut = client.patch(f"/users/{account['id']}", json={"is_active": False})
        assert shut.status_code == 200
    assert problem(provided.browser().sign_in(provided.company, name)) == (403, "forbidden")


FOREIGN = (
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    f"{LISTED}.evil.example",
    f"{LISTED}@evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
)


def test_nobody_is_sent_anywhere_else(provided: Provided) -> None:
    name = provided.linked()
    for url in FOREIGN:
        browser = provided.browser()
        assert problem(browser.begin(return_to=url)) == (422, "invalid-input")
        assert browser.cookies == {}
    for url in ("/welcome?a=b", f"{LISTED}/welcome"):
        browser = provided.browser()
        callback = said_yes(provided.company, browser.begin(return_to=url), name)
        assert browser.come_back(callback).headers["location"] == url


def test_what_a_login_leaves_is_new_and_in_no_url(provided: Provided) -> None:
    name, browser = provided.linked(), provided.browser()
    planted = f"{uuid4().hex}.planted"
    browser.cookies[SESSION] = browser.cookies[TICKET] = planted
    answer = browser.sign_in(provided.company, name)
    left = [browser.cookies[one] for one in (SESSION, TICKET) if browser.cookies[one] != planted]
    assert len(left) == 1
    assert answer.headers["location"] == "/"
    assert answer.headers["cache-control"] == "no-store"


def test_a_ticket_is_good_for_one_pair_of_tokens(provided: Provided) -> None:
    browser = provided.browser()
    assert browser.sign_in(provided.company, provided.linked()).status_code == 302
    if TICKET not in browser.cookies:
        return
    twins = [Browser(provided.server, dict(browser.cookies)) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = [*pool.map(lambda one: one.ask("POST", "/auth/redeem"), twins)]
    assert sorted(answer.status_code for answer in answers) == [200, *[400] * 5]


BROKEN: dict[str, Response] = {
    "no JSON": Response("<html>", 200),
    "a list": JSONResponse([1]),
    "empty": JSONResponse({}),
    "huge": Response(b" " * 20_000_000, 200, media_type="application/json"),
    "deep": Response("[" * 100_000, 200),
    "packed": Response(b"\x1f\x8b", 200, headers={"Content-Encoding": "gzip"}),
    "moved": RedirectResponse("http://127.0.0.1:1/", 302),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_a_provider_that_answers_nonsense_is_a_502_soon(
    provided: Provided, answer: Response
) -> None:
    name, browser = provided.linked(), provided.browser()
    provided.company.provider.answers["/token"] = answer
    started = time.monotonic()
    assert problem(browser.sign_in(provided.company, name)) == FAULT
    assert time.monotonic() - started < SOON
    assert browser.account() is None


def test_a_provider_that_hangs_holds_up_its_own_logins_alone(provided: Provided) -> None:
    name = provided.linked()
    elsewhere = provided.browser()
    assert elsewhere.sign_in(provided.company, name).status_code == 302
    assert elsewhere.account() is not None
    waiting = [provided.browser() for _ in range(30)]
    callbacks = [said_yes(provided.company, browser.begin(), name) for browser in waiting]
    provided.company.provider.hangs = True
    started = time.monotonic()
    with ThreadPoolExecutor(30) as pool:
        answers = [
            pool.submit(browser.come_back, callback)
            for browser, callback in zip(waiting, callbacks, strict=True)
        ]
        began = time.monotonic()
        assert httpx2.get(f"{provided.server.url}/health/ready").status_code == 200
        assert elsewhere.account() is not None
        assert provided.browser().begin("other").status_code == 302
        assert time.monotonic() - began < SOON
        assert {problem(answer.result()) for answer in answers} == {AWAY}
    assert time.monotonic() - started < SOON
    provided.company.provider.hangs = False
    assert provided.browser().sign_in(provided.company, name).status_code == 302


def test_a_provider_that_is_away_is_a_503_and_comes_back(provided: Provided) -> None:
    name, browser = provided.linked(), provided.browser()
    callback = said_yes(provided.company, browser.begin(), name)
    provided.company.stop()
    try:
        started = time.monotonic()
        answer = browser.come_back(callback)
        assert problem(answer) == AWAY
        assert answer.headers["retry-after"]
        assert time.monotonic() - started < SOON
        assert httpx2.get(f"{provided.server.url}/health/ready").status_code == 200
        email, _ = provided.account()
        browser.sign_in_by_password(email)
        assert browser.account() is not None
    finally:
        provided.company.start()
    wait_until(lambda: provided.browser().sign_in(provided.company, name).status_code == 302, 10)


def test_no_secret_lies_anywhere(provided: Provided) -> None:
    name, browser = provided.linked(), provided.browser()
    begun = browser.begin()
    callback = said_yes(provided.company, begun, name)
    url, cookie = begun.headers["location"], browser.cookies[LOGIN]
    stored = str(ask(provided.server.database_url, "SELECT * FROM _provider_logins"))
    assert parameter(url, "state") not in stored
    assert cookie.partition(".")[2] not in stored
    assert browser.come_back(callback).status_code == 302
    assert browser.account() is not None
    log = provided.server.log.read_text("utf-8")
    assert re.search(r'"provider": "company".*"signed in by provider"', log)
    secrets = [
        *(parameter(callback, key) for key in ("code", "state")),
        *(parameter(url, key) for key in ("nonce", "state")),
        cookie.partition(".")[2],
        SECRET,
        *(one.partition(".")[2] for one in browser.cookies.values()),
    ]
    assert [secret for secret in secrets if secret and secret in log] == []


def test_settings_that_can_not_be_relied_on_keep_it_from_starting(provided: Provided) -> None:
    good = told(provided.company, provided.other)
    insecure = good["OAUTH2_PROVIDERS"].replace("https://", "http://", 1)
    wrong = {
        "has to be JSON": {"OAUTH2_PROVIDERS": "{"},
        "has to be an https:// URL": {"OAUTH2_PROVIDERS": insecure},
        "PUBLIC_URL has to be the https:// URL": {"PUBLIC_URL": "http://provided.example"},
        "ISSUER": {"OAUTH2_PROVIDERS": '{"company": {"client_id": "x"}}'},
    }
    with ThreadPoolExecutor() as pool:
        said = pool.map(lambda one: start(provided.server, {**good, **one}), wrong.values())
    for reason, refused in zip(wrong, said, strict=True):
        assert refused.returncode != 0
        assert reason in refused.stderr
        assert SECRET not in refused.stderr + refused.stdout


def start(server: Server, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What comes of a start that should not be one."""
    key = {"SECRET_KEY": "thirty-two bytes that nobody else has"}
    variables = {**SETTINGS, **key, **settings, "DATABASE_URL": server.database_url, "PORT": "0"}
    return subprocess.run(
        [sys.executable, "-m", "app", "serve"],
        cwd=server.project.folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
