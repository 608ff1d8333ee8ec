"""Addresses of log-in and of accounts.

Of the log-in library only what is needed: no sign-up, no e-mail, no reset by mail, no other providers.
"""

from allauth.account import views as login
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from linli.accounts import views

LIBRARY = [
    path("accounts/login/", login.login, name="account_login"),
    path("accounts/logout/", login.logout, name="account_logout"),
    path("accounts/inactive/", login.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", login.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", login.password_change, name="account_change_password"),
    path("accounts/2fa/", second.index, name="mfa_index"),
    path("accounts/2fa/authenticate/", second.authenticate, name="mfa_authenticate"),
    path("accounts/2fa/reauthenticate/", second.reauthenticate, name="mfa_reauthenticate"),
    path("accounts/2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("accounts/2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("accounts/2fa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("accounts/2fa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("accounts/2fa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]

urlpatterns = [
    *LIBRARY,
    path("accounts/password/set/", views.no_password, name="account_set_password"),
    path("accounts/invitation/", views.invitation, name="invitation"),
    path("desk/accounts/", views.accounts, name="accounts"),
    path("desk/accounts/new/", views.new, name="account-new"),
    path("desk/accounts/<int:pk>/", views.account, name="account"),
    path("desk/accounts/<int:pk>/member/", views.outside, name="account-member"),
    path("desk/accounts/<int:pk>/grant/", views.grant, name="account-grant"),
    path("desk/accounts/<int:pk>/slip/", views.slip, name="account-slip"),
    path("desk/accounts/<int:pk>/grants/<int:grant>/end/", views.end, name="account-grant-end"),
]
