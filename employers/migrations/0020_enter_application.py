from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("employers", "0019_pay_end")]

    operations = [
        migrations.AlterModelOptions(
            name="draft",
            options={"permissions": [("enter_application", "Can enter a paper or phone application")]},
        ),
    ]
