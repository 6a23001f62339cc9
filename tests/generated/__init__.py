"""The proof: every sample generated through the command line, and judged by running it."""
