"""What can be refused or go wrong, as types with fields; the words for people are in ui.messages."""

from __future__ import annotations

from typing import ClassVar


class PosError(Exception):
    """A refusal with a reason. Subclasses add fields; `code` names it on the wire and in logs."""

    code: ClassVar[str] = "error"

    def __init__(self, **fields: object) -> None:
        super().__init__(self.code, fields)
        self.fields: dict[str, object] = fields

    def __getattr__(self, name: str) -> object:
        fields = self.__dict__.get("fields", {})
        if name in fields:
            return fields[name]
        raise AttributeError(name)

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.code}({inside})"


class TroubleOutside(PosError):
    """Not a refusal and not our bug: the disk, a device or a file is in trouble."""

    code = "trouble_outside"


# --- money ------------------------------------------------------------------------------------
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


# --- cart -------------------------------------------------------------------------------------
class LineUnknown(PosError):
    """The cart has no such line (`no`)."""

    code = "line_unknown"


class NothingToUndo(PosError):
    """No line action is left that could be undone."""

    code = "nothing_to_undo"


class UncodedTooDear(PosError):
    """Goods without a code above the limit a piece (`price`, `most`)."""

    code = "uncoded_too_dear"


# --- vouchers ---------------------------------------------------------------------------------
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


# --- payment ----------------------------------------------------------------------------------
class CashTooLittle(PosError):
    """The cash handed over does not cover the cash due (`missing`, `due`, `tendered`)."""

    code = "cash_too_little"


class TenderMissing(PosError):
    """Something is still to be paid and no cash closes it (`missing`, `total`)."""

    code = "tender_missing"


class TenderTooMuch(PosError):
    """Tenders that give no change exceed what is due (`amount`, `most`, `excess`)."""

    code = "tender_too_much"


# --- returns, orders, shifts, people ----------------------------------------------------------
class ReturnRefused(PosError):
    """A line that cannot come back (`line`, `name`, `reason`: a code, `last_day`)."""

    code = "return_refused"


class ReturnTooMuch(PosError):
    """More than is left to return of a line (`line`, `name`, `quantity`, `most`)."""

    code = "return_too_much"


class NothingToReturn(PosError):
    """No line was chosen, or nothing is left to return (`receipt_no`)."""

    code = "nothing_to_return"


class TransferUnconfirmed(PosError):
    """A refund would pay out a transfer that is not confirmed: void the sale (`tender`, `reference`)."""

    code = "transfer_unconfirmed"


class HandoverTooMuch(PosError):
    """More than is left to hand over of an order line (`line`, `name`, `quantity`, `most`)."""

    code = "handover_too_much"


class NothingToHandOver(PosError):
    """No line was ticked, or the order is done (`order`)."""

    code = "nothing_to_hand_over"


class ShiftStepRefused(PosError):
    """The shift is not in the state that this needs (`state`, `needed`)."""

    code = "shift_step_refused"


class ReasonMissing(PosError):
    """A reason is needed (`what`)."""

    code = "reason_missing"


class SamePersonRefused(PosError):
    """Nobody approves or verifies their own act (`staff`, `what`)."""

    code = "same_person_refused"


# --- documents and codes ----------------------------------------------------------------------
class DocumentRefused(PosError):
    """Bytes that are not a valid document (`reason`: the machine reasons of the journal vectors)."""

    code = "document_refused"


class CodeRefused(PosError):
    """A scanned code that is refused (`reason`: machine reasons of protocol §7)."""

    code = "code_refused"


class SealRefused(PosError):
    """A sealed box that this key does not open, or that was changed (`purpose`)."""

    code = "seal_refused"


class PhoneRefused(PosError):
    """Text that is not a phone number (`text`)."""

    code = "phone_refused"


class VietQRRefused(PosError):
    """A VietQR text that does not parse, or fields that must not become a QR (`reason`)."""

    code = "vietqr_refused"


class ImageUnreadable(PosError):
    """Bytes that are no picture we can open (`reason`: no_image, too_large)."""

    code = "image_unreadable"


# --- central ----------------------------------------------------------------------------------
class Offline(PosError):
    """Central has given no verdict (`reason`; `retry_after_s` when it asked for a pause, else None).

    `reason`: network, timeout, tls, redirect, not_json, truncated, bad_answer, too_large, busy,
    http_<status>.
    """

    code = "offline"


class CentralRefused(PosError):
    """Central's own no (`status`, `refusal`: its machine code, `answer`: the whole body)."""

    code = "central_refused"


class Unauthorised(PosError):
    """Central does not know who asks (`refusal`: clock_skew, unknown_till, bad_signature, …)."""

    code = "unauthorised"


class EnrolmentRefused(PosError):
    """An enrolment that is not believed.

    `reason`: bad_ticket, other_root_key, bad_keyset, bad_certificate, other_till,
    enrolled_already, not_enrolled.
    """

    code = "enrolment_refused"


# --- start ------------------------------------------------------------------------------------
class SettingsRefused(PosError):
    """The configuration cannot be used (`field`, `value`).

    `reason`: unreadable, not_toml, unknown_field, bad_value.
    """

    code = "settings_refused"


