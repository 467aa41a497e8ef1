"""Verbs on the register of Heroic Mothers: each in one transaction, with who and when. Nothing written is changed after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from ansinh.core.dates import Month
from ansinh.core.money import format_vnd
from ansinh.web.access import SPECIALIST
from ansinh.web.payments import gratitude_care as care
from ansinh.web.payments.actions import PaymentError
from ansinh.web.payments.gratitude_care_queries import care_of
from ansinh.web.payments.gratitude_models import (
    CareGift,
    CarePayment,
    Commitment,
    CommitmentTerms,
    CommitmentTurn,
    Mother,
    MotherNote,
    Occasion,
)
from ansinh.web.registry.models import Area, User
from ansinh.web.registry.scope import scope_of

CYCLES = (1, 3, 6, 12)  # Months of a period.
MOST_EVIDENCE_BYTES = 5 * 1024 * 1024
# By its first bytes: what a browser shows as a picture or a paper, and nothing that runs.
EVIDENCE = {b"%PDF": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
_DIED = "Mẹ từ trần"
_COLUMNS = {
    "full_name": "họ tên", "birth_year": "năm sinh", "area": "xã, phường", "address": "nơi ở",
    "title_decision": "quyết định phong tặng", "title_on": "ngày quyết định", "carer": "người chăm sóc",
    "carer_phone": "điện thoại", "health": "sức khỏe", "public": "đồng ý nêu tên công khai",
}  # fmt: skip
Source = tuple[str, int]


def register(*, area: Area, by: User, at: datetime, **values: Any) -> Mother:
    """Enter a Mother: full_name, birth_year and what else of `_COLUMNS` is known."""
    _may(by, area)
    _check_person(values, at)
    with transaction.atomic():
        mother = Mother.objects.create(area=area, **values)
        _note(mother, "Ghi vào sổ", by, at)
    return mother


def amend(*, mother: Mother, by: User, at: datetime, **values: Any) -> None:
    """Bring a Mother's own row up to date; a note says which columns. What stood before is not kept in words: it may be
    about her health."""
    _may(by, mother.area)
    if "area" in values:
        _may(by, values["area"])
    _check_person({"full_name": mother.full_name, "birth_year": mother.birth_year} | values, at)
    with transaction.atomic():
        held = Mother.objects.select_for_update().get(pk=mother.pk)
        changed = [name for name, value in values.items() if getattr(held, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(held, name, values[name])
        held.save(update_fields=changed)
        _note(held, f"Sửa: {', '.join(_COLUMNS[name] for name in changed)}", by, at)


def commit(
    *, mother: Mother, sponsor: str, since: date, amount_vnd: int, cycle_months: int, by: User, at: datetime,
    sources: Sequence[Source] = (), contact: str = "", certificate: str = "", follows: Commitment | None = None,
) -> Commitment:  # fmt: skip
    """Write down that a sponsor took it upon itself to care for a Mother, with its terms from its first month on."""
    _may(by, mother.area)
    if not sponsor.strip():
        raise PaymentError("Hãy ghi tên đơn vị nhận phụng dưỡng.", "Give the name of the sponsor.")
    if mother.died_on and since > mother.died_on:
        raise PaymentError("Mẹ đã từ trần trước ngày này.", "The Mother had died before this day.")
    with transaction.atomic():
        made = Commitment.objects.create(
            mother=mother, sponsor=sponsor.strip(), contact=contact.strip(), certificate=certificate.strip(),
            since=since, follows=follows, by=by, at=at,
        )  # fmt: skip
        _terms(made, Month.of(since), amount_vnd, cycle_months, sources, by, at)
    return made


def change_terms(
    *, commitment: Commitment, since: Month, amount_vnd: int, cycle_months: int, by: User, at: datetime,
    sources: Sequence[Source] = (),
) -> None:  # fmt: skip
    """From a month on a period has another amount or length; what was due before stays as it was."""
    _may(by, commitment.mother.area)
    if since < Month.of(commitment.since):
        raise PaymentError(
            "Mức mới không thể có từ trước khi nhận phụng dưỡng.", "New terms cannot begin before the commitment."
        )
    with transaction.atomic():
        _terms(commitment, since, amount_vnd, cycle_months, sources, by, at)


def pay(
    *, commitment: Commitment, month: Month, amount_vnd: int, on: date, reference: str, by: User, at: datetime,
    payer: str = "", evidence: bytes | None = None, evidence_name: str = "",
) -> CarePayment:  # fmt: skip
    """Record money that reached the Mother for the period that begins in a month. It needs who signed or the bank's number."""
    _may(by, commitment.mother.area)
    if amount_vnd <= 0:
        raise PaymentError("Số tiền phải lớn hơn 0.", "The amount must be above zero.")
    if not reference.strip():
        raise PaymentError(
            "Hãy ghi người ký nhận hoặc số chứng từ ngân hàng.", "Give who signed for it or the bank's number."
        )
    _not_later(on, at)
    found = {one.month: one for one in care_of(commitment, max(on, month.first_day)).periods}
    if month not in found or not found[month].due_vnd:
        raise PaymentError(
            f"Tháng {month.month}/{month.year} không phải tháng bắt đầu một kỳ phải trao.",
            f"No period begins in {month.month}/{month.year}.",
        )
    if evidence is not None:
        kind_of(evidence)
    return CarePayment.objects.create(
        commitment=commitment, month=month.first_day, amount_vnd=amount_vnd, on=on, payer=payer.strip(),
        reference=reference.strip(), evidence=evidence, evidence_name=evidence_name[:200], by=by, at=at,
    )  # fmt: skip


