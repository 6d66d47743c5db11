"""studyapp: learn and drill, in a terminal, what the G検定 and the E資格 ask that can be computed."""

__version__ = "0.2.0"
