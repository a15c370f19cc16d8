from django.urls import path

from pricing.views import item, price_list

app_name = "pricing"

urlpatterns = [
    path("", price_list.current, name="current"),
    path("pdf/", price_list.current_pdf, name="current-pdf"),
    path("list/", price_list.index, name="list"),
    path("lists/", price_list.history, name="history"),
    path("lists/<int:pk>/", price_list.detail, name="detail"),
    path("lists/<int:pk>/pdf/", price_list.pdf, name="pdf"),
    path("compare/", price_list.compare, name="compare"),
    path("proposed/", price_list.proposed, name="proposed"),
    path("draft/", price_list.draft, name="draft"),
    path("draft/begin/", price_list.draft_list, name="draft-list"),
    path("draft/discard/", price_list.discard_draft, name="discard-draft"),
    path("draft/put-in-force/", price_list.put_in_force, name="put-in-force"),
    path("items/", item.items, name="items"),
    path("items/add/", item.add_item, name="add-item"),
    path("items/<int:pk>/", item.item, name="item"),
    path("items/<int:pk>/correct/", item.correct_item, name="correct-item"),
    path("items/<int:pk>/conversion/", item.set_conversion, name="set-conversion"),
]
