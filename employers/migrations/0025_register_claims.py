import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

# One report can ask for several payments on one absence: a claim gets a key of its own.
OWN_KEY = """
ALTER TABLE employers_registerclaim DROP CONSTRAINT employers_registerclaim_pkey;
ALTER TABLE employers_registerclaim ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY;
ALTER TABLE employers_registerclaim ALTER COLUMN id DROP DEFAULT;
"""
ABSENCE_IS_THE_KEY = """
ALTER TABLE employers_registerclaim DROP COLUMN id;
ALTER TABLE employers_registerclaim ADD PRIMARY KEY (paid_absence_id);
"""


class Migration(migrations.Migration):
    dependencies = [("employers", "0024_register_again")]

    operations = [
        migrations.AddField(model_name="draft", name="told_at", field=models.DateTimeField(null=True)),
        migrations.AlterField(
            model_name="draft",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drafts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="paidabsence", name="further", field=models.JSONField(null=True)),
        migrations.AddField(model_name="reportversion", name="absences_from", field=models.DateField(null=True)),
        migrations.AddField(model_name="reportversion", name="absences_until", field=models.DateField(null=True)),
        migrations.AlterField(
            model_name="correctionrequest",
            name="kind",
            field=models.CharField(
                choices=[("correct", "correction"), ("report_pay", "pay report"), ("cancel", "no longer claimed")],
                max_length=16,
                verbose_name="kind",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(OWN_KEY, ABSENCE_IS_THE_KEY)],
            state_operations=[
                migrations.AlterField(
                    model_name="registerclaim",
                    name="paid_absence",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="employers.paidabsence",
                    ),
                ),
                migrations.AddField(
                    model_name="registerclaim",
                    name="id",
                    field=models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="registerclaim", name="place", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="registerclaim",
            name="draft",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="register_claims",
                to="employers.draft",
            ),
        ),
        migrations.AlterField(
            model_name="registerclaim",
            name="status",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("received", "became an application"),
                    ("needs_details", "the employer is asked for what is missing"),
                    ("refused", "refused"),
                    ("duplicate", "claimed already"),
                    ("corrected", "corrected an application"),
                    ("asked", "an official is asked"),
                    ("replaced", "told anew"),
                    ("withdrawn", "no longer claimed"),
                ],
                db_index=True,
                default="waiting",
                max_length=16,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerclaim",
            constraint=models.UniqueConstraint(fields=("paid_absence", "place"), name="register_claim_once"),
        ),
    ]
