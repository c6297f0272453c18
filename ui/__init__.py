"""Windows, screens and the only Qt of the project."""

from ui import immortal

immortal.install()
