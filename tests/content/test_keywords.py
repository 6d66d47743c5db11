"""Every keyword of the syllabus items that mock exams ask about is explained on a page and asked in a pool."""

from functools import cache

import pytest

from studyapp.domain.kind import Kind
from tests.content.pages import PAGES, topic
from tests.content.test_glossary import TERMS, said_by

KEYWORDS = {
    12: "非線形, シグモイド関数, tanh, ReLU, Leaky ReLU, ソフトマックス関数",
    13: "目的関数, 損失関数, 二乗和誤差, 平均二乗誤差, 交差エントロピー, KL 情報量, JS 情報量, ランキング損失,"
    " Dice 損失, コントラスティブ損失, トリプレット損失, 距離学習, 深層距離学習, Siamese network, Triplet network",
    14: "L0 正則化, ラッソ, リッジ, Elastic Net, ドロップアウト, 過学習, 汎化誤差, 正則化, 重み減衰",
    15: "連鎖律, 誤差逆伝播法, 勾配消失, 勾配爆発, 信用割当問題, 計算グラフ, ヤコビ行列, アダマール積",
    16: "勾配降下法, 局所最適解, 大域最適解, 停留点, 鞍点, プラトー, 確率的勾配降下法, バッチ学習, ミニバッチ,"
    " オンライン学習, イテレーション, エポック, 学習率, モーメンタム, AdaGrad, AdaDelta, RMSprop, Adam,"
    " AdaBound, AMSBound, 早期終了, 二重降下, ノーフリーランチの定理, グリッドサーチ, ランダムサーチ",
    24: "オートエンコーダ, 積層オートエンコーダ, 変分自己符号化器, VQ-VAE, infoVAE, β-VAE",
    30: "敵対的生成ネットワーク, DCGAN, Pix2Pix, CycleGAN, 拡散モデル, NeRF",
}
"""By syllabus item, its keywords as the glossary names them."""


@cache
def asked(language: str) -> str:
    """What the pools of the course ask: prompts, options and scenes."""
    exercises = (exercise for page in PAGES for exercise in topic(page, language).exercises)
    pools = [exercise.sentences for exercise in exercises if exercise.key.kind is Kind.CHOICE]
    texts = (text for said in pools for text in (said.prompt, *(one.text for one in (*said.options, *said.scenes))))
    return "\n".join("".join(part for part in text if isinstance(part, str)) for text in texts)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("item", KEYWORDS)
def test_a_keyword_is_explained_on_a_page_and_asked_in_a_pool(item, language):
    terms = {term["ja"]: term for _, term in TERMS}
    words = KEYWORDS[item].split(", ")
    text = asked(language)

    assert [word for word in words if word not in terms] == []
    assert [word for word in words if not said_by(terms[word], language).search(text)] == []
