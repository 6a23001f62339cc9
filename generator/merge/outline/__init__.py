"""YAML and TOML, merged by their keys; each line stays as its side wrote it."""
