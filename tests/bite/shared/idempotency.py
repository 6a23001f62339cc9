"""Creations that are sent again."""

from __future__ import annotations

from bite.breakage import Breakage

NEAR = ("idempotency", "resources")
IDEMPOTENCY = (
    Breakage(
        "Idempotency-Key is ignored",
        "app/idempotency/route.py",
        r"if key is None or KEY\.fullmatch\(key\) is None:",
        "if key is None or key:",
    ),
    Breakage(
        "any word is a key",
        "app/idempotency/route.py",
        r"                Depends\(idempotency_key\),\n",
    ),
    Breakage(
        "a key may come with another body",
        "app/idempotency/work.py",
        r'if row\["request_hash"\] != await self\._request_hash\(\):',
        "if False:",
        near=NEAR,
    ),
    Breakage(
        "a key is everybody's",
        "app/idempotency/work.py",
        r'principal = getattr\(self\._request\.state, "principal", ""\)',
        'principal = ""',
        near=NEAR,
    ),
    Breakage(
        "a key is good for one operation of all",
        "app/idempotency/work.py",
        r"path = self\._request\.url\.path",
        'path = ""',
        near=NEAR,
    ),
    Breakage(
        "keys are kept for good",
        "app/idempotency/work.py",
        r"            await keys\.remove_expired\(\)\n",
        near=NEAR,
    ),
    Breakage(
        "an answer does not say that it is an earlier one",
        "app/idempotency/work.py",
        r', REPLAYED: "true"\}',
        "}",
        near=NEAR,
    ),
    Breakage(
        "the earlier answer has lost its headers",
        "app/idempotency/work.py",
        r'KEPT_HEADERS = \("etag", "location"\)',
        "KEPT_HEADERS = ()",
        near=NEAR,
    ),
    Breakage(
        "a key is taken by what was refused",
        "app/idempotency/work.py",
        r"await self\._stack\.__aexit__\(kind, error, trace\)",
        "await self._stack.__aexit__(None, None, None)",
        near=NEAR,
    ),
)
