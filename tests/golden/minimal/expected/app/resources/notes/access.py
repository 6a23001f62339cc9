"""Who may do what with notes. Every route names one of these,
and a public one none."""

from app.auth.access import AUTHENTICATED, allow

LIST = allow(AUTHENTICATED)
GET = allow(AUTHENTICATED)
CREATE = allow(AUTHENTICATED)
UPDATE = allow(AUTHENTICATED)
DELETE = allow(AUTHENTICATED)
