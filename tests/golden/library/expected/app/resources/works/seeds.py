"""How rows of works are seeded."""

from app.enums import Medium
from app.resources.works.model import Work
from app.seeding import words
from app.seeding.domains import choices, days, decimals, shaped, texts
from app.seeding.makers import created, each, earlier_of, maybe, some, time_ordered, updated
from app.seeding.seeds import Link, Seeds

SEEDS = Seeds(
    model=Work,
    columns={
        "id": time_ordered(),
        "created_at": created(),
        "updated_at": updated(),
        "title": some(texts(words.TITLES, 1, 200)),
        "medium": some(choices(Medium)),
        "price": maybe(some(decimals(100, 20000, 99999999, 2))),
        "acquired_on": some(days(0, 5)),
        "shelf_mark": each(shaped([("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 2), ("0123456789", 10)])),
    },
    later={
        "sequel_to_id": earlier_of("works"),
    },
    distinct=[("shelf_mark",)],
    links=[Link("works_subjects", ("work_id", "works"), ("subject_id", "subjects"))],
    stamp="updated_at",
)
