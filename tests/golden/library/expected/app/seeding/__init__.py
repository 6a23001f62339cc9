"""Rows to develop and to measure with: as many as wanted, and the same ones each time."""
