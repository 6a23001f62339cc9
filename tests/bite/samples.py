"""The services that are broken, and how."""

from __future__ import annotations

from collections.abc import Mapping

from bite.bookstore import BOOKSTORE
from bite.breakage import Groups
from bite.helpdesk import HELPDESK
from bite.platform import PLATFORM
from bite.shared import SHARED
from bite.wiki import WIKI

SAMPLES: Mapping[str, Groups] = {
    "bookstore": {**SHARED, **BOOKSTORE},
    "wiki": {**SHARED, **WIKI},
    "helpdesk": HELPDESK,
    "platform": PLATFORM,
}
"""By the name of the spec. The shared code of the last two is that of the others."""
