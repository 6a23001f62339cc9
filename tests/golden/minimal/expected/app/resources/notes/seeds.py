"""How rows of notes are seeded."""

from app.resources.notes.model import Note
from app.seeding import words
from app.seeding.domains import texts
from app.seeding.makers import created, some, time_ordered, updated
from app.seeding.seeds import Seeds

SEEDS = Seeds(
    model=Note,
    columns={
        "id": time_ordered(),
        "created_at": created(),
        "updated_at": updated(),
        "title": some(texts(words.TITLES, 1, 200)),
    },
    stamp="updated_at",
)
