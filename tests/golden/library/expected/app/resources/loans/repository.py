"""The rows of loans."""

from app.ownership import OwnedRepository
from app.resources.loans.model import Loan


class LoanRepository(OwnedRepository):
    """Reads and writes loans."""

    model = Loan
    owner = "borrower_id"
    filters = (
        "work_id",
        "borrower_id",
    )
