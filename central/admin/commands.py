"""`quay-central api-key …`: makes, lists and revokes the keys of the shop's own systems."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from central.admin import api_keys
from central.database import Database, migrated
from central.keys import instant_text
from central.settings import Settings


def create_key(settings: Settings, options: argparse.Namespace) -> int:
    """Prints the key, this once. 1 for scopes that do not exist."""
    scopes = list(api_keys.SCOPES) if options.scopes == ["all"] else options.scopes
    wish = api_keys.Wish(
        name=options.name,
        scopes=scopes,
        stores=options.stores,
        lifetime=None if options.days is None else timedelta(days=options.days),
    )
    with _database(settings) as database, database.writing() as connection:
        try:
            text = api_keys.create(connection, wish, datetime.now(UTC))
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write(text + "\n")
    return 0


def list_keys(settings: Settings, _options: argparse.Namespace) -> int:
    """One line a key; never the key itself."""
    with _database(settings) as database, database.reading() as connection:
        for row in api_keys.listed(connection):
            state = "revoked" if row.revoked_at else "good"
            until = instant_text(row.expires_at) if row.expires_at else "for ever"
            used = instant_text(row.last_used_at) if row.last_used_at else "never"
            stores = "all" if row.stores is None else ",".join(map(str, row.stores))
            sys.stdout.write(
                f"{row.id}  {state}  until {until}  last used {used}  stores {stores}  "
                f"{','.join(row.scopes)}  {row.name}\n"
            )
    return 0


def revoke_key(settings: Settings, options: argparse.Namespace) -> int:
    """From the next request on. 1 when there is no such key that counts."""
    with _database(settings) as database, database.writing() as connection:
        done = api_keys.revoke(connection, options.id, datetime.now(UTC))
    if not done:
        sys.stderr.write("there is no such key, or it was revoked before\n")
    return 0 if done else 1


def add_key_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], place: argparse.ArgumentParser
) -> None:
    """The three of them below `api-key`."""
    group = commands.add_parser("api-key", help="keys of the shop's own systems")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    command = actions.add_parser("create", parents=[place], help="make one and print it, this once")
    command.add_argument("--name", required=True, help="whose key it is, such as webshop")
    command.add_argument(
        "--scopes",
        required=True,
        type=_words,
        metavar="A,B",
        help=f"all, or of: {', '.join(api_keys.SCOPES)}",
    )
    command.add_argument("--stores", type=_numbers, metavar="1,2", help="only things of these stores (every)")
    command.add_argument("--days", type=int, help="how long it is good (until it is revoked)")
    command.set_defaults(run=create_key)
    command = actions.add_parser("list", parents=[place], help="all keys, with their last use")
    command.set_defaults(run=list_keys)
    command = actions.add_parser("revoke", parents=[place], help="make one good for nothing")
    command.add_argument("id", help="the 16 characters after quay_, as in the list")
    command.set_defaults(run=revoke_key)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _numbers(text: str) -> list[int]:
    return [int(word) for word in _words(text)]


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with migrated(settings.database_url) as database:
        yield database
