"""The dashboard and the alerts speak of what is measured, and of nothing else."""

import json
import re
from pathlib import Path

from app.metrics.instruments import REGISTRY

DEPLOY = Path(__file__).parents[2] / "deploy"
DASHBOARD = DEPLOY / "grafana/dashboards/service.json"
METRIC = re.compile(r"\b(?:http|event_loop|database|process)_[a-z_]+\b")


def measured() -> set[str]:
    """Every name that a query may use."""
    found = {metric.name: metric.type for metric in REGISTRY.collect()}
    endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
    return {name + end for name, kind in found.items() for end in endings.get(kind, ("",))}


def test_the_dashboard_shows_what_is_measured() -> None:
    panels = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    queries = [target["expr"] for panel in panels for target in panel["targets"]]
    used = [name for query in queries for name in METRIC.findall(query)]
    assert len(used) >= len(panels)
    assert set(used) <= measured()


def test_the_alerts_look_at_what_is_measured() -> None:
    used = set(METRIC.findall((DEPLOY / "prometheus/alerts.yml").read_text("utf-8")))
    assert used
    assert used <= measured()
