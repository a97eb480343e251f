"""Load and dump: everything that an office maintains as one folder of CSV, YAML, Markdown and images."""
