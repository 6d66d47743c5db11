"""`python -m studyapp.kernel`: the mathematics as a child process."""

from importlib import import_module

from studyapp.kernel.serving import serve

if __name__ == "__main__":
    serve(lambda: import_module("studyapp.kernel.service").Service())
