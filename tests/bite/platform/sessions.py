"""The sessions of browsers."""

from __future__ import annotations

from bite.breakage import Breakage

COOKIE, CROSS_SITE = "app/auth/session/cookie.py", "app/auth/session/cross_site.py"
SERVICE, STORE = "app/auth/session/service.py", "app/auth/session/store.py"
MODEL = "app/auth/session/sessions.py"
NEAR = ("browser_sessions", "cross_site", "session_accounts", "session_store")


def session(what: str, path: str, found: str, instead: str = "") -> Breakage:
    """A fault of sessions, which their tests should notice."""
    return Breakage(what, path, found, instead, near=NEAR)


SESSIONS = (
    session("scripts can read the cookie", COOKIE, r"httponly=True, samesite", "samesite"),
    session("the cookie travels without TLS", COOKIE, r"str\(token\), secure=True", "str(token)"),
    session("the cookie goes along from other sites", COOKIE, r'"lax"', '"none"'),
    session("any host may set the cookie", COOKIE, r'"__Host-session"', '"session"'),
    session("the secret in the cookie isn't looked at", COOKIE, r" or not token\.opens\(session\)"),
    session("a session lasts for ever", COOKIE, r" or lifetimes\.end_of\(session\) <= now"),
    session("a use isn't noted", COOKIE, r"if now - session\.used_at >= NOTED", "if False"),
    session(
        "a page of another site changes things",
        COOKIE,
        r"cross_site\.require_own\(request\)\n        session",
        "pass\n        session",
    ),
    session("signing out leaves the cookie", COOKIE, r"response\.delete_cookie\([^)]*\)", "pass"),
    session(
        "a page of another site signs one in",
        CROSS_SITE,
        r"    if \{\"origin\".*?request\)\n",
        "    pass\n",
    ),
    session("what the browser says isn't read", CROSS_SITE, r"return site in OWN", "return True"),
    session("any origin is ours", CROSS_SITE, r" and host == request\.headers\.get\(\"host\"\)"),
    session("listed origins are strangers", CROSS_SITE, r" or origin in [^:]*:", ":"),
    session("the former session goes on", SERVICE, r"        await self\.close\(former\)\n"),
    session("anybody's session can be ended", SERVICE, r" and token\.opens\(session\)"),
    session(
        "signing out ends nothing",
        SERVICE,
        r"            await self\._store\.remove\(session\)\n\n",
        "            pass\n\n",
    ),
    session(
        "sessions that are over are listed",
        SERVICE,
        r" if self\._lifetimes\.end_of\(session\) > now",
    ),
    session(
        "every session is the current one",
        SERVICE,
        r"is_current=token is not None and token\.opens\(session\)",
        "is_current=True",
    ),
    session(
        "the secret is stored",
        MODEL,
        r"return sha256\(self\.secret\.encode\(\)\)\.hexdigest\(\)",
        "return self.secret",
    ),
    session(
        "use prolongs a session without end",
        MODEL,
        r"min\((session\.used_at \+ self\.idle), [^)]*\)",
        r"\1",
    ),
    session(
        "an unused session lasts as long as any",
        MODEL,
        r"min\([^,]*, (session\.opened_at \+ self\.whole)\)",
        r"\1",
    ),
    session("an account has as many as it likes", STORE, r"\[lifetimes\.most - 1 :\]", "[1000:]"),
    session("the newest of too many is forgotten", STORE, r"opened_at\.desc\(\)", "opened_at"),
    session(
        "a new password leaves the sessions",
        STORE,
        r"await SessionStore\(unit\)\.remove_all_of\(user_id\)",
        "pass",
    ),
)
