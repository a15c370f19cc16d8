"""What a workshop can make, week by week, and when it is closed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import Form
from core.http import page_of, require, submit
from core.permissions import Permission
from members.models import Business, Member
from orders import queries, services
from orders.forms import CapacityForm, ClosureForm, EstimateForm
from orders.models import Closure
from orders.views.common import own_member
from pricing.models import Item
from pricing.steps import STEPS

WEEKS = 8


@require(Permission.ORDER_LIST)
def capacity(request, pk=None):
    """The coming weeks of a workshop and how much it makes; without a number one's own."""
    member = _member_or_404(request, pk)
    if member is None:
        return render(request, "orders/capacity.html", {"member": None})
    business, on = get_object_or_404(Business, member=member), today()
    rates = business.capacities.order_by("-from_on")
    latest = rates.filter(from_on__lte=on).first()
    form = CapacityForm(request.POST or None, initial=_as_it_is(latest))
    may_set = _may_act(request.user, member)
    if may_set and form.is_valid() and submit(form, services.set_capacity, business, by=request.user, **form.facts):
        messages.success(request, _("The capacity is written down."))
        return redirect(request.path)
    context = {
        "member": member,
        "business": business,
        "form": form if may_set else None,
        "weeks": queries.calendar(member, as_of=on, weeks=WEEKS),
        "rates": rates,
        "closures": queries.closures(business).filter(until_on__gte=on),
        "may_close_all": request.user.can(Permission.CLOSURE_FOR_ALL),
        "page": page_of(request, queries.jobs_in_words(member, as_of=on)),
        "unmeasured": queries.unmeasured(member, queries.promised_items(member, as_of=on)),
        "is_own": member.user_id == request.user.pk,
    }
    return render(request, "orders/capacity.html", context)


def _as_it_is(latest) -> dict:
    """The form starts from what is in force, so that one figure can be corrected alone."""
    names = ("per_week", *STEPS, "days_per_week", "hours_per_day")
    return {name: getattr(latest, name) for name in names} if latest else {}


def _member_or_404(request, pk):
    """The member whose workshop is meant; None for somebody without one who asks for their own."""
    if pk is None:
        member = own_member(request.user)
        return member if member and hasattr(member, "business") else None
    return get_object_or_404(Member.objects.visible_to(request.user), pk=pk)


def _may_act(user, member) -> bool:
    return user.can(Permission.ORDER_TAKE) and (member.user_id == user.pk or user.can(Permission.ORDER_FOR_OTHERS))


@require(Permission.ORDER_TAKE)
def estimate_work(request, pk, item):
    """How long a piece takes this workshop, for an item that nobody has measured for everybody."""
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    item = get_object_or_404(Item.objects.filter(kind=Item.Kind.PRODUCT).select_related("base_unit"), pk=item)
    own = member.work_estimates.filter(item=item).first()
    form = EstimateForm(request.POST or None, item=item, initial=own.minutes if own else {})
    facts = {"item": item, "on": today(), "by": request.user}
    if form.is_valid() and submit(form, services.estimate_work, member, **facts, **form.facts):
        messages.success(request, _("Written down. Your weeks are counted with it."))
        return redirect("orders:capacity-of", pk)
    return render(request, "orders/estimate_work.html", {"form": form, "member": member, "item": item})


@require(Permission.ORDER_TAKE)
def close_workshop(request, pk):
    """Days on which nothing is made; an officer may write them down for everybody."""
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    business = get_object_or_404(Business, member=member)
    form = ClosureForm(request.POST or None, for_all=request.user.can(Permission.CLOSURE_FOR_ALL))
    if form.is_valid():
        facts = form.facts
        whose = None if facts.pop("everybody", False) else business
        if submit(form, services.close_workshop, whose, by=request.user, **facts):
            messages.success(request, _("The days are written down. What is promised moves around them."))
            return redirect("orders:capacity-of", pk)
    return render(request, "orders/close_workshop.html", {"form": form, "member": member, "business": business})


@require(Permission.ORDER_TAKE)
def reopen_workshop(request, pk):
    closure = get_object_or_404(Closure.objects.visible_to(request.user).select_related("business__member"), pk=pk)
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.reopen_workshop, closure, on=today(), by=request.user):
        messages.success(request, _("These days are worked after all."))
        return redirect("orders:capacity")
    return render(request, "orders/reopen_workshop.html", {"form": form, "closure": closure})
