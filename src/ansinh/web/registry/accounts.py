"""Verbs of accounts: invite, take up, grant, suspend. Each in one transaction, by an administrator, and logged.

A refusal is a ValidationError whose message says what to do. `by` is None only for the server's own command line.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ansinh.web.access import ADMINISTRATOR, READERS, ROLE_WORDS
from ansinh.web.registry import sealed
from ansinh.web.registry.models import AccountAct, AccountEvent, Area, Grant, Invitation, School, User
from ansinh.web.registry.queries import open_invitations


def invite(*, username: str, full_name: str, email: str, role: str, by: User | None, at: datetime) -> Invitation:
    """Open an account that nobody can sign in to yet, and invite its owner to set a password."""
    _may(by)
    with transaction.atomic():
        account = User(username=username, full_name=full_name, email=email, role=role)
        account.set_unusable_password()
        account.full_clean()
        account.save()
        return _invite(account, by, at)


def invite_again(*, account: User, by: User | None, at: datetime) -> Invitation:
    """A new link for an account, when the first was lost or the password forgotten. Older links end; the password stays."""
    _may(by)
    if not account.is_active:
        raise ValidationError(_("Tài khoản đang tạm dừng. Hãy mở lại trước khi mời."))
    with transaction.atomic():
        User.objects.select_for_update().get(pk=account.pk)
        _end_invitations(account, at)
        return _invite(account, by, at)


def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> None:
    """End a link that nobody has used. Doing it twice changes nothing."""
    _may(by)
    with transaction.atomic():
        if _end_invitations(invitation.account, at):
            _log(AccountAct.INVITATION_WITHDRAWN, invitation.account, by, at)


def take_up(*, invitation: Invitation, password: str, at: datetime) -> User:
    """Set the account's password, which the caller has checked; whoever was signed in to it is signed out.

    ValidationError when the invitation was used, withdrawn or has run out, also by somebody else at this very moment.
    """
    with transaction.atomic():
        # One statement decides, so that of two who send the form at once only one sets the password.
        if not open_invitations(at).filter(pk=invitation.pk).update(taken_at=at):
            raise ValidationError(_("Đường dẫn này đã được dùng, đã hết hạn hoặc đã bị thu hồi."))
        account = User.objects.select_for_update().get(pk=invitation.account_id)
        account.set_password(password)
        account.save(update_fields=["password"])
        _end_sessions(account)
        _log(AccountAct.INVITATION_TAKEN, account, account, at)
        return account


def change_role(*, account: User, role: str, by: User, at: datetime) -> None:
    """Give an account another role; its grants stay."""
    _may(by, to=account)
    if role not in ROLE_WORDS:
        raise ValidationError(_("Hãy chọn một vai trò."))
    with transaction.atomic():
        if role != ADMINISTRATOR:
            _keep_an_administrator(account)
        if account.role != role:
            account.role = role
            account.save(update_fields=["role"])
            _log(AccountAct.ROLE_CHANGED, account, by, at, role)


def grant(
    *, account: User, place: School | Area, since: date, until: date | None = None, by: User, at: datetime
) -> Grant:
    """Let an account see a school, or an area with all below it, from a day until another (that day no longer)."""
    _may(by, to=account)
    if until is not None and until <= since:
        raise ValidationError(_("Ngày thôi cấp phải sau ngày bắt đầu."))
    if account.role not in READERS:
        raise ValidationError(_("Vai trò này không xem dữ liệu của trường nào nên không có phạm vi."))
    with transaction.atomic():
        where = {"school": place} if isinstance(place, School) else {"area": place}
        same = account.grants.filter(**where).filter(Q(until__isnull=True) | Q(until__gt=since))
        if (same.filter(since__lt=until) if until else same).exists():
            raise ValidationError(_("Tài khoản đã có phạm vi này trong thời gian đó."))
        given = Grant.objects.create(user=account, **where, since=since, until=until, by=by, at=at)
        _log(AccountAct.GRANTED, account, by, at, _in_words(given))
        return given


def end_grant(*, given: Grant, until: date, by: User, at: datetime) -> None:
    """End a grant on a day (that day no longer). One that would end before it begins is taken away whole."""
    _may(by, to=given.user)
    with transaction.atomic():
        words = _in_words(given)
        if until <= given.since:
            given.delete()
        else:
            given.until = until
            given.save(update_fields=["until"])
        _log(AccountAct.GRANT_ENDED, given.user, by, at, f"{words} → {until:%d/%m/%Y}")


def suspend(*, account: User, by: User, at: datetime) -> None:
    """Nobody signs in to the account any more; whoever is signed in is signed out, and open links end."""
    _may(by, to=account)
    with transaction.atomic():
        _keep_an_administrator(account)
        _end_invitations(account, at)
        _end_sessions(account)
        if account.is_active:
            account.is_active = False
            account.save(update_fields=["is_active"])
            _log(AccountAct.SUSPENDED, account, by, at)


def restore(*, account: User, by: User, at: datetime) -> None:
    """Undo a suspension: password, second factor and grants are as they were."""
    _may(by, to=account)
    with transaction.atomic():
        if not account.is_active:
            account.is_active = True
            account.save(update_fields=["is_active"])
            _log(AccountAct.RESTORED, account, by, at)


def clear_second_factor(*, account: User, by: User | None, at: datetime) -> None:
    """Forget the second factor of somebody who lost it and the recovery codes; whoever is signed in is signed out."""
    _may(by, to=account)
    with transaction.atomic():
        gone, _kinds = Authenticator.objects.filter(user=account).delete()
        _end_sessions(account)
        if gone:
            _log(AccountAct.FACTOR_REMOVED, account, by, at)


def record_own(*, act: AccountAct, account: User, at: datetime) -> None:
    """Log what a person did to their own account."""
    _log(act, account, account, at)


def factors_under_old_keys() -> list[Authenticator]:
    """The second factors whose secrets are not under the newest key (`manage.py reseal`)."""
    newest = f"{sealed.newest()[0]}:"
    return [one for one in Authenticator.objects.all() if not all(t.startswith(newest) for t in _secrets(one).values())]


def seal_factor_anew(factor: Authenticator) -> None:
    """Bring the secrets of a second factor under the newest key. SealError when no key in use opens them."""
    with transaction.atomic():
        factor = Authenticator.objects.select_for_update().get(pk=factor.pk)
        factor.data |= {name: sealed.seal(sealed.unseal(text)).token for name, text in _secrets(factor).items()}
        factor.save(update_fields=["data"])


def _secrets(factor: Authenticator) -> dict[str, str]:
    """The app's secret, or the seed of the recovery codes; a passkey keeps none with us."""
    return {name: factor.data[name] for name in ("secret", "seed") if name in factor.data}


