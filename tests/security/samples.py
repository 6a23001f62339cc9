"""The services that are attacked."""

from __future__ import annotations

import pytest
from generated.projects import Sample, each_sample

QUICK: tuple[Sample, ...] = (("bookstore", "sqlite"), ("helpdesk", "sqlite"))
PROOF: tuple[Sample, ...] = (("bookstore", "postgresql"), ("helpdesk", "postgresql"))


def each_service() -> pytest.MarkDecorator:
    """Runs a test for the samples with accounts: on SQLite at once, on PostgreSQL for the proof."""
    return each_sample(quick=QUICK, proof=PROOF)


def each_helpdesk() -> pytest.MarkDecorator:
    """The same for the one in which rows belong to people, and others may not see them."""
    return each_sample(quick=QUICK[1:], proof=PROOF[1:])