def kind_of(evidence: bytes) -> str:
    """The kind of a file of evidence; PaymentError where it is too large or neither PDF, JPEG nor PNG."""
    found = next((kind for mark, kind in EVIDENCE.items() if evidence.startswith(mark)), None)
    if found is None or len(evidence) > MOST_EVIDENCE_BYTES:
        raise PaymentError(
            "Chứng từ phải là tệp PDF, JPG hoặc PNG, không quá 5 MB.", "Evidence is a PDF, JPG or PNG of at most 5 MB."
        )
    return found


def take_payment_back(*, payment: CarePayment, reason: str, by: User, at: datetime) -> None:
    """A payment that was recorded by mistake is taken back by a record of its own; both stay to be read."""
    _may(by, payment.commitment.mother.area)
    _once(
        lambda: CarePayment.objects.create(
            commitment=payment.commitment, month=payment.month, amount_vnd=-payment.amount_vnd, on=timezone.localdate(at),
            reference=payment.reference, corrects=payment, reason=_reason(reason), by=by, at=at,
        )
    )  # fmt: skip


def suspend(*, commitment: Commitment, month: Month, reason: str, by: User, at: datetime) -> None:
    """From a month on nothing is due until it is resumed."""
    _turn(commitment, care.SUSPEND, month.first_day, reason, by, at)


def resume(*, commitment: Commitment, month: Month, reason: str, by: User, at: datetime) -> None:
    """From a month on it is due again; from the very month of the suspension, that is undone."""
    _turn(commitment, care.RESUME, month.first_day, reason, by, at)


def close(*, commitment: Commitment, on: date, reason: str, by: User, at: datetime) -> None:
    """From a day on no period begins."""
    _turn(commitment, care.CLOSE, on, reason, by, at)


def reopen(*, commitment: Commitment, reason: str, by: User, at: datetime) -> None:
    """Undo a closing. Refused once another sponsor has taken over, or while the Mother stands as dead."""
    if commitment.mother.died_on or commitment.followed_by.exists():
        raise PaymentError(
            "Không mở lại được: Mẹ đã từ trần, hoặc đơn vị khác đã nhận thay.",
            "It cannot be opened again: the Mother has died, or another sponsor has taken over.",
        )
    _turn(commitment, care.REOPEN, timezone.localdate(at), reason, by, at)


def transfer(
    *, commitment: Commitment, sponsor: str, since: Month, reason: str, amount_vnd: int, cycle_months: int, by: User,
    at: datetime, sources: Sequence[Source] = (), contact: str = "", certificate: str = "",
) -> Commitment:  # fmt: skip
    """Another sponsor takes over from a month on, so that no month is due from both: the new commitment follows the old."""
    on = since.first_day
    with transaction.atomic():
        close(
            commitment=commitment, on=on, reason=f"{_reason(reason)} (chuyển cho {sponsor.strip()})"[:300], by=by, at=at
        )
        return commit(
            mother=commitment.mother, sponsor=sponsor, since=on, amount_vnd=amount_vnd, cycle_months=cycle_months,
            sources=sources, contact=contact, certificate=certificate, follows=commitment, by=by, at=at,
        )  # fmt: skip


def record_death(*, mother: Mother, on: date, by: User, at: datetime) -> int:
    """A Mother has died: every open commitment ends, with the month of her death still due. How many ended."""
    _may(by, mother.area)
    _not_later(on, at)
    if mother.died_on:
        raise PaymentError("Ngày từ trần đã được ghi.", "The day of death has been recorded.")
    with transaction.atomic():
        open_ = [one for one in mother.commitments.all() if care_of(one, on).promise.until is None]
        for one in open_:
            _turn(one, care.CLOSE, max(on + timedelta(days=1), one.since), _DIED, by, at)
        mother.died_on = on
        mother.save(update_fields=["died_on"])
        _note(mother, f"Ghi ngày từ trần {on:%d/%m/%Y}", by, at)
    return len(open_)


