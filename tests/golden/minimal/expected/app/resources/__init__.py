"""One package a resource, named by its plural. Nothing else lives here."""
