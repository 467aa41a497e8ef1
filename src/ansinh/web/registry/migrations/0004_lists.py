"""What lists of children are filtered and sorted by, kept beside each line of a school's list; and lists that people keep."""

from datetime import date
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

FACTS = ("poverty", "ethnicity", "disabled")


def fill(apps: Any, schema_editor: Any) -> None:
    """The new columns as `standing.refresh` makes them, for the lines there are; whoever has joined records comes second."""
    Enrolment, Person, Statement = (apps.get_model("registry", name) for name in ("Enrolment", "Person", "Statement"))
    names = Person.objects.filter(pk=OuterRef("person_id")).values("name_sort")
    Enrolment.objects.update(name_sort=Subquery(names[:1]))
    kept = Person.objects.filter(joined_into__isnull=False).values("joined_into")
    own = Q(person=OuterRef("person_id"))
    for year in Enrolment.objects.order_by("year").values_list("year", flat=True).distinct():
        said = (
            Statement.objects.filter(Q(school=None) | Q(school=OuterRef("school_id")), Q(year=None) | Q(year=year))
            .filter(batch__undone_at=None, since__lt=date(year + 1, 9, 1))
            .exclude(until__lte=date(year, 9, 1))
            .order_by("-batch__at", "-batch_id", "-id")
        )
        lines = Enrolment.objects.filter(year=year)
        for some, whose in (
            (lines, own),
            (lines.filter(person__in=kept), own | Q(person__joined_into=OuterRef("person_id"))),
        ):
            last = {
                fact: Subquery(said.filter(whose, **{f"{fact}__isnull": False}).values(fact)[:1]) for fact in FACTS
            }
            some.update(**last)



class Migration(migrations.Migration):

    dependencies = [
        ("registry", "0003_staff_through_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='enrolment',
            name='disabled',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='ethnicity',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='name_sort',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='poverty',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['year', 'name_sort'], name='enrolment_by_name'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['year', 'left', 'level', 'poverty', 'ethnicity', 'disabled'], name='enrolment_by_group'),
        ),
        migrations.AddField(
            model_name='savedlist',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_lists', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='savedlist',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('user', 'name'), name='saved_list_named_once'),
        ),
        migrations.AddConstraint(
            model_name='savedlist',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_list_has_a_name'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
