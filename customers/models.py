"""Every table of the app, stage by stage."""

from customers.segments.models import Fact, FeedCursor, SegmentAssignment

__all__ = ["Fact", "FeedCursor", "SegmentAssignment"]
