"""The guides of the documentation, in the reader's language: words only, `code` in backticks."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """`example` names the programs of docs/api/examples that show it."""

    title: Text
    lead: Text
    parts: tuple[tuple[Text, tuple[Text, ...]], ...]  # a heading, its paragraphs
    example: str = ""


GUIDES: Mapping[str, Guide] = {
    "getting-started": Guide(
        title=_("Getting started"),
        lead=_("From nothing to a first application in two calls."),
        parts=(
            (
                _("Start the sandbox"),
                (
                    _("`make run` serves it at `http://127.0.0.1:8000`. Everybody in it is made up."),
                    _("Your client is `sandbox-payroll`; its secret is the name followed by `-secret`."),
                ),
            ),
            (
                _("Send an application"),
                (
                    _("Get an access token, then send the application. You get 201, and the application is filed."),
                    _("Did the line break before the answer came? Send the same again. It takes effect once."),
                ),
            ),
            (
                _("Go on from there"),
                (
                    _("Keep the token in `TOKEN`: the other programs here read it from there."),
                    _("Save `id` and `version` of the answer. Follow the event feed to hear what becomes of it."),
                    _("Before you send, `POST /applications/validate` says what is wrong, and writes nothing."),
                ),
            ),
        ),
        example="first-application",
    ),
    "authentication": Guide(
        title=_("Access tokens and rights"),
        lead=_("A token says who you are. A right says for whom you may act."),
        parts=(
            (
                _("Get a token"),
                (
                    _("Post `grant_type=client_credentials` to `/oauth/token`, as OAuth 2.0 has it."),
                    _("Show your secret by HTTP Basic or in the form. Or sign a `client_assertion` with your own key."),
                    _("Without `scope` you get every scope your client has. Another one gives 400 `invalid_scope`."),
                    _("A token is good for an hour. Get a new one when a call answers 401."),
                ),
            ),
            (
                _("Sign with your own key"),
                (
                    _("Send `client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer`."),
                    _("In it `iss` and `sub` are your client id, and `aud` is the address of the token call."),
                    _("`exp` is at most 5 minutes ahead. Use each `jti` once."),
                ),
            ),
            (
                _("Rights of an employer"),
                (
                    _("An employer gives your organisation rights in the portal or in Suomi.fi."),
                    _("`GET /employers` lists whom you act for and what each lets you do."),
                    _("403 `mandate-missing` names the right to ask for. 403 `scope-missing` names the scope."),
                    _("What belongs to others answers 404, exactly as what does not exist."),
                    _("A client belongs to your organisation. It goes on when the person who made it has left."),
                    _("Did somebody leave who knows a secret? Make a new one on the web service, and end the old one."),
                ),
            ),
        ),
    ),
    "idempotency": Guide(
        title=_("Safe to repeat"),
        lead=_("Every call that has an effect takes a key. The same key takes effect once."),
        parts=(
            (
                _("The key"),
                (
                    _("Send `Idempotency-Key` with 16 to 255 random letters, digits, `-` or `_`."),
                    _("Keep the key with your own record before you send. Repeat the call until it answers."),
                    _("The answer that was kept comes back with `Idempotency-Replayed: true`."),
                ),
            ),
            (
                _("What can come back"),
                (
                    _("422 `idempotency-key-reused`: the key was used for another body. Take a new key."),
                    _("409 `request-in-progress`: the first call still runs. Wait as long as `Retry-After` says."),
                    _("409 `duplicate`: the same application came with another key. `existing` says which it is."),
                    _("A body that is refused does not use up the key. Mend it and send it with the same key."),
                ),
            ),
            (
                _("A lost answer"),
                (
                    _("`GET /applications/by-key/{key}` says what the answer said."),
                    _("We keep keys for 30 days and promise 72 hours. A `reference` is yours for good."),
                ),
            ),
        ),
    ),
    "corrections": Guide(
        title=_("Corrections"),
        lead=_("You correct by sending the whole application anew, with the reason."),
        parts=(
            (
                _("Before a decision"),
                (
                    _("Read the application and keep its `ETag`. Send it back in `If-Match`."),
                    _("You get 201 with the new version and a `diff`: what was, and what is now."),
                    _("412 means that somebody changed it since. Read it again and look what changed."),
                ),
            ),
            (
                _("After a decision"),
                (_("You get 202. An official looks at it, and the decision holds until then."),),
            ),
            (
                _("Other changes"),
                (
                    _("`POST /applications/{id}/withdrawal` takes it back until it is decided."),
                    _("`POST /applications/{id}/pay-reports` tells the next month of pay, without a new application."),
                ),
            ),
        ),
        example="correction",
    ),
    "batches": Guide(
        title=_("Many at once"),
        lead=_("One file holds up to 10 000 applications and 20 MB. Each row gets a result of its own."),
        parts=(
            (
                _("The file"),
                (
                    _("Send CSV, JSON lines or XLSX as it is. Its kind stands in `Content-Type`."),
                    _("Columns are the members of an application, parted by dots: `pay_periods.1.start`."),
                    _("CSV may have `;` or `,`, a decimal comma and days as 2.3.2026."),
                ),
            ),
            (
                _("The results"),
                (
                    _("With `mode=partial` good rows are taken. `mode=all_or_nothing` takes all or none."),
                    _("`GET /batches/{id}` says how far it is. The event `batch.finished` tells when it is done."),
                    _("Mend the wrong rows and send the file again. Rows that were taken come back as `duplicate`."),
                ),
            ),
        ),
        example="batch",
    ),
    "events": Guide(
        title=_("Events and webhooks"),
        lead=_("One feed tells what happens to all the employers you act for. Webhooks tell you when to look."),
        parts=(
            (
                _("The feed"),
                (
                    _("Ask `GET /events` with the `next` of the answer before. Nothing is left out."),
                    _("Save `next` only after you have worked on the events. It is good for 90 days at least."),
                    _("An event holds ids only. Read the matter itself where your rights are checked."),
                ),
            ),
            (
                _("Webhooks"),
                (
                    _("`POST /webhooks` names your address. The answer shows the secret once."),
                    _("We sign as Standard Webhooks has it. Check the signature over the bytes as they came."),
                    _("Answer with 2xx within seconds, and work on it later. `webhook-id` is the id of the event."),
                    _("We try for three days, then turn the address off and tell you. 410 turns it off at once."),
                ),
            ),
        ),
        example="events",
    ),
    "errors": Guide(
        title=_("When something is wrong"),
        lead=_("Every refusal is one kind of document. It names everything that has to change, at once."),
        parts=(
            (
                _("The document"),
                (
                    _("It is the problem document of RFC 9457. Build on `code`, show `title` and `detail`."),
                    _("`errors` names each place by a `pointer` into your body, with a `code` and words."),
                    _("Words come in the language of `Accept-Language`: `fi`, `sv` or `en`. Codes never change."),
                    _("Tell us the `trace_id` when you ask about it."),
                ),
            ),
            (
                _("Errors and warnings"),
                (
                    _("An error stands in the way. A warning does not: it comes back in `problems` of the 201."),
                    _("`Prefer: handling=strict` makes warnings errors."),
                ),
            ),
            (
                _("When to try again"),
                (
                    _("429 and 503 say in `Retry-After` how long to wait. 409 `request-in-progress` does, too."),
                    _("Try 500 again with the same key. Other refusals stay as they are until you change something."),
                ),
            ),
        ),
    ),
    "limits": Guide(
        title=_("Limits"),
        lead=_("So that everybody is served: how much, and how fast."),
        parts=(
            (
                _("Calls"),
                (
                    _("A client has 20 writes and 50 reads a second, and 200 in a burst."),
                    _("`RateLimit` says what is left, `RateLimit-Policy` what the limits are."),
                    _("Above them you get 429. Wait as long as `Retry-After` says."),
                ),
            ),
            (
                _("Sizes"),
                (
                    _("A batch has at most 10 000 rows and 20 MB. A list has at most 200 entries a page."),
                    _("Follow `next` until it is null. A feed has always a `next`."),
                ),
            ),
            (
                _("Lists"),
                (
                    _("Without `limit` a page has 50 entries, the newest first. A feed begins with the oldest."),
                    _("Ask for the next page with `cursor`, and with the same filters."),
                    _("Misspelt a filter? You get 422 `unknown_field` with its name, and not the whole list."),
                ),
            ),
        ),
    ),
    "sandbox": Guide(
        title=_("The sandbox"),
        lead=_("The same program as in production. Only the neighbours are simulated."),
        parts=(
            (
                _("Who is in it"),
                (
                    _("`sandbox-payroll` acts for employers of every size, `sandbox-large` is an employer of 12 000."),
                    _("`sandbox-other` may not see what the others see. `sandbox-bench` has no limits."),
                    _("Any identity code from 900 to 999 with a right check character is somebody."),
                ),
            ),
            (
                _("Make things happen"),
                (
                    _("A `reference` that begins with `sandbox-grant` is granted within 10 seconds."),
                    _(
                        "Half a minute later it is paid, and you hear `payment.sent`. For that the employer needs a "
                        "bank account and its consent to electronic decisions."
                    ),
                    _("`sandbox-reject` is rejected, and about `sandbox-ask` an official asks something."),
                    _("`POST /sandbox/clock` sets the day. `POST /sandbox/reset` puts everything back."),
                    _("No day can be set after the last year whose amounts are official."),
                    _("`GET /benchmarks` shows figures of last year, counted from made-up applications."),
                ),
            ),
        ),
    ),
}
