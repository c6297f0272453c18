"""The demo's commands: fill a database, print an enrolment code, write pictures of codes."""

from __future__ import annotations

import logging
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from central.database import Database
from central.enrolment import create_code, create_till
from central.keys import TenantKeys
from central.seed.calendar import ZONE
from central.seed.chain import Scale, make_chain
from central.seed.issuer import Issuer
from central.seed.load import DEMO_PINS, AlreadySeeded, load, read_demo_seed, write_demo_files
from central.settings import Settings
from central.tables.tenant import store

DONE, FAILED = 0, 1


def seed_chain(settings: Settings, seed: int, today: date | None, scale: Scale) -> int:
    """Draws and loads a chain; refuses a database that already holds one."""
    begun = time.monotonic()
    now = datetime.now(UTC)
    chain = make_chain(seed, today or now.astimezone(ZONE).date(), scale)
    database = _database(settings)
    try:
        items = load(database, TenantKeys.open(settings.key_file), chain, now)
    except AlreadySeeded:
        return _failed("the database already holds a chain; choose another --data folder")
    finally:
        database.dispose()
    write_demo_files(settings.folder, chain)
    _say(
        f"seed {seed} for {chain.calendar.today}: {len(chain.variants)} products, "
        f"{len(chain.customers)} customers, {len(chain.orders)} orders, {len(chain.vouchers)} vouchers, "
        f"{items} feed items in {time.monotonic() - begun:.1f} s; "
        f"demo PINs in {settings.folder / DEMO_PINS}"
    )
    return DONE


def print_enrol_code(settings: Settings, store_code: str, number: int) -> int:
    """The code alone on standard output, so that a script can take it; it is kept and logged nowhere."""
    now = datetime.now(UTC)
    database = _database(settings)
    try:
        with database.writing() as connection:
            no = connection.scalar(select(store.c.no).where(store.c.code == store_code.upper()))
            if no is None:
                return _failed(f"there is no store {store_code}")
            till = create_till(connection, no, number, f"Quầy {number}", now)
            text = create_code(connection, till, settings, now)
    finally:
        database.dispose()
    _say(text)
    return DONE


def write_codes(settings: Settings, out: Path) -> int:
    """QR and EAN-13 pictures of the seeded chain, with `index.json`."""
    from central.seed.code_pictures import write_pictures
    from central.seed.code_samples import samples

    try:
        chain = read_demo_seed(settings.folder)
    except FileNotFoundError:
        return _failed("no made-up chain here: run `quay-central seed` first")
    issuer = Issuer(TenantKeys.load(settings.key_file), chain.tenant)
    count = write_pictures(out, samples(chain, issuer))
    _say(f"{count} pictures in {out}")
    return DONE


def _database(settings: Settings) -> Database:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    database = Database(settings.database_url)
    database.migrate()
    return database


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _failed(text: str) -> int:
    sys.stderr.write(text + "\n")
    return FAILED
