"""The thirty questions that users ask (tests/questions.csv): where each is answered, or that only local data can."""

import csv
import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REAL = Path(os.environ.get("RTAC_REAL", HERE.parents[1] / "shared" / "real"))
with (HERE / "questions.csv").open(encoding="utf-8", newline="") as handle:
    QUESTIONS = list(csv.DictReader(handle))
ANSWERED = [q for q in QUESTIONS if q["page"]]


@pytest.mark.parametrize("question", ANSWERED, ids=lambda q: f"{q['group']}-{q['n']}")
def test_the_page_answers_in_a_sentence(web, question):
    answer = web.get(f"/export/{question['page']}.json?{question['query']}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    shown = next(e for e in answer.get_json()["exhibits"] if e["key"] == question["exhibit"])
    assert question["answer"] in "\n".join((shown["headline"], shown["subtitle"], *shown["words"]))
    assert web.get(f"/{question['page']}?{question['query']}").status_code == 200


def test_what_is_not_answered_says_what_it_needs():
    assert all(q["answer"].startswith("needs local data: ") for q in QUESTIONS if not q["page"])
    assert len(ANSWERED) == 21


@pytest.mark.real
@pytest.mark.skipif(not REAL.is_dir(), reason="the list of questions stands beside the real files")
def test_every_question_has_its_row():
    with (REAL.parent / "reference" / "user_questions.csv").open(encoding="utf-8", newline="") as handle:
        asked = [(q["group"], q["n"]) for q in csv.DictReader(handle)]
    assert asked == [(q["group"], q["n"]) for q in QUESTIONS]
