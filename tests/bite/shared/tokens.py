"""Access tokens, refresh tokens, and the rules that ask for them."""

from __future__ import annotations

from bite.breakage import Breakage

TOKENS = (
    Breakage(
        "a token is not needed where a rule is stated",
        "app/auth/jwt/bearer.py",
        r'            raise UnauthenticatedError\("This needs an access token\."\)',
        "            from uuid import UUID\n\n            return Caller(UUID(int=0), 'admin')",
        near=("access",),
    ),
    Breakage(
        "a rule lets in every role",
        "app/auth/access.py",
        r"            return caller\.id\n        raise ForbiddenError\n",
        "            return caller.id\n        return None\n",
    ),
    Breakage(
        "an owner is everybody",
        "app/auth/access.py",
        r"            return caller\.id\n        raise",
        "            return None\n        raise",
    ),
    Breakage(
        "any of our tokens is an access token",
        "app/auth/jwt/tokens.py",
        r'found\["header"\]\.get\("typ"\) != TYPE or ',
    ),
    Breakage(
        "the audience is not looked at",
        "app/auth/jwt/tokens.py",
        r"audience=AUDIENCE, issuer=ISSUER, leeway=LEEWAY",
        'audience=None, issuer=ISSUER, leeway=LEEWAY, options={"verify_aud": False}',
    ),
    Breakage(
        "the issuer is not looked at",
        "app/auth/jwt/tokens.py",
        r"audience=AUDIENCE, issuer=ISSUER, leeway=LEEWAY",
        "audience=AUDIENCE, leeway=LEEWAY",
    ),
    Breakage(
        "the signature is not looked at",
        "app/auth/jwt/tokens.py",
        r"audience=AUDIENCE, issuer=ISSUER, leeway=LEEWAY",
        'audience=AUDIENCE, issuer=ISSUER, options={"verify_signature": False}',
    ),
    Breakage(
        "a token need not expire",
        "app/auth/jwt/tokens.py",
        r'"aud", "exp", "iat"',
        '"aud", "iat"',
    ),
    Breakage(
        "tokens last a thousand times as long",
        "app/auth/jwt/tokens.py",
        r'"exp": now \+ self\.lifetime',
        '"exp": now + 1000 * self.lifetime',
    ),
    Breakage(
        "a token that ran out is good",
        "app/auth/jwt/tokens.py",
        r"LEEWAY = timedelta\(seconds=10\)",
        "LEEWAY = timedelta(days=10)",
    ),
    Breakage(
        "a token that was read before never runs out",
        "app/auth/jwt/tokens.py",
        r"if expires_at <= \(utc_now\(\) - LEEWAY\)\.timestamp\(\):",
        "if expires_at <= 0:",
    ),
    Breakage(
        "a refresh token is good twice",
        "app/auth/jwt/repository.py",
        r"columns\.token_hash == old, ",
        near=("sessions",),
    ),
    Breakage(
        "a session never runs out",
        "app/auth/jwt/repository.py",
        r", columns\.expires_at > now\)",
        ")",
        near=("sessions",),
    ),
    Breakage(
        "a stolen refresh token ends nothing",
        "app/auth/jwt/service.py",
        r"if await sessions\.remove\(token\.session_id\):",
        "if token.session_id:",
        near=("sessions",),
    ),
    Breakage(
        "an inactive account stays signed in",
        "app/auth/jwt/service.py",
        r'if user is not None and user\["is_active"\]:',
        "if user is not None:",
        near=("sessions", "users"),
    ),
    Breakage(
        "logging out ends nothing",
        "app/auth/jwt/service.py",
        r"await SessionRepository\(self\._database\)\.remove\(token\.session_id\)",
        "_ = token.session_id",
        near=("sessions",),
    ),
    Breakage(
        "the database holds refresh tokens as they are",
        "app/auth/jwt/tokens.py",
        r"return sha256\(self\.secret\.encode\(\)\)\.hexdigest\(\)",
        "return self.secret",
        near=("sessions",),
    ),
)
