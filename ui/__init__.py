"""Windows, screens and the only Qt of the project."""
