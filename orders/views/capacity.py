"""What a workshop can make, week by week, and when it is closed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import page_of, require, submit
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from members.models import Business, Member
from orders import queries, services
from orders.forms import CapacityForm, ClosureForm, EstimateForm
from orders.models import Closure
from orders.views.common import below_workshop, own_member
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
        messages.success(request, _("The capacity is recorded."))
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
    lead = _(
        "{item}: minutes for one {unit}, as you reckon. It counts in your own weeks only, until it is measured for "
        "everybody."
    )
    return form_page(
        request,
        EstimateForm(request.POST or None, item=item, initial=own.minutes if own else {}),
        services.estimate_work,
        member,
        item=item,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("How long does one take?"),
            action=_("Save"),
            crumbs=below_workshop(member),
            lead=lead.format(item=item, unit=item.base_unit),
            draft=f"estimate-{member.pk}-{item.pk}",
        ),
        done=_("Recorded. Your weeks are counted with it."),
    )


@require(Permission.ORDER_TAKE)
def close_workshop(request, pk):
    """Days on which nothing is made; an officer may write them down for everybody."""
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    business = get_object_or_404(Business, member=member)
    lead = _("On these days {business} makes nothing. What fits and when it is ready is counted without them.")

    def close(*, everybody=False, **facts):
        return services.close_workshop(None if everybody else business, **facts)

    return form_page(
        request,
        ClosureForm(request.POST or None, for_all=request.user.can(Permission.CLOSURE_FOR_ALL)),
        close,
        by=request.user,
        page=FormPage(
            title=_("Record closed days"),
            action=_("Write it down"),
            crumbs=below_workshop(member),
            lead=lead.format(business=business),
        ),
        done=_("The days are recorded. What is promised moves around them."),
    )


@require(Permission.ORDER_TAKE)
def reopen_workshop(request, pk):
    closure = get_object_or_404(Closure.objects.visible_to(request.user).select_related("business__member"), pk=pk)
    text = _("The closed days {first} – {last} ({reason}) are taken out of the calendar.")
    days = {name: date_format(day, "j F Y") for name, day in (("first", closure.from_on), ("last", closure.until_on))}
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.reopen_workshop,
        closure,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Reopen the workshop"),
            action=_("Yes, we work"),
            crumbs=crumbs((_("My work"), "orders:work"), (_("Capacity"), "orders:capacity")),
            consequences=[text.format(reason=closure.reason, **days)],
        ),
        done=_("These days are working days again."),
    )
