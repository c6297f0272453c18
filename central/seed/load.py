"""Writes a made-up chain into central's tables and publishes every feed."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select

from central import publish
from central.database import Database
from central.keys import TenantKeys
from central.seed.chain import Chain, Scale, make_chain
from central.seed.counter_vouchers import BLANKS
from central.seed.issuer import Issuer
from central.seed.load_goods import load_goods
from central.seed.load_history import load_history
from central.seed.load_orders import load_orders
from central.seed.load_people import load_people
from central.seed.staff import demo_file
from central.seed.stores import BANK, CHAIN, STORES
from central.tables.tenant import policy, store, tenant
from central.tables.tills import till
from pos_app.domain.policy import Policy

DEMO_PINS = "demo-pins.json"
DEMO_SEED = "demo-seed.json"


class AlreadySeeded(Exception):
    """The database already holds a chain: nothing was written."""


def load(database: Database, keys: TenantKeys, chain: Chain, now: datetime) -> int:
    """Everything in one transaction; returns the number of feed items. Raises AlreadySeeded."""
    issuer = Issuer(keys, chain.tenant)
    with database.writing() as connection:
        if connection.scalar(select(tenant.c.id)) is not None:
            raise AlreadySeeded
        _load_tenant(connection, chain, now)
        load_goods(connection, chain)
        load_people(connection, chain, issuer)
        load_orders(connection, chain, issuer)
        load_history(connection, chain)
        return publish.everything(connection, keys, now)


def _load_tenant(connection: Connection, chain: Chain, now: datetime) -> None:
    incarnation = os.urandom(16).hex()
    row = {"id": chain.tenant, "name": CHAIN, "incarnation": incarnation, "created_at": now}
    connection.execute(insert(tenant), row)
    connection.execute(insert(store), [one.row() for one in STORES])
    body = {**Policy().to_json(), "bank": dict(BANK), "blanks": dict(BLANKS)}
    connection.execute(insert(policy), {"level": "tenant", "owner": "", "body": body})
    connection.execute(
        insert(till),
        [
            {"id": one.id, "store": one.store, "number": one.number, "name": f"Quầy {one.number}",
             "created_at": now}
            for one in chain.tills
        ],
    )  # fmt: skip


def write_demo_files(folder: Path, chain: Chain) -> None:
    """What only a demo may keep beside its database: the PINs for its sign-in screen, and the seed."""
    _write(folder / DEMO_PINS, demo_file(chain.pins))
    today = chain.calendar.today.isoformat()
    _write(folder / DEMO_SEED, {"seed": chain.seed, "today": today, "scale": asdict(chain.scale)})


def read_demo_seed(folder: Path) -> Chain:
    """The chain that was loaded into this folder's database, drawn again. FileNotFoundError if none was."""
    body = json.loads((folder / DEMO_SEED).read_text(encoding="utf-8"))
    return make_chain(body["seed"], date.fromisoformat(body["today"]), Scale(**body["scale"]))


def _write(path: Path, content: object) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.write("\n")
