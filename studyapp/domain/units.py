"""Units behind a number: counters (`12個`) are dropped anywhere, of measures (`分`) the one that a prompt asks for."""

import re

COUNTERS = (
    "個|箇|コ|回|枚|本|人|名|件|点|通り|種類|種|層|行|列|次元|次|台|冊|匹|頭|羽|組|対|段|歩|周|項|番|位|つ|語|文字|倍|桁|字|問|票|社|校"
    "|ユニット|ニューロン|ノード|チャネル|チャンネル|パラメータ|パラメーター|エポック|ステップ|イテレーション|バッチ|ミニバッチ"
    "|サンプル|データ|クラス|要素|成分|画素|ピクセル|重み|フィルタ|フィルター"
    "|times|units|parameters|params|weights|biases|epochs|updates|steps|iterations|batches|samples|images|elements"
    "|entries|components|rows|columns|layers|pixels|classes|people|items|cases|pieces|points|dimensions|channels|filters"
)
MEASURES = (
    "分|minutes|minute|min",
    "秒|seconds|second|sec|s",
    "ミリ秒|milliseconds|ms",
    "時間|hours|hour|h",
    "日|days|day",
    "週間|週|weeks|week",
    "か月|ヶ月|カ月|ヵ月|months|month",
    "年|years|year",
    "歳|才",
    "円|yen",
    "ドル|dollars|dollar",
    "度|℃|°C|°|degrees|degree",
    "m|メートル|metres|meters",
    "km|キロメートル|kilometres|kilometers",
    "cm|センチメートル|センチ",
    "mm|ミリメートル|ミリ",
    "g|グラム|grams",
    "kg|キログラム|キロ",
    "ビット|bits|bit",
    "ナット|nats|nat",
    "バイト|bytes|byte",
    "KB|kB|キロバイト",
    "MB|メガバイト",
    "GB|ギガバイト",
)
"""The names of each measure, the first of which is used for all."""
_ASKED = re.compile(r"何(\S+?)(?=か|です|になる|かかる|[\s。、？?]|$)|how many ([a-z]+)|\bin ([a-z]+)[.?]")
_FIRST = {name: names.partition("|")[0] for names in MEASURES for name in names.split("|")}


def unit_asked(prompt: str) -> str:
    """The measure that a prompt asks for last, by its first name; empty where it asks for none."""
    words = ("".join(match) for match in _ASKED.findall(prompt))
    return next((_FIRST[word] for word in reversed([*words]) if word in _FIRST), "")
