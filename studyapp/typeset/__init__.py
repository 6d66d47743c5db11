"""Floor 1: Text in terminal cells: TeX formulas as boxes, Japanese line breaking, widths. wcwidth lives here."""

from studyapp.typeset.boxes import Box
from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import set_formula
from studyapp.typeset.lines import divide_line, wrap
from studyapp.typeset.speech import speak
from studyapp.typeset.tree import Unset
from studyapp.typeset.width import Align, cells, clip, inert, pad

__all__ = [
    "Align",
    "Box",
    "Unset",
    "cells",
    "clip",
    "divide_line",
    "inert",
    "pad",
    "set_formula",
    "set_inline",
    "speak",
    "wrap",
]
