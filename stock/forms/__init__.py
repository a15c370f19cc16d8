"""The shape of what people type about material and goods."""

from stock.forms.lending import BillForm, GiveBackForm, LendForm, LimitForm, OnForm, WhyForm
from stock.forms.moving import CountForm, RecordForm

__all__ = ["BillForm", "CountForm", "GiveBackForm", "LendForm", "LimitForm", "OnForm", "RecordForm", "WhyForm"]
