"""The domain's nouns as frozen msgspec Structs. A field that is missing or unreadable is None or empty."""

from poe_pack.model.claim import (
    CapRate,
    CertificationServiceReport,
    Claim,
    Event,
    ExchangeRate,
    InvoiceLine,
    KeptOutside,
    Material,
    PaymentDetails,
    Person,
    ProofDocument,
    ThirdPartyInvoice,
    VendorShare,
)
from poe_pack.model.funds import Adjustment, Funds
from poe_pack.model.money import Money, fits_currency, minor_digits, round_money
from poe_pack.model.partner import Contact, Location, Partner
from poe_pack.model.period import DateRange, Period
from poe_pack.model.plan import Campaign, Plan, PlannedActivity
from poe_pack.model.review import (
    AppliedFor,
    Approval,
    Dispute,
    HistoryEntry,
    Payment,
    PreApproval,
    Request,
    Submission,
    TaxInvoice,
    Waiver,
)
from poe_pack.model.settings import RuleOff, Settings
from poe_pack.model.status import CLOSED, OPEN_TO_PARTNER, WITHOUT_PLAN, Flow, Status

__all__ = [
    "CLOSED",
    "OPEN_TO_PARTNER",
    "WITHOUT_PLAN",
    "Adjustment",
    "AppliedFor",
    "Approval",
    "Campaign",
    "CapRate",
    "CertificationServiceReport",
    "Claim",
    "Contact",
    "DateRange",
    "Dispute",
    "Event",
    "ExchangeRate",
    "Flow",
    "Funds",
    "HistoryEntry",
    "InvoiceLine",
    "KeptOutside",
    "Location",
    "Material",
    "Money",
    "Partner",
    "Payment",
    "PaymentDetails",
    "Period",
    "Person",
    "Plan",
    "PlannedActivity",
    "PreApproval",
    "ProofDocument",
    "Request",
    "RuleOff",
    "Settings",
    "Status",
    "Submission",
    "TaxInvoice",
    "ThirdPartyInvoice",
    "VendorShare",
    "Waiver",
    "fits_currency",
    "minor_digits",
    "round_money",
]
