"""One agreed version an agreement: an earlier one that was left standing beside it counts as replaced."""

from django.db import migrations, models


def replace_earlier(apps, _schema_editor):
    versions = apps.get_model("agreements", "AgreementVersion").objects.filter(state="agreed")
    later = versions.filter(agreement=models.OuterRef("agreement"), number__gt=models.OuterRef("number"))
    keys = list(versions.filter(models.Exists(later)).values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        versions.filter(pk__in=keys[start : start + 500]).update(state="superseded")


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0007_import_runs"),
    ]

    operations = [
        migrations.RunPython(replace_earlier, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "agreed")), fields=("agreement",), name="one_agreed_version"),
        ),
    ]
