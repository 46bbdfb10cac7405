"""Where the register is and who asks, as the settings say."""

from django.conf import settings

from .client import Register


def register() -> Register:
    return Register(
        url=settings.REGISTER_URL,
        owner=settings.REGISTER_OWNER,
        folder=settings.REGISTER_FOLDER,
        production=settings.REGISTER_PRODUCTION,
    )
