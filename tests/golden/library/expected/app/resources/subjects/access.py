"""Who may do what with subjects. Every route names one of these,
and a public one none."""

from app.auth.access import PUBLIC, allow

LIST = PUBLIC
GET = PUBLIC
CREATE = allow("librarian")
UPDATE = allow("librarian")
DELETE = allow("librarian")
