"""The rows of loans."""

from app.repository import Repository
from app.resources.loans.model import Loan


class LoanRepository(Repository):
    """Reads and writes loans."""

    model = Loan
    owner = "borrower_id"
    filters = (
        "work_id",
        "borrower_id",
    )
