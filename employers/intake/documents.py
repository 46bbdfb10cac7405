"""The words of problem documents: every code the API can answer with, its title and what a developer does about it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

TITLES: Words = {
    "body-too-large": _("The body is too large"),
    "correction-waits": _("An earlier correction waits for an official"),
    "duplicate": _("The same application is already with us"),
    "finding-closed": _("The finding is not open any more"),
    "idempotency-key-invalid": _("The idempotency key is malformed"),
    "idempotency-key-missing": _("The idempotency key is missing"),
    "idempotency-key-reused": _("The idempotency key was used for another body"),
    "if-match-missing": _("Say which version you saw"),
    "internal-error": _("Something went wrong"),
    "malformed-request": _("The request cannot be read"),
    "mandate-missing": _("The employer has not given you this right"),
    "method-not-allowed": _("This address does not do that"),
    "not-acceptable": _("We answer in JSON only"),
    "not-authenticated": _("A valid access token is needed"),
    "not-decided": _("The application has not been decided"),
    "not-found": _("Nothing here for you"),
    "nothing-continues": _("Nothing goes on here that pay could be reported for"),
    "overlap": _("Another application covers some of the same days"),
    "request-in-progress": _("The first request is still running"),
    "scope-missing": _("The access token lacks a scope"),
    "rate-limited": _("Too many requests"),
    "unavailable": _("Try again later"),
    "unsupported-media-type": _("This kind of body is not understood"),
    "validation-failed": _("Some of it has to be changed"),
    "version-stale": _("It has changed since you read it"),
    "wrong-state": _("The application is past that"),
}

ADVICE: Words = {
    "body-too-large": _("Send less at a time; the limit is in the documentation of the call."),
    "correction-waits": _("Look at its `corrections`, and send the next one when that has been answered."),
    "duplicate": _("Follow `existing`: it is the application you sent before."),
    "finding-closed": _("Look at `finding_status`: what was applied for or is past its time cannot be set aside."),
    "idempotency-key-invalid": _("Use 16 to 255 letters a-z, digits, hyphens or underscores."),
    "idempotency-key-missing": _("Send the header Idempotency-Key with a new random value for each new application."),
    "idempotency-key-reused": _("Use a new key for a new body, and the old key only to send the same bytes again."),
    "if-match-missing": _("Read it, and send If-Match with its ETag."),
    "internal-error": _("Try again with the same key, and tell us the trace_id if it does not help."),
    "malformed-request": _("Send one JSON document in UTF-8, without names that appear twice and without NaN."),
    "mandate-missing": _("Ask the employer to give your organisation the right named here."),
    "method-not-allowed": _("Look at the header Allow for what this address does."),
    "not-acceptable": _("Accept application/json."),
    "not-authenticated": _("Get an access token at /oauth/token and send it in the header Authorization."),
    "not-decided": _("Follow the event feed: it tells when the application is decided."),
    "not-found": _("Check the address. What belongs to employers you do not act for cannot be told from nothing."),
    "nothing-continues": _("Pay was reported to the end of the absence. What follows it is a new application."),
    "overlap": _("Look at the applications in `existing`, and send only the days that they do not cover."),
    "request-in-progress": _("Wait as long as Retry-After says, then send the same request with the same key."),
    "scope-missing": _("Get an access token with the scope named here; your client may have to be given it first."),
    "rate-limited": _("Wait as long as Retry-After says."),
    "unavailable": _("Wait as long as Retry-After says, then send the same request with the same key."),
    "unsupported-media-type": _("Send application/json in UTF-8."),
    "validation-failed": _("Every place that has to be changed is in `errors`."),
    "version-stale": _("Read it again, make your change in what it says now, and send If-Match with its new ETag."),
    "wrong-state": _("Read the application again: its status no longer allows this."),
}
