"""Addresses of shelter."""

from django.urls import path

from .views import case_papers, cases, filings

app_name = "tolerance"
urlpatterns = [
    path("cases/", cases.case_list, name="case-list"),
    path("cases/figures/", cases.case_figures, name="case-figures"),
    path("cases/figures/<slug:who>/", cases.sheltered_list, name="sheltered"),
    path("cases/new/", cases.case_new, name="case-new"),
    path("filings/", filings.filing_list, name="filing-list"),
    path("filings/new/", filings.filing_new, name="filing-new"),
    path("filings/<str:case_no>/", filings.filing_detail, name="filing"),
    path("filings/<str:case_no>/edit/", filings.filing_edit, name="filing-edit"),
    path("filings/<str:case_no>/step/", filings.filing_step, name="filing-step"),
    path("cases/<str:case_no>/", cases.case_detail, name="case"),
    path("cases/<str:case_no>/edit/", cases.case_edit, name="case-edit"),
    path("cases/<str:case_no>/step/", cases.case_step, name="case-step"),
    path("cases/<str:case_no>/<slug:paper>/<slug:to>.<str:ending>", case_papers.case_paper, name="case-paper"),
]
