"""Addresses of the desk. A child is named by its place in the file, so that no address carries a person's number."""

from __future__ import annotations

from django.urls import path, re_path

from ansinh.web.desk import areas, changes, drafts, learners, matching, missed, people, uploads, views, year_end

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("mau/<slug:template>.xlsx", uploads.blank_template, name="template"),
    path("danh-sach-thu.xlsx", uploads.sample, name="sample"),
    path("tai-len/", uploads.upload, name="upload"),
    path("tep/<uuid:pk>/", uploads.faults, name="faults"),
    path("tep/<uuid:pk>/goc", uploads.original, name="original"),
    path("tep/<uuid:pk>/hoan-tac/", uploads.withdraw, name="withdraw"),
    path("tep/<uuid:pk>/khoi-phuc/", uploads.restore, name="restore"),
    path("tep/<uuid:pk>/so-voi-so/", changes.difference, name="difference"),
    path("tep/<uuid:pk>/xem-lai/<int:number>/", matching.pair, name="pair"),
    path("tep/<uuid:pk>/xem-lai/<int:number>/quyet-dinh/", matching.decide, name="decide"),
    path("tep/<uuid:pk>/ket-qua/", views.results, name="results"),
    path("tep/<uuid:pk>/tre/<int:number>/", views.child, name="child"),
    path("tep/<uuid:pk>/danh-sach-chi-tra.<str:form>", views.payable, name="payable"),
    path("hoc-sinh/", learners.find, name="find"),
    path("hoc-sinh/<int:pk>/", learners.learner, name="learner"),
    path("lan-ghi/<int:pk>/", changes.batch, name="batch"),
    path("lan-ghi/<int:pk>/hoan-tac/", changes.undo, name="undo"),
    re_path(r"^lich-su/(?P<place>truong|xa)/(?P<pk>\d+)/$", changes.history, name="history"),
    path("can-xem-lai/", matching.doubts, name="doubts"),
    path("can-xem-lai/da-quyet/", matching.decisions, name="decisions"),
    path("can-xem-lai/da-quyet/<int:pk>/rut-lai/", matching.withdraw_word, name="withdraw-word"),
    path("gop-ho-so/", matching.join, name="join"),
    path("gop-ho-so/<int:pk>/tach/", matching.part, name="part"),
    path("len-lop/<int:pk>/", year_end.year_end, name="year-end"),
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
    *missed.urlpatterns,
    *drafts.urlpatterns,
    path("khu-vuc/", areas.areas, name="areas"),
    path("khu-vuc/<int:pk>/", areas.area, name="area"),
    path("mang-luoi/", areas.network, name="network"),
    path("mang-luoi.xlsx", areas.network_file, name="network-file"),
]
