"""What a value module raises when a text is not such a value: a `ValueError` that explains itself in both languages."""

from __future__ import annotations

from typing import ClassVar

from goliard.rules.values.texts import Text


class InvalidValue(ValueError):
    """A text is not the value that it should be.

    `value` is the text as given; `text` says in Dutch and in English what is expected. Each kind of value has its own subclass.
    """

    expected: ClassVar[Text] = Text("een geldige waarde", "a valid value")

    def __init__(self, value: str) -> None:
        shown = value if len(value) <= 80 else value[:77] + "…"
        self.value = value
        self.text = Text(
            nl=f"‘{shown}’ is geen geldige invoer: verwacht wordt {self.expected.nl}.",
            en=f"“{shown}” is not valid: expected is {self.expected.en}.",
        )
        super().__init__(self.text.en)
