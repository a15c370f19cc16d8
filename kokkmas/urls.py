"""The map of the house."""

from django.urls import include, path

from kokkmas.month_end import views as month_end
from kokkmas.office import views as office
from ledger.views import period
from treasury.views import journal

handler400 = "core.error_views.bad_request"
handler403 = "core.error_views.forbidden"
handler404 = "core.error_views.not_found"
handler500 = "core.error_views.server_error"

urlpatterns = [
    path("", office.home, name="home"),
    path("search/", office.search, name="search"),
    path("language/", office.language, name="language"),
    path("theme/", office.theme, name="theme"),
    path("", include("core.urls")),
    path("members/", include("members.urls")),
    path("governance/", include("governance.urls")),
    path("ledger/periods/<int:pk>/close/", month_end.close_month, name="close-month"),
    path("ledger/periods/<int:pk>/month-end/", month_end.month_end_work, name="month-end"),
    path("seal/<str:short>/", period.seal, name="seal"),
    path("ledger/post/", journal.record_journal, name="record-journal"),
    path("ledger/", include("ledger.urls")),
    path("treasury/", include("treasury.urls")),
    path("savings/", include("savings.urls")),
    path("loans/", include("loans.urls")),
    path("departures/", include("departures.urls")),
    path("prices/", include("pricing.urls")),
    path("stock/", include("stock.urls")),
    path("orders/", include("orders.urls")),
    path("sales/", include("sales.urls")),
    path("activities/", include("activities.urls")),
    path("shu/", include("shu.urls")),
    path("reports/", include("reports.urls")),
]
