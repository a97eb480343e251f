"""Links in letters are kept sealed, and not at all once the letter has left; those that were queued before are taken out of their texts."""

from __future__ import annotations

import re
from typing import Any

from django.db import migrations, models

from goliard.apps.messaging.sealing import hidden, seal

SECRET = {"recommendation-asked": "link", "manager-approval": "link", "nominations-sent": "page"}  # by letter: the value that is secret
LINK = re.compile(r"https?://\S+")
ENDED = ("sent", "cancelled")


def hide(apps: Any, _schema: Any) -> None:
    """Put words in the place of every link; keep it, sealed, where the letter may still leave."""
    for row in apps.get_model("messaging", "Delivery").objects.filter(letter__in=SECRET).iterator():
        found = LINK.search(row.body)
        if found is None:
            continue
        values = {SECRET[row.letter]: found[0]}
        row.body = row.body.replace(found[0], hidden(values, frozenset(values), row.language)[SECRET[row.letter]])
        row.sealed = "" if row.state in ENDED else seal(values)
        row.save(update_fields=["body", "sealed"])


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0002_bounces"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="sealed",
            field=models.TextField(blank=True, editable=False, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(hide, migrations.RunPython.noop),
    ]
