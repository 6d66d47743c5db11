"""Floor 1: Text in terminal cells: TeX formulas as boxes, Japanese line breaking, figures. wcwidth lives here."""

from studyapp.typeset.boxes import Box
from studyapp.typeset.canvas import Canvas
from studyapp.typeset.inline import set_inline
from studyapp.typeset.layout import set_formula
from studyapp.typeset.lines import divide_line, wrap
from studyapp.typeset.plot import curve_picture
from studyapp.typeset.speech import speak
from studyapp.typeset.ticks import nice_ticks, tick_label
from studyapp.typeset.tree import Unset
from studyapp.typeset.width import Align, cells, clip, inert, pad

__all__ = [
    "Align",
    "Box",
    "Canvas",
    "Unset",
    "cells",
    "clip",
    "curve_picture",
    "divide_line",
    "inert",
    "nice_ticks",
    "pad",
    "set_formula",
    "set_inline",
    "speak",
    "tick_label",
    "wrap",
]
