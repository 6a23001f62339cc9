"""Accounts, tokens, limits and secrets."""

from __future__ import annotations

from bite.breakage import Breakage

SECURITY = (
    Breakage(
        "any password is right",
        "app/auth/service.py",
        r"if user is None or not verdict\.matches:",
        "if user is None:",
    ),
    Breakage(
        "the account may be inactive",
        "app/auth/service.py",
        r'if user and user\["is_active"\] else None',
        "if user else None",
    ),
    Breakage(
        "an unknown account is told at once",
        "app/passwords.py",
        r"stored = stored or self\._nobodys",
        "if not stored:\n            return Verdict(False, None)",
    ),
    Breakage(
        "logins are not throttled",
        "app/auth/throttle.py",
        r'if row\["tries"\] > limit\.most:',
        "if False:",
    ),
    Breakage(
        "a refresh token is good twice",
        "app/auth/repository.py",
        r"columns\.token_hash == old, ",
        "",
    ),
    Breakage(
        "a stolen refresh token ends nothing",
        "app/auth/jwt/service.py",
        r"if await sessions\.remove\(token\.session_id\):",
        "if token.session_id:",
    ),
    Breakage(
        "logging out ends nothing",
        "app/auth/jwt/service.py",
        r"await SessionRepository\(self\._database\)\.remove\(token\.session_id\)",
        "_ = token.session_id",
    ),
    Breakage(
        "a changed password ends no session",
        "app/auth/service.py",
        r"            await SessionRepository\(unit\)\.remove_all_of\(user_id\)\n",
        "",
    ),
    Breakage(
        "any of our tokens is an access token",
        "app/auth/jwt/tokens.py",
        r'found\["header"\]\.get\("typ"\) != TYPE or ',
        "",
    ),
    Breakage(
        "the audience is not looked at",
        "app/auth/jwt/tokens.py",
        r"audience=AUDIENCE, issuer=ISSUER",
        'audience=None, issuer=ISSUER, options={"verify_aud": False}',
    ),
    Breakage(
        "tokens never expire",
        "app/auth/jwt/tokens.py",
        r'"exp": now \+ self\.lifetime',
        '"exp": now + 1000 * self.lifetime',
    ),
    Breakage(
        "the known secret is good enough for production",
        "app/settings.py",
        r'known = key == DEVELOPMENT_KEY and self\.environment == "production"',
        "known = False",
    ),
    Breakage(
        "the last admin may go",
        "app/users/service.py",
        r"if admins == \{user_id\}",
        "if not admins",
    ),
    Breakage(
        "headers may be as long as one likes",
        "app/refusals.py",
        r"> MAX_HEADER_BYTES:",
        "> 10**9:",
    ),
    Breakage(
        "secrets are logged",
        "app/logs.py",
        r"(def redact.*?-> EventDict:\n    \"\"\"[^\n]*\n)",
        r"\1    return event\n",
    ),
    Breakage(
        "answers have no security headers",
        "app/middleware.py",
        r"\*SECURITY_HEADERS, ",
        "",
    ),
    Breakage(
        "ready does not ask the database",
        "app/health.py",
        r"    await database\.ping\(\)\n",
        "",
    ),
    Breakage(
        "the documentation is shown in production",
        "app/settings.py",
        r'self\.environment != "production"',
        "True",
    ),
)
