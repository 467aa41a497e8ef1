"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import path

from ansinh.web.portal import law_pages, views

app_name = "portal"
urlpatterns = [
    path("", views.front, name="front"),
    path("duoc-huong-gi/", views.start, name="ask-start"),
    path("duoc-huong-gi/hoi/", views.question, name="ask"),
    path("duoc-huong-gi/ket-qua/", views.result, name="ask-result"),
    *law_pages.urlpatterns,
]
