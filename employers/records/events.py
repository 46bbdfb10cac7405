"""The types of events an employer's systems can follow. Names are part of the public contract."""

SUBMITTED = "application.submitted"
CORRECTED = "application.corrected"
WITHDRAWN = "application.withdrawn"
INFORMATION_REQUESTED = "application.information_requested"
ANSWERED = "application.answered"  # ours: not in the employers' feed
TAKEN_UP = "application.in_handling"  # ours: not in the employers' feed
CORRECTION_REQUESTED = "application.correction_requested"  # ours: not in the employers' feed
CORRECTION_REFUSED = "application.correction_refused"  # ours: not in the employers' feed
CLAIM_INCOMPLETE = "register_claim.incomplete"  # ours: not in the employers' feed; `subject` is the draft
QUESTION = "message.received"  # ours: the employer wrote; `subject` is the message
ATTACHED = "application.attached"  # ours: `subject` is the document
DECIDED = "application.decided"
PAYMENT_SENT = "payment.sent"
BATCH_FINISHED = "batch.finished"
SYNC_FINISHED = "register_sync.finished"
FINDING_OPENED = "register_finding.opened"
MANDATE_CHANGED = "mandate.changed"
MESSAGE = "application.message"
PAY_ENDED = "pay.ended"
RIGHTS_REQUESTED = "rights.requested"  # ours: a firm asks for rights; `subject` is the request
ACCOUNT_ASKED = "account.asked"  # ours: not in the employers' feed
ACCOUNT_CHANGED = "account.changed"  # ours: not in the employers' feed

PUBLIC = (
    SUBMITTED,
    CORRECTED,
    WITHDRAWN,
    INFORMATION_REQUESTED,
    DECIDED,
    PAYMENT_SENT,
    BATCH_FINISHED,
    SYNC_FINISHED,
    FINDING_OPENED,
    MANDATE_CHANGED,
    MESSAGE,
    PAY_ENDED,
)
