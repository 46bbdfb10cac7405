"""What the register says of what is wrong. Its real codes are not public; these are the sandbox's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.sandbox.register.xml import element, group

MESSAGES = {
    "MSG-01": "The signature is missing or wrong.",
    "MSG-02": "The certificate is not that of DeliveryDataCreator.",
    "MSG-03": "The message does not follow the schema.",
    "MSG-04": "In real time one item is sent at a time.",
    "MSG-05": "ProductionEnvironment is that of another environment.",
    "MSG-06": "The access profile is not known.",
    "MSG-07": "A needed parameter is missing or cannot be read.",
    "REC-01": "DeliveryDataType does not belong to the operation.",
    "REC-02": "A reference may hold 0-9, a-z, A-Z, _ and - alone.",
    "REC-03": "DeliveryId has been used before.",
    "REC-04": "FaultyControl must be 1 or 2.",
    "REC-05": "DeliveryDataOwner must be one of the payer's identifiers.",
    "REC-06": "DeliveryDataSender must be DeliveryDataCreator.",
    "REC-07": "PaymentDate is before 2019 or more than 45 days ahead.",
    "REC-08": "EndDate is before StartDate.",
    "REC-09": "A claim needs a contact person with an e-mail address and ResponsibilityCode 1.",
    "REC-10": "The subscription's type and schedule do not belong together.",
    "REC-11": "The modification interval does not fit the subscription.",
    "REC-12": "MainSubscriptionId has been used before.",
    "REC-13": "DeliveryChannelCode must be 1.",
    "PAY-01": "The payer's identifier is of an unknown type or wrong.",
    "ITM-01": "ReportId has been used for another report.",
    "ITM-02": "A new report has a ReportId, and no IRReportId and no ReportVersion.",
    "ITM-03": "The report to replace is not found.",
    "ITM-04": "An invalidated report cannot be replaced or invalidated.",
    "ITM-05": "ReportVersion is not the newest.",
    "ITM-06": "A part that a replacement must repeat has changed.",
    "ITM-07": "The report occurs twice in the record.",
    "ITM-08": "ActionCode must be 1 or 2.",
    "ITM-09": "The income earner's identifier is missing or wrong.",
    "ITM-10": "Payer and income earner are the same.",
    "ITM-11": "An income type is not known.",
    "ITM-12": "Income types of the 100 and 200 series are mixed.",
    "ITM-13": "Income types 102 to 106 do not fit 101.",
    "ITM-14": "A negative amount is not allowed for this income type.",
    "ITM-15": "An absence window has both days or neither.",
    "ITM-16": "Absence periods overlap or end before they start.",
    "ITM-17": "An absence has a negative amount or number of days.",
    "ITM-18": "PaidAbsencePeriodInfo is for claims alone.",
    "ITM-19": "A cause of absence is not known.",
    "ITM-20": "A claim needs a payer with a Business ID and an income earner with a Finnish personal identity code.",
    "ITM-21": "A claim needs pay by the month or by the hour, and the period of the employment.",
    "ITM-22": "Family leave compensation needs EmploymentCode.",
    "ITM-23": "A claim needs the last day of the absence.",
    "ITM-24": "The cause of the absence does not fit the claim.",
    "ITM-25": "PaymentRef or PaymentSpecifier, not both.",
    "ITM-26": "The absence begins before the employment.",
    "INV-01": "The item to invalidate is not found.",
    "SUB-01": "QueryDataType is not supported.",
    "SUB-02": "The access profile is not known.",
    "SUB-03": "The lists of payers or income earners do not belong to QueryDataType.",
    "SUB-04": "QueryDataSchemaVersion is not supported.",
}


@dataclass(frozen=True, slots=True)
class Error:
    code: str
    details: str = ""  # the element it is about, never a value

    def __str__(self) -> str:
        return group("ErrorInfo", ErrorCode=self.code, ErrorMessage=MESSAGES[self.code], ErrorDetails=self.details)


def errors(name: str, found: Iterable[Error]) -> str:
    """`MessageErrors`, `DeliveryErrors` or `ItemErrors`; nothing when there are none."""
    inner = "".join(str(one) for one in dict.fromkeys(found))
    return element(name, inner) if inner else ""
