"""The words of "Do I need a mandate?". Mandates go by the names that Suomi.fi e-Authorizations shows."""

from django.utils.translation import gettext_lazy as _

from employers.guidance.words.shape import YES_NO, Asked, FlowWords, Told

MANDATE_NAMES = {
    "apply": _("Applying for employment-related benefits"),
    "payments": _("Viewing payments of employment-related benefits"),
    "decisions": _("Viewing decisions on employment-related benefits"),
    "bank_account": _("Giving the account number for payments of employment-related benefits"),
    "log": _("Viewing the log of use of the employer's benefits"),
    "health_prepare": _("Handling the employer's application for occupational health care"),
    "health_send": _("Sending the employer's application for occupational health care"),
}
MATTERS = {
    "apply": _("Apply for benefits"),
    "payments": _("See payments"),
    "decisions": _("See decisions"),
    "bank_account": _("Change the bank account"),
    "log": _("See who has looked at the employer's matters"),
    "health_prepare": _("Prepare reimbursement applications of occupational health care"),
    "health_send": _("Send reimbursement applications of occupational health care"),
}

WORDS = FlowWords(
    title=_("Do I need a mandate?"),
    lead=_("Find out what you need to act for an employer here."),
    questions={
        "side": Asked(
            title=_("For whom do you act?"),
            choices={
                "employer": _("For the employer where I work or which I own"),
                "firm": _("For clients: I work at an accounting or payroll firm"),
                "oneself": _("For myself"),
            },
        ),
        "role": Asked(
            title=_("What is your role there?"),
            choices={
                "leads": _("Managing director or deputy, chair of the board, sole trader or liquidator"),
                "procuration": _("Holder of procuration"),
                "together": _("I sign together with somebody else"),
                "public": _("It is a municipality, the state, a parish, a school, a foundation or an estate"),
                "employee": _("An employee, or something else"),
            },
        ),
        "matter": Asked(title=_("What do you want to do?"), choices=MATTERS),
        "client": Asked(title=_("Has the client given your firm a mandate?"), choices=YES_NO),
        "firm": Asked(
            title=_("What has your firm given you?"),
            choices={
                "represent": _("A mandate to represent"),
                "transactions": _("A mandate for transactions"),
                "none": _("Nothing yet"),
            },
        ),
    },
    ends={
        "no-mandate": Told(
            title=_("You need no mandate"),
            text=(
                _("Your role is in a public register, and that is enough. Sign in and choose the employer."),
                _("If the employer is not in the list, check that the Trade Register knows of your role."),
            ),
        ),
        "no-mandate-procuration": Told(
            title=_("You need no mandate here"),
            text=(_("Procuration in the Trade Register is enough in this service. Sign in and choose the employer."),),
        ),
        "register-first": Told(
            title=_("Register the right to give mandates first"),
            text=(
                _("Nobody alone is entered in a register for these. Send a mandate application in Suomi.fi."),
                _("An official reads it. After that the people it names can give mandates to others."),
            ),
        ),
        "from-the-employer": Told(
            title=_("You need a mandate from the employer"),
            text=(
                _("Who leads the employer, or may give mandates for it, gives it in Suomi.fi e-Authorizations."),
                _("The right to give mandates is not itself a mandate: who has it gives one to themselves too."),
            ),
        ),
        "firm-asks-client": Told(
            title=_("Ask the client for a mandate first"),
            text=(
                _("Your firm asks for a mandate for transactions in Suomi.fi. The client approves it there."),
                _("The request is open for six months at most."),
                _("After that the firm gives you a mandate to represent."),
            ),
        ),
        "firm-gives": Told(
            title=_("Your firm has to give you a mandate to represent"),
            text=(
                _("The client's mandate belongs to the firm. Each of its people needs one, the managing director too."),
                _("It can be limited to the Business ID of one client."),
            ),
        ),
        "wrong-mandate": Told(
            title=_("A mandate for transactions is not the right one"),
            text=(
                _("A firm passes a client's matters on to its own people with a mandate to represent."),
                _("Ask for one. With the other kind, clients do not show in the list."),
            ),
        ),
        "ready": Told(
            title=_("You have what you need"),
            text=(_("Sign in and choose the client."),),
        ),
        "not-an-employer": Told(
            title=_("This service is for employers"),
            text=(_("For yourself you apply in the agency's service for persons."),),
        ),
    },
    notes=MANDATE_NAMES,
)
