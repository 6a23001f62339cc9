"""How rows of loans are seeded."""

from operator import gt

from app.resources.loans.model import Loan
from app.seeding.domains import sentences
from app.seeding.makers import (
    afterwards,
    created,
    holding,
    maybe,
    one_of,
    some,
    time_ordered,
    updated,
)
from app.seeding.seeds import Seeds

SEEDS = Seeds(
    model=Loan,
    columns={
        "id": time_ordered(),
        "created_at": created(),
        "updated_at": updated(),
        "lent_at": afterwards(),
        "due_at": holding(afterwards(), gt, "lent_at"),
        "note": maybe(some(sentences(0, 500))),
        "borrower_id": one_of("users"),
        "work_id": one_of("works"),
    },
    stamp="updated_at",
)
