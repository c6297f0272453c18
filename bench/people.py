"""Who works at the measured till."""

STAFF, PIN = 7, "123456"
