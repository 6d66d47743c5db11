"""A mock exam: the way into it, the room in which it is taken, its result and its review."""