class FolderRefused(PosError):
    """A data folder unfit for the journal (`folder`; `reason`: network, sync, read_only, not_a_folder)."""

    code = "folder_refused"


class SecondInstance(PosError):
    """Another till program already works in this data folder (`folder`)."""

    code = "second_instance"


# --- storage ----------------------------------------------------------------------------------
class StorageUnsafe(TroubleOutside):
    """A storage setting could not be made safe (`setting`, `expected`, `found`): nothing is opened."""

    code = "storage_unsafe"


class DatabaseUnreadable(TroubleOutside):
    """A file that this key does not open, or that is damaged (`file`)."""

    code = "database_unreadable"


class DatabaseTooNew(TroubleOutside):
    """A file that a newer version of the program has written (`file`, `found`, `known`)."""

    code = "database_too_new"


class DatabaseBusy(TroubleOutside):
    """Another program holds the file locked for too long (`file`)."""

    code = "database_busy"


class DiskFull(TroubleOutside):
    """No room left: nothing was written (`file`)."""

    code = "disk_full"


class DiskTrouble(TroubleOutside):
    """Reading or writing failed: nothing counts as written until the file was opened again (`file`)."""

    code = "disk_trouble"


class DatabaseReadOnly(TroubleOutside):
    """The disk failed a second time: nothing is written until the program was started again (`file`)."""

    code = "database_read_only"


class KeysLost(TroubleOutside):
    """There is a journal, but the key that opens it is gone (`file`): central can give it back."""

    code = "keys_lost"


class BackupUnsound(TroubleOutside):
    """A copy that is not whole (`file`, `reason`: damaged, chain, differs, no_identity)."""

    code = "backup_unsound"


class NothingToExport(PosError):
    """Central has answered for every document (`file`): there is nothing to carry to it."""

    code = "nothing_to_export"


class NoSpareEpoch(TroubleOutside):
    """A fresh journal needs an epoch, and none is held in reserve: central must be asked (`file`)."""

    code = "no_spare_epoch"


class KeyStoreUnreadable(TroubleOutside):
    """The key store is there but cannot be read (`file`)."""

    code = "key_store_unreadable"


class NotEnrolled(PosError):
    """This data folder belongs to no till yet."""

    code = "not_enrolled"


# --- at the counter ---------------------------------------------------------------------------
class NotSignedIn(PosError):
    """Nobody is signed in at this till."""

    code = "not_signed_in"


class NoOpenShift(PosError):
    """The till has no open shift: open one first."""

    code = "no_open_shift"


class DateUnconfirmed(PosError):
    """A shift opens only on a day that is certain (`wall`, `known`: aware instants)."""

    code = "date_unconfirmed"


class ShiftOutdated(PosError):
    """The business day of the open shift is over: it is closed before a new cart.

    `number`, `business_date` of that shift.
    """

    code = "shift_outdated"


class ApprovalRequired(PosError):
    """A second person must allow this (`right`, `reason`; `asked` and `most` in the rule's unit)."""

    code = "approval_required"


class ApprovalExpired(PosError):
    """The approval is older than 60 seconds, was used, or was given for another draft."""

    code = "approval_expired"


class PolicyRefused(PosError):
    """Above a hard limit, or not possible without central (`reason`, `asked`, `most`)."""

    code = "policy_refused"


class AskCentral(PosError):
    """Not refused: central can be asked first (`what`: a kind of check or look-up; `question`)."""

    code = "ask_central"


class UsedElsewhere(PosError):
    """Central says it is used, or in another till's hands at this moment.

    `reason`: voucher, credit, handover, return, points; `holder`: that till, "NT02", or "".
    """

    code = "used_elsewhere"


class NotEnoughLeft(PosError):
    """Central says there is less than asked for (`reason`: voucher, points, credit; `asked`, `left`)."""

    code = "not_enough_left"


class NoBlanksLeft(PosError):
    """This till holds no counter voucher that it could hand out (protocol §7)."""

    code = "no_blanks_left"


class UnknownAtCentral(PosError):
    """Central was asked and does not know it either (`reason`: voucher, credit, receipt, order, customer)."""

    code = "unknown_at_central"


class CodeRevoked(PosError):
    """Central has withdrawn this code (`serial`)."""

    code = "code_revoked"


class VoucherUsedHere(VoucherRefused):
    """This till has already taken it (`at`: aware instant, `receipt_no`)."""

    code = "voucher_used_here"


class ProductUnknownHere(PosError):
    """No product with this barcode or SKU is in this till's catalogue (`text`)."""

    code = "product_unknown_here"


class CustomerUnknownHere(PosError):
    """No customer with this phone or card is known at this till (`phone` or `serial`)."""

    code = "customer_unknown_here"


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


class CustomerMissing(PosError):
    """Points need a customer attached."""

    code = "customer_missing"


class PointsTooMany(PosError):
    """More points than may be spent now (`asked`, `most`, `balance`)."""

    code = "points_too_many"


