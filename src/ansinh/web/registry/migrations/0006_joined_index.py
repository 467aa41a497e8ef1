"""Records that are joined into another are indexed alone.

Nearly all are not, and SQLite took the index of everybody for a short way to find those: it went through the whole register
for a code, a birth date, or a file's rows.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_append_only")]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="joined_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="joined",
                to="registry.person",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("joined_into__isnull", False)), fields=["joined_into"], name="person_joined"
            ),
        ),
    ]
