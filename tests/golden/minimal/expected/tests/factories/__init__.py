"""Makes rows for tests: for each resource a request body, and a stored row with all it needs."""
