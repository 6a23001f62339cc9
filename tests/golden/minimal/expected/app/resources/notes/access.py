"""Who may do what with notes. Every route depends on one of these.

Where a rule comes to let in an `OWNER`, the service has to pass `rule.owner(caller)` on as well.
"""

from app.auth.access import AUTHENTICATED, allow

LIST = allow(AUTHENTICATED)
GET = allow(AUTHENTICATED)
CREATE = allow(AUTHENTICATED)
UPDATE = allow(AUTHENTICATED)
DELETE = allow(AUTHENTICATED)
