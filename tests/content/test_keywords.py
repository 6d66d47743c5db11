"""Every keyword of the syllabus items that mock exams ask about is explained on a page and asked in a pool."""

from functools import cache

import pytest

from studyapp.domain.exercise import Exercise
from studyapp.domain.kind import Kind
from tests.content.pages import PAGES, topic
from tests.content.test_glossary import TERMS, said_by

KEYWORDS = {
    12: "非線形 シグモイド関数 tanh ReLU|Leaky ReLU|ソフトマックス関数",
    13: "目的関数 損失関数 二乗和誤差 平均二乗誤差 交差エントロピー|KL 情報量|JS 情報量|ランキング損失|Dice 損失|コントラスティブ損失"
    " トリプレット損失 距離学習 深層距離学習|Siamese network|Triplet network",
    14: "L0 正則化|ラッソ|リッジ|Elastic Net|ドロップアウト|過学習|汎化誤差|正則化|重み減衰",
    15: "連鎖律 誤差逆伝播法 勾配消失 勾配爆発 信用割当問題 計算グラフ ヤコビ行列 アダマール積",
    16: "勾配降下法 局所最適解 大域最適解 停留点 鞍点 プラトー 確率的勾配降下法 バッチ学習 ミニバッチ オンライン学習 イテレーション エポック"
    " 学習率 モーメンタム AdaGrad AdaDelta RMSprop Adam AdaBound AMSBound 早期終了 二重降下 ノーフリーランチの定理"
    " グリッドサーチ ランダムサーチ",
    24: "オートエンコーダ 積層オートエンコーダ 変分自己符号化器 VQ-VAE infoVAE β-VAE",
    30: "敵対的生成ネットワーク DCGAN Pix2Pix CycleGAN 拡散モデル NeRF",
}
"""By syllabus item, the words of its keywords as the glossary has them; a bar after and before names with a space."""
WORDS = [
    (item, word.strip())
    for item, words in KEYWORDS.items()
    for run in words.split("|")
    for word in ([run] if run in {term["ja"] for _, term in TERMS} else run.split())
]
SHOWN = 4
"""Options of a question in the exams."""


@cache
def asked(language: str) -> tuple[str, ...]:
    """What each pool of the course asks: prompt, options and scenes."""
    exercises = (exercise for page in PAGES for exercise in topic(page, language).exercises)
    return tuple(_said(exercise) for exercise in exercises if exercise.kind is Kind.CHOICE and not exercise.key.network)


def _said(exercise: Exercise) -> str:
    said = exercise.sentences
    templates = (said.prompt, *(option.text for option in said.options), *(scene.text for scene in said.scenes))
    return "\n".join(part for template in templates for part in template if isinstance(part, str))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("item", "word"), WORDS)
def test_a_keyword_is_explained_on_a_page_and_asked_in_a_pool(item, word, language):
    term = next((term for _, term in TERMS if term["ja"] == word), None)
    assert term is not None, "no page introduces it"
    assert any(said_by(term, language).search(text) for text in asked(language))
