"""Statements of a unit in the browser."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from core.http import export, require
from core.permissions import Permission
from ledger import papers, queries
from ledger.forms.statement import UnitDayQuestion, UnitSpanQuestion


@require(Permission.LEDGER_VIEW)
def trial_balance(request):
    question = UnitDayQuestion(request.GET)
    rows = queries.trial_balance(**question.answers)
    context = {
        "form": question,
        "rows": [row for row in rows if row.debit or row.credit],
        "debit": sum(row.debit for row in rows),
        "credit": sum(row.credit for row in rows),
    }
    return render(request, "ledger/trial_balance.html", context | question.answers)


@require(Permission.LEDGER_VIEW)
def export_trial_balance(request):
    answers = UnitDayQuestion(request.GET).answers
    sheet = papers.trial_balance_sheet(queries.trial_balance(**answers), unit=answers["unit"])
    return export(_("Trial balance"), sheet, on=answers["as_of"])


@require(Permission.LEDGER_VIEW)
def income_statement(request):
    question = UnitSpanQuestion(request.GET)
    statement = queries.income_statement(**question.answers)
    return render(
        request, "ledger/income_statement.html", {"form": question, "statement": statement, **question.answers}
    )


@require(Permission.LEDGER_VIEW)
def balance_sheet(request):
    question = UnitDayQuestion(request.GET)
    sheet = queries.balance_sheet(**question.answers)
    return render(request, "ledger/balance_sheet.html", {"form": question, "sheet": sheet, **question.answers})
