"""${message.replace("\\", "\\\\").replace('"', '\\"')}."""

from collections.abc import Sequence

% if not upgrades or "sa." in upgrades + downgrades:
import sqlalchemy as sa
% endif
from alembic import op
${imports or ""}

revision: str = ${repr(up_revision)}
down_revision: str | Sequence[str] | None = ${repr(down_revision)}
branch_labels: str | Sequence[str] | None = ${repr(branch_labels)}
depends_on: str | Sequence[str] | None = ${repr(depends_on)}

def upgrade() -> None:
    ${upgrades or "pass"}

def downgrade() -> None:
    ${downgrades or "pass"}
