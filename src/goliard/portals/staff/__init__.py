"""The staff portal: my proposals, from the first idea to the project."""
