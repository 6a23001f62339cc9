"""Tests of how often everyone may ask."""
