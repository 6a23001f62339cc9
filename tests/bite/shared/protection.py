"""Headers, origins, limits, logs and settings."""

from __future__ import annotations

from bite.breakage import Breakage

PROTECTION = (
    Breakage("answers have no security headers", "app/middleware.py", r"\*SECURITY_HEADERS, "),
    Breakage(
        "answers may be kept by a cache",
        "app/middleware.py",
        r'    \(b"cache-control", b"no-store"\),\n',
    ),
    Breakage(
        "answers may be taken for another type",
        "app/middleware.py",
        r'    \(b"x-content-type-options", b"nosniff"\),\n',
    ),
    Breakage(
        "any request id is taken over",
        "app/middleware.py",
        r" and REQUEST_ID\.fullmatch\(value\)",
    ),
    Breakage(
        "every origin is let in",
        "app/cors.py",
        r"allow_origins=sorted\(origins\)",
        'allow_origins=["*"]',
    ),
    Breakage(
        "origins are let in where none is",
        "app/cors.py",
        r"    if not origins:\n        return app\n",
        '    origins = origins or ["https://example.com"]\n',
    ),
    Breakage(
        "errors say nothing to other origins",
        "app/main.py",
        r"app = cors\.open_to\(self\.state\.settings\.cors_origins, app\)",
        "cors.open_to(self.state.settings.cors_origins, app)",
        near=("cors",),
    ),
    Breakage(
        "other origins can't read the ETag", "app/cors.py", r"        expose_headers=EXPOSED,\n"
    ),
    Breakage(
        "headers may be as long as one likes",
        "app/refusals.py",
        r"> MAX_HEADER_BYTES:",
        "> 10**9:",
    ),
    Breakage(
        "any host is answered for",
        "app/refusals.py",
        r" or misdirected\(scope\)",
        "",
    ),
    Breakage(
        "a host is answered for whose name ends as ours",
        "app/refusals.py",
        r"asked in hosts",
        "any(asked.endswith(host) for host in hosts)",
    ),
    Breakage(
        "a target may be as long as one likes",
        "app/refusals.py",
        r"> MAX_TARGET_BYTES:",
        "> 10**9:",
    ),
    Breakage(
        "a body may be as long as one likes",
        "app/main.py",
        r"        max_body_size=settings\.max_body_bytes,\n",
        near=("refusals",),
    ),
    Breakage(
        "a slow body is waited for",
        "app/refusals.py",
        r"self\._aside\(in_time\(scope, receive\)\)",
        "self._aside(receive)",
    ),
    Breakage(
        "too many requests are answered all the same",
        "app/refusals.py",
        r" or overload\(scope, self\._busy\)",
        "",
    ),
    Breakage(
        "a slow upload keeps others out",
        "app/refusals.py",
        r"self\._aside\(in_time\(scope, receive\)\)",
        "in_time(scope, receive)",
    ),
    Breakage(
        "secrets are logged",
        "app/logs.py",
        r"(def redact.*?-> EventDict:\n    \"\"\"[^\n]*\n)",
        r"\1    return event\n",
    ),
    Breakage(
        "queries are logged",
        "app/middleware.py",
        r'path=self\._scope\["path"\]',
        'path=self._scope["path"] + "?" + self._scope["query_string"].decode()',
        near=("middleware", "logs"),
    ),
    Breakage(
        "the known secret is good enough for production",
        "app/settings.py",
        r'known = key == DEVELOPMENT_KEY and self\.environment == "production"',
        "known = False",
        near=("secret_key",),
    ),
    Breakage(
        "a short secret is good enough",
        "app/settings.py",
        r"if known or len\(key\.encode\(\)\) < MIN_SECRET_BYTES:",
        "if known:",
        near=("secret_key",),
    ),
    Breakage(
        "the documentation is shown in production",
        "app/settings.py",
        r'self\.environment != "production"',
        "True",
        near=("documentation",),
    ),
    Breakage(
        "everybody is believed to be a proxy",
        "app/settings.py",
        r'(forwarded_allow_ips: [^\n]* = )""',
        r'\1"*"',
    ),
)
