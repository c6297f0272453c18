"""The menu of the strip and the page of keys."""
