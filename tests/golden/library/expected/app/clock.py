"""The time. Everything asks here, so that a test can set the clock."""

from datetime import UTC, date, datetime, time


def utc_now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def utc_today() -> date:
    """The date of this instant in UTC."""
    return utc_now().date()


def utc_time() -> time:
    """The time of day of this instant in UTC, without a zone."""
    return utc_now().time()
