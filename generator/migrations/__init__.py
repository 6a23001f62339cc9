"""Alembic revisions, made from what a spec says; SQLAlchemy and Alembic are imported here alone."""
