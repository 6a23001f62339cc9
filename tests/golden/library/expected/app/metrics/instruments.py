"""What is measured.

Labels are few and closed: a route's template, never a path; a method of HTTP, never any word.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "http_requests", "Answered requests.", ["method", "route", "status"], registry=REGISTRY
)
DURATION = Histogram(
    "http_request_duration_seconds",
    "From the first byte of a request to the last of its answer.",
    ["method", "route"],
    registry=REGISTRY,
)
IN_FLIGHT = Gauge(
    "http_requests_in_flight",
    "Requests that are being answered.",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
LAG = Gauge(
    "event_loop_lag_seconds",
    "How late an event loop ran its last timer.",
    registry=REGISTRY,
    multiprocess_mode="livemax",
)
CONNECTIONS = Gauge(
    "database_connections",
    "Connections to the database that are open.",
    ["state"],
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
MOST_CONNECTIONS = Gauge(
    "database_connections_max",
    "Connections to the database that there may be.",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
