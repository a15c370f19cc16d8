from django.urls import path

from pricing import views

app_name = "pricing"

urlpatterns = [
    path("", views.current, name="current"),
    path("pdf/", views.current_pdf, name="current-pdf"),
    path("list/", views.index, name="list"),
    path("lists/", views.history, name="history"),
    path("lists/<int:pk>/", views.detail, name="detail"),
    path("lists/<int:pk>/pdf/", views.pdf, name="pdf"),
    path("compare/", views.compare, name="compare"),
    path("draft/", views.draft, name="draft"),
    path("draft/begin/", views.draft_list, name="draft-list"),
    path("draft/discard/", views.discard_draft, name="discard-draft"),
    path("draft/put-in-force/", views.put_in_force, name="put-in-force"),
    path("items/", views.items, name="items"),
    path("items/add/", views.add_item, name="add-item"),
    path("items/<int:pk>/", views.item, name="item"),
    path("items/<int:pk>/correct/", views.correct_item, name="correct-item"),
    path("items/<int:pk>/conversion/", views.set_conversion, name="set-conversion"),
]
