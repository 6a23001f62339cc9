"""Who may do what with works. Every route names one of these,
and a public one none."""

from app.auth.access import PUBLIC, allow

LIST = PUBLIC
GET = PUBLIC
CREATE = allow("librarian", "admin")
UPDATE = allow("librarian", "admin")
DELETE = allow("librarian", "admin")
