"""Tables of a feed file, which can always be deleted and fetched again (protocol §3, Two kinds of files)."""

from __future__ import annotations

VERSION = 1
"""`user_version` of the files. A file with any other is deleted and made again; no migrations."""

_COMMON = (
    """CREATE TABLE feed (
        name TEXT PRIMARY KEY, handle TEXT NOT NULL, cursor TEXT NOT NULL, count INTEGER NOT NULL,
        total TEXT NOT NULL, version INTEGER NOT NULL, confirmed_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE staged (
        feed TEXT PRIMARY KEY, handle TEXT, cursor TEXT, is_full INTEGER NOT NULL,
        version INTEGER NOT NULL) STRICT""",
    """CREATE TABLE staging (
        feed TEXT NOT NULL, key TEXT NOT NULL, ver INTEGER NOT NULL, op TEXT NOT NULL,
        rank INTEGER NOT NULL, body TEXT, PRIMARY KEY (feed, key)) STRICT""",
    """CREATE INDEX staging_in_order ON staging (feed, rank, key)""",
    """CREATE TABLE marker (feed TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT""",
)

CATALOGUE = (
    *_COMMON,
    """CREATE TABLE item (
        feed TEXT NOT NULL, key TEXT NOT NULL, ver INTEGER NOT NULL,
        PRIMARY KEY (feed, key)) STRICT, WITHOUT ROWID""",
    # places follow the sales rank: the first hits of a search are the best sellers, without sorting.
    # a prefix without an index of its length would be merged from all its words first: 40 ms and more
    """CREATE TABLE product (
        place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sku TEXT NOT NULL, style TEXT NOT NULL,
        category TEXT NOT NULL, body TEXT NOT NULL) STRICT""",
    """CREATE INDEX product_by_sku ON product (sku)""",
    """CREATE INDEX product_by_style ON product (style) WHERE style <> ''""",
    """CREATE TABLE barcode (code TEXT NOT NULL, place INTEGER NOT NULL,
        PRIMARY KEY (code, place)) STRICT, WITHOUT ROWID""",
    """CREATE INDEX barcode_of_product ON barcode (place)""",
    """CREATE VIRTUAL TABLE product_words USING fts5 (
        words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6 7',
        tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TABLE category (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT""",
    """CREATE TABLE promotion (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT""",
)

CUSTOMERS = (
    *_COMMON,
    """CREATE TABLE item (
        feed TEXT NOT NULL, key TEXT NOT NULL, ver INTEGER NOT NULL,
        PRIMARY KEY (feed, key)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE customer (id TEXT PRIMARY KEY, tag TEXT NOT NULL, body TEXT NOT NULL) STRICT""",
    """CREATE INDEX customer_by_tag ON customer (tag)""",
    """CREATE TABLE card (serial TEXT NOT NULL, customer TEXT NOT NULL,
        PRIMARY KEY (serial, customer)) STRICT, WITHOUT ROWID""",
    """CREATE INDEX card_of_customer ON card (customer)""",
    """CREATE TABLE alias (alias TEXT NOT NULL, customer TEXT NOT NULL,
        PRIMARY KEY (alias, customer)) STRICT, WITHOUT ROWID""",
    """CREATE INDEX alias_of_customer ON alias (customer)""",
)

STORE = (
    *_COMMON,
    """CREATE TABLE item (
        feed TEXT NOT NULL, key TEXT NOT NULL, ver INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (feed, key)) STRICT""",
    """CREATE TABLE waiting_order (
        key TEXT PRIMARY KEY, order_no INTEGER NOT NULL, number TEXT NOT NULL, serial TEXT, short_code TEXT,
        customer TEXT, tag TEXT, promised_by TEXT NOT NULL, is_open INTEGER NOT NULL) STRICT""",
    """CREATE INDEX order_by_no ON waiting_order (order_no)""",
    """CREATE INDEX order_by_number ON waiting_order (number)""",
    """CREATE INDEX order_by_serial ON waiting_order (serial)""",
    """CREATE INDEX order_by_short_code ON waiting_order (short_code)""",
    """CREATE INDEX order_by_tag ON waiting_order (tag)""",
    """CREATE INDEX order_by_promise ON waiting_order (promised_by) WHERE is_open""",
    """CREATE TABLE sale (
        key TEXT PRIMARY KEY, receipt_no TEXT NOT NULL, till TEXT NOT NULL, epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL, order_no INTEGER, customer TEXT) STRICT""",
    """CREATE INDEX sale_by_receipt ON sale (receipt_no)""",
    """CREATE INDEX sale_by_fence ON sale (till, epoch, seq)""",
    """CREATE INDEX sale_by_order ON sale (order_no)""",
    """CREATE INDEX sale_by_customer ON sale (customer)""",
)

SCHEMAS = {"catalogue": CATALOGUE, "customers": CUSTOMERS, "store": STORE}
