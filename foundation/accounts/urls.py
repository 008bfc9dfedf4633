"""Addresses of accounts: the door, and the consoles of the system and the security administrator."""

from django.urls import path

from .views import accounts, grants, sign_in

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("language/", sign_in.choose_language, name="set-language"),
    path("password/", sign_in.change_password, name="password-change"),
    path("me/", sign_in.profile, name="profile"),
    path("accounts/", accounts.account_list, name="account-list"),
    path("accounts/new/", accounts.account_create, name="account-create"),
    path("accounts/keys/<slug:prefix>/revoke/", accounts.key_revoke, name="key-revoke"),
    path("accounts/of/<str:username>/", accounts.account_detail, name="account-detail"),
    path("accounts/of/<str:username>/lock/", accounts.account_lock, name="account-lock"),
    path("accounts/of/<str:username>/holder/", accounts.account_name_holder, name="account-name-holder"),
    path("accounts/of/<str:username>/unlock/", accounts.account_unlock, name="account-unlock"),
    path("accounts/of/<str:username>/reset-password/", accounts.account_reset_password, name="account-reset-password"),
    path("accounts/of/<str:username>/keys/new/", accounts.key_create, name="key-create"),
    path("grants/", grants.grant_list, name="grant-list"),
    path("grants/of/<str:username>/", grants.grant_user, name="grant-user"),
    path("grants/<int:pk>/end/", grants.grant_end, name="grant-end"),
]
