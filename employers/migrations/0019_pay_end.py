from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employers", "0018_corrections")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="pay_end_told",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("pay_ends__isnull", False)), fields=["pay_ends"], name="application_pay_ends"
            ),
        ),
    ]
