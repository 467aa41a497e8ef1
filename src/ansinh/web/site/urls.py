"""Every address of the site. Error pages too."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import include, path

from ansinh.web.access import EVERYONE, SIGNED_IN, seen_by
from ansinh.web.site import look

urlpatterns = [
    path("", include("ansinh.web.portal.urls")),
    path("ban-lam-viec/", include("ansinh.web.desk.urls")),
    path(
        "dang-nhap/",
        seen_by(EVERYONE)(auth.LoginView.as_view(template_name="site/sign_in.html", redirect_authenticated_user=True)),
        name="sign-in",
    ),
    path("dang-xuat/", seen_by(EVERYONE)(auth.LogoutView.as_view()), name="sign-out"),
    path(
        "doi-mat-khau/",
        seen_by(SIGNED_IN)(
            auth.PasswordChangeView.as_view(template_name="site/password.html", success_url="/doi-mat-khau/xong/")
        ),
        name="password",
    ),
    path(
        "doi-mat-khau/xong/",
        seen_by(SIGNED_IN)(auth.PasswordChangeDoneView.as_view(template_name="site/password_done.html")),
        name="password-done",
    ),
    path("ngon-ngu/", look.set_language, name="set-language"),
    path("giao-dien/", look.set_theme, name="set-theme"),
]

handler400 = "ansinh.web.site.errors.bad_request"
handler403 = "ansinh.web.site.errors.forbidden"
handler404 = "ansinh.web.site.errors.not_found"
handler500 = "ansinh.web.site.errors.broken"
