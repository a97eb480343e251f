"""Applications in the office: the list, one application, missing documents, more time, letters, and what few may read."""
