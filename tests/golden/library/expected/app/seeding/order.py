"""What is seeded, in order: no row before those that it can't be without."""

from collections.abc import Callable

from app.resources.loans.seeds import SEEDS as LOAN_SEEDS
from app.resources.subjects.seeds import SEEDS as SUBJECT_SEEDS
from app.resources.works.seeds import SEEDS as WORK_SEEDS
from app.seeding.seeds import Seeds
from app.users.seeds import SEEDS as USER_SEEDS
from app.users.seeds import sign_in_note

TABLES: list[Seeds] = [
    USER_SEEDS,
    WORK_SEEDS,
    SUBJECT_SEEDS,
    LOAN_SEEDS,
]

NOTES: list[Callable[[], str]] = [
    sign_in_note,
]
"""What to say when it is done, each a function that returns a text."""
