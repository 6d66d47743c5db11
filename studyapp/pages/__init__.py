"""Floor 2: Markdown pages to topics, with file:line:column for everything. markdown-it and yaml live here."""
