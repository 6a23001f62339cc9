"""Services whose database, or whose process, is taken away from them while they work."""
