"""Pages of other origins: which may call the API, and what they may read of an answer."""

from collections.abc import Collection

from fastapi.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

EXPOSED: list[str] = [
    "ETag",
    "Location",
    "Retry-After",
    "X-Request-ID",
    "Idempotency-Replayed",
]
"""The headers of an answer that a page may read beside those that it always may."""


COOKIES: list[str] = []
"""Cookies that a browser may send along for these pages."""


def open_to(origins: Collection[str], app: ASGIApp) -> ASGIApp:
    """The application with the answers, errors too, that let these origins in; with none, as it is."""
    if not origins:
        return app
    return CORSMiddleware(
        app,
        allow_origins=sorted(origins),
        allow_methods=["*"],
        allow_headers=["*"],
        allow_credentials=bool(COOKIES),
        expose_headers=EXPOSED,
    )
