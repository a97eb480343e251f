"""How Wrongbury misbehaves: each fault is one that partners in the world have shown."""

from __future__ import annotations

from enum import Enum


class Mischief(Enum):
    """A fault that can be switched on: its name in forms and commands, and what it does."""

    SILENT = ("silent", "Sends no notifications: only a look through its index finds what it changed.")
    LATE = ("late", "Keeps its notifications until “Send what waits” is pressed.")
    WRONG_HASH = ("wrong-hash", "Declares another hash than that of its text.")
    SHORT_ISCED = ("short-isced", "Writes subject areas with three digits.")
    HTML = ("html", "Answers 502 with a page of HTML.")
    HTML_OK = ("html-200", "Answers 200 with a page of HTML.")
    ERROR_OK = ("error-200", "Answers 200 with an error-response.")
    NO_IIA_ID = ("no-iia-id", "Answers approvals without iia-id.")
    WRONG_APPROVAL = ("wrong-approval", "Approves another hash than that of our copy.")
    SKEWED = ("skewed", "Its clock is twenty minutes ahead.")
    SLOW = ("slow", "Takes half a minute for every answer.")
    UNSIGNED = ("unsigned", "Does not sign its answers, although its manifest says so.")

    def __init__(self, word: str, does: str) -> None:
        self.word = word
        self.does = does


def named(words: list[str]) -> frozenset[Mischief]:
    """Return the faults with these words; unknown words are ignored."""
    return frozenset(each for each in Mischief if each.word in words)
