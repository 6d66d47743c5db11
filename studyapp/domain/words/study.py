"""The sentences of `study`, in both languages: what only the whole course can show to be wrong, and the settings."""

from __future__ import annotations

from collections.abc import Mapping

from studyapp.domain.words.sentences import Sentences


class StudyWords(Sentences):
    """What `study` says. `complaints` has a message and a hint for each code."""

    complaints: Mapping[str, tuple[str, str]]
    settings_broken: str
    settings_value: str
    settings_unknown: str
    settings_not_saved: str

    def complaint(self, code: str, found: str, other: str = "") -> tuple[str, str]:
        """Message and hint of a complaint: `found` is what stands there, `other` what it collides with or resembles."""
        message, hint = self.complaints[code]
        # `near|else`: what is said where a name is near, and where none is.
        near, _, otherwise = hint.partition("|")
        offered = near if other or "{other}" not in near else otherwise
        return message.format(found=found, other=other), offered.format(found=found, other=other)

    def tell_settings_broken(self, path: str, detail: str) -> str:
        """The settings file cannot be read as settings; it is left as it is."""
        return self.settings_broken.format(path=path, detail=detail)

    def tell_settings_value(self, name: str, value: str, allowed: str) -> str:
        """One setting has a value that it cannot have."""
        return self.settings_value.format(name=name, value=value, allowed=allowed)

    def tell_settings_unknown(self, name: str, known: str) -> str:
        """There is no setting of that name; `known` lists the names that there are."""
        return self.settings_unknown.format(name=name, known=known)

    def tell_settings_not_saved(self, path: str, detail: str) -> str:
        """The settings file could not be written; the old one stands."""
        return self.settings_not_saved.format(path=path, detail=detail)


JA = StudyWords(
    complaints={
        "no-pages": ("教材フォルダー {found} にページがありません。", "ページは {found}/ja/分野/話題.md に置きます。"),
        "duplicate-topic": ("トピック {found} のページが二つあります。", "先に読んだ {other} を使います。"),
        "duplicate-exercise": (
            "問題の id {found} はすでに使われています。",
            "{other} にあります。別の id にしてください。",
        ),
        "alias-taken": ("別名 {found} は別の問題の名前です。", "{other} にあります。この別名を消してください。"),
        "unknown-requires": (
            "requires のトピック {found} が見つかりません。",
            "{other} のことですか。|id の一覧は studyapp topics で見られます。",
        ),
        "requires-cycle": ("requires が循環しています: {found}", "どれか一つの requires を外してください。"),
    },
    settings_broken="設定 {path} を読めません（{detail}）。ファイルはそのまま残し、既定の設定で動きます。",
    settings_value="設定 {name} の値 {value} は使えません（使える値: {allowed}）。",
    settings_unknown="設定に {name} という項目はありません。項目は {known} です。",
    settings_not_saved="設定 {path} を保存できませんでした（{detail}）。",
)

EN = StudyWords(
    complaints={
        "no-pages": ("The content folder {found} holds no pages.", "Pages stand at {found}/ja/<area>/<topic>.md."),
        "duplicate-topic": ("The topic {found} has two pages.", "The one read first is used: {other}."),
        "duplicate-exercise": ("The exercise id {found} is taken.", "It stands at {other}; choose another id."),
        "alias-taken": (
            "The alias {found} is the name of another exercise.",
            "It stands at {other}; remove the alias.",
        ),
        "unknown-requires": (
            "`requires` names the topic {found}, which does not exist.",
            "Is {other} meant?|studyapp topics lists the ids.",
        ),
        "requires-cycle": ("`requires` runs in a circle: {found}", "Remove one of these `requires`."),
    },
    settings_broken="The settings {path} cannot be read ({detail}). The file is left as it is; the defaults are used.",
    settings_value="The setting {name} cannot be {value}; it can be {allowed}.",
    settings_unknown="There is no setting {name}. The settings are {known}.",
    settings_not_saved="The settings {path} could not be saved ({detail}).",
)
