"""A generated service beside a bare one and an idiomatic one, under the same load."""
