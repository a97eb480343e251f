from django.db import migrations

from goliard.apps.journal import triggers


class Migration(migrations.Migration):
    """The database itself refuses to change what the journal holds."""

    dependencies = [("journal", "0001_entries_and_seals")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection),
            lambda apps, editor: triggers.remove(editor.connection),
        ),
    ]
