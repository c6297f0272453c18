from __future__ import annotations

import pytest

from pos_app.domain.policy import Policy
from pos_app.domain.staff import (
    NO_LIMIT,
    RIGHTS,
    Role,
    StaffMember,
    limit_of,
    may,
    may_approve,
    rights_of,
)
from pos_app.domain.verdict import Allowed, NeedsApproval, Refused

LAN = StaffMember(7, "Nguyễn Thị Lan", Role.CASHIER)
MINH = StaffMember(9, "Võ Nhật Minh", Role.MANAGER)


def test_a_policy_that_names_no_rights_has_the_default_ones() -> None:
    assert Policy.from_json({}).rights == RIGHTS
    assert "rights" not in Policy().to_json()


def test_a_shop_gives_a_role_another_limit() -> None:
    rights = rights_of({"sale.discount.manual": {"cashier": 2_000}})

    assert isinstance(may(LAN, "sale.discount.manual", 2_000, rights), Allowed)
    assert may(LAN, "sale.discount.manual", 2_001, rights) == NeedsApproval("sale.discount.manual", 2_000)


def test_roles_that_a_change_does_not_name_keep_their_limit() -> None:
    rights = rights_of({"sale.void": {"cashier": 100_000}})

    assert rights["sale.void"] == {Role.CASHIER: 100_000, Role.SENIOR: 300_000, Role.MANAGER: NO_LIMIT}


def test_a_shop_takes_a_right_away() -> None:
    rights = rights_of({"return.no_receipt": {"manager": None}})

    assert limit_of(MINH, "return.no_receipt", rights) is None
    assert isinstance(may(LAN, "return.no_receipt", 1, rights), Refused)
    assert not may_approve(MINH, LAN, "return.no_receipt", 1, rights)


def test_an_approver_is_measured_by_the_shops_rights() -> None:
    rights = rights_of({"cash.in_out": {"manager": 1_000_000}})

    assert may_approve(MINH, LAN, "cash.in_out", 1_000_000, rights)
    assert not may_approve(MINH, LAN, "cash.in_out", 1_000_001, rights)


def test_a_right_of_a_later_version_is_kept() -> None:
    rights = rights_of({"loyalty.gift": {"manager": 5}})

    assert limit_of(MINH, "loyalty.gift", rights) == 5
    assert limit_of(LAN, "loyalty.gift", rights) is None


def test_an_unknown_role_is_ignored() -> None:
    assert rights_of({"sale": {"robot": 1}}) == RIGHTS


@pytest.mark.parametrize("limit", [-1, "500000", 1.5, True, [1], {}])
def test_what_is_no_limit_leaves_the_default(limit: object) -> None:
    assert rights_of({"cash.in_out": {"cashier": limit}}) == RIGHTS


@pytest.mark.parametrize("body", [None, [], "all", {"sale": None}, {"sale": 7}])
def test_rights_that_cannot_be_read_leave_the_defaults(body: object) -> None:
    assert rights_of(body) == RIGHTS


def test_a_person_who_left_has_no_right_whatever_the_shop_says() -> None:
    left = StaffMember(7, "Nguyễn Thị Lan", Role.CASHIER, active=False)

    assert limit_of(left, "sale", rights_of({"sale": {"cashier": 10}})) is None


def test_changed_rights_survive_the_way_through_a_feed() -> None:
    policy = Policy.from_json({"rights": {"drawer.open": {"cashier": 0, "auditor": 1}}})

    assert Policy.from_json(policy.to_json()) == policy
    assert policy.to_json()["rights"]["drawer.open"]["auditor"] == 1
