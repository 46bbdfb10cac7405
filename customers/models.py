"""Every table of the app, stage by stage."""

from customers.contacts.models import Contact, FeedCursor
from customers.feedback.models import Benchmark
from customers.segments.models import Fact, SegmentAssignment

__all__ = ["Benchmark", "Contact", "Fact", "FeedCursor", "SegmentAssignment"]
