-- The index of the log. Everything in it is folded from the log, and folded anew where it is missing or disagrees.
-- Each tree is another page to be written with each answer: there are as few as the questions to the index allow.

-- One row: how far into the log the index reaches, and by what rules it was folded.
CREATE TABLE covered (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    offset INTEGER NOT NULL, hash TEXT NOT NULL, lines INTEGER NOT NULL, rules TEXT NOT NULL
) STRICT;

-- `seq` is the line of an event in the log.
CREATE TABLE attempt (
    day TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, exercise TEXT NOT NULL, topic TEXT NOT NULL,
    tries INTEGER NOT NULL, active_ms INTEGER NOT NULL, correct INTEGER NOT NULL, mode TEXT NOT NULL,
    PRIMARY KEY (day, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_id ON attempt (id);

CREATE TABLE part (
    skill TEXT NOT NULL, day TEXT NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL, ask TEXT NOT NULL,
    verdict TEXT NOT NULL, mistake TEXT, help TEXT NOT NULL,
    PRIMARY KEY (skill, day, seq, number)
) STRICT, WITHOUT ROWID;

-- The first answer on a skill in a study day, which moved its memory: whether the skill was recalled, and how likely
-- that was where there was a memory before.
CREATE TABLE evidence (
    skill TEXT NOT NULL, day TEXT NOT NULL, topic TEXT NOT NULL, recalled INTEGER NOT NULL, predicted REAL,
    PRIMARY KEY (skill, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_predicted ON evidence (predicted, recalled) WHERE predicted IS NOT NULL;

-- `first_day` and `first_mode`: when and how the memory began, `mixed_days`: days on which it was recalled in a mixed
-- session.
CREATE TABLE skill (
    skill TEXT PRIMARY KEY, topic TEXT NOT NULL, attempts INTEGER NOT NULL, correct INTEGER NOT NULL,
    stability REAL, difficulty REAL, last_day TEXT, due_day TEXT, reviews INTEGER NOT NULL, lapses INTEGER NOT NULL,
    first_day TEXT, first_mode TEXT, last_right INTEGER NOT NULL, mixed_days INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- `first` counts the evidence, `first_correct` what of it was recalled.
CREATE TABLE count (
    day TEXT NOT NULL, topic TEXT NOT NULL, attempts INTEGER NOT NULL, correct INTEGER NOT NULL,
    first INTEGER NOT NULL, first_correct INTEGER NOT NULL, active_ms INTEGER NOT NULL,
    PRIMARY KEY (day, topic)
) STRICT, WITHOUT ROWID;

CREATE TABLE mistake (
    mistake TEXT NOT NULL, skill TEXT NOT NULL, exercise TEXT NOT NULL, topic TEXT NOT NULL,
    times INTEGER NOT NULL, last_day TEXT NOT NULL,
    PRIMARY KEY (mistake, skill, exercise)
) STRICT, WITHOUT ROWID;

CREATE TABLE lesson (
    day TEXT NOT NULL, seq INTEGER NOT NULL, skill TEXT NOT NULL, active_ms INTEGER NOT NULL,
    PRIMARY KEY (day, seq)
) STRICT, WITHOUT ROWID;

-- `exercise` is empty where a heading of a page is marked, `heading` where an exercise is.
CREATE TABLE flag (
    topic TEXT NOT NULL, exercise TEXT NOT NULL, heading TEXT NOT NULL, note TEXT NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (topic, exercise, heading)
) STRICT, WITHOUT ROWID;

-- Where the events of each exam begin in the log, and which window goes on with it.
CREATE TABLE exam_event (
    seq INTEGER PRIMARY KEY, start INTEGER NOT NULL, exam TEXT NOT NULL, kind TEXT NOT NULL, window TEXT
) STRICT;
CREATE INDEX exam_event_exam ON exam_event (exam);
