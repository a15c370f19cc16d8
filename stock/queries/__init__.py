"""Questions about stock, each as at a day."""

from stock.queries.bill import bill, material_for
from stock.queries.holder import MANY, Holder, held_by, holders, holders_of, lead_time, materials, needs_of
from stock.queries.loan import days, loans, outlooks, rules, to_confirm, with_loans
from stock.queries.loan_return import payments_to_receive, returns, returns_to_confirm, waiting_for
from stock.queries.movement import held, holdings, last_quantity, lowest, movements
from stock.queries.purchase import needed, offers, open_purchases, purchases, totals
from stock.queries.request import asked_of, own_requests, requests
from stock.queries.share import Account, accounts, owed_by, shares_to_be, unpaid
from stock.queries.step import cost, lines
