"""Measures for managers: what each counts, the months in line, and the rows behind (M01 to M38)."""
