"""Floor 1: the expression language: text to tree with positions, and tree to text and TeX. Standard library only.

Four doors read: `read_strict` what authors write, `read_answer`, `read_number` and `read_vector` what learners write.
Each gives a tree, or an `Unreadable` that says where and why; none raises, whatever the text. `to_text` and `to_tex`
print.
"""

from studyapp.language.answers import read_answer, read_number
from studyapp.language.grammar import read_strict
from studyapp.language.names import DEFAULT_FUNCTIONS, Vocabulary, vocabulary_of
from studyapp.language.normalise import visible_text
from studyapp.language.printing import name_tex, number_text, to_tex, to_text
from studyapp.language.vectors import read_vector

__all__ = [
    "DEFAULT_FUNCTIONS",
    "Vocabulary",
    "name_tex",
    "number_text",
    "read_answer",
    "read_number",
    "read_strict",
    "read_vector",
    "to_tex",
    "to_text",
    "visible_text",
    "vocabulary_of",
]
