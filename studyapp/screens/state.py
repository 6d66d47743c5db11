"""The state of the app, which its screens share: course, history, settings, kernel, and the rounds that are on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Self

from studyapp.domain.text import Text
from studyapp.domain.values import dataclass
from studyapp.history.errors import NO_FOLDER, SAVING_KEPT, NotSavedError, describe
from studyapp.history.history import History
from studyapp.kernel.client import Client
from studyapp.kernel.messages import KernelFailure, Reply, Request
from studyapp.scheduling import study_day
from studyapp.screens import Setup, images
from studyapp.screens.actions import choose_keys
from studyapp.screens.base import DUE, EXERCISE, FLAGS_ROUND, PLACEMENT, SLIPS, StudyScreen
from studyapp.screens.boxes import LineScreen
from studyapp.screens.marked import FIGURE, draw_ahead
from studyapp.screens.sitting import Day, Sitting, Stage
from studyapp.screens.widgets import GAP, Lines
from studyapp.study.daily import DayPlan, todays_plan, waiting_slips
from studyapp.study.entries import TopicEntry
from studyapp.study.learner import open_learner
from studyapp.study.library import Library
from studyapp.study.practice import Turn, cycle
from studyapp.study.progress import standing
from studyapp.study.readiness import Readiness, readiness
from studyapp.study.rounds import DayRound, PlacementRound, Round, TopicRound, day_round, placement_round
from studyapp.study.settings import Settings, SettingsTrouble, changed, load_settings, save_settings
from studyapp.study.slips import Slip
from studyapp.typeset.document import RenderOptions

FAILED = Text(
    ja="計算の部分が止まりました（{detail}）。{key} でもう一度試せます。",
    en="The mathematics stopped ({detail}). {key} tries again.",
)
RESTARTED = Text(
    ja="計算の部分が止まっていたので、起動し直しています…", en="The mathematics had stopped; it is being started again…"
)

TODAY_NOTHING = Text(ja="今日はまだ 0 問", en="nothing answered today")
TODAY = Text(ja="今日 {answered} 問 ・ 正解 {right}", en="today {answered} answered, {right} correct")
MINUTES = Text(ja=" ・ {minutes} 分", en=", {minutes} min")
NAMES = {
    "exam_date": Text(ja="試験日", en="Date of the exam"),
    "minutes": Text(ja="1 日の学習時間", en="Minutes a day"),
    "new_a_day": Text(ja="1 日の新しい技能", en="New skills a day"),
    "retention": Text(ja="目標の正答率", en="Desired retention"),
    "language": Text(ja="言語", en="Language"),
    "theme": Text(ja="画面の色", en="Colours"),
}
"""The settings that a screen shows; the others are for `studyapp config`."""
ELSEWHERE = Text(ja="別のフォルダーに保存", en="Save in another folder")
FOLDER = Text(ja="フォルダー", en="Folder")
ELSEWHERE_ABOUT = Text(
    ja="解答を保存するフォルダーの名前を入力し、Enter を押してください。あとで記録に取り込めます。",
    en="Type the name of a folder for the answer and press Enter. It can be taken into the history later.",
)

ROUNDS = {
    DUE: Text(ja="今日のセッション", en="Session"),
    PLACEMENT: Text(ja="実力確認", en="Placement"),
    SLIPS: Text(ja="間違い直し", en="Slips, tried again"),
    FLAGS_ROUND: Text(ja="印を付けた問題", en="Flagged questions"),
}
A_MISTAKE = Text(ja="間違いをもう一度", en="A mistake again")
PLACED = Text(ja="とばせる技能 {placed} ・ {at} 問目", en="{placed} known, question {at}")
PROGRESS = Text(ja="{at} / {count}", en="{at} of {count}")
MINUTES_OF = Text(ja="{spent} / {minutes} 分", en="{spent} of {minutes} min")
BAR = 8  # cells of the bar of a session

AGAIN = "?again "  # how the names of rounds begin in which a slip is tried again; no topic's id begins like this
MINUTE = 60_000  # milliseconds
MOST_SLIPS = 8  # slips that are tried again in one round


@dataclass
class AppState:
    """What the screens share. `opened` is the history, None where it could not be opened; `trouble` says why.

    `notices` are sentences for home. `keymap` is Textual's, of the keys that the learner chose. `sittings` are the
    rounds by their names, as far as they have come.
    """

    setup: Setup
    kernel: Client
    library: Library
    settings: Settings
    opened: History | None = None
    notices: tuple[str, ...] = ()
    trouble: str = ""
    keymap: Mapping[str, str] = field(default_factory=dict)
    sittings: dict[str, Sitting] = field(default_factory=dict)
    searched: dict[str, None] = field(default_factory=dict)
    """The latest searches that led somewhere, in order."""
    _asked: bool = False

    @classmethod
    def open(cls, setup: Setup, kernel: Client) -> Self:
        """The state over the folders of a setup. Everything that is wrong is said in it; nothing is raised."""
        settings, troubles = load_settings(setup.data)
        library = Library.load(setup.content, setup.cache, setup.language)
        keymap, wrong = choose_keys(settings.keys or {})
        state = cls(setup, kernel, library, settings, notices=(*map(str, troubles), *wrong), keymap=keymap)
        opened = open_learner(setup.data, library, settings, now=setup.now(), new_id=setup.new_id)
        if isinstance(opened, History):
            state.opened = opened
            state.notices += tuple(map(describe, opened.notices))
        else:
            state.trouble = describe(opened)
        return state

    @property
    def history(self) -> History:
        """The history, for screens that are opened only where there is one."""
        assert self.opened is not None, "no question is asked without a history"
        return self.opened

    @property
    def today(self) -> date:
        return study_day(self.setup.now())

    async def ask(self, request: Request[Reply], restarted: Callable[[], None] = lambda: None) -> Reply:
        """The kernel's reply; `restarted` is called where it is started anew. Raises `KernelFailure`."""
        if self._asked and self.kernel.process_id is None:
            restarted()
        reply = await self.kernel.ask(request)
        self._asked = True
        return reply

    async def tried(self, request: Request[Reply], say: Callable[[str, str], None], key: str) -> Reply | None:
        """The kernel's reply; None where it fails, which is said with the key that tries again."""
        try:
            return await self.ask(request, lambda: say(RESTARTED(), "near"))
        except KernelFailure as failure:
            say(f"× {FAILED(key=key, detail=str(failure))}", "bad")
            return None

    def refresh(self) -> None:
        """Take in what other windows saved. A log that was replaced is reported when something is saved."""
        if self.opened is not None:
            with suppress(NotSavedError):
                self.opened.refresh()

    def catch_up(self, sitting: Sitting) -> None:
        """Take in what other windows saved, and leave out of a session of the day what one of them asked meanwhile."""
        self.refresh()
        if sitting.stage is Stage.DRAWING and sitting.extra is None and isinstance(sitting.round, DayRound):
            sitting.round = sitting.round.caught_up(self.history.memories(), self.today)

    def change(self, name: str, text: str) -> str:
        """Change and save a setting; what went wrong, named as on the screen, empty where nothing did."""
        settings = changed(self.settings, name, text, self.setup.data)
        trouble = settings if isinstance(settings, SettingsTrouble) else save_settings(settings, self.setup.data)
        if trouble is not None:
            return str(replace(trouble, name=NAMES[name]()))
        assert isinstance(settings, Settings)
        self.settings = settings
        return ""

    def day_text(self) -> str:
        if self.opened is None:
            return ""
        done = self.opened.on_day(self.today)
        return day_text(done.attempts, done.correct, done.active_ms)

    def place_of(self, sitting: Sitting) -> str:
        """What a round is about: its page, or that of the one exercise that was looked for."""
        name = sitting.name.removeprefix(EXERCISE)
        exercise = self.library.exercise(name) if name != sitting.name else None
        topic = self.library.topic(exercise.topic if exercise is not None else sitting.name)
        return topic.title if topic else ROUNDS.get(sitting.name, A_MISTAKE)()

    def progress_of(self, sitting: Sitting) -> str:
        """How far a round has come; in a session of the day, with the minutes of those that were asked for."""
        done, count = sitting.round.asked, sitting.count
        if isinstance(sitting.round, PlacementRound):  # it may end at any time, and has no end to count to
            return PLACED(placed=len(sitting.round.placed), at=done + 1)
        progress = PROGRESS(at=min(done + 1, count), count=count)
        if sitting.day is None:
            return f"{self.day_text()}{GAP}{progress}"
        filled = BAR * done // max(1, count)
        full, empty = ("#", ".") if self.setup.ascii_only else ("▪", "▫")
        spent = self.history.on_day(self.today).active_ms // MINUTE
        minutes = MINUTES_OF(spent=spent, minutes=self.settings.minutes)
        return f"{full * filled}{empty * (BAR - filled)}  {progress}{GAP}{minutes}"

    def plan(self) -> DayPlan:
        """What today asks for; once its time is used, what more there is to do."""
        if self.opened is None:
            return DayPlan((), (), ())
        plan = todays_plan(self.opened, self.library, self.today, self.settings)
        return plan if plan.skills else todays_plan(self.opened, self.library, self.today, self.settings, more=True)

    def readiness(self) -> Readiness | None:
        """The share of right answers to be expected in the exam; None where there is too little to say."""
        return readiness(self.history, self.library, self.today, self.settings.exam_date)

    def standings(self, topics: Sequence[TopicEntry]) -> list[TopicStanding]:
        memories = {} if self.opened is None else self.opened.memories()
        standings = []
        for topic in topics:
            skills = topic.skills
            known = [memories[skill] for skill in skills if skill in memories]
            due = sum(memory.due_day <= self.today for memory in known)
            next_day = min((memory.due_day for memory in known), default=None)
            standings.append(TopicStanding(len(skills), len(known), due, next_day))
        return standings

    @property
    def offers_placement(self) -> bool:
        """Whether a learner of today may still find out what is known already."""
        if self.opened is None:
            return False
        days, memories = self.opened.days(1), self.opened.memories()
        fresh = not days or days[0][0] == self.today
        return self.left(PLACEMENT) is not None or (fresh and not self.library.skills.keys() <= memories.keys())

    @property
    def unfinished(self) -> bool:
        return any(sitting.unfinished for sitting in self.sittings.values())

    def left(self, name: str) -> Sitting | None:
        """The round of that name that was left before its end; a session of another day only with its answer."""
        sitting = self.sittings.get(name)
        if sitting is None or sitting.over:
            return None
        stale = sitting.day is not None and sitting.day.day != self.today
        return None if stale and not sitting.unfinished else sitting

    def sitting(self, name: str, exercises: Sequence[str] = ()) -> Sitting | None:
        """The round of that name: the one that was left, or a new one; None where there is nothing to ask."""
        if left := self.left(name):
            return left
        begun = self.begun(name, exercises, self.setup.seed())
        if begun.turn is None:
            return None
        day = None
        if name == DUE:
            day = Day(self.today, standing(self.history, self.today))
        self.sittings[name] = Sitting(name, begun, day)
        return self.sittings[name]

    def begun(self, name: str, exercises: Sequence[str], seed: int) -> Round:
        """The round of that name at its beginning."""
        if name == DUE:
            taught = self.history.lessons(self.today)
            return day_round(self.plan(), self.history, self.library, seed, taught)
        if name == PLACEMENT:
            return placement_round(self.history, self.library, seed)
        if name == SLIPS:
            waiting = enumerate(self.waiting())
            return TopicRound(tuple(Turn(slip.exercise, seed + number, slip.mistake) for number, slip in waiting))
        return TopicRound(cycle(exercises, seed, len(exercises)))

    def waiting(self) -> tuple[Slip, ...]:
        """The slips that wait to be tried again, the latest first."""
        return tuple(waiting_slips(self.history, self.library).values())[:MOST_SLIPS]

    def retried(self, slip: Slip) -> Sitting:
        """A fresh question in which a slip can be made again: the one that was left, or a new one."""
        name = f"{AGAIN}{slip.exercise} {slip.mistake}"
        fresh = TopicRound((Turn(slip.exercise, self.setup.seed(), slip.mistake),))
        self.sittings[name] = self.left(name) or Sitting(name, fresh)
        return self.sittings[name]


