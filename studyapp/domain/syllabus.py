"""Items of the G検定 syllabus (version 1.3), by the numbers that pages give; sections of the E資格 syllabus (2026)."""

import re
from collections.abc import Mapping

from studyapp.domain.text import Text

ITEMS: Mapping[int, Text] = {
    1: Text(ja="人工知能の定義", en="What artificial intelligence is"),
    2: Text(ja="人工知能で議論される問題", en="Debates on artificial intelligence"),
    3: Text(ja="探索・推論", en="Search and inference"),
    4: Text(ja="知識表現とエキスパートシステム", en="Knowledge and expert systems"),
    5: Text(ja="機械学習", en="Machine learning"),
    6: Text(ja="ディープラーニング", en="Deep learning"),
    7: Text(ja="教師あり学習", en="Supervised learning"),
    8: Text(ja="教師なし学習", en="Unsupervised learning"),
    9: Text(ja="強化学習", en="Reinforcement learning"),
    10: Text(ja="モデルの選択・評価", en="Choosing and judging models"),
    11: Text(ja="ニューラルネットワーク", en="Neural networks"),
    12: Text(ja="活性化関数", en="Activation functions"),
    13: Text(ja="誤差関数", en="Loss functions"),
    14: Text(ja="正則化", en="Regularisation"),
    15: Text(ja="誤差逆伝播法", en="Backpropagation"),
    16: Text(ja="最適化手法", en="Optimisers"),
    17: Text(ja="全結合層", en="Dense layers"),
    18: Text(ja="畳み込み層", en="Convolution"),
    19: Text(ja="正規化層", en="Normalisation layers"),
    20: Text(ja="プーリング層", en="Pooling"),
    21: Text(ja="スキップ結合", en="Skip connections"),
    22: Text(ja="回帰結合層", en="Recurrent layers"),
    23: Text(ja="Attention", en="Attention"),
    24: Text(ja="オートエンコーダ", en="Autoencoders"),
    25: Text(ja="データ拡張", en="Data augmentation"),
    26: Text(ja="画像認識", en="Image recognition"),
    27: Text(ja="自然言語処理", en="Language processing"),
    28: Text(ja="音声処理", en="Speech processing"),
    29: Text(ja="深層強化学習", en="Deep reinforcement learning"),
    30: Text(ja="データ生成", en="Generation of data"),
    31: Text(ja="転移学習", en="Transfer learning"),
    32: Text(ja="マルチモーダル", en="Multimodal models"),
    33: Text(ja="モデルの解釈性", en="Interpretability"),
    34: Text(ja="モデルの軽量化", en="Light models"),
    35: Text(ja="AI プロジェクトの進め方", en="Projects"),
    36: Text(ja="データの収集・加工", en="Data"),
    37: Text(ja="数理・統計", en="Mathematics and statistics"),
    38: Text(ja="個人情報保護法", en="Protection of personal information"),
    39: Text(ja="著作権法", en="Copyright"),
    40: Text(ja="特許法", en="Patents"),
    41: Text(ja="不正競争防止法", en="Unfair competition"),
    42: Text(ja="独占禁止法", en="Monopolies"),
    43: Text(ja="AI 開発委託契約", en="Contracts on development"),
    44: Text(ja="AI サービス提供契約", en="Contracts on services"),
    45: Text(ja="国内外のガイドライン", en="Guidelines"),
    46: Text(ja="プライバシー", en="Privacy"),
    47: Text(ja="公平性", en="Fairness"),
    48: Text(ja="安全性とセキュリティ", en="Safety and security"),
    49: Text(ja="悪用", en="Misuse"),
    50: Text(ja="透明性", en="Transparency"),
    51: Text(ja="民主主義", en="Democracy"),
    52: Text(ja="環境保護", en="Environment"),
    53: Text(ja="労働政策", en="Labour"),
    54: Text(ja="その他の重要な価値", en="Other values"),
    55: Text(ja="AI ガバナンス", en="Governance"),
}
SECTIONS: Mapping[str, Text] = {
    "E1.1": Text(ja="線形代数", en="Linear algebra"),
    "E1.2": Text(ja="確率・統計", en="Probability and statistics"),
    "E1.3": Text(ja="情報理論", en="Information theory"),
    "E2.1": Text(ja="機械学習の基礎", en="Machine learning"),
    "E3.1": Text(ja="順伝播型ネットワーク", en="Feedforward networks"),
    "E3.2": Text(ja="最適化", en="Optimisation"),
    "E3.3": Text(ja="正則化", en="Regularisation"),
    "E3.4": Text(ja="畳み込みネットワーク", en="Convolutional networks"),
    "E3.5": Text(ja="回帰結合型ネットワーク", en="Recurrent networks"),
    "E3.6": Text(ja="Transformer", en="Transformer"),
    "E3.7": Text(ja="汎化性能の向上", en="Better generalisation"),
    "E4.1": Text(ja="画像認識", en="Image recognition"),
    "E4.2": Text(ja="物体検出", en="Object detection"),
    "E4.3": Text(ja="セグメンテーション", en="Segmentation"),
    "E4.4": Text(ja="自然言語処理", en="Language processing"),
    "E4.5": Text(ja="音声処理", en="Speech processing"),
    "E4.6": Text(ja="生成モデル", en="Generative models"),
    "E4.7": Text(ja="深層強化学習", en="Deep reinforcement learning"),
    "E4.8": Text(ja="さまざまな学習方法", en="Ways of learning"),
    "E4.9": Text(ja="判断根拠の説明", en="Explanation"),
    "E5.1": Text(ja="モデルの軽量化", en="Light models"),
    "E5.2": Text(ja="分散処理", en="Distributed training"),
    "E5.3": Text(ja="アクセラレータ", en="Accelerators"),
    "E5.4": Text(ja="環境構築", en="Environments"),
}
"""Sections of the E資格 syllabus; the last part of a number as a page gives it (E2.1.xi) is a part of one."""
OPTIONAL = frozenset({"E1.1", "E4.5"})
"""Sections that are in the syllabus, and are not asked."""
SECTION = re.compile(r"E[1-9](?:\.[1-9][0-9]?){1,2}(?:\.[ivx]+)?")
"""How a section of the E資格 syllabus is written: E2.1.xi."""
ITEM = Text(ja="シラバス {number}", en="syllabus {number}")


def item_text(number: int) -> str:
    """What an item is called; its number where it has no name here."""
    return ITEMS[number]() if number in ITEMS else ITEM(number=number)
