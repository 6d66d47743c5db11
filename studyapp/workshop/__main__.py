"""`python -m studyapp.workshop`: what an author's screen asks for, as a child process: the mathematics, and lint."""

from importlib import import_module

from studyapp.kernel.serving import serve

if __name__ == "__main__":
    serve(lambda: import_module("studyapp.workshop.lint").Workshop())
