"""Who is calling."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Caller:
    """The account behind a request."""

    id: UUID
    role: str
