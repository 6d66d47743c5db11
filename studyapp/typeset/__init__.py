"""Floor 1: Text in terminal cells: TeX formulas as boxes, Japanese line breaking, figures. wcwidth lives here.

The modules are imported where they are used: what is painted first needs widths and lines, and no formulas.
"""
