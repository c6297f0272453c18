"""Where central keeps its data, how it is reached from outside, and the limits it sets to requests."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_FOLDER = Path("central-data")
DEFAULT_URL = "http://127.0.0.1:8480"
WORKERS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""prometheus-client's own name: set for several workers, which add up their counts in files there."""
_FOLDER = "QUAY_CENTRAL_WORKER_FOLDER"


@dataclass(frozen=True, slots=True)
class Settings:
    """`public_url` is what tills sign (protocol §4.4), never the Host header. Times in seconds."""

    folder: Path
    database_url: str
    public_url: str
    batches_at_once: int = 4
    batches_in_line: int = 8
    longest_in_line: float = 1.0
    retry_after: int = 2
    skew: int = 300
    nonces_kept: int = 600
    enrol_minutes: int = 15
    # calls a minute, counted by each worker alone
    calls_of_a_till: int = 1200
    calls_of_a_key: int = 1200
    calls_of_an_address: int = 6000

    @property
    def key_file(self) -> Path:
        """The owner-only file of private keys, beside the database, never in it."""
        return self.folder / "central-keys.json"

    @property
    def url_is_configured(self) -> bool:
        """Whether somebody chose the public URL."""
        return self.public_url != DEFAULT_URL

    def hand_over(self) -> None:
        """For the workers that this process starts: they find it in their environment."""
        os.environ[_FOLDER] = str(self.folder)
        os.environ["QUAY_CENTRAL_URL"] = self.public_url
        os.environ["QUAY_CENTRAL_DATABASE"] = self.database_url

    @classmethod
    def handed_over(cls) -> Settings:
        """What `hand_over` left."""
        return cls.of(Path(os.environ[_FOLDER]))

    @classmethod
    def of(cls, folder: Path, public_url: str | None = None, database_url: str | None = None) -> Settings:
        """From the command line, then QUAY_CENTRAL_URL, …_DATABASE."""
        folder = folder.absolute()
        return cls(
            folder=folder,
            database_url=database_url
            or os.environ.get("QUAY_CENTRAL_DATABASE")
            or f"sqlite:///{folder / 'central.db'}",
            public_url=(public_url or os.environ.get("QUAY_CENTRAL_URL") or DEFAULT_URL).rstrip("/"),
        )
