"""Import of agreements from the workbooks and CSV files that offices have."""
