"""The closed lists of texts; a member's value is what travels and what is stored."""