def undo_death(*, mother: Mother, reason: str, by: User, at: datetime) -> int:
    """A death recorded by mistake: what ended with it goes on. How many commitments."""
    _may(by, mother.area)
    if mother.died_on is None:
        return 0
    with transaction.atomic():
        mother.died_on = None
        mother.save(update_fields=["died_on"])
        ended = [one for one in mother.commitments.all() if (last := one.turns.last()) and last.reason == _DIED]
        for one in ended:
            _turn(one, care.REOPEN, timezone.localdate(at), _reason(reason), by, at)
        _note(mother, f"Bỏ ngày từ trần: {_reason(reason)}"[:300], by, at)
    return len(ended)


def give(
    *, mother: Mother, occasion: str, on: date, giver: str, by: User, at: datetime, what: str = "", cash_vnd: int = 0,
    things_vnd: int = 0,
) -> CareGift:  # fmt: skip
    """Record a visit with what was brought, or a work given."""
    _may(by, mother.area)
    _not_later(on, at)
    if occasion not in Occasion.values or not giver.strip() or cash_vnd < 0 or things_vnd < 0:
        raise PaymentError(
            "Hãy chọn dịp, ghi đơn vị thăm, tặng; số tiền không được âm.",
            "Choose the occasion and give who came; amounts are not below zero.",
        )
    return CareGift.objects.create(
        mother=mother, occasion=occasion, on=on, giver=giver.strip(), what=what.strip(), cash_vnd=cash_vnd,
        things_vnd=things_vnd, by=by, at=at,
    )  # fmt: skip


def take_gift_back(*, gift: CareGift, reason: str, by: User, at: datetime) -> None:
    """A visit or work recorded by mistake is taken back by a record of its own."""
    _may(by, gift.mother.area)
    _once(
        lambda: CareGift.objects.create(
            mother=gift.mother, occasion=gift.occasion, on=gift.on, giver=gift.giver, what=gift.what,
            cash_vnd=-gift.cash_vnd, things_vnd=-gift.things_vnd, corrects=gift, reason=_reason(reason), by=by, at=at,
        )
    )  # fmt: skip


def _terms(
    commitment: Commitment, since: Month, amount: int, cycle: int, sources: Sequence[Source], by: User, at: datetime
) -> None:
    if amount <= 0 or cycle not in CYCLES:
        raise PaymentError("Mức mỗi kỳ phải lớn hơn 0.", "The amount of a period must be above zero.")
    if sources and (sum(share for _whose, share in sources) != amount or any(share <= 0 for _whose, share in sources)):
        whole = format_vnd(amount)
        raise PaymentError(
            f"Các nguồn kinh phí cộng lại phải đúng mức mỗi kỳ, {whole}.", f"The sources must come to {whole} a period."
        )
    CommitmentTerms.objects.create(
        commitment=commitment, since=since.first_day, amount_vnd=amount, cycle_months=cycle,
        sources=[list(one) for one in sources], by=by, at=at,
    )  # fmt: skip


def _turn(commitment: Commitment, kind: str, on: date, reason: str, by: User, at: datetime) -> None:
    _may(by, commitment.mother.area)
    with transaction.atomic():
        # Two officers who turn one commitment at once take their turn.
        Mother.objects.select_for_update().get(pk=commitment.mother_id)
        promise = care_of(commitment, on).promise
        resting = any(end is None for _first, end in promise.rests)
        fits = {
            care.SUSPEND: promise.until is None and not resting,
            care.RESUME: promise.until is None and resting,
            care.CLOSE: promise.until is None and on >= commitment.since,
            care.REOPEN: promise.until is not None,
        }
        if not fits[kind]:
            raise PaymentError(
                "Cam kết này không ở tình trạng làm được việc ấy; hãy xem lại ngày.",
                "The commitment is not in a state for this; look at the day again.",
            )
        CommitmentTurn.objects.create(commitment=commitment, kind=kind, on=on, reason=_reason(reason), by=by, at=at)


def _check_person(values: dict[str, Any], at: datetime) -> None:
    if not values["full_name"].strip() or not 1850 <= values["birth_year"] <= at.year:
        raise PaymentError("Hãy ghi họ tên và năm sinh đúng.", "Give the full name and a true year of birth.")


def _reason(reason: str) -> str:
    if not reason.strip():
        raise PaymentError("Hãy ghi lý do.", "Give the reason.")
    return reason.strip()[:300]


def _not_later(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise PaymentError("Ngày này còn ở phía trước.", "This day is yet to come.")


def _once(act: Any) -> None:
    try:
        with transaction.atomic():
            act()
    except IntegrityError:
        raise PaymentError("Việc này đã được thu lại rồi.", "This has been taken back already.") from None


def _note(mother: Mother, what: str, by: User, at: datetime) -> None:
    MotherNote.objects.create(mother=mother, what=what, by=by, at=at)


def _may(by: User, area: Area) -> None:
    if by.role != SPECIALIST or not scope_of(by).areas().filter(pk=area.pk).exists():
        raise PermissionDenied
