"""Words that the fields of files may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.rules.values.retention import RetentionClass


class Purpose(models.TextChoices):
    """What a file is for; it decides who may see it and which types it may have."""

    IMAGE = "image", _("image on a page")
    DOCUMENT = "document", _("published document")
    EVIDENCE = "evidence", _("evidence in a file")
    LETTER = "letter", _("letter or form made here")
    IMPORT = "import", _("imported data")
    EXPORT = "export", _("exported data")


class Retention(models.TextChoices):
    """The retention classes of the rules, with their names on screen."""

    PUBLIC = RetentionClass.PUBLIC.value, _("published")
    RELATION = RetentionClass.RELATION.value, _("relation with a partner")
    ACCOUNT = RetentionClass.ACCOUNT.value, _("account")
    APPLICATION = RetentionClass.APPLICATION.value, _("application")
    MOBILITY = RetentionClass.MOBILITY.value, _("mobility file")
    FINANCE = RetentionClass.FINANCE.value, _("financial file")
    TEMPORARY = RetentionClass.TEMPORARY.value, _("temporary")
