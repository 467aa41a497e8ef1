"""Addresses of the desk. A child is named by its place in the file, so that no address carries a person's number."""

from __future__ import annotations

from django.urls import path

from ansinh.web.desk import areas, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("mau/<slug:template>.xlsx", views.blank_template, name="template"),
    path("danh-sach-thu.xlsx", views.sample, name="sample"),
    path("tai-len/", views.upload, name="upload"),
    path("tep/<uuid:pk>/", views.faults, name="faults"),
    path("tep/<uuid:pk>/goc", views.original, name="original"),
    path("tep/<uuid:pk>/hoan-tac/", views.withdraw, name="withdraw"),
    path("tep/<uuid:pk>/khoi-phuc/", views.restore, name="restore"),
    path("tep/<uuid:pk>/ket-qua/", views.results, name="results"),
    path("tep/<uuid:pk>/tre/<int:number>/", views.child, name="child"),
    path("tep/<uuid:pk>/danh-sach-chi-tra.<str:form>", views.payable, name="payable"),
    path("khu-vuc/", areas.areas, name="areas"),
    path("khu-vuc/<int:pk>/", areas.area, name="area"),
    path("mang-luoi/", areas.network, name="network"),
    path("mang-luoi.xlsx", areas.network_file, name="network-file"),
]
