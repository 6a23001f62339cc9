"""How rows of subjects are seeded."""

from app.resources.subjects.model import Subject
from app.seeding import words
from app.seeding.domains import slugs
from app.seeding.makers import created, each, time_ordered, updated
from app.seeding.seeds import Seeds

SEEDS = Seeds(
    model=Subject,
    columns={
        "id": time_ordered(),
        "created_at": created(),
        "updated_at": updated(),
        "name": each(slugs(words.TOPICS, 100)),
    },
    distinct=[("name",)],
    stamp="updated_at",
)
