"""Every address of the site. Error pages too."""

from __future__ import annotations

from django.urls import include, path

from ansinh.web.site import accounts, look

# allauth finds its own pages by the names that begin with account_, mfa_ and usersessions_.
ACCOUNTS = [
    path("dang-nhap/", accounts.sign_in, name="sign-in"),
    path("dang-nhap/", accounts.sign_in, name="account_login"),
    path("dang-nhap/buoc-hai/", accounts.second_step, name="mfa_authenticate"),
    path("dang-nhap/khoa-truy-cap/", accounts.passkey_sign_in, name="mfa_login_webauthn"),
    path("dang-nhap/tam-dung/", accounts.suspended, name="account_inactive"),
    path("dang-xuat/", accounts.sign_out, name="sign-out"),
    path("loi-moi/<str:token>/", accounts.invitation, name="invitation"),
    path("doi-mat-khau/", accounts.password, name="password"),
    path("doi-mat-khau/xong/", accounts.password_done, name="password-done"),
    path("tai-khoan/", accounts.mine, name="mfa_index"),
    path("tai-khoan/", accounts.mine, name="mfa_list_webauthn"),
    path("tai-khoan/phien/", accounts.sessions, name="usersessions_list"),
    path("tai-khoan/xac-nhan/", accounts.confirm, name="account_reauthenticate"),
    path("tai-khoan/xac-nhan/ma/", accounts.confirm_code, name="mfa_reauthenticate"),
    path("tai-khoan/xac-nhan/khoa-truy-cap/", accounts.confirm_passkey, name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/ung-dung/", accounts.totp_set_up, name="mfa_activate_totp"),
    path("tai-khoan/ung-dung/bo/", accounts.totp_remove, name="mfa_deactivate_totp"),
    path("tai-khoan/khoa-truy-cap/", accounts.passkey_add, name="mfa_add_webauthn"),
    path("tai-khoan/khoa-truy-cap/<int:pk>/bo/", accounts.passkey_remove, name="mfa_remove_webauthn"),
    path("tai-khoan/ma-du-phong/", accounts.recovery_codes, name="mfa_view_recovery_codes"),
    path("tai-khoan/ma-du-phong/moi/", accounts.recovery_codes_new, name="mfa_generate_recovery_codes"),
    path("tai-khoan/ma-du-phong/tai-ve/", accounts.recovery_codes_file, name="mfa_download_recovery_codes"),
]
urlpatterns = [
    path("", include("ansinh.web.portal.urls")),
    path("ban-lam-viec/", include("ansinh.web.desk.urls")),
    *ACCOUNTS,
    path("ngon-ngu/", look.set_language, name="set-language"),
    path("giao-dien/", look.set_theme, name="set-theme"),
]

handler400 = "ansinh.web.site.errors.bad_request"
handler403 = "ansinh.web.site.errors.forbidden"
handler404 = "ansinh.web.site.errors.not_found"
handler429 = "ansinh.web.site.errors.too_many"
handler500 = "ansinh.web.site.errors.broken"