class CreditRefused(PosError):
    """Store credit that cannot be spent here and now (`receipt_no`, `left`: đồng).

    `reason`: credit_not_paper, credit_other_till, credit_unknown_here, credit_revoked, credit_used_up,
    credit_taken, credit_not_needed.
    """

    code = "credit_refused"


class TenderNotOffered(PosError):
    """This way of paying is not available here yet (`kind`)."""

    code = "tender_not_offered"


# --- people, drawer, pick-up, returns ---------------------------------------------------------
class PinWrong(PosError):
    """Not this person's PIN (`staff`, `tries_left` before the till locks the person out)."""

    code = "pin_wrong"


class LockedOut(PosError):
    """Too many wrong PINs of this person at this till (`staff`, `until`: aware instant)."""

    code = "locked_out"


class StaffNotAllowed(PosError):
    """This person may not do this here (`staff`, `what`; `reason`: unknown, inactive, revoked, auditor)."""

    code = "staff_not_allowed"


class NotTheirsToApprove(PosError):
    """The second person's own right does not cover it (`staff`, `right`, `asked`, `most`)."""

    code = "not_theirs_to_approve"


class ShiftAlreadyOpen(PosError):
    """One shift of the till is open (`number`, `business_date`): close it first."""

    code = "shift_already_open"


class CountFrozen(PosError):
    """The figures were shown, so the count stands as entered; only the reason is missing (`counted`)."""

    code = "count_frozen"


class DifferenceNeedsReason(PosError):
    """The drawer differs: say why (`expected`, `counted`, `difference`, `to_verify`; đồng)."""

    code = "difference_needs_reason"


class OrderUnknownHere(PosError):
    """Not among the orders of this till: perhaps newer than its data, never "invalid".

    `number` as typed or inside the code; from a code also `value`, `amount_due` (đồng), `items`,
    `valid_until`; `as_of` = when the orders were last known to be up to date, None = never.
    """

    code = "order_unknown_here"


class OrderOtherStore(PosError):
    """The order waits in another store (`number`, `store`)."""

    code = "order_other_store"


class OrderCancelled(PosError):
    """The order was cancelled (`number`)."""

    code = "order_cancelled"


class OrderExpired(PosError):
    """Not fetched in time, or gone back to stock (`number`, `last_day`; `reason`: expired, returned)."""

    code = "order_expired"


class OrderAlreadyHandedOver(PosError):
    """Everything of it has been handed over (`number`; own till: `receipt_no`, `at`, `by`; else None)."""

    code = "order_already_handed_over"


class OrderAmbiguous(PosError):
    """Several orders share this short code: scan the QR (`text`, `count`)."""

    code = "order_ambiguous"


class WrongProduct(PosError):
    """A product that is not part of this order (`name`, `number`)."""

    code = "wrong_product"


class HandoverIncomplete(PosError):
    """Ordered goods are neither scanned nor refused (`missing`: thousandths, `may_be_partial`)."""

    code = "handover_incomplete"


class PickupPinNeeded(PosError):
    """The customer must say the PIN of the order first (`number`)."""

    code = "pickup_pin_needed"


class PickupPinWrong(PosError):
    """Not the PIN of the order (`tries_left`; 0 = a manager must look at an identity document)."""

    code = "pickup_pin_wrong"


class IdentityNeeded(PosError):
    """Look at an identity document first (`number`, `asked`, `most`: đồng, None = the order asks for it)."""

    code = "identity_needed"


class ReceiptUnknownHere(PosError):
    """A receipt whose lines this till does not know: never "invalid".

    `receipt_no` as typed, or from a genuine code `store`, `till_number`, `day`, `total` (đồng);
    `as_of` = when the sales were last known to be up to date, None = never.
    """

    code = "receipt_unknown_here"


class ReceiptRevoked(PosError):
    """Central has withdrawn this receipt (`receipt_no`)."""

    code = "receipt_revoked"


class ReceiptNotReturnable(PosError):
    """Nothing on this paper can come back (`receipt_no`; `kind`: return, void, order_payment, voided)."""

    code = "receipt_not_returnable"


class CustomerKnown(PosError):
    """Somebody with this phone is a customer already (`name`, `customer`)."""

    code = "customer_known"


class NothingToPrint(PosError):
    """There is no receipt that could be printed again (`doc_id`: None = no receipt at all)."""

    code = "nothing_to_print"


# --- printing ---------------------------------------------------------------------------------
class PrinterUnreachable(TroubleOutside):
    """Nothing was sent (`device`, `reason`).

    Reasons: refused, timeout, unknown_host, not_a_file, paper_out, cover_open, printer_error; of cables
    not_connected, no_permission, busy, bad_speed, unclear_answer, no_libusb, no_printer; of queues
    no_spooler, no_queue, queue_stopped.
    """

    code = "printer_unreachable"


class PrinterBroken(TroubleOutside):
    """It broke while printing: the paper may be there or not (`device`, `reason`: connection_lost, timeout,
    paper_out, cover_open, printer_error)."""

    code = "printer_broken"


class DraftGone(PosError):
    """A held cart that is no longer there (`draft`)."""

    code = "draft_gone"
