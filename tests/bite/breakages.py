"""Every breakage."""

from __future__ import annotations

from bite.access import ACCESS
from bite.http import MOUNTS
from bite.rows import ROWS
from bite.schemas import SCHEMAS
from bite.security import SECURITY
from bite.tables import MODELS

BREAKAGES = (*ACCESS, *MOUNTS, *SCHEMAS, *ROWS, *MODELS, *SECURITY)
