from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.monthly, name="monthly"),
    path("workbook/", views.monthly_workbook, name="monthly-workbook"),
    path("paper/", views.monthly_paper, name="monthly-paper"),
    path("books/", views.books, name="books"),
]
