"""The platform: what its features bring. The code of every service is broken in the others."""

from __future__ import annotations

from bite.breakage import Groups
from bite.platform.caching import CACHED, GRAPHQL
from bite.platform.labour import JOBS
from bite.platform.operations import BACKUPS, LIMITS, METRICS, TRACES
from bite.platform.providers import PROVIDERS
from bite.platform.sessions import SESSIONS
from bite.platform.telling import EVENTS

PLATFORM: Groups = {
    "sessions": SESSIONS,
    "providers": PROVIDERS,
    "cache": CACHED,
    "graphql": GRAPHQL,
    "jobs": JOBS,
    "events": EVENTS,
    "limits": LIMITS,
    "metrics": METRICS,
    "traces": TRACES,
    "backups": BACKUPS,
}
