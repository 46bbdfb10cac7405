"""Addresses, a waiting bank account and a calendar, for those who ask every page."""

from datetime import datetime
from typing import Any

from employers.notifications import letters
from employers.notifications.share import share
from employers.organisations import change_account
from employers.organisations.models_account import AccountChange, Address
from employers.records import clock
from tests import cast

NEW_IBAN = "FI2112345600000785"


def address(email: str = "palkat@example.fi", business_id: str = cast.BAKERY, **changes: Any) -> Address:
    """Confirmed, and read by several."""
    facts = {"language": "fi", "added_at": cast.AT, "confirmed_at": cast.AT} | changes
    return Address.objects.create(organisation=cast.employer(business_id), email=email, **facts)


def waiting_account(business_id: str = cast.BAKERY, *, at: datetime | None = None) -> AccountChange:
    by = cast.by_web(business_id=business_id)
    return change_account.ask(organisation=by.principal, iban=NEW_IBAN, by=by, at=at or clock.now())


def of_routes() -> dict[str, Any]:
    """By the name they have in a route."""
    own = address()
    token = share(organisation=cast.employer(), user=cast.user("Aino"), language="fi", at=clock.now())
    return {
        "address_id": own.pk,
        "change": change_account.token(waiting_account()),
        "what": "decisions",
        "token": token,
        "address_token": letters.address_token(own.pk),
        "stop_token": letters.stop_token(own.pk, "decision"),
    }
