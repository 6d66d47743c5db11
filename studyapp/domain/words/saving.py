"""The sentences about an answer that could not be saved, in both languages: what can be done, and what came of it."""

from __future__ import annotations

from studyapp.domain.words.sentences import Sentences


class SavingWords(Sentences):
    """What is said until an answer is saved, in its place or in another folder."""

    ask: str
    title: str
    label: str
    about: str
    no_folder: str
    kept: str

    def tell_no_folder(self, path: str) -> str:
        """There is no folder of that name."""
        return self.no_folder.format(path=path)

    def tell_kept(self, path: str) -> str:
        """Where the answer is now, and how it comes into the history."""
        return self.kept.format(path=path)


JA = SavingWords(
    ask="解答は消えていません。Enter でもう一度保存します。別のフォルダーの名前を入力すると、そこに保存します。",
    title="別のフォルダーに保存",
    label="フォルダー",
    about="解答を保存するフォルダーの名前を入力し、Enter を押してください。あとで記録に取り込めます。",
    no_folder="フォルダー {path} がありません。",
    kept="{path} に保存しました。あとで studyapp import history {path} で記録に取り込めます。",
)

EN = SavingWords(
    ask="The answer is not lost. Enter saves it again; the name of another folder saves it there.",
    title="Save in another folder",
    label="Folder",
    about="Type the name of a folder for the answer and press Enter. It can be taken into the history later.",
    no_folder="There is no folder {path}.",
    kept="Saved in {path}. Later, studyapp import history {path} takes it into the history.",
)
