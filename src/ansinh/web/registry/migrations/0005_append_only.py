"""What was said, what was read and what was done to accounts is only ever added to. Seals are renewed, and nothing else is."""

from django.db import migrations

from ansinh.web.registry.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_lists")]

    operations = [
        guard("Statement", but=("sealed_identity", "digest")),
        guard("Reading"),
        guard("AccountEvent"),
    ]
