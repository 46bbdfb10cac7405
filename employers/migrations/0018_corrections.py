import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

import employers.records.fields

SAID = ("applicationversion", "statuschange")


def seal_reasons(apps, schema_editor):
    for name in SAID:
        for row in apps.get_model("employers", name).objects.exclude(reason_plain=""):
            row.reason = row.reason_plain
            row.save(update_fields=["reason"])


def point_to_decisions(apps, schema_editor):
    for decision in apps.get_model("employers", "Decision").objects.all():
        apps.get_model("employers", "Application").objects.filter(pk=decision.application_id).update(decision=decision)


class Migration(migrations.Migration):
    dependencies = [("employers", "0017_who_may_act")]

    operations = [
        *(migrations.RenameField(name, "reason", "reason_plain") for name in SAID),
        *(migrations.AddField(name, "reason", employers.records.fields.SealedTextField(null=True)) for name in SAID),
        migrations.RunPython(seal_reasons, migrations.RunPython.noop),
        *(migrations.RemoveField(name, "reason_plain") for name in SAID),
        migrations.AlterField(
            model_name="decision",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="employers.application"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="decision",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="employers.decision",
            ),
        ),
        migrations.RunPython(point_to_decisions, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="draft",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drafts",
                to="employers.application",
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="status",
            field=models.CharField(
                choices=[("waiting", "waiting"), ("sent", "sent"), ("cancelled", "replaced before it was sent")],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("correct", "correction"), ("report_pay", "pay report")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("taken_up", "taken up"), ("refused", "not taken up")],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("content", employers.records.fields.SealedJSONField()),
                ("reason", employers.records.fields.SealedTextField(null=True)),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("answer", employers.records.fields.SealedTextField(null=True)),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered at")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="employers.application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.clientsystem",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for correction",
                "verbose_name_plural": "requests for correction",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("application",),
                        name="correction_request_one_waits",
                    )
                ],
            },
        ),
    ]
