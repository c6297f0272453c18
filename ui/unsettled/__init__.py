"""The documents that are not settled yet."""
