"""Addresses of the desk. A child is named by its place in the file, so that no address carries a person's number."""

from __future__ import annotations

from django.urls import path

from ansinh.web.desk import areas, people, views

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
    path("tai-khoan/", people.people, name="people"),
    path("tai-khoan/moi/", people.invite, name="invite"),
    path("tai-khoan/<int:pk>/", people.person, name="person"),
    path("tai-khoan/<int:pk>/moi-lai/", people.invite_again, name="person-invite"),
    path("tai-khoan/<int:pk>/thu-hoi/", people.withdraw_invitation, name="person-withdraw"),
    path("tai-khoan/<int:pk>/vai-tro/", people.change_role, name="person-role"),
    path("tai-khoan/<int:pk>/cap/", people.grant, name="person-grant"),
    path("tai-khoan/<int:pk>/thoi-cap/", people.end_grant, name="person-end-grant"),
    path("tai-khoan/<int:pk>/tam-dung/", people.suspend, name="person-suspend"),
    path("tai-khoan/<int:pk>/mo-lai/", people.restore, name="person-restore"),
    path("tai-khoan/<int:pk>/bo-buoc-hai/", people.clear_second_factor, name="person-second-factor"),
    path("khu-vuc/", areas.areas, name="areas"),
    path("khu-vuc/<int:pk>/", areas.area, name="area"),
    path("mang-luoi/", areas.network, name="network"),
    path("mang-luoi.xlsx", areas.network_file, name="network-file"),
]
