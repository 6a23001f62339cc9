"""Accounts, as their owners and admins manage them."""
