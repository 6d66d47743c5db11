"""Questions and pages for elsewhere. `markup` writes HTML; `sheets`, `anki` and `moodle` put it where it is read."""
