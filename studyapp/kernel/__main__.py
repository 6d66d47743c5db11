"""`python -m studyapp.kernel`: the mathematics as a child process."""

from studyapp.kernel.serving import serve

if __name__ == "__main__":
    serve("studyapp.kernel.service", "Service")
