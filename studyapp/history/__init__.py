"""Floor 2: The append-only event log and its derived index. sqlite3 and filelock live here."""

from studyapp.history.backups import Backup, Merged, back_up, backups, export, is_due, merge, restore
from studyapp.history.chain import ChainReport, Damage, verify_chain
from studyapp.history.elsewhere import Appends, Elsewhere
from studyapp.history.event import Event
from studyapp.history.exams import EXAM_ANSWER, EXAM_FLAG, EXAM_SETTLED, EXAM_START, EXAM_SUBMIT
from studyapp.history.opening import check_folder, has_history, open_history
from studyapp.history.reading import Count, MistakeRecord, Predicted, SkillRecord
from studyapp.history.record import History
from studyapp.history.rules import Fold, Rules
from studyapp.history.standing import Notice, NoticeCode, NotSavedCode, NotSavedError, Trouble, TroubleCode

__all__ = [
    "EXAM_ANSWER",
    "EXAM_FLAG",
    "EXAM_SETTLED",
    "EXAM_START",
    "EXAM_SUBMIT",
    "Appends",
    "Backup",
    "ChainReport",
    "Count",
    "Damage",
    "Elsewhere",
    "Event",
    "Fold",
    "History",
    "Merged",
    "MistakeRecord",
    "NotSavedCode",
    "NotSavedError",
    "Notice",
    "NoticeCode",
    "Predicted",
    "Rules",
    "SkillRecord",
    "Trouble",
    "TroubleCode",
    "back_up",
    "backups",
    "check_folder",
    "export",
    "has_history",
    "is_due",
    "merge",
    "open_history",
    "restore",
    "verify_chain",
]
