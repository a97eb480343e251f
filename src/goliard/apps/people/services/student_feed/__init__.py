"""The feeds of the student system and the staff system: read a file or rows, look at what it would do, take it in."""

from goliard.apps.people.services.student_feed.columns import COLUMNS
from goliard.apps.people.services.student_feed.faults import FeedFault, FeedRefused
from goliard.apps.people.services.student_feed.feeds import STAFF, STUDENTS, Feed
from goliard.apps.people.services.student_feed.reading import FeedRow, read_feed, rows_of_records
from goliard.apps.people.services.student_feed.taking import FeedReport, take_staff_feed, take_student_feed

__all__ = [
    "COLUMNS",
    "STAFF",
    "STUDENTS",
    "Feed",
    "FeedFault",
    "FeedRefused",
    "FeedReport",
    "FeedRow",
    "read_feed",
    "rows_of_records",
    "take_staff_feed",
    "take_student_feed",
]
