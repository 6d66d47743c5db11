"""Questions for elsewhere: a static HTML file, an Anki package, Moodle XML."""
