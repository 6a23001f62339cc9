"""Signing in with JSON Web Tokens."""
