"""The words for machine clients: scopes, what is wrong with a key, and requests for rights."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from employers.organisations.words import Words

# What a program may do with a scope, for the employers that gave the organisation the right to it.
SCOPE_SENTENCES: "Words" = {
    "applications.read": _("Read applications, estimates, and absences that nobody has applied for"),
    "applications.write": _("Send applications, correct and withdraw them, and answer questions"),
    "decisions.read": _("Read decisions and payments"),
    "account.write": _("Change the bank account"),
    "register.sync": _("Have the Incomes Register read"),
    "webhooks.manage": _("Have news sent to an address of yours"),
    "segments.read": _("Read what customer service is told"),
}

KEY_TROUBLES: "Words" = {
    "private": _(
        "This is a private key, or holds one. Do not give it to anybody, not to us either. "
        "Make a new pair and paste only the public key here."
    ),
    "unreadable": _("We cannot read this. Paste one public key as PEM, or as JSON (JWK)."),
    "many": _("There is not exactly one key in this. Paste one at a time."),
    "kind": _("This kind of key is not used here. Use RSA of 2048 bits or more, or an elliptic curve key on P-256."),
    "size": _("An RSA key has to have 2048 bits at least, and 8192 at most."),
    "use": _("The key says that it is for something else. Use a key that signs with RS256, PS256 or ES256."),
    "long": _("This is too long to be a public key."),
}

TAGS = {"waiting": "tag-waiting", "approved": "tag-done"}
