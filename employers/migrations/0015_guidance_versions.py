import django.contrib.postgres.constraints
import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models

import employers.guidance.models
import employers.records.fields


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0014_questions_and_files'),
    ]

    operations = [
        migrations.AlterField(
            model_name='guidancetopic',
            name='slug',
            field=models.SlugField(max_length=64, verbose_name='address'),
        ),
        migrations.AddConstraint(
            model_name='guidancetopic',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('slug', '='), (employers.guidance.models.Validity('valid_from', 'valid_until'), '&&')], name='guidance_topic_one_version_a_day', violation_error_message='Another version of this topic is in force on some of these days.'),
        ),
        migrations.CreateModel(
            name='GuidanceVote',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('voter', models.BinaryField(max_length=32)),
                ('helped', models.BooleanField(verbose_name='helped')),
                ('missing', employers.records.fields.SealedTextField(null=True, verbose_name='what was missing')),
                ('step', models.CharField(blank=True, max_length=32, verbose_name='step')),
                ('size_class', models.CharField(blank=True, max_length=8, verbose_name='size class')),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('given_at', models.DateTimeField(verbose_name='given at')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='employers.guidancetopic', verbose_name='topic')),
            ],
            options={
                'verbose_name': 'word on a topic',
                'verbose_name_plural': 'words on topics',
                'ordering': ('-given_at',),
                'constraints': [models.UniqueConstraint(fields=('topic', 'voter'), name='guidance_vote_once')],
                'indexes': [models.Index(fields=['voter', 'given_at'], name='guidance_vote_by_voter')],
            },
        ),
    ]
