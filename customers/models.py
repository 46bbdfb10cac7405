"""Every table of the app, stage by stage."""

from customers.contacts.models import Contact, FeedCursor
from customers.segments.models import Fact, SegmentAssignment

__all__ = ["Contact", "Fact", "FeedCursor", "SegmentAssignment"]
