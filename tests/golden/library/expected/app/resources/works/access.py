"""Who may do what with works. Every route depends on one of these.

Where a rule comes to let in an `OWNER`, the service has to pass `rule.owner(caller)` on as well.
"""

from app.auth.access import PUBLIC, allow

LIST = PUBLIC
GET = PUBLIC
CREATE = allow("librarian", "admin")
UPDATE = allow("librarian", "admin")
DELETE = allow("librarian", "admin")
