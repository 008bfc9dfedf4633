"""Addresses of the yearly assessment."""

from django.urls import path

from .views import (
    appeals,
    bottom,
    collections,
    cycles,
    exports,
    figures,
    items,
    measures,
    orders,
    publish_requests,
    results,
    runs,
)

app_name = "assessments"

urlpatterns = [
    path("assessments/", cycles.cycle_list, name="cycle-list"),
    path("assessments/orders/<str:number>/", orders.order_detail, name="order"),
    path("assessments/runs/", runs.run_list, name="run-list"),
    path("assessments/runs/<str:number>/", runs.run_detail, name="run"),
    path("assessments/runs/<str:number>/open/", runs.run_open, name="run-open"),
    path("assessments/runs/<str:number>/publish/", runs.run_publish, name="run-publish"),
    path("assessments/runs/<str:number>/difference/", runs.run_difference, name="run-difference"),
    path("assessments/<str:county>/<int:year>/", cycles.cycle_detail, name="cycle"),
    path("assessments/<str:county>/<int:year>/calculate/", orders.order_start, name="calculate"),
    path("assessments/<str:county>/<int:year>/reopen/", cycles.cycle_reopen, name="cycle-reopen"),
    path("assessments/<str:county>/<int:year>/bottom/", bottom.bottom, name="bottom"),
    path("assessments/<str:county>/<int:year>/units/<str:code>/", results.unit_result, name="unit"),
    path("assessments/<str:county>/<int:year>/units/<str:code>/appeal/", appeals.appeal_new, name="appeal-new"),
    path("assessments/<str:county>/<int:year>/ranking/<str:category>/", results.ranking, name="ranking"),
    path("assessments/<str:county>/<int:year>/ranking-file/<str:ending>/", exports.ranking_file, name="ranking-file"),
    path(
        "assessments/<str:county>/<int:year>/units/<str:code>/score-sheet/<str:ending>/",
        exports.unit_file,
        name="unit-file",
    ),
    path("assessments/<str:county>/<int:year>/letters/", exports.letters, name="letters"),
    path("collections/", collections.collection_list, name="collection-list"),
    path("collections/<str:county>/<int:year>/", collections.collection_board, name="collection-board"),
    path("collections/<str:county>/<int:year>/open/", collections.collection_open, name="collection-open"),
    path("collections/<str:case_no>/", collections.collection_detail, name="collection"),
    path("collections/<str:case_no>/step/", collections.collection_step, name="collection-step"),
    path("collections/<str:case_no>/release/", collections.collection_release, name="collection-release"),
    path("collections/<str:case_no>/remind/", collections.collection_remind, name="collection-remind"),
    path("collections/<str:case_no>/figures/", figures.collection_figures, name="collection-figures"),
    path(
        "collections/<str:case_no>/figures/<str:unit>/<str:indicator>/",
        figures.collection_figure,
        name="collection-figure",
    ),
    path(
        "collections/<str:case_no>/figures/<str:unit>/<str:indicator>/remark/",
        figures.collection_remark,
        name="collection-remark",
    ),
    path("items/", items.item_list, name="item-list"),
    path("items/<str:county>/<int:year>/new/", items.item_create, name="item-create"),
    path("items/<str:case_no>/", items.item_detail, name="item"),
    path("items/<str:case_no>/step/", items.item_step, name="item-step"),
    path("appeals/", appeals.appeal_list, name="appeal-list"),
    path("appeals/<str:case_no>/", appeals.appeal_detail, name="appeal"),
    path("appeals/<str:case_no>/step/", appeals.appeal_step, name="appeal-step"),
    path("publish-requests/<str:case_no>/", publish_requests.request_detail, name="publish-request"),
    path("publish-requests/<str:case_no>/step/", publish_requests.request_step, name="publish-request-step"),
    path("measures/", measures.measure_list, name="measure-list"),
    path("measures/<str:case_no>/", measures.measure_detail, name="measure"),
    path("measures/<str:case_no>/step/", measures.measure_step, name="measure-step"),
]
