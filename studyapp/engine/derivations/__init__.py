"""The chain rule written out for layered networks and for an author's steps, as questions."""
