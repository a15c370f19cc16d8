"""Where everything stands: a few places, what matters there first, and every other page of a place as its tab."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.permissions import Permission, Role


@dataclass(frozen=True)
class Place:
    """One word in the menu. Opens on the first of its tabs that the person may see."""

    label: str
    icon: str
    tabs: list[tuple[str, str, Permission]]
    """Label, URL name, permission: what is used daily stands first."""
    under: tuple[str, ...] = ()
    """Addresses of its deeper pages, where no tab's address begins them."""


HOME = Place(_("Home"), "house", [(_("Home"), "home", Permission.OWN)], ("/inbox/", "/search/"))

MEMBER_PLACES = [
    HOME,
    Place(
        pgettext_lazy("place", "Work"),
        "hammer",
        [
            (_("My work"), "orders:work", Permission.ORDER_TAKE),
            (_("Work on offer"), "orders:board", Permission.OFFER_VIEW),
            (_("Orders"), "orders:list", Permission.ORDER_LIST),
            (_("My free time"), "orders:capacity", Permission.ORDER_LIST),
            (_("Price list"), "pricing:list", Permission.PRICE_VIEW),
            (_("Rounds"), "orders:rounds", Permission.OFFER_VIEW),
            (_("Fairness"), "orders:fairness", Permission.OFFER_VIEW),
            (_("Market mirror"), "sales:market", Permission.MARKET_VIEW),
        ],
        ("/orders/", "/sales/", "/prices/"),
    ),
    Place(
        pgettext_lazy("place", "Material"),
        "layers",
        [
            (_("My material"), "stock:mine", Permission.STOCK_RECORD),
            (_("Who holds what"), "stock:materials", Permission.STOCK_VIEW),
            (_("Lent and borrowed"), "stock:loans", Permission.STOCK_VIEW),
            (_("Joint purchases"), "stock:purchases", Permission.STOCK_VIEW),
        ],
        ("/stock/",),
    ),
    Place(
        pgettext_lazy("place", "Money"),
        "wallet",
        [
            (_("Savings"), "savings:list", Permission.SAVINGS_VIEW),
            (_("My loans"), "loans:mine", Permission.LOAN_APPLY),
            (_("Dues"), "activities:dues", Permission.DUES_VIEW),
            (_("My SHU"), "shu:mine", Permission.LOAN_APPLY),
        ],
        ("/loans/", "/shu/", "/ledger/", "/savings/"),
    ),
    Place(
        pgettext_lazy("place", "Cooperative"),
        "users",
        [
            (_("Meetings"), "governance:meetings", Permission.MEETING_LIST),
            (_("Announcements"), "governance:announcements", Permission.ANNOUNCEMENT_VIEW),
            (_("Help"), "activities:help-requests", Permission.HELP_ASK),
            (_("My letters and cases"), "governance:my-cases", Permission.CASE_VIEW),
            (_("Programmes"), "activities:programmes", Permission.PROGRAMME_LIST),
            (_("My page"), "members:me", Permission.MEMBER_VIEW),
            (_("Suggestions"), "governance:suggestions", Permission.SUGGESTION_MAKE),
            (_("Partners"), "members:partners", Permission.PARTNER_LIST),
            (_("Decisions"), "governance:decisions", Permission.DECISION_LIST),
            (_("Offices"), "governance:offices", Permission.OFFICE_LIST),
            (_("Rules"), "governance:rules", Permission.RULES_VIEW),
            (_("Statutes"), "governance:statutes", Permission.STATUTES_VIEW),
            (_("Funds"), "activities:funds", Permission.FUND_VIEW),
            (_("Annual report"), "reports:annual", Permission.ANNUAL_VIEW),
        ],
        ("/governance/", "/activities/", "/members/"),
    ),
]
"""The five places of a member, the same as the bottom bar of the phone."""

