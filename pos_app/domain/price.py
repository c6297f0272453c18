"""The price of a cart in the fixed order: price, promotions, manual discounts, vouchers (rules: Price)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo

from pos_app.domain.bundle import above_price, bundle_sets
from pos_app.domain.cart import Cart, CartLine, ManualDiscount
from pos_app.domain.errors import (
    VoucherBelowMinBasket,
    VoucherGiftMissing,
    VoucherNoEligibleGoods,
    VoucherNotADiscount,
)
from pos_app.domain.money import PIECE, label_quantity, line_gross, percent, vat_inside, vat_table
from pos_app.domain.priced import (
    Discount,
    GiftCondition,
    PricedCart,
    PricedLine,
    PricedVoucher,
    Step,
)
from pos_app.domain.product import Price, Product
from pos_app.domain.product_set import ProductSet
from pos_app.domain.promotion import Moment, Promotion, PromotionKind
from pos_app.domain.reasons import by_hand, of_promotion, of_voucher, with_amount
from pos_app.domain.units import Run, Units, cheapest_free, full_groups, nth_item
from pos_app.domain.voucher import VoucherKind, VoucherUse

__all__ = [
    "ENGINE",
    "Discount",
    "GiftCondition",
    "PricedCart",
    "PricedLine",
    "PricedVoucher",
    "Step",
    "price_cart",
]

ENGINE = "1"


def price_cart(
    cart: Cart,
    promotions: Iterable[Promotion],
    at: datetime,
    zone: tzinfo,
    gifts: Mapping[str, Product] | None = None,
) -> PricedCart:
    """Prices every line at the aware instant `at`; local days and hours are those of `zone`.

    `gifts` are the gift products in stock, by id. Raises NoPriceInForce.
    """
    pricing = _Pricing(cart, at, zone, gifts or {})
    moment = Moment(
        at.astimezone(zone),
        None if cart.customer is None else cart.customer.tier,
        None if cart.customer is None else cart.customer.birthday,
        cart.channel,
    )
    for promotion in sorted(promotions, key=lambda rule: (rule.priority, rule.id)):
        if promotion.applies(moment):
            pricing.promote(promotion)
    pricing.discount_by_hand()
    vouchers = pricing.take_vouchers()
    return pricing.result(vouchers)


class _Pricing:
    """The state between the steps: units with their current amounts and, per line, why."""

    def __init__(self, cart: Cart, at: datetime, zone: tzinfo, gifts: Mapping[str, Product]) -> None:
        self.cart = cart
        self.at = at
        self.day = at.astimezone(zone).date()
        self.gifts = gifts
        self.why: list[list[Discount]] = [[] for _ in cart.lines]
        self.won: list[tuple[Product, Discount, str, GiftCondition]] = []
        self.prices = [self._price(line) for line in cart.lines]
        self.gross = [_gross(line, price) for line, price in zip(cart.lines, self.prices, strict=True)]
        self.units = Units(self._run(place, line) for place, line in enumerate(cart.lines))
        self.sets: dict[ProductSet, set[int]] = {}
        self.goods = [(line.product_id, line.category, line.style) for line in cart.lines]

    def _price(self, line: CartLine) -> Price:
        if line.product is None:
            assert line.uncoded is not None
            return Price(0, line.uncoded.price)
        customer = self.cart.customer
        return line.product.price_at(self.at, None if customer is None else customer.tier)

    def _run(self, place: int, line: CartLine) -> Run:
        if line.is_weighed or line.quantity % PIECE:
            return Run(place, line.product_id or "", self.gross[place], 1)
        return Run(place, line.product_id or "", self.prices[place].amount, line.quantity // PIECE)

    def _lines_of(self, products: ProductSet) -> set[int] | None:
        if products.is_everything:
            return None
        if products not in self.sets:
            self.sets[products] = products.places(self.goods)
        return self.sets[products]

    def _note(self, lost: Mapping[int, int], why: Discount) -> None:
        for place, amount in lost.items():
            self.why[place].append(with_amount(why, amount))

    # --- step 2 --------------------------------------------------------------------------------
    def promote(self, promotion: Promotion) -> None:
        runs = self.units.free(self._lines_of(promotion.products))
        if not runs:
            return
        kind = promotion.kind
        if kind in (PromotionKind.PERCENT, PromotionKind.AMOUNT, PromotionKind.THRESHOLD):
            lost = self._promote_set(promotion, runs)
        else:
            lost = self._promote_groups(promotion, runs)
        self._note(lost, of_promotion(promotion))

    def _promote_set(self, promotion: Promotion, runs: list[Run]) -> dict[int, int]:
        basket = sum(run.amount * run.count for run in runs)
        if promotion.kind is PromotionKind.THRESHOLD:
            if basket < promotion.threshold:
                return {}
            self._win_gift(promotion, runs)
        off = promotion.amount + percent(basket, promotion.percent_bp)
        if promotion.max_amount is not None:
            off = min(off, promotion.max_amount)
        return self.units.take_off(min(off, basket), runs, exclusive=promotion.exclusive)

    def _win_gift(self, promotion: Promotion, runs: list[Run]) -> None:
        product = self._in_stock(promotion.gifts)
        if product is None:
            return
        condition = GiftCondition(promotion.threshold, self._numbers(runs))
        self.won.append((product, of_promotion(promotion), promotion.id, condition))
        if promotion.exclusive:
            for run in runs:
                run.taken = True

    def _in_stock(self, products: Iterable[str]) -> Product | None:
        return next((self.gifts[product] for product in products if product in self.gifts), None)

    def _numbers(self, runs: Iterable[Run]) -> tuple[int, ...]:
        return tuple(sorted({self.cart.lines[run.line].no for run in runs}))

    def _promote_groups(self, promotion: Promotion, runs: list[Run]) -> dict[int, int]:
        if promotion.kind is PromotionKind.BUNDLE:
            parts = [(self._lines_of(part.products), part.quantity) for part in promotion.components]
            groups, earned = bundle_sets(runs, parts), above_price(promotion.price)
        elif promotion.kind is PromotionKind.NTH_ITEM:
            groups, earned = full_groups(runs, max(promotion.n, 1)), nth_item(promotion.percent_bp)
        else:
            groups = full_groups(runs, max(promotion.n + promotion.m, 1))
            earned = cheapest_free(promotion.m)
        return self.units.take_off_groups(groups, earned, promotion.max_amount, exclusive=promotion.exclusive)

    # --- step 3 --------------------------------------------------------------------------------
    def discount_by_hand(self) -> None:
        for place, line in enumerate(self.cart.lines):
            if line.discount is not None:
                self._by_hand(Step.LINE, line.discount, {place})
        if self.cart.order_discount is not None:
            self._by_hand(Step.ORDER, self.cart.order_discount, None)

    def _by_hand(self, step: Step, discount: ManualDiscount, lines: set[int] | None) -> None:
        runs = self.units.of(lines)
        cost = sum(run.amount * run.count for run in runs)
        off = discount.amount if discount.percent_bp is None else percent(cost, discount.percent_bp)
        lost = self.units.take_off(min(off or 0, cost), runs)
        self._note(lost, by_hand(step, discount))

    # --- step 4 --------------------------------------------------------------------------------
    def take_vouchers(self) -> tuple[PricedVoucher, ...]:
        """In scan order as they were scanned, though percent ones act first, then amounts, then gifts."""
        amounts = self.units.amounts()
        baskets = {use.serial: self._basket(use, amounts) for use in self.cart.vouchers}
        order = (VoucherKind.PERCENT, VoucherKind.AMOUNT, VoucherKind.GIFT, VoucherKind.STORED_VALUE)
        done: dict[int, PricedVoucher] = {}
        for use in sorted(self.cart.vouchers, key=lambda use: order.index(use.kind)):
            done[use.serial] = self._take_voucher(use, baskets[use.serial])
        return tuple(done[use.serial] for use in self.cart.vouchers)

    def _basket(self, use: VoucherUse, amounts: Mapping[int, int]) -> int:
        lines = self._lines_of(use.campaign.products)
        return sum(amount for place, amount in amounts.items() if lines is None or place in lines)

    def _take_voucher(self, use: VoucherUse, basket: int) -> PricedVoucher:
        serial, minimum = use.serial, use.min_basket
        runs = self.units.of(self._lines_of(use.campaign.products))
        if use.kind is VoucherKind.STORED_VALUE:
            return PricedVoucher(use, refused=VoucherNotADiscount(serial=serial))
        if not runs:
            missing = VoucherNoEligibleGoods(serial=serial, campaign=use.campaign.name)
            return PricedVoucher(use, refused=missing)
        if basket < minimum:
            below = VoucherBelowMinBasket(
                serial=serial, min_basket=minimum, basket=basket, missing=minimum - basket
            )
            return PricedVoucher(use, refused=below)
        return self._take_gift(use, runs) if use.kind is VoucherKind.GIFT else self._take_money(use, runs)

    def _take_money(self, use: VoucherUse, runs: list[Run]) -> PricedVoucher:
        cost = sum(run.amount * run.count for run in runs)
        is_percent = use.kind is VoucherKind.PERCENT
        worth = percent(cost, use.value, use.campaign.max_amount) if is_percent else use.value
        off = min(worth, cost)
        if off <= 0:
            return PricedVoucher(
                use, refused=VoucherNoEligibleGoods(serial=use.serial, campaign=use.campaign.name)
            )
        self._note(self.units.take_off(off, runs), of_voucher(use))
        return PricedVoucher(use, off, worth - off)

    def _take_gift(self, use: VoucherUse, runs: list[Run]) -> PricedVoucher:
        product = self._in_stock(use.campaign.gift_choices(use.value))
        if product is None:
            return PricedVoucher(
                use, refused=VoucherGiftMissing(serial=use.serial, campaign=use.campaign.name)
            )
        condition = GiftCondition(use.min_basket, self._numbers(runs))
        self.won.append((product, of_voucher(use), str(use.campaign.no), condition))
        return PricedVoucher(use, gift_no=self._first_gift_no + len(self.won) - 1)

    # --- result --------------------------------------------------------------------------------
    @property
    def _first_gift_no(self) -> int:
        return max((line.no for line in self.cart.lines), default=0) + 1

    def result(self, vouchers: tuple[PricedVoucher, ...]) -> PricedCart:
        amounts = self.units.amounts()
        lines = [self._line(place, line, amounts) for place, line in enumerate(self.cart.lines)]
        lines += [self._gift(self._first_gift_no + place, *won) for place, won in enumerate(self.won)]
        return PricedCart(
            engine=ENGINE,
            priced_at=self.at,
            lines=tuple(lines),
            vouchers=vouchers,
            gross=sum(line.gross for line in lines),
            total=sum(line.amount for line in lines),
            vat=vat_table(lines),
        )

    def _line(self, place: int, line: CartLine, amounts: Mapping[int, int]) -> PricedLine:
        price, amount = self.prices[place], amounts[place]
        rate = line.vat_at(self.day)
        quantity = line.quantity
        if line.label_amount is not None and price.amount:
            quantity = label_quantity(line.label_amount, price.amount)
        days = line.return_days
        return PricedLine(
            no=line.no,
            product=line.product,
            uncoded=line.uncoded,
            quantity=quantity,
            unit_price=price.amount,
            price_ver=price.ver,
            gross=self.gross[place],
            discounts=tuple(self.why[place]),
            amount=amount,
            vat_rate=rate,
            vat=vat_inside(amount, rate),
            salesperson=line.salesperson,
            note=line.note,
            price_tier=price.tier,
            return_until=self.day + timedelta(days=days) if days else None,
            label_amount=line.label_amount,
        )

    def _gift(self, no: int, product: Product, why: Discount, rule: str, until: GiftCondition) -> PricedLine:
        price = product.price_at(self.at)
        days = product.returnable_days
        return PricedLine(
            no=no,
            product=product,
            uncoded=None,
            quantity=PIECE,
            unit_price=0,
            price_ver=price.ver,
            gross=0,
            discounts=(why,),
            amount=0,
            vat_rate=product.vat_at(self.day),
            vat=0,
            gift_of=rule,
            gift_value=price.amount,
            gift_condition=until,
            return_until=self.day + timedelta(days=days) if days else None,
        )


def _gross(line: CartLine, price: Price) -> int:
    return line_gross(price.amount, line.quantity) if line.label_amount is None else line.label_amount