def _may(by: User | None, to: User | None = None) -> None:
    """Administrators alone, and never to their own account: nobody gives themself a role or a scope."""
    if by is None:
        return
    if not by.is_active or by.role != ADMINISTRATOR:
        raise PermissionDenied
    if by == to:
        raise ValidationError(_("Không ai tự sửa quyền của mình. Hãy nhờ một người quản trị khác."))


def _keep_an_administrator(account: User) -> None:
    """Refuse to lose the last administrator. The rows are locked: two who suspend each other at once cannot both succeed."""
    active = User.objects.select_for_update().filter(role=ADMINISTRATOR, is_active=True)
    if account.pk in {one.pk for one in active} and len(active) == 1:
        raise ValidationError(_("Đây là người quản trị cuối cùng. Hãy mời một người quản trị khác trước."))


def _invite(account: User, by: User | None, at: datetime) -> Invitation:
    until = at + timedelta(days=settings.INVITATION_DAYS)
    invitation = Invitation.objects.create(account=account, by=by, at=at, until=until)
    _log(AccountAct.INVITED, account, by, at, account.role)
    return invitation


def _end_invitations(account: User, at: datetime) -> int:
    standing = account.invitations.filter(taken_at__isnull=True, withdrawn_at__isnull=True)
    return standing.update(withdrawn_at=at)


def _end_sessions(account: User) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()


def _in_words(given: Grant) -> str:
    until = f" – {given.until:%d/%m/%Y}" if given.until else ""
    return f"{given}, {given.since:%d/%m/%Y}{until}"


def _log(act: AccountAct, account: User, by: User | None, at: datetime, what: str = "") -> None:
    AccountEvent.objects.create(act=act, account=account, by=by, at=at, what=what[:300])