OFFICE_PLACES = [
    HOME,
    Place(
        _("Members"),
        "users",
        [
            (_("Members"), "members:list", Permission.MEMBER_LIST),
            (_("Partners"), "members:partners", Permission.PARTNER_LIST),
            (_("Help"), "activities:help-requests", Permission.HELP_ASK),
            (_("Visits"), "activities:visits", Permission.VISIT_LIST),
            (_("Programmes"), "activities:programmes", Permission.PROGRAMME_LIST),
            (_("Aid"), "activities:aid", Permission.AID_LIST),
            (_("Members who leave"), "departures:list", Permission.LOAN_LIST),
            (_("My page"), "members:me", Permission.MEMBER_VIEW),
        ],
        ("/members/", "/activities/", "/departures/"),
    ),
    Place(
        pgettext_lazy("place", "Cash"),
        "wallet",
        [
            (_("Cash and bank"), "treasury:index", Permission.LEDGER_VIEW),
            (_("Receipts"), "ledger:receipts", Permission.LEDGER_VIEW),
            (_("Vouchers"), "treasury:vouchers", Permission.LEDGER_VIEW),
            (_("Payment requests"), "treasury:requests", Permission.LEDGER_VIEW),
            (_("Cash counts"), "treasury:cash-counts", Permission.LEDGER_VIEW),
            (_("Dues"), "activities:dues", Permission.DUES_VIEW),
            (_("Funds"), "activities:funds", Permission.FUND_VIEW),
        ],
        ("/treasury/",),
    ),
    Place(
        _("Savings and loans"),
        "landmark",
        [
            (_("Loans"), "loans:list", Permission.LOAN_LIST),
            (_("Savings"), "savings:list", Permission.SAVINGS_VIEW),
            (_("Loans in arrears"), "loans:arrears", Permission.LOAN_LIST),
            (_("Withdrawal requests"), "savings:withdrawal-requests", Permission.SAVINGS_LIST),
            (_("Unpaid mandatory savings"), "savings:obligations", Permission.SAVINGS_LIST),
            (_("Term savings"), "savings:term-deposits", Permission.SAVINGS_LIST),
            (_("Portfolio quality"), "loans:collectibility", Permission.LOAN_LIST),
            (_("My loans"), "loans:mine", Permission.LOAN_APPLY),
            (_("My SHU"), "shu:mine", Permission.LOAN_APPLY),
        ],
    ),
    Place(
        _("Meetings"),
        "calendar-days",
        [
            (_("Meetings"), "governance:meetings", Permission.MEETING_LIST),
            (_("Decisions"), "governance:decisions", Permission.DECISION_LIST),
            (_("Decided between meetings"), "governance:resolutions", Permission.RESOLUTION_LIST),
            (_("Offices"), "governance:offices", Permission.OFFICE_LIST),
            (_("Announcements"), "governance:announcements", Permission.ANNOUNCEMENT_VIEW),
            (_("Suggestions"), "governance:suggestions", Permission.SUGGESTION_MAKE),
        ],
    ),
    Place(
        pgettext_lazy("place", "Work"),
        "hammer",
        [
            (_("Orders"), "orders:list", Permission.ORDER_LIST),
            (_("Work on offer"), "orders:board", Permission.OFFER_VIEW),
            (_("Payments for work"), "orders:settlements", Permission.SETTLEMENT_PAY),
            (_("My work"), "orders:work", Permission.ORDER_TAKE),
            (_("Price list"), "pricing:list", Permission.PRICE_VIEW),
            (_("Who holds what"), "stock:materials", Permission.STOCK_VIEW),
            (_("Joint purchases"), "stock:purchases", Permission.STOCK_VIEW),
            (_("My material"), "stock:mine", Permission.STOCK_RECORD),
            (_("Rounds"), "orders:rounds", Permission.OFFER_VIEW),
            (_("Fairness"), "orders:fairness", Permission.OFFER_VIEW),
            (_("Receivables"), "sales:receivables", Permission.ORDER_LIST_ALL),
            (_("Market mirror"), "sales:market", Permission.MARKET_VIEW),
        ],
        ("/orders/", "/sales/", "/stock/", "/prices/"),
    ),
    Place(
        _("Letters and rules"),
        "scroll",
        [
            (_("Cases"), "governance:cases", Permission.CASE_LIST),
            (_("Letters"), "governance:letters", Permission.CASE_LIST),
            (_("Reminders"), "governance:reminders", Permission.CASE_LIST),
            (_("My letters and cases"), "governance:my-cases", Permission.CASE_VIEW),
            (_("Rules"), "governance:rules", Permission.RULES_VIEW),
            (_("Statutes"), "governance:statutes", Permission.STATUTES_VIEW),
            (_("Audit trail"), "audit-trail", Permission.AUDIT_VIEW),
            (_("Style guide"), "styleguide", Permission.STYLEGUIDE_VIEW),
        ],
        ("/governance/",),
    ),
    Place(
        _("Books"),
        "book-open",
        [
            (_("Monthly report"), "reports:monthly", Permission.REPORT_VIEW),
            (_("Journal"), "ledger:journal", Permission.LEDGER_VIEW),
            (_("Accounts"), "ledger:accounts", Permission.LEDGER_VIEW),
            (_("Trial balance"), "ledger:trial-balance", Permission.LEDGER_VIEW),
            (_("Months"), "ledger:periods", Permission.LEDGER_VIEW),
            (_("Checks of the books"), "reports:books", Permission.REPORT_VIEW),
            (_("SHU"), "shu:preview", Permission.REPORT_VIEW),
            (_("Annual report"), "reports:annual", Permission.ANNUAL_VIEW),
        ],
        ("/ledger/", "/reports/", "/shu/"),
    ),
]
"""The eight places of an officer; nothing of them is below the fold of a laptop."""

