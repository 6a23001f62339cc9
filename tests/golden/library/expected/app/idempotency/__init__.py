"""Creations that are sent again under one `Idempotency-Key`, and happen once."""
