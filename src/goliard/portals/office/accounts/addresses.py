"""The addresses of accounts."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.accounts import screens, tokens

account_urls = [
    path("accounts/", screens.account_list, name="accounts"),
    path("accounts/invite/", screens.invitation, name="account-invite"),
    path("accounts/<int:pk>/", screens.account_page, name="account"),
    path("accounts/<int:pk>/roles/new/", screens.new_role, name="account-role-new"),
    path("accounts/<int:pk>/roles/<int:role>/end/", screens.end_role, name="account-role-end"),
    path("accounts/<int:pk>/state/", screens.close_or_reopen, name="account-state"),
    path("accounts/<int:pk>/second-factor/", screens.forget_second_factor, name="account-second-factor"),
    path("accounts/<int:pk>/link/", screens.renew_invitation, name="account-link"),
    path("api-tokens/", tokens.token_list, name="api-tokens"),
    path("api-tokens/new/", tokens.new_token, name="api-token-new"),
    path("api-tokens/<int:pk>/revoke/", tokens.revoke, name="api-token-revoke"),
]
