"""What templates need to show the cooperative's figures: money, days, icons, query strings."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html

from core import audit, icons, money
from core.dates import long_date

register = template.Library()


@register.filter
def rupiah(amount):
    """`Rp 1.250.000`; nothing for None."""
    return "" if amount is None else money.format_rupiah(amount)


@register.filter
def number(amount):
    """`1.250.000`, for columns whose heading says Rp."""
    return "" if amount is None else money.format_number(amount)


@register.filter
def percent(basis_points):
    """`12,5 %` for 1250 hundredths of a percent."""
    return "" if basis_points is None else money.format_percent(basis_points)


@register.filter
def signed(amount):
    """`+1.500` or `−1.500`, for a change."""
    return "" if amount is None else ("+" if amount > 0 else "") + money.format_number(amount)


@register.filter
def quantity(value):
    """A quantity without needless zeros: `80`, `22,5`, `1.200`."""
    return "" if value is None else money.format_quantity(value)


@register.filter
def quantity_whole(value):
    """A quantity without its fraction, for charts."""
    return "" if value is None else money.format_number(int(value))


@register.filter
def whole(amount):
    """A sum that a query gave as a decimal, as whole rupiah."""
    return None if amount is None else int(amount)


@register.filter
def times(amount, factor):
    """An amount so many times over: the price of a kodi from that of a pair."""
    return amount * factor


@register.filter
def day(value):
    """`12 November 2026`."""
    return long_date(value) if value else ""


@register.filter
def short_day(value):
    """`12/11/26`."""
    return date_format(value, "d/m/y") if value else ""


@register.filter
def get(mapping, name):
    """The value under a name that is known only here: `may|get:permission`."""
    return mapping.get(name)


@register.simple_tag
@cache
def icon(name, size=20):
    """A line icon beside a word; hidden from screen readers, which read the word. LookupError for an unknown name."""
    if name not in icons.NAMES:
        raise LookupError(f"the icon {name!r} is not drawn: add its name to core/icons.py")
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" aria-hidden="true"><use href="{1}#{2}"/></svg>',
        size,
        static("icons/lucide.svg"),
        name,
    )


BADGE_ICONS = {"leaf": "check", "amber": "clock", "brick": "circle-alert", "indigo": "info", "plain": "circle"}


@register.simple_tag
def badge(tone, text):
    """A state in a word with an icon, so that the colour never says it alone: `{% badge "leaf" _("paid") %}`."""
    return format_html('<span class="badge {}">{}{}</span>', tone, icon(BADGE_ICONS[tone], 14), text)


@register.simple_tag
def sentence(event):
    """What happened, in words, for an event of the audit trail."""
    return audit.sentence(event)


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """The query string of this page with some values changed: `{% query page=2 %}`."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters[name] = value
    return f"?{parameters.urlencode()}"
