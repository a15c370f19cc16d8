from django.urls import path

from reports.views import checks, month, year

app_name = "reports"

urlpatterns = [
    path("", month.monthly, name="monthly"),
    path("workbook/", month.monthly_workbook, name="monthly-workbook"),
    path("paper/", month.monthly_paper, name="monthly-paper"),
    path("annual/", year.annual, name="annual"),
    path("annual/paper/", year.annual_paper, name="annual-paper"),
    path("books/", checks.books, name="books"),
]
