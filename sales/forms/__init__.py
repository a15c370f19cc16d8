"""The shape of what people type about a sale."""

from sales.forms.invoice import InvoiceForm
from sales.forms.payment import BuyerPaymentForm
from sales.forms.proceeds import ProceedsForm
from sales.forms.returns import TakeBackForm
from sales.forms.shipment import FinishForm, ShipForm
from sales.forms.terms import SaleTermsForm
