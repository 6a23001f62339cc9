"""Signing in by a provider."""

from __future__ import annotations

from bite.breakage import Breakage

ACCOUNTS, LINKS = "app/auth/oauth2/accounts.py", "app/auth/oauth2/links.py"
CLIENT, LOGINS = "app/auth/oauth2/client.py", "app/auth/oauth2/logins.py"
TOKENS, METADATA = "app/auth/oauth2/identities.py", "app/auth/oauth2/metadata.py"


def provider(what: str, path: str, found: str, instead: str = "") -> Breakage:
    """A fault of signing in by a provider, which its tests should notice."""
    near = ("provider", "id_tokens", "identities")
    return Breakage(what, path, found, instead, near=near)


PROVIDERS = (
    provider(
        "an email opens whatever account has it",
        ACCOUNTS,
        r"if not provider\.vouches_for_email or not user",
        "if not user",
    ),
    provider(
        "an unverified email is believed",
        TOKENS,
        r"return self\.email if self\.email_is_verified else None",
        "return self.email",
    ),
    provider(
        "an inactive account is opened",
        ACCOUNTS,
        r'if not user\["is_active"\]:\n            raise ForbiddenError\(SHUT\)',
        "if False:\n            raise ForbiddenError(SHUT)",
    ),
    provider(
        "an account with another identity is given away",
        ACCOUNTS,
        r" or await identities\.all_of\(user\[\"id\"\]\)",
    ),
    provider("whoever was signed in stays", ACCOUNTS, r"            await end_sessions\([^\n]*\n"),
    provider("the old password stays good", ACCOUNTS, r'\{"password_hash": NO_PASSWORD\}', "{}"),
    provider(
        "the browser that comes second is refused",
        ACCOUNTS,
        r"            if known is None:\n",
        "            if True:\n",
    ),
    provider(
        "a callback of another provider is taken",
        CLIENT,
        r"\(is_told or said is not None\) and said != self\.provider\.issuer",
        "False",
    ),
    provider(
        "a callback need not name its provider",
        CLIENT,
        r"\(is_told or said is not None\) and",
        "said is not None and",
    ),
    provider("the nonce isn't sent", CLIENT, r"            nonce=begun\.login\.nonce,\n"),
    provider(
        "the code is no proof of who asked",
        CLIENT,
        r"                code_verifier=login\.verifier,\n",
    ),
    provider(
        "another's profile is taken",
        CLIENT,
        r'if claims\.get\("sub"\) != identity\.subject',
        "if False",
    ),
    provider(
        "keys are never asked for again",
        CLIENT,
        r"        except UnknownKeyError:\n",
        "        except ZeroDivisionError:\n",
    ),
    provider("any signature will do", TOKENS, r'\("RS", "PS", "ES"\)', '("HS", "RS", "PS", "ES")'),
    provider("a token of any issuer is taken", TOKENS, r'        "iss": [^\n]*\n'),
    provider("a token for any client is taken", TOKENS, r'        "aud": [^\n]*\n'),
    provider("a token of any login is taken", TOKENS, r'        "nonce": expected\.nonce,\n'),
    provider("a token need not end", TOKENS, r'        "exp": [^\n]*\n'),
    provider(
        "at_hash isn't compared", TOKENS, r'        "access_token": expected\.access_token,\n'
    ),
    provider(
        "the claims aren't looked at",
        TOKENS,
        r"        claims\.validate\(leeway=LEEWAY_SECONDS\)\n",
    ),
    provider(
        "clocks may be a day apart", TOKENS, r"LEEWAY_SECONDS = 30", "LEEWAY_SECONDS = 86_400"
    ),
    provider("any browser may bring the callback", LOGINS, r"return known and same", "return same"),
    provider("any state will do", LOGINS, r"return known and same", "return known"),
    provider("a login lasts for ever", LOGINS, r" and now - self\.started_at < LIFETIME"),
    provider(
        "a callback is good twice",
        LOGINS,
        r"if not await self\._executor\.run\(delete\(LOGINS\)\.where\(columns\.id == login_id\)\)",
        "if False",
    ),
    provider(
        "a callback of one provider is good for another", LOGINS, r" and self\.provider == provider"
    ),
    provider(
        "scripts can read the cookie of a login",
        LOGINS,
        r"        httponly=True,\n        samesite",
        "        samesite",
    ),
    provider(
        "a link that was begun outlives its session",
        LOGINS,
        r"await LoginRepository\(unit\)\.remove_all_of\(user_id\)",
        "pass",
    ),
    provider(
        "the secret of a login is stored",
        LOGINS,
        r"return sha256\(secret\.encode\(\)\)\.hexdigest\(\)",
        "return secret[:64]",
    ),
    provider(
        "the last way in can be removed",
        LINKS,
        r"if not self\._open\(issuers - \{issuer\}\) and",
        "if False and",
    ),
    provider("another's identity is linked", LINKS, r"elif holder != user_id", "elif False"),
    provider(
        "a document of another issuer is believed", METADATA, r"found\.issuer != issuer or ", ""
    ),
    provider(
        "secrets are fetched without TLS",
        METADATA,
        r" or not all\(url\.startswith\(allowed\) for url in found\.endpoints\(\)\)",
    ),
    provider(
        "a shared secret is a key",
        METADATA,
        r'frozenset\(\{"RSA", "EC", "OKP"\}\)',
        'frozenset({"RSA", "EC", "OKP", "oct"})',
    ),
    provider(
        "metadata is fetched each time",
        METADATA,
        r"if not self\._held or self\._now\(\) >= self\._ends_at",
        "if True",
    ),
    provider(
        "a provider that is away is at fault", METADATA, r"if answer\.is_server_error", "if False"
    ),
)
