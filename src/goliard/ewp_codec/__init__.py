"""EWP XML and bytes to frozen dataclasses and back: pure, no sockets, no clock, no Django."""
