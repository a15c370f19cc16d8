"""The shape of what people type about material and goods."""

from stock.forms.moving import CountForm, RecordForm

__all__ = ["CountForm", "RecordForm"]
