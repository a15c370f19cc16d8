"""The rules in force and their history, for everybody to read."""

from django.http import Http404
from django.shortcuts import render

from core.dates import today
from core.http import require
from core.permissions import Permission
from governance import queries
from governance.models import RulesProposal


@require(Permission.RULES_VIEW)
def rules(request):
    return render(request, "governance/rules.html", {"overview": queries.overview(as_of=today())})


@require(Permission.RULES_VIEW)
def history(request, kind):
    model = kind_or_404(kind)
    context = {
        "key": kind,
        "name": model._meta.verbose_name,
        "found": queries.rules(model, as_of=today()),
        "proposals": RulesProposal.objects.filter(kind=kind).select_related("proposed_by").order_by("-pk"),
    }
    return render(request, "governance/rules_history.html", context)


def kind_or_404(key):
    kind = queries.kind_named(key)
    if kind is None:
        raise Http404
    return kind