class StateScreen(StudyScreen):
    """A full screen over the state of the app."""

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self.state = state
        self.options = RenderOptions(ascii_only=state.setup.ascii_only)

    async def ask(self, request: Request[Reply]) -> Reply:
        """The kernel's reply. Raises `KernelFailure`."""
        return await self.state.ask(request, self._say_restarted)

    def _say_restarted(self) -> None:
        if self.is_mounted:  # a question is asked for before its screen has a line to say it in
            self.say(RESTARTED(), "near")

    def show_figures(self, *texts: str) -> None:
        """Draw the figures in texts, where there are any, and show them as soon as they are drawn."""
        if any(FIGURE in text for text in texts):
            self.run_worker(self.draw_figures(texts), group="figures", exclusive=True)

    async def draw_figures(self, texts: Iterable[str]) -> None:
        """Draw the figures in texts, and show them; where the kernel fails, they stay out until they are asked for."""
        with suppress(KernelFailure):
            if await draw_ahead(texts, self.ask):
                for lines in self.query(Lines):
                    lines.set_again()

    def images(self) -> Mapping[Path, str]:
        """The files of the images in sight, each with what it shows in words."""
        return {}

    def action_open_image(self) -> None:
        """Open the image; where there are several, one that is picked."""
        files = self.images()
        if len(files) > 1:
            self.app.push_screen(images.images_screen(files), self._open_image)
        else:
            self._open_image(next(map(str, files), ""))

    def _open_image(self, path: str | None) -> None:
        if path == "":
            self.say(images.NO_IMAGE())
        elif path is not None:
            opened = images.open_file(Path(path))
            self.say((images.OPENED if opened else images.NO_VIEWER)(path=path), "muted" if opened else "near")

    def save_elsewhere(self, write: Callable[[History, datetime], object], done: Callable[[], None]) -> None:
        """Ask for another folder until what cannot be saved in its place is written there, as of a moment."""

        def read(typed: str) -> Path | str:
            folder, now = Path(typed).expanduser(), self.state.setup.now()
            if not typed or not folder.is_dir():
                return NO_FOLDER(path=typed)
            try:
                with self.state.history.elsewhere(folder, at=now, day=self.state.today) as history:
                    write(history, now)
                    return history.path
            except NotSavedError as error:
                return describe(error)

        def saved(path: Path | None) -> None:
            if path is not None:
                done()
                self.say(SAVING_KEPT(path=str(path)), "good")

        screen = LineScreen(FOLDER(), read, title=ELSEWHERE(), about=ELSEWHERE_ABOUT())
        self.app.push_screen(screen, saved)


@dataclass(frozen=True, slots=True)
class TopicStanding:
    """How many skills a topic has, how many of them were ever answered, how many are due, and when one is next."""

    skills: int
    known: int
    due: int
    next_day: date | None = None


def day_text(answered: int, right: int, active_ms: int) -> str:
    """What was done on a day, in a few words."""
    if not answered:
        return TODAY_NOTHING()
    done = TODAY(answered=answered, right=right)
    minutes = active_ms // MINUTE
    return done + MINUTES(minutes=minutes) if minutes else done
