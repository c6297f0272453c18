"""The second window: what the customer sees."""
