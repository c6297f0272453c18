"""The search panel: goods by name, with stock here and elsewhere."""
