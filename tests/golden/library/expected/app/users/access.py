"""Who may do what with accounts: people with their own, admins with everybody's."""

from app.auth.access import AUTHENTICATED, allow

OWN = allow(AUTHENTICATED)

LIST = allow("admin")
GET = allow("admin")
UPDATE = allow("admin")
DELETE = allow("admin")
