from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.monthly, name="monthly"),
    path("workbook/", views.monthly_workbook, name="monthly-workbook"),
    path("paper/", views.monthly_paper, name="monthly-paper"),
    path("annual/", views.annual, name="annual"),
    path("annual/paper/", views.annual_paper, name="annual-paper"),
    path("books/", views.books, name="books"),
]
