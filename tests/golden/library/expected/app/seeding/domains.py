"""What values there are, each by its number: whoever wants any takes one by chance, and whoever
wants no two alike counts up.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from hashlib import shake_256
from ipaddress import IPv4Address, IPv6Address
from itertools import product
from math import gcd, isqrt, prod
from typing import Any
from uuid import UUID

from app.columns import WIDE
from app.seeding import words

LATEST = datetime(2026, 1, 1, tzinfo=UTC)
"""When the last of it happened: a fixed instant, or the rows would differ from day to day."""
ENDLESS = 10**9
NUMBER = 8
"""Characters of a text that are kept free for a number."""
DAY, MINUTES, SECONDS = timedelta(days=1), 24 * 60, 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Domain:
    """Values by number: `size` of them, no two alike, of which the first `usual` look natural."""

    usual: int
    size: int
    at: Callable[[int], Any]


def choices(values: Iterable[object]) -> Domain:
    """One of these."""
    known = list(values)
    return Domain(len(known), len(known), known.__getitem__)


def integers(low: int, usual: int, high: int) -> Domain:
    """Whole numbers from `low` to `high`, mostly up to `usual`."""
    return Domain(usual - low + 1, high - low + 1, lambda number: low + number)


def decimals(low: int, usual: int, high: int, scale: int) -> Domain:
    """Decimals of `scale` digits behind the point; the bounds count units of the last digit."""

    def at(number: int) -> Decimal:
        return Decimal(low + number).scaleb(-scale, WIDE)

    return Domain(usual - low + 1, high - low + 1, at)


def floats(low: float, high: float) -> Domain:
    """Numbers between the two, neither of them included."""
    steps = 10**6
    return Domain(
        steps,
        steps,
        lambda number: low + (high - low) * (scattered(number, steps) + 0.5) / steps,
    )


def texts(bases: Sequence[str], least: int, longest: int) -> Domain:
    """Texts of these words; when they are used up, the same ones with numbers."""
    room = longest - NUMBER
    fitting = [base for base in bases if least <= len(base) <= room]
    cut = (grown(base, least)[:room].rstrip().ljust(least, ".") for base in bases)
    known = list(dict.fromkeys(fitting or cut))

    def at(number: int) -> str:
        turn, index = divmod(number, len(known))
        return f"{known[index]} {turn + 1}" if turn else known[index]

    return Domain(len(known), len(known) * 10 ** (NUMBER - 2), at)


def sentences(least: int, longest: int) -> Domain:
    """A few short sentences, as far as there is room."""
    known = [f"{' '.join(parts)}." for parts in product(words.DOERS, words.DOINGS, words.MANNERS)]
    fitting = [text for text in known if len(text) <= longest]
    bases = fitting or [text[:longest].rstrip() for text in known]
    size = len(bases)

    def at(number: int) -> str:
        text = bases[scattered(number, size)]
        for more in range(1, number % 4 + 1):
            longer = f"{text} {bases[scattered(number + more, size)]}"
            text = longer if len(longer) <= longest else text
        return grown(text, least)[:longest].rstrip().ljust(least, ".")

    return Domain(4 * size, 4 * size, at)


def shaped(pieces: Sequence[tuple[str, int]]) -> Domain:
    """Texts of so many characters of each alphabet, one after the other."""
    alphabets = [alphabet for alphabet, count in pieces for _ in range(count)]
    size = prod(map(len, alphabets))

    def at(number: int) -> str:
        rest, chosen = scattered(number, size), []
        for alphabet in reversed(alphabets):
            rest, index = divmod(rest, len(alphabet))
            chosen.append(alphabet[index])
        return "".join(reversed(chosen))

    return Domain(size, size, at)


def slugs(bases: Sequence[str], longest: int) -> Domain:
    """Such words with dashes between them."""
    return converted(texts(bases, 1, longest), dashed)


def emails(longest: int) -> Domain:
    """Addresses of a domain that is nobody's (RFC 2606)."""
    host = "@example.com"
    people = texts(words.PEOPLE, 1, longest - len(host))
    return converted(people, lambda text: dashed(text).replace("-", ".") + host)


def urls(longest: int) -> Domain:
    """Pages of a site that is nobody's (RFC 2606)."""
    root = "https://example.com/"
    return converted(slugs(words.TITLES, longest - len(root)), lambda text: root + text)


def phones(least: int, longest: int) -> Domain:
    """Telephone numbers as people write them."""
    return Domain(
        10**7,
        10**7,
        lambda number: f"+49 30 {scattered(number, 10**7):07d}"[:longest].ljust(least, "0"),
    )


def addresses(longest: int) -> Domain:
    """IP addresses of a private network (RFC 1918), or where there is no room short ones."""
    if longest < len("10.255.255.255"):
        return Domain(2**8, 2**8, lambda number: str(IPv6Address(number + 1)))
    base, size = int(IPv4Address("10.0.0.0")), 2**24
    return Domain(size, size, lambda number: str(IPv4Address(base + scattered(number, size))))


def days(years_ago: int, years: int) -> Domain:
    """Days of so many years that ended so long ago, the latest first."""
    last = LATEST.date() - years_ago * 365 * DAY
    return Domain(years * 365, (last - date.min).days, lambda number: last - number * DAY)


def instants() -> Domain:
    """Instants of two years, the latest first."""
    step = timedelta(seconds=61)
    return Domain(2 * 365 * MINUTES, ENDLESS // 1000, lambda number: LATEST - number * step)


def times() -> Domain:
    """Times of the day, whole minutes first."""

    def at(number: int) -> time:
        seconds = number % MINUTES * 60 + number // MINUTES
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60)

    return Domain(MINUTES, SECONDS, at)


def durations() -> Domain:
    """Minutes to hours."""
    return Domain(300, ENDLESS, lambda number: timedelta(minutes=number + 1))


def uuids() -> Domain:
    """UUIDs of the random kind (RFC 9562, 5.4), but always the same ones."""
    return Domain(ENDLESS, ENDLESS, lambda number: UUID(bytes=noise(number, 16), version=4))


def blobs(size: int) -> Domain:
    """So many bytes."""
    return Domain(ENDLESS, ENDLESS, lambda number: noise(number, size))


def documents() -> Domain:
    """Small JSON objects."""
    colours = words.COLOURS

    def at(number: int) -> dict[str, object]:
        return {"number": number, "colour": colours[number % len(colours)], "tags": ["seeded"]}

    return Domain(1000, ENDLESS, at)


def converted(domain: Domain, convert: Callable[[Any], Any]) -> Domain:
    """The same values in another form, in which no two become alike."""
    return Domain(domain.usual, domain.size, lambda number: convert(domain.at(number)))


def dashed(text: str) -> str:
    """The words of a text with dashes between them."""
    return "-".join(re.findall("[a-z0-9]+", text.lower()))


def grown(text: str, least: int) -> str:
    """The text, said again until it is long enough."""
    return ", ".join([text] * (least // (len(text) + 2) + 1)).ljust(least, ".")


def noise(number: int, size: int) -> bytes:
    """Bytes that look random."""
    return shake_256(str(number).encode()).digest(size)


def scattered(number: int, size: int) -> int:
    """Another number below `size`, far from that of its neighbours; no two have the same."""
    return number * stride(size) % size


@cache
def stride(size: int) -> int:
    """The first number past the golden section of the size that has no divisor in common with it."""
    found = (isqrt(5 * size * size) - size) // 2 + 1
    while gcd(found, size) != 1:
        found += 1
    return found
