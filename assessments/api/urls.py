"""Addresses of the yearly assessment below /api/v1/."""

from django.urls import path

from . import calculations, collections, cycles, figures, items, measures, results, runs, schemes

urlpatterns = [
    path("cycles/", cycles.CycleList.as_view(), name="cycle-list"),
    path("cycles/<str:cycle>/", cycles.CycleView.as_view(), name="cycle"),
    path("cycles/<str:cycle>/refusals/", cycles.CycleRefusals.as_view(), name="cycle-refusals"),
    path("cycles/<str:cycle>/reopen/", cycles.CycleReopen.as_view(), name="cycle-reopen"),
    path("schemes/", schemes.SchemeList.as_view(), name="scheme-list"),
    path("schemes/<str:scheme>/", schemes.SchemeView.as_view(), name="scheme"),
    path("indicators/", schemes.IndicatorList.as_view(), name="indicator-list"),
    path("scores/", figures.FigureList.as_view(), name="score-list"),
    path("scores/<str:cycle>/<str:unit>/<str:indicator>/", figures.FigureView.as_view(), name="score"),
    path("calculations/", calculations.OrderList.as_view(), name="calculation-list"),
    path("calculations/<str:number>/", calculations.OrderView.as_view(), name="calculation"),
    path("calculations/<str:number>/counties/", calculations.OrderCounties.as_view(), name="calculation-counties"),
    path("runs/", runs.RunList.as_view(), name="run-list"),
    path("runs/<str:number>/", runs.RunView.as_view(), name="run"),
    path("runs/<str:number>/publish/", runs.RunPublish.as_view(), name="run-publish"),
    path("runs/<str:number>/difference/", runs.RunDifference.as_view(), name="run-difference"),
    path("runs/<str:number>/measures/", runs.RunMeasures.as_view(), name="run-measures"),
    path("runs/<str:number>/units/", results.ResultList.as_view(), name="run-units"),
    path("runs/<str:number>/units/<str:code>/", results.ExplanationView.as_view(), name="run-unit"),
    path("collections/", collections.CollectionList.as_view(), name="collection-list"),
    path("collections/<str:case_no>/", collections.CollectionView.as_view(), name="collection"),
    path("collections/<str:case_no>/steps/", collections.CollectionSteps.as_view(), name="collection-steps"),
    path("collections/<str:case_no>/figures/", collections.CollectionFigures.as_view(), name="collection-figures"),
    path("items/", items.ItemList.as_view(), name="item-list"),
    path("items/<str:case_no>/", items.ItemView.as_view(), name="item"),
    path("items/<str:case_no>/steps/", items.ItemSteps.as_view(), name="item-steps"),
    path("measures/", measures.MeasureList.as_view(), name="measure-list"),
    path("measures/<str:case_no>/", measures.MeasureView.as_view(), name="measure"),
    path("measures/<str:case_no>/steps/", measures.MeasureSteps.as_view(), name="measure-steps"),
]
