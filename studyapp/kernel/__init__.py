"""Floor 3: The mathematics as a service: in-process for line commands, as a child process for the app."""
