"""Tests of creations that are sent again."""
