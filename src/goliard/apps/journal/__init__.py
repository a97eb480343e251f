"""Who did what, when and why: one immutable row per use case, chained by a sealer."""
