"""Addresses of the screens of gratitude: the fund's campaigns, and the register of Heroic Mothers."""

from __future__ import annotations

from django.urls import path, re_path

from ansinh.web.desk import gratitude_funds as funds
from ansinh.web.desk import gratitude_mother_acts as acts
from ansinh.web.desk import gratitude_mothers as mothers
from ansinh.web.desk import gratitude_papers as papers
from ansinh.web.desk import gratitude_unit as units

urlpatterns = [
    path("den-on-dap-nghia/", funds.campaigns, name="gratitude"),
    path("den-on-dap-nghia/mo/", funds.open_campaign, name="campaign-open"),
    path("den-on-dap-nghia/<int:pk>/", funds.campaign, name="campaign"),
    path("den-on-dap-nghia/<int:pk>/bang.xlsx", funds.campaign_file, name="campaign-file"),
    path("den-on-dap-nghia/<int:pk>/ke-hoach/", funds.plan, name="campaign-plan"),
    path("den-on-dap-nghia/<int:pk>/don-vi/<int:school>/", units.unit, name="unit"),
    path("den-on-dap-nghia/<int:pk>/don-vi/<int:school>/nop/", units.remit, name="unit-remit"),
    re_path(
        r"^den-on-dap-nghia/(?P<pk>\d+)/don-vi/(?P<school>\d+)/(?P<what>danh-sach|phieu-thu|thu-cam-on)\.(?P<form>docx|pdf)$",
        papers.paper,
        name="unit-paper",
    ),
    path("den-on-dap-nghia/lan-ghi/<int:pk>/bien-nhan/", units.acknowledge, name="fund-acknowledge"),
    path("den-on-dap-nghia/lan-ghi/<int:pk>/thu-lai/", units.take_back, name="fund-take-back"),
    re_path(
        r"^den-on-dap-nghia/lan-ghi/(?P<pk>\d+)/giay-nop\.(?P<form>docx|pdf)$", papers.remittance, name="fund-slip"
    ),
    path("me-viet-nam-anh-hung/", mothers.mothers, name="mothers"),
    re_path(r"^me-viet-nam-anh-hung/danh-sach\.(?P<form>docx|pdf)$", mothers.mothers_file, name="mothers-file"),
    path("me-viet-nam-anh-hung/them/", acts.enter, name="mother-enter"),
    path("me-viet-nam-anh-hung/<int:pk>/", mothers.mother, name="mother"),
    path("me-viet-nam-anh-hung/<int:pk>/sua/", acts.amend, name="mother-amend"),
    path("me-viet-nam-anh-hung/<int:pk>/cam-ket/", acts.commit, name="mother-commit"),
    path("me-viet-nam-anh-hung/<int:pk>/tu-tran/", acts.death, name="mother-death"),
    path("me-viet-nam-anh-hung/<int:pk>/tham-tang/", acts.gift, name="mother-gift"),
    path("me-viet-nam-anh-hung/tham-tang/<int:pk>/thu-lai/", acts.gift_back, name="mother-gift-back"),
    path("me-viet-nam-anh-hung/lan-trao/<int:pk>/thu-lai/", acts.payment_back, name="mother-payment-back"),
    path("me-viet-nam-anh-hung/lan-trao/<int:pk>/chung-tu/", mothers.evidence, name="mother-evidence"),
    re_path(
        r"^me-viet-nam-anh-hung/cam-ket/(?P<pk>\d+)/(?P<what>trao|muc|tam-dung|tiep-tuc|ket-thuc|mo-lai|chuyen)/$",
        acts.commitment,
        name="mother-commitment",
    ),
]
