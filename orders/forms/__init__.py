"""The shape of what people type about orders and surplus work."""

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
from orders.forms.capacity import CapacityForm, ClosureForm
from orders.forms.taking import FinishForm, OrderFilter, ReasonForm, TakeForm

__all__ = [
    "AcceptForm",
    "AskForm",
    "CapacityForm",
    "ClaimForm",
    "ClosureForm",
    "ConfirmForm",
    "DeliverForm",
    "FinishForm",
    "OrderFilter",
    "PayOutForm",
    "ReasonForm",
    "ReverseForm",
    "SettleForm",
    "SurplusForm",
    "TakeForm",
    "offer_dates",
]
