"""What the agency publishes of a year: once, as bytes, the same for everyone who asks."""

import pgtrigger
from django.db import models
from uuid_utils.compat import uuid7


class Benchmark(models.Model):
    """The figures of one year, size class and sector; an empty text stands for all of them. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveSmallIntegerField()
    size_class = models.CharField(max_length=8, blank=True)
    sector = models.CharField(max_length=1, blank=True)
    body = models.BinaryField()  # JSON, as it is served
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["size_class", "sector", "year"], name="benchmark_once")]
        triggers = [
            pgtrigger.Protect(name="benchmark_published", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.size_class} {self.sector}"
