"""The chart of accounts and statements of one account in the browser."""

from django.shortcuts import get_object_or_404, render

from core.http import export, page_of, require
from core.permissions import Permission
from ledger import papers, queries
from ledger.forms.statement import DayQuestion, SpanQuestion
from ledger.models import Account


@require(Permission.LEDGER_VIEW)
def accounts(request):
    question = DayQuestion(request.GET)
    groups = queries.chart_of_accounts(**question.answers)
    return render(request, "ledger/accounts.html", {"form": question, "groups": groups, **question.answers})


@require(Permission.LEDGER_VIEW)
def account(request, pk):
    found = get_object_or_404(Account, pk=pk)
    question = SpanQuestion(request.GET)
    statement = queries.account_statement(found, **question.answers)
    context = {"account": found, "form": question, "statement": statement, "page": page_of(request, statement)}
    return render(request, "ledger/account.html", context | question.answers)


@require(Permission.LEDGER_VIEW)
def export_account(request, pk):
    found = get_object_or_404(Account, pk=pk)
    answers = SpanQuestion(request.GET).answers
    statement = queries.account_statement(found, **answers)
    return export(str(found), papers.account_sheet(found, statement), on=answers["last"])
