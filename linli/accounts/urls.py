"""Log-in by the library, under our addresses."""

from django.urls import include, path

urlpatterns = [path("accounts/", include("allauth.account.urls")), path("accounts/2fa/", include("allauth.mfa.urls"))]
