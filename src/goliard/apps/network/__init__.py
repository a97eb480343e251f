"""Our identity on the Erasmus Without Paper network, whom we trust there, and what was said."""
