"""Which worker of pytest-xdist runs which tests: those of one generated project go to one.

A project, its database and its service are made once a worker. The marks of xdist itself, of
`--dist loadgroup`, do nothing under pytest 9.2: they are written into ids that it doesn't read.
"""

from __future__ import annotations

import re
from typing import get_args

from xdist.scheduler import LoadScopeScheduling

from generator.spec.model import Engine

SAMPLE = re.compile(rf"[\[-](\w+-(?:{'|'.join(get_args(Engine))}))[\]-]")
"""What `projects.sample` calls one, among the other parameters of a test."""


class BySample(LoadScopeScheduling):  # type: ignore[misc]  # xdist tells no types
    """Sends the tests of a sample on an engine to one worker, any other to whoever is free."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


def together(nodeid: str) -> str:
    """The name that a test shares with those which have to run in its worker."""
    found = SAMPLE.search(nodeid)
    return found[1] if found else nodeid
