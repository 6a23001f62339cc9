"""What the API promises its clients: its OpenAPI document, and what breaks it."""
