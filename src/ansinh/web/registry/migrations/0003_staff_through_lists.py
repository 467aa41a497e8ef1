"""Staff as rows of dated lists: whose row it is, from when it holds, whether it says that they left, and its sheet.

No list of staff could be accepted before, so that no row has to be given a member or a day.
"""

import uuid
from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0002_search'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='staff',
            name='staff_once_a_row',
        ),
        migrations.AlterField(
            model_name='staff',
            name='code',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name='staff',
            name='member',
            field=models.UUIDField(db_index=True, default=uuid.uuid4),
        ),
        migrations.AddField(
            model_name='staff',
            name='sheet',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='staff',
            name='since',
            field=models.DateField(default=date(2025, 7, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='staff',
            name='left',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='staff',
            constraint=models.UniqueConstraint(condition=models.Q(('left', False)), fields=('batch', 'sheet', 'row'), name='staff_once_a_row'),
        ),
        migrations.AddField(
            model_name='schoolfact',
            name='sheet',
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
