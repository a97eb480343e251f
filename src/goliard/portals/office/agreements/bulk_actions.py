"""What the office may do with several agreements at once, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

LABELS = {
    "remind": gettext_lazy("remind the partner that it ends"),
    "decide": gettext_lazy("decide about the renewal"),
    "begin-renewal": gettext_lazy("begin the renewal"),
    "start": gettext_lazy("let it take effect"),
    "renew": gettext_lazy("close as renewed"),
    "end": gettext_lazy("end"),
    "owner": gettext_lazy("let another unit run it"),
    "show": gettext_lazy("show on the public site"),
    "hide": gettext_lazy("hide from the public site"),
    "export": gettext_lazy("export as a table (XLSX)"),
}
ASKS = {"decide": ("decision", "reason"), "end": ("reason",), "renew": ("reason",), "owner": ("owner",)}  # what an action needs
