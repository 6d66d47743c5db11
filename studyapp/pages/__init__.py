"""Floor 2: Markdown pages to topics, with file:line:column for everything. markdown-it and yaml live here."""

from studyapp.pages.blocks import read_blocks
from studyapp.pages.manual import figure_table, front_matter_table, key_table
from studyapp.pages.page import Page, WrittenExercise, read_page
from studyapp.pages.source import Source
from studyapp.pages.templates import regions
from studyapp.pages.topics import read_pages, read_topic, topic_of, versions_of

__all__ = [
    "Page",
    "Source",
    "WrittenExercise",
    "figure_table",
    "front_matter_table",
    "key_table",
    "read_blocks",
    "read_page",
    "read_pages",
    "read_topic",
    "regions",
    "topic_of",
    "versions_of",
]
