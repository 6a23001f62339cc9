"""Lengths of time as text: `60s`, `1h30m`, and ISO 8601 (`PT90S`, `P1DT2H`)."""

from __future__ import annotations

import re
from datetime import timedelta

_NUMBER = r"(\d{1,12}(?:\.\d{1,6})?)"
_WORDS = re.compile(rf"(?=.)(?:{_NUMBER}d)?(?:{_NUMBER}h)?(?:{_NUMBER}m)?(?:{_NUMBER}s)?\Z")
_ISO = re.compile(
    rf"([-+])?P(?=.)(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=.)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?\Z"
)
_LONGEST = timedelta(
    days=99_999_999, hours=999_999, minutes=9_999_999, seconds=9_999_999, microseconds=999_999
)
"""What a client of a generated service can write at most; it fits 64 bits of microseconds."""


def duration(text: str) -> timedelta | None:
    """The time that the text says, at most what a client could send; else None.

    Years and months have no fixed length and are none.
    """
    try:
        found = _words(text) or _iso(text)
    except OverflowError:
        return None
    return found if found is not None and abs(found) <= _LONGEST else None


def _words(text: str) -> timedelta | None:
    match = _WORDS.match(text)
    if not match:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def _iso(text: str) -> timedelta | None:
    match = _ISO.match(text)
    if not match:
        return None
    weeks, days, hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
    found = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -found if match[1] == "-" else found
