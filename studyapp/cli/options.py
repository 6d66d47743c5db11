"""What the options that several commands know say of themselves."""

from __future__ import annotations

from studyapp.domain.text import Text

JSON_HELP = Text(ja="結果を JSON で標準出力に書く", en="Print the result as JSON on standard output")
JSONL_HELP = Text(
    ja="標準入力から 1 行に 1 件の JSON を読み、1 行に 1 件で答える",
    en="Read a JSON request a line from standard input, reply a line each",
)
NOT_JSON = Text(ja="JSON の行として読めません。", en="This line is not a JSON request.")
TIMING_HELP = Text(ja="かかった時間 ms を加える", en="Add the time taken, in ms")
COUNT_HELP = Text(ja="問題の数", en="Number of questions")
SEED_HELP = Text(
    ja="最初の問題の種。i 番目（0 から）は 種 + i で作る",
    en="Seed of the first question; the i-th (from 0) is drawn with seed + i",
)
