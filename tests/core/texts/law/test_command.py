"""`parvis amending`: the figures that it prints over the five bills, and what it says of a wrong path."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from parvis.config.commands.amending import command
from parvis.config.commands.load import NoSuchFile
from parvis.core.texts.operations import Refused

NARROW = "\u202f"


def printed(*words: str) -> str:
    answer = CliRunner().invoke(command, words, catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output.replace(NARROW, " ").replace("\xa0", " ")


def test_the_rate_over_the_five_bills(data: Path) -> None:
    said = printed()

    assert "En tout : 1 258 phrases modificatives, 1 194 comprises, 5,1 % non comprises" in said
    assert "pjl15-034 : 82 phrases modificatives, 74 comprises" in said
    assert "32  tableau ou intitulé" in said


def test_a_file_and_what_it_misses(tmp_path: Path) -> None:
    law = tmp_path / "loi.txt"
    law.write_text("L'article 9 est abrogé.\nL'article 10 est remplacé avec soin par le maire.\n", encoding="utf-8")
    said = printed(str(law), "--missed")

    assert "2 phrases modificatives, 1 comprises, 50 % non comprises" in said
    assert "- forme inconnue : L'article 10 est remplacé avec soin par le maire." in said


def test_an_article_is_shown_as_the_law_leaves_it(tmp_path: Path) -> None:
    law, article = tmp_path / "loi.txt", tmp_path / "article.txt"
    law.write_text("À l'article L. 9, le mot : « pierre » est remplacé par le mot : « bois ».\n", encoding="utf-8")
    article.write_text("Le banc est en pierre.\nIl est à l'ombre.\n", encoding="utf-8")

    assert "Article L9 :\nLe banc est en bois.\nIl est à l'ombre.\n" in printed(
        str(law), "--article", "L9", "--on", str(article)
    )


def test_an_article_that_is_not_as_the_law_says_is_refused(tmp_path: Path) -> None:
    law, article = tmp_path / "loi.txt", tmp_path / "article.txt"
    law.write_text("À l'article 9, le mot : « pierre » est supprimé.\n", encoding="utf-8")
    article.write_text("Le banc est en bois.\n", encoding="utf-8")

    with pytest.raises(Refused, match="« pierre » y est 0 fois"):
        printed(str(law), "--article", "9", "--on", str(article))


def test_a_wrong_path_is_refused() -> None:
    with pytest.raises(NoSuchFile, match="n'est ni un fichier, ni le dossier"):
        printed("/nulle/part")
