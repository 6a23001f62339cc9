"""Tests of what is measured, and of who sees it."""
