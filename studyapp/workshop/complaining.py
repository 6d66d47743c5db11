"""The complaints of verification."""

from studyapp.domain.place import Problem
from studyapp.domain.text import Text


class Fault(Problem):
    """What is wrong with the questions of an exercise."""

    UNDRAWABLE = Text(
        ja="{at}で問題を作れません。{reason}\n{advice}", en="No question comes of {at}: {reason}\n{advice}"
    )
    MISMATCH = Text(ja="{at}: {reason}\n{advice}", en="{at}: {reason}\n{advice}")
    EXAMPLE = Text(
        ja="例の答えは {written} ですが、計算すると {computed} になります。\nexample か answer を直してください。",
        en="The example's answer is {written}, but it computes to {computed}.\nMend example or answer.",
    )
    SLIP_SURVIVES = Text(
        ja="誤ったコード {slip} が、試すどの配列でも正答と同じになり、正解になってしまいます。\n"
        "違いが表れるよう、arrays を直すか、正答を書き直してください。",
        en="The wrong code {slip} equals the key on all arrays that are tried, and is graded as correct.\n"
        "Change arrays so that it differs, or write another key.",
    )
    KEY_REFUSED = Text(
        ja="{at}で、正答 {answer} が正解になりません（{verdict}）。\nanswer と digits を見直してください。",
        en="With {at}, the key {answer} is not graded as correct ({verdict}).\nLook at answer and digits.",
    )
    BRANCH_UNDECIDED = Text(
        ja="{at}で、{part} が正にも負にもなるかを確かめられません。その先で違う答えを見分けられません。\n"
        "symbols の範囲を狭めるか、式を簡単にしてください。",
        en="{at}, it is not known whether {part} takes both signs: answers that differ behind that cannot be decided.\n"
        "Narrow the domains under symbols, or write a simpler formula.",
    )
    MISTAKE_ACCEPTED = Text(
        ja="{at}で、誤答 {name}（{answer}）が不正解になりません（{verdict}）。\n"
        "正答とはっきり違う値になるよう、where で制限してください。",
        en="With {at}, the mistake {name} ({answer}) is not graded as wrong ({verdict}).\n"
        "Keep its value clear of the key with where.",
    )
    MISTAKE_UNNAMED = Text(
        ja="{at}で、誤答 {name}（{answer}）が {found} と判定されました。\n同じ値になるほかの誤りと分けてください。",
        en="With {at}, the mistake {name} ({answer}) is named {found}.\n"
        "Tell it apart from the other mistake that gives the same.",
    )
    MISTAKE_RARE = Text(
        ja="誤答 {name} は {share} % の問題でしか成り立ちません。\n20 % 以上で成り立つように draw を変えてください。",
        en="The mistake {name} applies in {share} % of the questions only.\n"
        "Change draw so that it applies in 20 % at least.",
    )
    NO_CHECK = Text(
        ja="answer を別の式で確かめる check がありません。\n"
        "同じ値に別の道すじでたどり着く式を check に書いてください。",
        en="No check confirms answer by another formula.\n"
        "Write under check a formula that reaches the same value by another route.",
    )
    MISTAKE_NEVER = Text(
        ja="誤答 {name} は、どの問題でも成り立ちません。正答か前に書いた誤答と区別できないか、値がありません。\n"
        "誤答の式を直すか、消してください。",
        en="The mistake {name} applies in no question: it equals the key or an earlier mistake, or has no value.\n"
        "Correct its expression, or remove it.",
    )
    EXAM_RARE = Text(
        ja="exam: choice ですが、誤答が三つそろう問題は {share} % しかありません。\n"
        "誤答を増やすか、40 % 以上でそろうように draw を変えてください。",
        en="The key says exam: choice, but only {share} % of the questions have three mistakes to offer.\n"
        "Foresee more mistakes, or change draw so that 40 % have them at least.",
    )
    FEW_DISTINCT = Text(
        ja="{seeds} 個の種から、異なる問題が {count} 個しかできません。\n7 個以上になるように draw を広げてください。",
        en="{seeds} seeds give only {count} different questions.\nWiden draw so that there are 7 at least.",
    )
    DISTANCE = Text(
        ja="{at}で、経路ごとの値の差が {distance} あります（{routes}）。\n"
        "どの経路が正しいかを確かめ、answer か check を直してください。",
        en="With {at}, the routes to the key are {distance} apart ({routes}).\n"
        "See which of them is right, and correct answer or check.",
    )
    SYMBOLIC = Text(
        ja="{at}で、answer は {answer}、SymPy は {found} になります。\n"
        "answer の式を見直してください。D を使うときは、微分する変数を確かめてください。",
        en="With {at}, answer gives {answer}, SymPy gives {found}.\n"
        "Look at answer; where it says D, check the variable.",
    )
    FALSE_EQUALITY = Text(
        ja="{at}で、「{shown}」が成り立ちません。左辺は {left} です。\n穴の式か、文の数を直してください。",
        en="With {at}, “{shown}” does not hold: the left side is {left}.\n"
        "Correct the expression in the hole, or the number.",
    )
    PICTURE = Text(
        ja="{at}で、「{found}」が表示されません。{reason}\n図の欄と画像のファイル名を見直してください。",
        en="With {at}, “{found}” is not shown. {reason}\nLook at the fields of the figure, or the name of the image.",
    )
    NEAR_MISS = Text(
        ja="{at}で、{answer} が正解になってしまいます（正答は {key}）。\ndigits を見直してください。",
        en="With {at}, {answer} is graded as correct; the key is {key}.\nLook at digits.",
    )
    GUESSABLE = Text(
        ja="{share} % の問題で答えが {answer} になり、当て推量で正解できます。\n"
        "draw を広げるか、where で避けてください。",
        en="In {share} % of the questions the answer is {answer}: guessing would find it.\n"
        "Widen draw, or exclude it with where.",
    )
    UNEVEN_POSITIONS = Text(
        ja="正解が {position} 番目に来る問題が {share} % もあります。\n選択肢の数と right の条件を見直してください。",
        en="The right option is in place {position} in {share} % of the questions.\n"
        "Look at the number of options and at right.",
    )
    TELLING_LENGTH = Text(
        ja="正解と誤りの選択肢の長さが平均で {ratio} 倍違い、正解が分かってしまいます。\n"
        "1.6 倍以内にそろえてください。",
        en="Right and wrong options differ in length by {ratio} on average, which gives the answer away.\n"
        "Keep it within 1.6.",
    )
    LONGEST_RIGHT = Text(
        ja="{share} % の問題で、いちばん長い選択肢が正解になります。\n誤りの選択肢も、同じくらい長く書いてください。",
        en="In {share} % of the questions the longest option is the right one.\nWrite wrong options that are as long.",
    )
    SHORTEST_RIGHT = Text(
        ja="{share} % の問題で、いちばん短い選択肢が正解になります。\n誤りの選択肢も、同じくらい短く書いてください。",
        en="In {share} % of the questions the shortest option is the right one.\nWrite wrong ones that are as short.",
    )
    ABSOLUTE_WRONG = Text(
        ja="「必ず」「だけ」などのある選択肢を除くだけで、{share} % が正解できます。\n"
        "正解の選択肢にもそうした語を入れるか、誤りの選択肢から除いてください。",
        en="Passing over options with “always”, “only” and the like gets {share} % right.\n"
        "Take such words out of wrong options, or use them in right ones, too.",
    )
    NEVER_RIGHT = Text(
        ja="選択肢 {number} は、{drawn} 問のうち {count} 問でしか正解になりません。\n"
        "draw を変えるか、正解になりうる選択肢に替えてください。",
        en="Option {number} is right in {count} of {drawn} questions.\n"
        "Change draw, or write an option that is right now and then.",
    )
    CONSTANT_ANSWER = Text(
        ja="どの問題でも答えが同じです。\n別の答えになる問い方を加えてください。",
        en="The answer is the same in every question.\nAdd stems that have another answer.",
    )
    UNLIKE_TRANSLATION = Text(
        ja="{at}で、英語の問題の答えが {found} になり、日本語の {answer} と違います。\n"
        "選択肢の並びと穴をそろえてください。",
        en="With {at}, the English question's answer is {found}, the Japanese one's {answer}.\n"
        "Write the same options and holes in both.",
    )
