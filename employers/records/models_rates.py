"""How much of its allowance a caller has used: one row a bucket, in a table that a crash may empty."""

from django.db import models


class RateCount(models.Model):
    """Unlogged: what is lost with a crash is a second's worth of counting, and no write waits for a disk.

    `full_at`: when the bucket will be full again, were nothing more taken from it. All of it by the database's clock.
    """

    key = models.CharField(primary_key=True, max_length=100)
    full_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    admitted = models.BooleanField()  # the last one who asked

    def __str__(self) -> str:
        return self.key
