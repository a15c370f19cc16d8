"""The shape of what people type about material and goods."""

from stock.forms.buying import ChooseForm, JoinForm, OpenForm, QuoteForm, ReceiveForm, ShareForm
from stock.forms.lending import BillForm, GiveBackForm, LendForm, LimitForm, OnForm, UndoForm, WhyForm
from stock.forms.moving import CountForm, RecordForm

__all__ = [
    "BillForm",
    "ChooseForm",
    "CountForm",
    "GiveBackForm",
    "JoinForm",
    "LendForm",
    "LimitForm",
    "OnForm",
    "OpenForm",
    "QuoteForm",
    "ReceiveForm",
    "RecordForm",
    "ShareForm",
    "UndoForm",
    "WhyForm",
]
