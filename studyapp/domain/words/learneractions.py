"""What the keys of the screens about the learner are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

JA_LABELS: Mapping[str, str] = {
    "progress": "進み具合",
    "mistakes": "間違い",
    "settings": "設定",
    "placement": "実力確認",
    "go_on": "続ける",
    "weakest": "忘れかけを読む",
    "drill": "もう一度解く",
    "explain": "本文",
    "change": "変える",
}
JA_HELPS: Mapping[str, str] = {
    "progress": "これからの復習、予測と実際、分野ごとの記憶、試験日の見込みを見ます。",
    "mistakes": "自分の間違いの一覧を開きます。本文を読んだり、解き直したりできます。",
    "settings": "試験日、1 日の学習時間、目標の正答率、言語、画面の色を変えます。",
    "placement": "すでに知っている技能を、2 問ずつ確かめてとばします。学び始めた日に使えます。",
    "go_on": "残っている問題があれば、続けて解きます。なければホームへ戻ります。",
    "weakest": "いちばん忘れかけている技能の説明を開きます。",
    "drill": "同じ間違いが起こりうる新しい問題を、1 問解きます。",
    "explain": "この間違いを説明しているページを、問題のところで開きます。",
    "change": "選んでいる項目を変えます。文字で入力する項目は、Enter で保存、Esc で取り消しです。",
}
EN_LABELS: Mapping[str, str] = {
    "progress": "progress",
    "mistakes": "mistakes",
    "settings": "settings",
    "placement": "placement",
    "go_on": "go on",
    "weakest": "read the weakest",
    "drill": "try again",
    "explain": "page",
    "change": "change",
}
EN_HELPS: Mapping[str, str] = {
    "progress": "See what lies ahead, prediction and fact, stability by area, and the day of the exam.",
    "mistakes": "Open the list of your mistakes, to read about one or to try it again.",
    "settings": "Change exam date, minutes a day, desired retention, language and colours.",
    "placement": "Skip what you know already: two right answers each. It is offered on the first day.",
    "go_on": "Go on with what is left; where nothing is, go home.",
    "weakest": "Open the page of the skill that is the nearest to being forgotten.",
    "drill": "Answer one fresh question in which this mistake can be made again.",
    "explain": "Open the page that explains this mistake, at its exercise.",
    "change": "Change the chosen setting. In a line to be typed, Enter saves and Esc leaves it as it was.",
}
