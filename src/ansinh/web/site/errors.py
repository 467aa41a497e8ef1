"""The pages shown when something is not right: each says what happened and where to go from there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, title: str, lines: list[str]) -> HttpResponse:
    return render(request, "site/error.html", {"title": title, "lines": lines, "status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        400,
        _("Máy chủ không hiểu yêu cầu này"),
        [_("Địa chỉ hoặc nội dung gửi lên không đúng dạng."), _("Hãy quay lại trang trước và thử lại.")],
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        403,
        _("Tài khoản này không xem được trang này"),
        [
            _("Trang này dành cho người có nhiệm vụ khác."),
            _("Nếu công việc cần đến, hãy đề nghị người quản trị của Sở cấp quyền."),
        ],
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("Biểu mẫu đã hết hạn"),
        [
            _("Trang được mở quá lâu, hoặc trình duyệt chặn cookie của trang này."),
            _("Chưa có gì được lưu. Hãy tải lại trang rồi gửi lại."),
        ],
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        404,
        _("Không tìm thấy trang"),
        [
            _("Địa chỉ có thể đã gõ sai, hoặc trang này không thuộc trường của bạn."),
            _("Hãy kiểm tra lại địa chỉ, hoặc trở về trang đầu."),
        ],
    )


def too_many(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        429,
        _("Yêu cầu gửi quá dày"),
        [
            _("Để chặn người dò mật khẩu, mỗi phút máy chủ chỉ nhận một số lần gửi từ cùng một nơi."),
            _("Hãy đợi vài phút rồi thử lại. Chưa có gì bị mất."),
        ],
    )


def broken(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        500,
        _("Có lỗi ở phía máy chủ"),
        [
            _("Lỗi đã được ghi lại. Dữ liệu đã lưu trước đó vẫn còn nguyên."),
            _("Hãy thử lại sau ít phút."),
        ],
    )
