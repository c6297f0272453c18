"""Golden cases of what is scanned and typed: codes, phones, VietQR (protocol §6, §7, §14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import Any

from pos_app.domain import base28, codes, phone, vietqr
from pos_app.domain.ids import TenantId
from pos_app.vector_case import Case, refusal

Json = Mapping[str, Any]

_TYPES: dict[str, type[codes.SignedCode]] = {
    "pickup": codes.PickupCode,
    "voucher": codes.VoucherCode,
    "member": codes.MemberCode,
    "receipt": codes.ReceiptCode,
    "badge": codes.BadgeCode,
}
_NOT_FIELDS = ("key_id", "serial", "reserved")


class _VectorKeys:
    """The keys of a file of codes: every receipt in it is signed by the one till."""

    def __init__(self, data: Json) -> None:
        self._till = bytes.fromhex(data["till_public"])
        self._issuing = {
            key["key_id"]: codes.IssuingKey(
                key_id=key["key_id"], public=bytes.fromhex(key["public"]), types=frozenset(key["types"])
            )
            for key in data["keys"]
        }

    def issuing_key(self, key_id: int) -> codes.IssuingKey | None:
        return self._issuing.get(key_id)

    def till_keys(self, store: int, till_number: int, epoch: int) -> Sequence[bytes]:  # noqa: ARG002
        return (self._till,)


def code_cases(data: Json) -> Iterator[Case]:
    """Good texts there and back, other forms of them, refused ones, short codes."""
    keys, tenant = _VectorKeys(data), TenantId(data["tenant"])
    for at, case in enumerate(data.get("lengths", ())):
        size = case["body_bytes"] + 64
        yield Case("lengths", at, case["characters_after_prefix"], partial(base28.text_length, size))
    for at, case in enumerate(data["good"]):
        expected = {**case, "from_fields": case["body"], "tag_fits": "customer" in case}
        yield Case("good", at, expected, partial(_code, case, keys, tenant))
    for at, case in enumerate(data.get("accepted_forms", ())):
        text = data["good"][case["same_as"]]["text"]
        yield Case("accepted_forms", at, text, partial(_again, case["text"], keys, tenant))
    for at, case in enumerate(data["bad"]):
        yield Case("bad", at, case["expect"], partial(_code_refusal, case["text"], keys, tenant))
    for at, case in enumerate(data.get("short_codes", ())):
        number = int(case["serial"]) % 28**7
        yield Case("short_codes", at, (case["code"], number), partial(_short, case))
    for at, case in enumerate(data.get("bad_short_codes", ())):
        read = partial(codes.read_short_code, case["text"])
        yield Case("bad_short_codes", at, case["expect"], partial(refusal, read))


def phone_cases(data: Json) -> Iterator[Case]:
    """Numbers in every spelling, and texts that are none."""
    key = bytes.fromhex(data["phone_key"])
    for at, case in enumerate(data["good"]):
        yield Case("good", at, case, partial(_phone, case["text"], key))
    for at, text in enumerate(data["refused"]):
        yield Case("refused", at, "phone_refused", partial(refusal, partial(phone.parse, text)))


def vietqr_cases(data: Json) -> Iterator[Case]:
    """Texts read and drawn again, refused texts, fields that become no code, transfer references."""
    for at, case in enumerate(data["good"]):
        expected = {"fields": case["fields"], "text": case["text"] if case["build"] else None}
        yield Case("good", at, expected, partial(_vietqr, case))
    for at, case in enumerate(data["bad"]):
        parse = partial(vietqr.parse, case["text"])
        yield Case("bad", at, case["expect"], partial(refusal, parse))
    for at, case in enumerate(data["not_built"]):
        yield Case("not_built", at, case["expect"], partial(_not_built, data["base"], case))
    for at, case in enumerate(data.get("references", ())):
        numbers = {name: value for name, value in case.items() if name != "reference"}
        yield Case("references", at, case["reference"], partial(vietqr.transfer_reference, **numbers))


def _code(case: Json, keys: codes.Keyring, tenant: TenantId) -> dict[str, object]:
    """The case as this program would have written it."""
    signed = codes.decode_structure(case["text"])
    code = codes.read_signed(case["text"], keys, tenant)
    read = {name: value for name, value in _fields_of(code).items() if name not in _NOT_FIELDS}
    header: dict[str, Any] = {
        name: getattr(code, name) for name in ("key_id", "serial") if hasattr(code, name)
    }
    true: dict[str, Any] = {name: value for name, value in read.items() if name not in ("value", "items")}
    got: dict[str, object] = {
        **case,
        "type": next(name for name, kind in _TYPES.items() if isinstance(code, kind)),
        "text": codes.encode(code, lambda _: signed.signature, tenant),
        "body": code.body.hex(),
        "fields": read,
        "from_fields": _TYPES[case["type"]](**header, **case["fields"]).body.hex(),
        "tag_fits": "customer" in case and _tag_fits(code, case, tenant),
    }
    if not isinstance(code, codes.ReceiptCode):
        got |= {
            "key_id": code.key_id,
            "serial": str(code.serial),
            "short_code": codes.short_code(code.serial),
        }
    if "made_from" in case:
        got["from_fields"] = codes.PickupCode.of(**header, **true, **case["made_from"]).body.hex()
    return got


def _fields_of(code: codes.SignedCode) -> dict[str, object]:
    values = {field.name: getattr(code, field.name) for field in fields(code)}
    return {name: value for name, value in values.items() if value is not None}


def _tag_fits(code: codes.SignedCode, case: Json, tenant: TenantId) -> bool:
    """Bound to this customer and not to another."""
    assert isinstance(code, codes.VoucherCode)
    another = case.get("another_customer")
    return code.is_for(tenant, case["customer"]) and not (another and code.is_for(tenant, another))


def _again(text: str, keys: codes.Keyring, tenant: TenantId) -> str:
    signature = codes.decode_structure(text).signature
    return codes.encode(codes.read_signed(text, keys, tenant), lambda _: signature, tenant)


def _code_refusal(text: str, keys: codes.Keyring, tenant: TenantId) -> str:
    return refusal(partial(codes.read_signed, text, keys, tenant))


def _short(case: Json) -> tuple[str, int]:
    return codes.short_code(int(case["serial"])), codes.read_short_code(case["code"])


def _phone(text: str, key: bytes) -> dict[str, object]:
    e164 = phone.parse(text)
    return {
        "text": text,
        "e164": e164,
        "mobile": phone.is_mobile(e164),
        "shown": phone.shown(e164),
        "masked": phone.masked(e164),
        "last3": phone.last3(e164),
        "tag": phone.tag(e164, key),
    }


def _vietqr(case: Json) -> dict[str, object]:
    code = vietqr.parse(case["text"])
    values = {field.name: getattr(code, field.name) for field in fields(code)}
    read = {name: value for name, value in values.items() if value is not None or name == "amount"}
    drawn = vietqr.build(vietqr.VietQR(**case["fields"])) if case["build"] else None
    return {"fields": read, "text": drawn}


def _not_built(base: Json, case: Json) -> str:
    change = {name: value for name, value in case.items() if name not in ("expect", "why")}
    return refusal(partial(vietqr.build, vietqr.VietQR(**{**base, **change})))
