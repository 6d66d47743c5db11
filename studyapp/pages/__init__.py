"""Floor 2: Markdown pages to topics, with file:line:column for everything. markdown-it and yaml live here."""

from studyapp.pages.blocks import read_blocks
from studyapp.pages.manual import figure_table, front_matter_table, key_table
from studyapp.pages.page import Page, WrittenExercise, read_page
from studyapp.pages.topics import read_topic

__all__ = [
    "Page",
    "WrittenExercise",
    "figure_table",
    "front_matter_table",
    "key_table",
    "read_blocks",
    "read_page",
    "read_topic",
]
