"""Vouchers and blanks."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError


class VoucherRefused(PosError):
    """A voucher that is genuine but not good here and now; each subclass says why (`serial`)."""

    code = "voucher_refused"


class VoucherAlreadyInCart(VoucherRefused):
    """The same serial was scanned into this cart before."""

    code = "voucher_already_in_cart"


class VoucherNotStackable(VoucherRefused):
    """It, or one already in the cart, stands alone (`other`: serial of the one in the cart)."""

    code = "voucher_not_stackable"


class VoucherBelowMinBasket(VoucherRefused):
    """The eligible goods cost too little (`min_basket`, `basket`, `missing`)."""

    code = "voucher_below_min_basket"


class VoucherNoEligibleGoods(VoucherRefused):
    """Nothing in the cart that it is for (`campaign`)."""

    code = "voucher_no_eligible_goods"


class VoucherGiftMissing(VoucherRefused):
    """None of the campaign's gifts is in stock; the voucher is not used (`campaign`)."""

    code = "voucher_gift_missing"


class VoucherNeedsCustomer(VoucherRefused):
    """It belongs to a customer or needs one: attach the customer first."""

    code = "voucher_needs_customer"


class VoucherOfOther(VoucherRefused):
    """It belongs to another customer than the one attached."""

    code = "voucher_of_other"


class VoucherNotBirthday(VoucherRefused):
    """Good only around the customer's birthday (`days`)."""

    code = "voucher_not_birthday"


class VoucherNotFirstPurchase(VoucherRefused):
    """The campaign is for a customer's first purchase, and central knows of an earlier one."""

    code = "voucher_not_first_purchase"


class VoucherCustomerUsedUp(VoucherRefused):
    """The customer has used the campaign as often as it allows each of them (`most`)."""

    code = "voucher_customer_used_up"


class VoucherNotYet(VoucherRefused):
    """The campaign has not begun (`valid_from`)."""

    code = "voucher_not_yet"


class VoucherExpired(VoucherRefused):
    """Past its last day (`valid_until`)."""

    code = "voucher_expired"


class VoucherOtherStore(VoucherRefused):
    """Good in another store only (`store`)."""

    code = "voucher_other_store"


class VoucherUsedUp(VoucherRefused):
    """Used as often as it may be (`uses`, `max_uses`)."""

    code = "voucher_used_up"


class VoucherNotADiscount(VoucherRefused):
    """Stored value is a tender, not a discount: take it at payment."""

    code = "voucher_not_a_discount"


class NoBlanksLeft(PosError):
    """This till holds no counter voucher that it could hand out (protocol §7)."""

    code = "no_blanks_left"


class VoucherUsedHere(VoucherRefused):
    """This till has already taken it (`at`: aware instant, `receipt_no`)."""

    code = "voucher_used_here"
