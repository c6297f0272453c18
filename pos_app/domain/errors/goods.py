"""Money, quantities, goods and the cart."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError


class AmountRefused(PosError):
    """An amount or percentage outside what the rule allows (`amount`, `least`, `most`)."""

    code = "amount_refused"


class AmountUnreadable(PosError):
    """Typed text that is no amount of đồng (`text`)."""

    code = "amount_unreadable"


class QuantityRefused(PosError):
    """A quantity that is zero, negative, too large or not whole where it must be (`quantity`, `most`)."""

    code = "quantity_refused"


class NoPriceInForce(PosError):
    """No price or VAT rate of this product is in force (`product`, `sku`, `name`)."""

    code = "no_price_in_force"


class LineUnknown(PosError):
    """The cart has no such line (`no`)."""

    code = "line_unknown"


class NothingToUndo(PosError):
    """No line action is left that could be undone."""

    code = "nothing_to_undo"


class UncodedTooDear(PosError):
    """Goods without a code above the limit a piece (`price`, `most`)."""

    code = "uncoded_too_dear"


class ProductUnknownHere(PosError):
    """No product with this barcode or SKU is in this till's catalogue (`text`)."""

    code = "product_unknown_here"


class NothingFound(PosError):
    """Typed text that is no code and matches nothing (`text`)."""

    code = "nothing_found"


class ForeignCode(PosError):
    """A code that is not for a till, such as a customer's own bank QR."""

    code = "foreign_code"


class CartEmpty(PosError):
    """There is nothing to pay, hold or discount."""

    code = "cart_empty"


class CartNotEmpty(PosError):
    """A cart is open: pay it, hold it or empty it first (`lines`)."""

    code = "cart_not_empty"


class WrongProduct(PosError):
    """A product that is not part of this order (`name`, `number`)."""

    code = "wrong_product"


class DraftGone(PosError):
    """A held cart that is no longer there (`draft`)."""

    code = "draft_gone"
