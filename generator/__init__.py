"""Scaffold: from one page of YAML to a FastAPI service, and onwards as the page changes."""

__version__ = "0.1.0"