OWN_PAGES = {
    "savings:passbook": "savings:list",
    "activities:dues-of": "activities:dues",
    "members:detail": "members:me",
    "orders:capacity-of": "orders:capacity",
    "stock:of": "stock:mine",
}
"""Where a tab leads a member on to the page that is their own: it is the page of that tab."""

THUMBS = 5
"""How many words fit the bottom bar of a phone 360 px wide; the last of more is the way to all of them."""

MAINTAINER_PLACES = [
    HOME,
    Place(_("Audit trail"), "scroll-text", [(_("Audit trail"), "audit-trail", Permission.AUDIT_VIEW)]),
    Place(_("Style guide"), "palette", [(_("Style guide"), "styleguide", Permission.STYLEGUIDE_VIEW)]),
]


def places_of(user) -> list[Place]:
    return {Role.MEMBER: MEMBER_PLACES, Role.MAINTAINER: MAINTAINER_PLACES}.get(user.role, OFFICE_PLACES)


def navigation(request):
    """The places the person may enter, the tabs of the one they are in, and the colours that were chosen."""
    theme = request.COOKIES.get("theme", "")
    page = {"theme": theme if theme in ("light", "dark") else "", "places": [], "tabs": []}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return page
    for place in places_of(user):
        tabs = [
            {"label": label, "name": name, "url": reverse(name), "is_current": False}
            for label, name, may in place.tabs
            if user.can(may)
        ]
        if tabs:
            page["places"].append(
                {"label": place.label, "icon": place.icon, "url": tabs[0]["url"], "tabs": tabs, "under": place.under}
            )
    view = request.resolver_match.view_name if request.resolver_match else ""
    _mark_current(page, request.path, OWN_PAGES.get(view, view) if user.role == Role.MEMBER else view)
    page["thumbs"] = page["places"] if len(page["places"]) <= THUMBS else page["places"][: THUMBS - 1]
    return page


def _mark_current(page, path, view):
    """The place and tab whose address begins the path, the longest where several do.

    The tabs show on their own pages; deeper ones (a form, one receipt) lead back by their crumbs.
    """
    found = [(len(tab["url"]), place, tab) for place in page["places"] for tab in place["tabs"] if view == tab["name"]]
    if not found:
        addresses = [
            (address, place)
            for place in page["places"]
            for address in [*(tab["url"] for tab in place["tabs"]), *place["under"]]
            if address != "/" and path.startswith(address)
        ]
        found = [(len(address), place, None) for address, place in addresses]
    if not found:
        return
    _length, place, tab = max(found, key=lambda each: each[0])
    place["is_current"] = True
    if tab is not None:
        tab["is_current"] = True
        page["tabs"] = place["tabs"] if len(place["tabs"]) > 1 else []
