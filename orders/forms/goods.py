"""Taking finished goods for an order."""

import datetime

from members.models import Member
from pricing.models import Item
from stock.forms.loan import LendForm


class GoodsForm(LendForm):
    """A loan of goods whose taker and item are known."""

    def __init__(self, *args, item: Item, holder: Member, as_of: datetime.date, **kwargs):
        super().__init__(*args, item=item, own=holder, side="borrower", as_of=as_of, **kwargs)
        del self.fields["borrower"]
