"""Somebody comes in: known already, or identified for the first time."""

from django.contrib.auth.hashers import make_password

from employers.organisations.models import User
from employers.records import crypto


def admit(*, identity_code: str, name: str | None, language: str) -> User | None:
    """The user with this identity code; a new one where it is the first time and a name is known.

    What they may do is not decided here: a new user may act for nobody. None for who is unknown and has no name, and
    for a closed account.
    """
    index = crypto.index(identity_code, purpose="user")
    if name is not None:
        first_time = {
            "identity_code": identity_code,
            "name": name[:200],
            "language": language,
            "password": make_password(None),
        }
        User.objects.get_or_create(identity_index=index, defaults=first_time)
    return User.objects.filter(identity_index=index, is_active=True).first()
