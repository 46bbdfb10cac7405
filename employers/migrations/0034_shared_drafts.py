import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def acting(model: str) -> list[migrations.AddField]:
    """The columns of employers.organisations.models_acting.ActedBy."""
    referred = {"client": "employers.clientsystem", "acting_organisation": "employers.organisation"}
    keys = [
        migrations.AddField(
            model_name=model,
            name=name,
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=to,
            ),
        )
        for name, to in referred.items()
    ]
    return [*keys, migrations.AddField(model_name=model, name="mandate", field=models.UUIDField(null=True))]


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0033_machine_clients"),
    ]

    operations = [
        *acting("draft"),
        *acting("accountchange"),
        migrations.AddField(
            model_name="draft",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="payment",
            name="looked_at_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
