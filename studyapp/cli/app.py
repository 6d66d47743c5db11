"""`studyapp` alone, and `studyapp preview FILE`: the screens, where there is a terminal."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import click

from studyapp.cli.commands import NOT_A_PAGE, command, seed_option
from studyapp.cli.context import Context, setting_in
from studyapp.cli.lines import fail, has_screen
from studyapp.domain.text import Text, language
from studyapp.kernel.child import LOG, Child, start_kernel
from studyapp.screens import Setup

NO_TERMINAL = Text(
    ja="ここは端末ではないので、画面を開けません。代わりに次の命令を使ってください。\n  studyapp quiz "
    "losses/cross-entropy   問題を解く\n  studyapp read losses/cross-entropy   ページを読む\n  studyapp "
    "topics                      話題の一覧\n  studyapp --help                      そのほかの命令",
    en="There is no terminal here, so the screen cannot open. Use these commands instead:\n  studyapp quiz "
    "losses/cross-entropy   answer questions\n  studyapp read losses/cross-entropy   read a page\n  studyapp "
    "topics                      list the topics\n  studyapp --help                      all commands",
)
LINT_INSTEAD = Text(
    ja="ここは端末ではないので、画面を開けません。代わりに studyapp lint FILE を使ってください。",
    en="There is no terminal here, so the screen cannot open. Use studyapp lint FILE instead.",
)
MISSING = Text(
    ja="{path} がありません。studyapp new topic area/name でページを作れます。",
    en="{path} is not there. studyapp new topic area/name begins a page.",
)
SEEDS = 1_000_000
OPENSSL = ("ssl", "_hashlib") if find_spec("_md5") else ("ssl",)
"""asyncio and hashlib load OpenSSL where they find it: 4.6 MB and 8 ms of the start. The app opens no connection.

A Python that was built without hashes of its own needs those of OpenSSL.
"""


def launch(context: Context) -> None:
    """Open the app. Without a terminal, say which commands to use instead, and exit with 2."""
    if not has_screen():
        fail(NO_TERMINAL(), 2)
    kernel = start_kernel(context.cache / LOG)  # it loads the mathematics while the app is loaded
    try:
        with _absent(*OPENSSL):
            code = _run(context, kernel)
    finally:
        if kernel is not None:
            kernel.end()
    sys.exit(code)


@contextmanager
def _absent(*modules: str) -> Iterator[None]:
    """As in a Python that was built without some modules; what is loaded already stays."""
    missing = {name: None for name in modules if name not in sys.modules}
    sys.modules.update(missing)  # type: ignore[arg-type]  # None marks a module that cannot be imported
    try:
        yield
    finally:
        for name in missing:
            sys.modules.pop(name, None)


def _run(context: Context, kernel: Child | None) -> int:
    gc.disable()  # nothing that is being imported can be let go; looking for it delays the first paint
    from studyapp.screens.app import run_app

    gc.enable()
    gc.freeze()
    return run_app(_setup(context, language()), kernel)


def _setup(context: Context, pages: str) -> Setup:
    """What the screens are given, with pages in that language."""
    return Setup(
        language=pages,
        content=context.content,
        data=context.data,
        cache=context.cache / "library.json",
        now=context.clock,
        new_id=_new_id,
        seed=_seed,
        theme=setting_in(context.data, "theme") or "",
        ascii_only=context.ascii_math,
        log=context.cache / LOG,
    )


def _new_id() -> str:
    import uuid  # after the first paint

    return str(uuid.uuid4())


def _seed() -> int:
    from random import SystemRandom  # loaded by Textual, as `secrets` is not

    return SystemRandom().randrange(SEEDS)


@command("preview")
@click.argument("page", metavar="FILE", type=click.Path(path_type=Path))
@seed_option
def preview_command(context: Context, page: Path, seed: int) -> None:
    """Open a page as the learner will see it, read again as it is saved."""
    from studyapp.study.pagefiles import files_of

    files = files_of(page)
    if files is None:
        raise click.UsageError(NOT_A_PAGE(path=page))
    if not page.is_file():
        raise click.UsageError(MISSING(path=page))
    if not has_screen():
        fail(LINT_INSTEAD(), 2)
    from studyapp.screens.preview import Preview, PreviewApp

    setup = _setup(context, "en" if files.language == "en" else language())
    app = PreviewApp(setup, Preview(files, setup.language, seed))
    app.run()
    sys.exit(app.return_code or 0)
