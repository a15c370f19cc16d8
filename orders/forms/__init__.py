"""The shape of what people type about orders and surplus work."""

from orders.forms.bills import BillsFilter
from orders.forms.board import (
    AcceptForm,
    AskForm,
    ClaimForm,
    ConfirmForm,
    DeliverForm,
    PayOutForm,
    ReverseForm,
    SettleForm,
    SurplusForm,
    offer_dates,
)
from orders.forms.capacity import CapacityForm, ClosureForm, EstimateForm
from orders.forms.fairness import FairnessFilter
from orders.forms.package import OfferRestForm
from orders.forms.returning import ProceedsForm, TakeBackForm
from orders.forms.selling import BuyerPaymentForm, InvoiceForm, ProgressForm, SaleTermsForm, ShipForm, SpecificationForm
from orders.forms.sheet import (
    AnswerForm,
    ConsentForm,
    DisputeForm,
    MaterialForm,
    MoneyForm,
    OnForm,
    ReturnForm,
    TermsForm,
)
from orders.forms.taking import FinishForm, OrderFilter, ReasonForm, TakeForm

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "AskForm",
    "BillsFilter",
    "BuyerPaymentForm",
    "CapacityForm",
    "ClaimForm",
    "ClosureForm",
    "ConfirmForm",
    "ConsentForm",
    "DeliverForm",
    "DisputeForm",
    "EstimateForm",
    "FairnessFilter",
    "FinishForm",
    "InvoiceForm",
    "MaterialForm",
    "MoneyForm",
    "OfferRestForm",
    "OnForm",
    "OrderFilter",
    "PayOutForm",
    "ProceedsForm",
    "ProgressForm",
    "ReasonForm",
    "ReturnForm",
    "ReverseForm",
    "SaleTermsForm",
    "SettleForm",
    "ShipForm",
    "SpecificationForm",
    "SurplusForm",
    "TakeBackForm",
    "TakeForm",
    "TermsForm",
    "offer_dates",
]
