from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0035_webhooks"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="looked_at",
            field=models.DateTimeField(null=True),
        ),
    ]
