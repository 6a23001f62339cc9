"""The database's history, a revision a step, and what runs it."""
