"""Who may do what with loans. Every route names one of these,
and a public one none."""

from app.auth.access import AUTHENTICATED, OWNER, allow

LIST = allow(OWNER, "librarian")
GET = allow(OWNER, "librarian")
CREATE = allow(AUTHENTICATED)
UPDATE = allow("librarian", "admin")
DELETE = allow("librarian", "admin")
