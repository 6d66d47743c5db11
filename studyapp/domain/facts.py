"""Facts for choosing a loss: what a scene asks for is held against them."""

from collections.abc import Mapping
from dataclasses import KW_ONLY
from enum import StrEnum

from studyapp.domain.place import Place
from studyapp.domain.values import dataclass


class Task(StrEnum):
    """What is to be learnt."""

    REGRESSION = "regression"
    COUNTING = "counting"
    BINARY = "binary"
    MULTICLASS = "multiclass"
    MULTILABEL = "multilabel"
    METRIC_LEARNING = "metric_learning"
    SELF_SUPERVISED = "self_supervised"
    GENERATION = "generation"
    RECONSTRUCTION = "reconstruction"
    SEGMENTATION = "segmentation"
    RANKING = "ranking"
    DISTRIBUTION = "distribution"


class Target(StrEnum):
    """The form of the right answer."""

    REAL = "real"
    POSITIVE = "positive"
    COUNT = "count"
    BIT = "bit"
    LABEL = "label"
    ONE_HOT = "one_hot"
    INDEX = "index"
    DISTRIBUTION = "distribution"
    PAIR = "pair"
    TRIPLET = "triplet"
    MASK = "mask"
    NONE = "none"


class OutputUnit(StrEnum):
    """What the last layer gives to the loss."""

    IDENTITY = "identity"
    EXP = "exp"
    SIGMOID = "sigmoid"
    SOFTMAX = "softmax"
    EMBEDDING = "embedding"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Facts:
    """What one knows of a loss before choosing it.

    `robust`: a far outlier pulls with bounded force. `relative`: ratios count, not differences. `asymmetric`: too much
    and too little cost differently. `imbalance`: easy examples of the frequent class weigh less. `margin`: beyond a
    margin nothing is gained. `bounded`: the value has an upper bound. `symmetric`: prediction and target may be
    exchanged. `smooth`: a derivative everywhere. `convex`: in its first argument. `usual`: the field's first choice
    where its facts are asked for. `serves`: tasks that it is used for as well, under another name or beside the usual
    loss, such as binary cross-entropy with target 1 for a generator: there it is neither the choice nor wrong.
    """

    tasks: tuple[Task, ...]
    target: Target
    output: OutputUnit
    _: KW_ONLY
    robust: bool = False
    relative: bool = False
    asymmetric: bool = False
    imbalance: bool = False
    margin: bool = False
    bounded: bool = False
    symmetric: bool = False
    smooth: bool = True
    convex: bool = True
    usual: bool = False
    serves: tuple[Task, ...] = ()


WORDS: Mapping[str, type[StrEnum]] = {"task": Task, "target": Target, "output": OutputUnit}
FLAGS = ("robust", "relative", "asymmetric", "imbalance", "margin", "bounded", "symmetric", "smooth", "convex")

Fact = str | bool


@dataclass(frozen=True, slots=True)
class Scene:
    """What a scene asks for, by the name of the fact: `WORDS` as one of their words, `FLAGS` as true or false.

    Where options or terms are written, a scene says which `option` is right in it, from 1, or which terms to `accept`.
    """

    name: str
    facts: Mapping[str, Fact]
    place: Place
    option: int = 0
    accept: tuple[str, ...] = ()
