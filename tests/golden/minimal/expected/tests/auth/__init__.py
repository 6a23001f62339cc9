"""Tests of accounts and of access to them."""
