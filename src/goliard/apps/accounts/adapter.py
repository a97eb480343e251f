"""How allauth works here: no sign-up, no sign-in of closed accounts, encrypted secrets of the second factor."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from goliard.apps.accounts.actors import may_sign_in
from goliard.apps.accounts.models import User


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by the office, and closed by it."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody opens an account alone."""
        return False

    def pre_login(self, request: Any, user: User, **kwargs: Any) -> Any:
        """Refuse accounts that may not sign in, such as demonstration accounts outside a demonstration."""
        if not may_sign_in(user):
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        return super().pre_login(request, user, **kwargs)


class EncryptingMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Keeps secrets of authenticator apps and recovery codes unreadable for whoever holds a copy of the database."""

    def encrypt(self, text: str) -> str:
        """Return `text` encrypted with the key derived from the secret key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what `encrypt` was given; raises `InvalidToken` after the secret key was changed."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"goliard second factor").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
