"""What stands in the menu: one table of rooms, read from top to bottom, and who sees which of them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.permissions import Permission

MENU = [
    # group: entries of (label, icon of lucide, URL name, permission)
    ("", [(_("Home"), "house", "home", Permission.OWN)]),
    (
        _("People"),
        [
            (_("Members"), "users", "members:list", Permission.MEMBER_LIST),
            (_("My page"), "id-card", "members:me", Permission.MEMBER_VIEW),
            (_("Partners"), "handshake", "members:partners", Permission.PARTNER_LIST),
            (_("Meetings"), "calendar-days", "governance:meetings", Permission.MEETING_LIST),
            (_("Dues"), "coins", "activities:dues", Permission.DUES_VIEW),
            (_("Programmes"), "graduation-cap", "activities:programmes", Permission.PROGRAMME_LIST),
            (_("Visits"), "heart-handshake", "activities:visits", Permission.VISIT_LIST),
            (_("Help"), "hand-helping", "activities:help-requests", Permission.HELP_ASK),
            (_("Funds"), "piggy-bank", "activities:funds", Permission.FUND_VIEW),
        ],
    ),
    (
        _("Savings and loans"),
        [
            (_("Savings"), "piggy-bank", "savings:list", Permission.SAVINGS_VIEW),
            (_("My loans"), "hand-coins", "loans:mine", Permission.LOAN_APPLY),
            (_("Loans"), "landmark", "loans:list", Permission.LOAN_LIST),
            (_("My SHU"), "chart-pie", "shu:mine", Permission.LOAN_APPLY),
            (_("Members who leave"), "log-out", "departures:list", Permission.LOAN_LIST),
            (_("Portfolio quality"), "gauge", "loans:collectibility", Permission.LOAN_LIST),
        ],
    ),
    (
        _("Work"),
        [
            (_("My work"), "hammer", "orders:work", Permission.ORDER_TAKE),
            (_("Work on offer"), "hand-helping", "orders:board", Permission.OFFER_VIEW),
            (_("My material"), "layers", "stock:mine", Permission.STOCK_RECORD),
            (_("Who holds what"), "package-search", "stock:materials", Permission.STOCK_VIEW),
            (_("Joint purchases"), "shopping-basket", "stock:purchases", Permission.STOCK_VIEW),
            (_("Orders"), "clipboard-list", "orders:list", Permission.ORDER_LIST),
            (_("Payments for work"), "hand-coins", "orders:settlements", Permission.SETTLEMENT_PAY),
            (_("Market mirror"), "store", "sales:market", Permission.MARKET_VIEW),
            (_("Price list"), "tags", "pricing:list", Permission.PRICE_VIEW),
        ],
    ),
    (
        _("Books"),
        [
            (_("Cash and bank"), "wallet", "treasury:index", Permission.LEDGER_VIEW),
            (_("Accounts"), "book-open", "ledger:accounts", Permission.LEDGER_VIEW),
            (_("Journal"), "notebook-text", "ledger:journal", Permission.LEDGER_VIEW),
            (_("Trial balance"), "scale", "ledger:trial-balance", Permission.LEDGER_VIEW),
            (_("Receipts"), "receipt", "ledger:receipts", Permission.LEDGER_VIEW),
            (_("Months"), "calendar-check", "ledger:periods", Permission.LEDGER_VIEW),
            (_("Monthly report"), "file-chart-column", "reports:monthly", Permission.REPORT_VIEW),
            (_("Annual report"), "book-open", "reports:annual", Permission.ANNUAL_VIEW),
            (_("SHU"), "chart-pie", "shu:preview", Permission.REPORT_VIEW),
            (_("Checks of the books"), "shield-check", "reports:books", Permission.REPORT_VIEW),
        ],
    ),
    (
        _("The house"),
        [
            (_("Announcements"), "megaphone", "governance:announcements", Permission.ANNOUNCEMENT_VIEW),
            (_("Suggestions"), "lightbulb", "governance:suggestions", Permission.SUGGESTION_MAKE),
            (_("Statutes"), "book-marked", "governance:statutes", Permission.STATUTES_VIEW),
            (_("Rules"), "scroll", "governance:rules", Permission.RULES_VIEW),
            (_("Decisions"), "gavel", "governance:decisions", Permission.DECISION_LIST),
            (_("Offices"), "award", "governance:offices", Permission.OFFICE_LIST),
            (_("Reminders"), "bell", "governance:reminders", Permission.CASE_LIST),
            (_("Letters"), "mail", "governance:letters", Permission.CASE_LIST),
            (_("Cases"), "messages-square", "governance:cases", Permission.CASE_LIST),
            (_("My letters and cases"), "message-circle", "governance:my-cases", Permission.CASE_VIEW),
            (_("Audit trail"), "scroll-text", "audit-trail", Permission.AUDIT_VIEW),
            (_("Style guide"), "palette", "styleguide", Permission.STYLEGUIDE_VIEW),
        ],
    ),
]

THUMBS = {
    # URL names in order of importance and the one word under the icon;
    # the first four that a person may open make the bottom bar of a phone
    "home": _("Home"),
    "orders:work": _("Work"),
    "savings:list": _("Savings"),
    "members:list": _("Members"),
    "loans:mine": _("Loans"),
    "audit-trail": _("Trail"),
}


def navigation(request):
    """The rooms the person may enter, grouped; the bottom bar of a phone; and the colours that were chosen."""
    theme = request.COOKIES.get("theme", "")
    page = {"theme": theme if theme in ("light", "dark") else "", "menu": [], "thumbs": []}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return page
    groups = [
        {"label": label, "entries": [_entry(*entry[:3]) for entry in entries if user.can(entry[3])]}
        for label, entries in MENU
    ]
    page["menu"] = [group for group in groups if group["entries"]]
    entries = [entry for group in page["menu"] for entry in group["entries"]]
    _mark_current(entries, request.path)
    by_name = {entry["name"]: entry for entry in entries}
    page["thumbs"] = [by_name[name] | {"short": word} for name, word in THUMBS.items() if name in by_name][:4]
    return page


def _entry(label, icon, name):
    return {"label": label, "icon": icon, "name": name, "url": reverse(name), "is_current": False}


def _mark_current(entries, path):
    """The entry whose address begins the path, the longest where several do; home only on its own page."""
    candidates = [e for e in entries if path == e["url"] or (e["url"] != "/" and path.startswith(e["url"]))]
    if candidates:
        max(candidates, key=lambda entry: len(entry["url"]))["is_current"] = True
