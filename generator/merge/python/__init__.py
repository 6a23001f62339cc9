"""Python, merged by its structure: what a name stands for, not the line that it stands on."""
