"""What people do with material and goods. The only code of this book that saves: one verb, one transaction."""

from stock.services.bill import remove_from_bill, write_bill
from stock.services.holder import limit_lending
from stock.services.loan import confirm, decline, lend, tell_moved_dates
from stock.services.loan_return import confirm_return, decline_return, give_back, reverse_return
from stock.services.movement import count, give_along, record
from stock.services.purchase import cancel_purchase, join, open_purchase, quote
from stock.services.request import answer_no, answer_yes, ask_neighbours, end_request
from stock.services.request import url_of as request_url
from stock.services.share import pay_share, reverse_share_payment, share_out
from stock.services.step import choose, pay_supplier, receive, reverse_step
