"""What every service has: breakages that are tried in each sample."""

from bite.shared.accounts import ACCOUNTS
from bite.shared.answers import ANSWERS
from bite.shared.idempotency import IDEMPOTENCY
from bite.shared.lists import FILTERS, PAGES
from bite.shared.protection import PROTECTION
from bite.shared.tokens import TOKENS
from bite.shared.writes import WRITES

SHARED = {
    "answers": ANSWERS,
    "protection": PROTECTION,
    "accounts": ACCOUNTS,
    "tokens": TOKENS,
    "writes": WRITES,
    "filters": FILTERS,
    "pages": PAGES,
    "idempotency": IDEMPOTENCY,
}
