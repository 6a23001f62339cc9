"""Who may do what with loans. Every route depends on one of these.

Where a rule comes to let in an `OWNER`, the service has to pass `rule.owner(caller)` on as well.
"""

from app.auth.access import AUTHENTICATED, OWNER, allow

LIST = allow(OWNER, "librarian")
GET = allow(OWNER, "librarian")
CREATE = allow(AUTHENTICATED)
UPDATE = allow("librarian", "admin")
DELETE = allow("librarian", "admin")
