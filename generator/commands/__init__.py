"""The commands: each parses nothing, calls the pipeline and prints a report. No logic.

What a command needs is imported when it runs, so that `--help` answers at once.
"""
