"""Features: folders of data that a spec turns on, and what they bring together."""
