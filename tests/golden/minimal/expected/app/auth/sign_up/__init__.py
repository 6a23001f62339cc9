"""Accounts for whoever asks for one."""
