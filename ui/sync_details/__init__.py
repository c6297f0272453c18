"""The connection and the age of the data."""
