"""What the events of the feed and of webhooks mean."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.records import events

EVENT_NAMES: Mapping[str, str | Promise] = {
    events.SUBMITTED: _("An application was sent"),
    events.CORRECTED: _("An application was corrected"),
    events.WITHDRAWN: _("An application was withdrawn"),
    events.INFORMATION_REQUESTED: _("An official asks for more about an application"),
    events.MESSAGE: _("The agency wrote about an application"),
    events.DECIDED: _("An application was decided"),
    events.PAYMENT_SENT: _("A payment was sent"),
    events.PAY_ENDED: _("The employer's pay ends and the absence goes on"),
    events.BATCH_FINISHED: _("A batch is finished"),
    events.SYNC_FINISHED: _("A sync with the Incomes Register is finished"),
    events.FINDING_OPENED: _("The Incomes Register shows something to claim or to correct"),
    events.MANDATE_CHANGED: _("An employer gave or ended a right"),
}
