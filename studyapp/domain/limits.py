"""Every bound on what strangers type, write in pages, or send: what is beyond it is refused before it costs anything.

Budgets of an algorithm, which change how an answer is found and never what may be asked, are beside that algorithm.
"""

# Pages: the time of the Markdown and YAML readers grows with these. The course's own largest page is in brackets.
PAGE_BYTES = 200_000
PAGE_LINES = 6_000  # a page of 200 kB as the course writes them has 5,000
PAGE_MARKS = 12_000  # signs that may begin or end markup (9,000)
PAGE_SIGNS = 60_000  # signs at which the reader of a paragraph stops to look (20,000)
PAGE_MARK_PAIRS = 9_000_000
"""The marks of a paragraph are compared with each other: the sum of the squares of their counts (110,000)."""
TABLE_CELLS = 5_000  # cells of a table, short rows filled up (50)
LINK_DEFINITIONS = 100  # for each, the rest of its paragraph is read once more
PAGE_HOLES = 2_000  # holes `{{ … }}` of a page (100)
YAML_VALUES = 4_000  # lines and commas of the YAML of a page, each at most one value (730)
ID_CHARACTERS = 60  # of an id; a file is named after it
HOLE_DIGITS = 15  # decimal places of a hole or an answer
COURSE_FILES = 5_000
COURSE_BYTES = 200_000_000  # of a course that is added, unpacked

# Figures and networks of a page.
LABEL_CHARACTERS = 24
FIGURE_CHOICES = 9  # values of a parameter, rates of a descent, batch sizes
GRID_SIDE = 32  # rows and columns of a grid
DESCENT_STEPS = 60
TRAINING_UNITS = 64
TRAINING_EPOCHS = 30
NETWORK_LAYERS = 5
LAYER_UNITS = 5

# Expressions, of authors and learners.
AUTHOR_CHARACTERS, AUTHOR_TOKENS = 2_000, 2_000
ANSWER_CHARACTERS, ANSWER_TOKENS = 500, 200
EXPRESSION_DEPTH = 50  # brackets, signs and powers within each other
TREE_DEPTH = 200  # operands within each other, long sums included
NUMBER_EXPONENT = 4_000  # the decimal exponent of a number
RESULT_LOG2 = 14_000.0  # the binary logarithm of a constant: a little under the 4,300 digits that Python prints
RESULT_BITS = 2.0**18  # the bits of an exact numerator or denominator
ARRAY_ELEMENTS = 10_000  # elements of a vector or matrix, and the numbers that a size may be
ARRAY_AXES = 4
DEFINED_NODES = 4_000  # of an expression once the functions that its author defined are written in
MATRIX_ROWS = 12  # of a matrix that is inverted, or whose determinant or eigenvalues are asked for
COUNTED = 1_000  # the largest number whose factorial or combinations are computed
OPEN_ARGUMENTS = 20  # arguments of a function that a question leaves open
DRAW_DIGITS = 12  # decimal places of a drawn number
REDRAWS = 200  # drawings of a question that may be rejected one after the other
QUESTION_WORK = 1_000_000  # operations on elements for the values of one question
DERIVATIVE_ORDER = 4  # derivatives `D(…)` within each other

# Code as an answer: one NumPy expression.
CODE_CHARACTERS = 400
CODE_NODES = 250
CODE_DEPTH = 40  # brackets, calls and operands within each other
CODE_SIGNS = 12  # signs in a row
CODE_DIGITS = 18  # digits of a number
CODE_BITS = 62  # bits of an integer
CODE_NUMBERS = 20_000  # numbers of an array, known before it is made
CODE_WORK = 2_000_000  # operations on numbers of one expression
CODE_AXES = 8
CODE_ARRAYS = 20  # arrays of a code question
CODE_ROWS = 50  # of a matrix that code may invert or solve for

# Formulas in TeX.
TEX_CHARACTERS = 2_000
TEX_DEPTH = 40
TEX_CELLS = 400  # cells of a matrix, of cases, or of an alignment

# Answers that are no formulas, and requests of `studyapp grade`.
LABEL_ANSWER_CHARACTERS = 400
TERM_CHARACTERS = 200
REQUEST_CHARACTERS = 1_000_000  # characters of a line of `studyapp grade`
REQUEST_ITEMS = 400
REQUEST_TEXT_CHARACTERS = 1_000  # characters of an option, a term or a function's name
REQUEST_DIGITS = 40
MESSAGE_CHARACTERS = 1_000
READING_CHARACTERS = 600

# Points that a figure asks of the kernel.
CURVE_POINTS = 2_000
SURFACE_CELLS = 80  # cells of a surface, a side
PATH_STEPS = 100
CURVE_TREE_NODES = 1_000
CURVE_SLOPE_NODES = 5_000

# The kernel.
MESSAGE_BYTES = 16 * 1024**2  # of a request or reply; the largest replies, surfaces, have some 100 kB
REPLY_SECONDS = 20.0  # seconds that a request may take, the start of a new child included
PROCESSOR_SECONDS = 60
"""Processor time for one request, where the system can bound it; the client is stricter about the clock."""
KERNEL_MEMORY = 4 * 1024**3

# Files of reports.
REPORT_BYTES = 1_000_000
RESULTS_BYTES = 50_000_000  # a file of a learner's results; 100,000 answers have 10 MB
REPORT_NAME_CHARACTERS = 60  # characters of an exercise's id in the name of a file; file systems take 255 bytes
