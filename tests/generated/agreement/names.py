"""What a server makes up by itself, under names that are the same for every server.

Each server has ids, instants and tokens of its own. The first that is seen of a kind is its number
one everywhere, so that answers compare, and requests can speak of what came in earlier ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

NEXT_PAGE = ("next_cursor", "nextCursor")
"""What a page says of the one behind it, in either case."""
SECRETS = frozenset({"access_token", "refresh_token", *NEXT_PAGE})
"""Texts that nobody could have foreseen, by the keys that they come under."""
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAME = re.compile(r"«\w+ \d+»")
ALLOWANCE = timedelta(seconds=5)
"""How much older than the first request a server's instant may be: accounts came before it."""

Keys = Mapping[tuple[str, str], str]
"""The kind of row that a number stands for, by the kind and the key that it stands under."""


class Names:
    """The names of what one server has made up."""

    def __init__(self, numbered: Keys) -> None:
        self._numbered = numbered
        self._begun = datetime.now(UTC) - ALLOWANCE
        self._values: dict[str, int | str] = {}
        self._names: dict[tuple[str, int | str], str] = {}
        self._counts: Counter[str] = Counter()

    def told(self, value: object, kind: str = "", key: str = "") -> object:
        """An answer, or a part of it, with names for what is the server's own.

        `kind` is what rows in it are, and `key` what the part stands under.
        """
        match value:
            case dict():
                return {name: self.told(inner, kind, name) for name, inner in value.items()}
            case list():
                return [self.told(inner, kind, key) for inner in value]
            case str():
                return self._text(value, key)
            case int() if not isinstance(value, bool) and (kind, key) in self._numbered:
                return self._name(self._numbered[kind, key], value)
        return value

    def location(self, path: str, kind: str) -> str:
        """The URL of a new row, whose id is a name."""
        start, _, last = path.rpartition("/")
        if last.isdecimal() and (kind, "id") in self._numbered:
            return f"{start}/{self._name(kind, int(last))}"
        return str(self.told(path))

    def meant(self, value: object) -> object:
        """A request, or a part of it, with this server's own values for the names."""
        match value:
            case dict():
                return {name: self.meant(inner) for name, inner in value.items()}
            case list() | tuple():
                return [self.meant(inner) for inner in value]
            case str() if NAME.fullmatch(value):
                return self._values.get(value, value)
            case str():
                return NAME.sub(lambda name: str(self._values.get(name[0], name[0])), value)
        return value

    def _text(self, value: str, key: str) -> str:
        if key in SECRETS:
            return self._name(key, value)
        if key == "request_id":
            return "«request»"
        if any(is_now(value, self._begun) for is_now in OF_THE_CLOCK):
            return self._name("instant", value)
        return UUID.sub(lambda found: self._name("id", found[0]), value)

    def _name(self, kind: str, value: int | str) -> str:
        if (kind, value) not in self._names:
            self._counts[kind] += 1
            name = f"«{kind} {self._counts[kind]}»"
            self._names[kind, value] = name
            self._values[name] = value
        return self._names[kind, value]


def is_instant(value: str, begun: datetime) -> bool:
    """Whether the text is an instant of this run."""
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return False
    return instant.tzinfo is not None and begun <= instant <= datetime.now(UTC)


def is_time(value: str, begun: datetime) -> bool:
    """Whether the text is a time of day of this run, to the microsecond."""
    try:
        clock = time.fromisoformat(value)
    except ValueError:
        return False
    now, day = datetime.now(UTC), begun.date()
    days = (day + timedelta(days=n) for n in range((now.date() - day).days + 1))
    return clock.microsecond > 0 and any(
        begun <= datetime.combine(one, clock, UTC) <= now for one in days
    )


def is_day(value: str, begun: datetime) -> bool:
    """Whether the text is a day of this run."""
    try:
        return begun.date() <= date.fromisoformat(value) <= datetime.now(UTC).date()
    except ValueError:
        return False


OF_THE_CLOCK: tuple[Callable[[str, datetime], bool], ...] = (is_instant, is_time, is_day)
"""How a text is known to be what a server's clock said."""
