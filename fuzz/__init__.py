"""A small coverage-guided fuzzer and its targets; `make campaign` runs it for an hour, the tests replay its corpus."""
