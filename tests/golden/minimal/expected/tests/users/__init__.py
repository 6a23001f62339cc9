"""Tests of what people and admins do with accounts."""
