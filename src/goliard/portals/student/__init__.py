"""The student portal: what is open to me and why not the rest, one application, one task a screen."""
