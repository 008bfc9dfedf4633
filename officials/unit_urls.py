"""Addresses of units: the tree stands in its own room, pages that name people here."""

from django.urls import path

from foundation.organizations.views import tree

from .views import acts, quotas, units

app_name = "organizations"

urlpatterns = [
    path("", tree, name="tree"),
    path("quotas/", quotas.quotas, name="quotas"),
    path("quotas/<slug:table>.xlsx", quotas.quotas_file, name="quotas-file"),
    path("acts/<str:number>/", acts.reorganisation, name="act"),
    path("acts/<str:number>/undo/", acts.undo, name="act-undo"),
    path("<str:code>/", units.unit, name="unit"),
    path("<str:code>/numbers/", units.numbers, name="unit-numbers"),
    path("<str:code>/describe/", units.describe, name="unit-describe"),
    path("<str:code>/order/", units.children, name="unit-order"),
    path("<str:code>/posts/", units.posts, name="unit-posts"),
    path("<str:code>/posts/order/", units.posts_order, name="unit-posts-order"),
    path("<str:code>/posts/<int:pk>/", units.post, name="unit-post"),
    path("<str:code>/posts/<int:pk>/abolish/", units.post_end, name="unit-post-end"),
    path("<str:code>/<slug:kind>/", acts.act, name="unit-act"),
]
