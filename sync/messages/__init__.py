"""The wire: what till and central say to each other (protocol §4–§6), checked at the edge."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pos_app.domain.feed_names import FEEDS as FEEDS

PROTOCOL = 1
BATCH_DOCUMENTS = 200
BATCH_BYTES = 1 << 20
BATCH_BYTES_INFLATED = 8 << 20
MARKED_FEEDS = ("customers", "orders", "sales", "stock")  # they carry the till markers of protocol §6

Hex = Annotated[str, Field(pattern=r"^([0-9a-f]{2})*$")]
Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]
UuidText = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Words = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""Text that every database takes: no U+0000, and no lone surrogate, which no pattern matches."""
Epoch = Annotated[int, Field(ge=1, le=255)]
Seq = Annotated[int, Field(ge=1, le=2**32 - 1)]


class Wire(BaseModel):
    """Base of every message: frozen; unknown fields are kept for what comes later, types are strict."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)


class Request(Wire):
    """What a till sends. Unknown fields are ignored, not refused: old centrals, new tills."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


# --- enrolment --------------------------------------------------------------------------------
class EnrolRequest(Request):
    """protocol §4.2; `proof` = signature over "quay-enrol-1\\0" ‖ code ‖ "\\0" ‖ public_key ‖ seal_key."""

    code: Annotated[Words, Field(min_length=8, max_length=64)]
    public_key: Hex32
    seal_key: Hex32
    proof: Hex64
    info: dict[str, Words] = {}


class SpareEpoch(Wire):
    """An epoch in reserve, for a till that must start a fresh journal in the dark."""

    epoch: Epoch
    nonce: Hex32


class Certificate(Wire):
    """Signed object `certificate` (protocol §4.3)."""

    tenant: UuidText
    store: int
    till: UuidText
    till_number: int
    epoch: Epoch
    key_no: int
    public_key: Hex32
    seal_key: Hex32
    nonce: Hex32
    signature: Hex64


class KeysetKey(Wire):
    """One public key of the keyset; `types`: code types 1, 2, 3, 5 as numbers, or "enrol", "directive"."""

    kid: Annotated[int, Field(ge=0, le=255)]
    public: Hex32
    types: list[int | Literal["enrol", "directive"]]
    issue_from: str
    issue_to: str
    verify_until: str
    revoked_at: str | None = None


class Keyset(Wire):
    """Signed object `keyset`, by the tenant's root key; the version never goes back."""

    version: int
    keys: list[KeysetKey]
    signature: Hex64


class EnrolAnswer(Wire):
    """protocol §4.3."""

    tenant: UuidText
    store: int
    store_code: str
    till: UuidText
    till_number: int
    epoch: Epoch
    nonce: Hex32
    spare: SpareEpoch | None = None
    root_public_key: Hex32
    keyset: dict[str, Any]
    certificate: dict[str, Any]
    recovery_key: Hex32
    phone_key: Hex  # sealed to the till's seal_key, purpose phone-key
    old_database_key: Hex | None = None
    policy: dict[str, Any]


# --- upload -----------------------------------------------------------------------------------
class Head(Request):
    """Newest document of an epoch; `seq` 0 and the epoch's first prev_hash when there is none yet."""

    epoch: Epoch
    seq: Annotated[int, Field(ge=0, le=2**32 - 1)]
    hash: Hex32


class Position(Request):
    """A place in a journal."""

    epoch: Epoch
    seq: Seq


class Health(Request):
    """How the till is; ages in seconds, disk in MiB.

    `mismatched`: feeds whose count and checksum did not hold twice, which is a case (protocol §6). They and
    `suspects` are not in the protocol's list of fields: a central that does not know them ignores them.
    """

    unsent: int = 0
    oldest_age_s: int = 0
    quarantined: int = 0
    disk_free_mb: int = 0
    mismatched: Annotated[list[str], Field(max_length=len(FEEDS))] = []
    suspects: int = 0


class Clock(Request):
    """The till's clock as it sees it: wall RFC 3339, monotonic ms, boot id."""

    wall: str
    mono_ms: int
    boot_id: str


class Item(Request):
    """One document on its way; `body` and `private` are the UTF-8 text of the exact bytes."""

    till: UuidText
    epoch: Epoch
    seq: Seq
    doc_id: Words
    body: str
    hash: Hex32
    signature: Hex64
    private: str | None = None
    salt: Hex32 | None = None


class DocumentsRequest(Request):
    """POST /v1/documents (protocol §5): ascending seq, at most 200 items, gzip."""

    protocol: int
    batch_id: str
    head: Head
    skipped: list[Position] = []
    clock: Clock
    health: Health
    items: Annotated[list[Item], Field(max_length=BATCH_DOCUMENTS)]


ResultStatus = Literal[
    "applied", "applied_flagged", "duplicate", "parked", "quarantined", "fork", "conflict", "retry"
]
DONE = frozenset({"applied", "applied_flagged", "duplicate", "parked", "quarantined", "fork"})


class ItemResult(Wire):
    """What central did with one document."""

    doc_id: str
    hash: str
    status: ResultStatus
    codes: list[str] = []
    case: str | None = None
    missing: list[str] = []
    first: str | None = None  # for `duplicate`: the first result's status
    private: Literal["stored", "erased", "missing", "mismatch"] | None = None


class DocumentsAnswer(Wire):
    """Answer to an upload: one result per item, in the order of the items."""

    results: list[ItemResult]
    stored_through: int
    applied_through: int
    server_time: str
    incarnation: str
    directives: list[dict[str, Any]] = []


# --- hello and feeds --------------------------------------------------------------------------
class HelloRequest(Request):
    """POST /v1/hello (protocol §6): one cheap poll."""

    head: Head
    keyset_version: int
    health: Health
    clock: Clock
    app: Words


class HelloAnswer(Wire):
    """`feeds`: name → the cursor a pull would end at now; equal to the held cursor = nothing new."""

    protocol: dict[str, int]
    server_time: str
    incarnation: str
    feeds: dict[str, str]
    spare: SpareEpoch | None = None
    directives: list[dict[str, Any]] = []


class FeedItem(Wire):
    """One change of a feed; `body` is absent for `del`."""

    key: str
    ver: int
    op: Literal["put", "del"]
    body: dict[str, Any] | None = None


class FeedPage(Wire):
    """GET /v1/feeds/{name}?cursor=&limit= ; `count` and `checksum` hold at `up_to_date`."""

    handle: str
    items: list[FeedItem]
    next: str
    up_to_date: bool
    count: int
    checksum: str


class ErrorAnswer(Wire):
    """Every refusal of central: a machine code and fields; `server_time` with clock_skew."""

    code: str
    server_time: str | None = None
