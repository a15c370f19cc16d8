"""The papers that go to a buyer."""

from sales.papers.invoice import invoice
from sales.papers.returns import credit_note
from sales.papers.shipment import delivery_note
