"""Alembic's revisions of the central database; they import none of our code."""
