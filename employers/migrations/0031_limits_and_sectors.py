"""Rate limits of machine clients, counted in a table of its own, and what an employer's business is."""

from django.db import migrations, models

from employers.organisations.sectors import SECTORS

# A count that is lost with a crash harms nobody, so none is written to the log; and half of each page stays free, so
# that a row which is changed fifty times a second stays on its page.
UNLOGGED = "ALTER TABLE employers_ratecount SET UNLOGGED, SET (fillfactor = 50)"
LOGGED = "ALTER TABLE employers_ratecount SET LOGGED, RESET (fillfactor)"


class Migration(migrations.Migration):
    dependencies = [("employers", "0030_batches_as_received")]

    operations = [
        migrations.CreateModel(
            name="RateCount",
            fields=[
                ("key", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("full_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("admitted", models.BooleanField()),
            ],
        ),
        migrations.RunSQL(UNLOGGED, LOGGED),
        migrations.AddField(
            model_name="clientsystem",
            name="burst",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="calls at once"),
        ),
        migrations.AddField(
            model_name="clientsystem",
            name="rate_limited",
            field=models.BooleanField(default=True, verbose_name="has rate limits"),
        ),
        migrations.AddField(
            model_name="clientsystem",
            name="reads_per_second",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="reads a second"),
        ),
        migrations.AddField(
            model_name="clientsystem",
            name="writes_per_second",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="writes a second"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="sector",
            field=models.CharField(
                blank=True, choices=[*SECTORS.items()], max_length=1, null=True, verbose_name="sector"
            ),
        ),
    ]
