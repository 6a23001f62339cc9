"""What is seeded, in order: no row before those that it can't be without."""

from collections.abc import Callable

from app.resources.notes.seeds import SEEDS as NOTE_SEEDS
from app.seeding.seeds import Seeds
from app.users.seeds import SEEDS as USER_SEEDS
from app.users.seeds import sign_in_note

TABLES: list[Seeds] = [
    USER_SEEDS,
    NOTE_SEEDS,
]

NOTES: list[Callable[[], str]] = [
    sign_in_note,
]
"""What to say when it is done, each a function that returns a text."""
