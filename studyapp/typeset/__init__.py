"""Floor 1: Text in terminal cells: TeX formulas as boxes, Japanese line breaking, widths. wcwidth lives here."""
