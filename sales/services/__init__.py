"""What people do with a sale. The only code of this book that saves: one verb, one transaction."""

from sales.services.invoice import issue_invoice, reverse_invoice
from sales.services.payment import give_back_deposit, give_money_back, receive_deposit, receive_payment, reverse_payment
from sales.services.proceeds import pay_proceeds, reverse_proceeds
from sales.services.returns import reverse_return, take_back
from sales.services.shipment import finish, reverse_shipment, ship
from sales.services.terms import set_terms
