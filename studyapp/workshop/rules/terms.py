"""Words to avoid, and what to write instead. Only cases that no sentence could make right are listed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_JA = {
    "プロバゲーション": "プロパゲーション",
    "バックプロバケーション": "バックプロパゲーション",
    "連鎖率": "連鎖律",
    "一般化誤差": "汎化誤差",
    "交叉エントロピー": "交差エントロピー",
    "損失函数": "損失関数",
    "誤差函数": "誤差関数",
    "活性化函数": "活性化関数",
    "シグノイド": "シグモイド",
    "ソフトマックッス": "ソフトマックス",
    "勾配効果法": "勾配降下法",
    "勾配降下方": "勾配降下法",
    "誤差逆伝播方": "誤差逆伝播法",
    "誤差逆電播": "誤差逆伝播",
    "逆伝番": "逆伝播",
    "学習立": "学習率",
    "KL距離": "KL情報量",
    "ハイパボリックタンジェット": "ハイパボリックタンジェント",
    "正則化層": "正規化層",
    "バッチ正則化": "バッチ正規化",
    "L1正規化": "L1正則化",
    "L2正規化": "L2正則化",
    "重み減衰率法": "重み減衰",
    "ミニバッヂ": "ミニバッチ",
    "アダマール績": "アダマール積",
}
_EN = {
    "soft-max": "softmax",
    "back-propogation": "backpropagation",
    "backpropogation": "backpropagation",
    "back propagation": "backpropagation",
    "chain law": "chain rule",
    "gradient decent": "gradient descent",
    "sigmoidal function": "sigmoid function",
    "kl distance": "KL divergence",
    "learn rate": "learning rate",
    "batch regularization": "batch normalization",
    "cross entropy loss function": "cross-entropy loss",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The words to avoid in one language, as one pattern, and what to write instead of each."""

    pattern: re.Pattern[str]
    instead: Mapping[str, str]


def _terms(words: Mapping[str, str], edge: str) -> Terms:
    pattern = "|".join(map(re.escape, words))
    return Terms(re.compile(f"{edge}(?:{pattern}){edge}", re.IGNORECASE), words)


AVOIDED: Mapping[str, Terms] = {"ja": _terms(_JA, ""), "en": _terms(_EN, r"\b")}
"""By language."""
