"""Words that the content tables may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageState(models.TextChoices):
    """Where a page stands; visitors see published pages and those under construction (with a note that says so)."""

    DRAFT = "draft", _("draft")
    UNDER_CONSTRUCTION = "under-construction", _("under construction")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


class Audience(models.TextChoices):
    """For whom a page is."""

    EVERYBODY = "everybody", _("everybody")
    STUDENTS = "students", _("students")
    STAFF = "staff", _("staff")
    PARTNERS = "partners", _("partners")


# What `[[call:…]]` may quote of a call, computed from its projects.
QUOTED_NUMBERS = ("projects", "partners", "countries", "continents")
