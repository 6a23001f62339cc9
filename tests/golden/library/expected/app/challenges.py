"""How a client may prove who it is, as a 401 tells it (RFC 9110, 11.6.1)."""

CHALLENGES: list[str] = [
    "Bearer",
]
"""One for each way; `Bearer` is that of RFC 6750, `Cookie` that of no standard yet."""
