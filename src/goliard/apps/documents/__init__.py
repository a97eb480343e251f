"""Files: bytes in a storage, one row each that says what they are and how long they are kept."""
