"""Create the tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254, collation="C"), nullable=False),
        sa.Column("password_hash", sa.String(length=255, collation="C"), nullable=False),
        sa.Column("full_name", sa.String(length=200, collation="C"), nullable=True),
        sa.Column("role", sa.String(length=9, collation="C"), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('user', 'librarian', 'admin')", name=op.f("ck_users_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_index(
        op.f("ix_users_created_at_id"),
        "users",
        [sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "_login_attempts",
        sa.Column("id", sa.String(length=64, collation="C"), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__login_attempts")),
    )
    op.create_index(
        op.f("ix__login_attempts_started_at"), "_login_attempts", ["started_at"], unique=False
    )
    op.create_table(
        "_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64, collation="C"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk__sessions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__sessions")),
    )
    op.create_index(op.f("ix__sessions_expires_at"), "_sessions", ["expires_at"], unique=False)
    op.create_index(op.f("ix__sessions_user_id"), "_sessions", ["user_id"], unique=False)
    op.create_table(
        "_idempotency_keys",
        sa.Column("id", sa.String(length=64, collation="C"), nullable=False),
        sa.Column("request_hash", sa.String(length=64, collation="C"), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__idempotency_keys")),
    )
    op.create_index(
        op.f("ix__idempotency_keys_expires_at"), "_idempotency_keys", ["expires_at"], unique=False
    )
    op.create_table(
        "works",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200, collation="C"), nullable=False),
        sa.Column("medium", sa.String(length=10, collation="C"), nullable=False),
        sa.Column("price", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("acquired_on", sa.Date(), nullable=False),
        sa.Column("shelf_mark", sa.String(length=20, collation="C"), nullable=False),
        sa.Column("sequel_to_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "medium IN ('book', 'film', 'audio-book')", name=op.f("ck_works_medium")
        ),
        sa.CheckConstraint("price >= 0", name=op.f("ck_works_price_ge")),
        sa.ForeignKeyConstraint(
            ["sequel_to_id"], ["works.id"], name=op.f("fk_works_sequel_to_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works")),
        sa.UniqueConstraint("shelf_mark", name=op.f("uq_works_shelf_mark")),
    )
    op.create_index(
        op.f("ix_works_created_at_id"),
        "works",
        [sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(op.f("ix_works_title"), "works", ["title"], unique=False)
    op.create_index(op.f("ix_works_sequel_to_id"), "works", ["sequel_to_id"], unique=False)
    op.create_index(
        op.f("ix_works_medium_acquired_on"),
        "works",
        ["medium", sa.literal_column("acquired_on DESC")],
        unique=False,
    )
    op.create_table(
        "subjects",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100, collation="C"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subjects")),
        sa.UniqueConstraint("name", name=op.f("uq_subjects_name")),
    )
    op.create_index(
        op.f("ix_subjects_created_at_id"),
        "subjects",
        [sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "loans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(collation="C"), nullable=True),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("borrower_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("lent_at < due_at", name=op.f("ck_loans_lent_at_lt_due_at")),
        sa.ForeignKeyConstraint(["borrower_id"], ["users.id"], name=op.f("fk_loans_borrower_id")),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("fk_loans_work_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loans")),
    )
    op.create_index(
        op.f("ix_loans_borrower_id_created_at_id"),
        "loans",
        ["borrower_id", sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        op.f("ix_loans_created_at_id"),
        "loans",
        [sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(op.f("ix_loans_work_id"), "loans", ["work_id"], unique=False)
    op.create_table(
        "works_subjects",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["subjects.id"],
            name=op.f("fk_works_subjects_subject_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["works.id"], name=op.f("fk_works_subjects_work_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("work_id", "subject_id", name=op.f("pk_works_subjects")),
    )
    op.create_index(
        op.f("ix_works_subjects_subject_id"), "works_subjects", ["subject_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("works_subjects")
    op.drop_table("loans")
    op.drop_table("subjects")
    op.drop_table("works")
    op.drop_table("_idempotency_keys")
    op.drop_table("_sessions")
    op.drop_table("_login_attempts")
    op.drop_table("users")
