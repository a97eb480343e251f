"""The account that a person signs in with."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from goliard.apps.people.models import Person


class UserManager(BaseUserManager["User"]):
    """Finds accounts by e-mail address, whatever its case. Accounts are made by services, not here."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account of an e-mail address."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """An account. What it may do is in its role assignments; nothing here grants anything."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)  # always in lower case
    display_name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="account", verbose_name=_("person"))
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demonstration = models.BooleanField(default=False, editable=False)  # can sign in under demonstration settings only
    search_key = models.CharField(max_length=500, editable=False, default="")  # folded name and address
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["display_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower(models.F("email"))), name="account_email_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def actor_id(self) -> str:
        """How the journal names this account."""
        return f"user:{self.public_id}"
