"""Windows, screens and the only Qt of the project."""

from ui import none_guard

none_guard.install()
