"""The board deck over HTTP: permalinks become one file, ready-made decks fit their place, a title that claims much is told."""

import io
from urllib.parse import urlsplit

import pytest
from PIL import Image

from components import claims, deck
from components.exhibit import Shown, Table
from components.page import pages

VENTURA = "56000000000000"
TREND = f"/place?place={VENTURA}#place-trend"
GROUPS = f"/place?place={VENTURA}#place-student_groups"
RANKING = "/compare?level=county#compare-ranking"


def post(web, form: str = "json", **fields):
    return web.post(f"/export/deck.{form}", data=fields, content_type="multipart/form-data")


def said(answer) -> str:
    return (answer.get_json(silent=True) or {}).get("error") or answer.get_data(as_text=True)


def picture(kind: str = "PNG", size: tuple[int, int] = (20, 10)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def test_a_deck_is_its_exhibits_in_order_with_the_readers_titles(web):
    links = [GROUPS, RANKING, TREND]
    answer = post(web, slide=links, title=["", "How we compare", ""], note=["", "", "Say this slowly."])
    assert answer.status_code == 200 and "board-deck-demonstration" in answer.headers["Content-Disposition"]
    exhibits = answer.get_json()["exhibits"]
    assert [e["key"] for e in exhibits] == ["student_groups", "ranking", "trend"]
    assert exhibits[1]["headline"] == "How we compare"
    for link, exhibit in zip(links, exhibits, strict=True):
        page, key = urlsplit(link).fragment.split("-")
        join = "&" if urlsplit(link).query else "?"
        alone = web.get(f"/export/{page}.json?{urlsplit(link).query}{join}exhibit={key}").get_json()["exhibits"][0]
        assert exhibit["rows"] == alone["rows"] and exhibit["rows"]


def test_a_deck_by_a_link_is_the_same_as_by_a_form(web):
    by_link = web.get("/export/deck.json", query_string={"slide": [TREND, RANKING]})
    assert by_link.get_json()["exhibits"] == post(web, slide=[TREND, RANKING]).get_json()["exhibits"]


def test_a_pinned_build_is_answered_by_that_build(web):
    build = web.get("/ready").get_json()["build"]
    answer = post(web, slide=[f"/place?place={VENTURA}&build={build}#place-trend"])
    assert answer.status_code == 200 and answer.headers["X-RTAC-Build"] == build


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "no slides"),
        ({"slide": ["/nothing#nothing-at"]}, "Slide 1"),
        ({"slide": [TREND, "/place#place-nothing"]}, "Slide 2"),
        ({"slide": ["https://elsewhere.example/place#place-trend"]}, "Slide 1"),
        ({"slide": ["//elsewhere.example/place#place-trend"]}, "Slide 1"),
        ({"slide": ["javascript:alert(1)"]}, "Slide 1"),
        ({"slide": ["/place?place=99999999999999#place-trend"]}, "99999999999999"),
        ({"slide": ["/place?build=00000000-000000-000000#place-trend"]}, "not kept"),
        ({"slide": ["/place?" + "x=1&" * 900 + "#place-trend"]}, "Slide 1"),
        ({"slide": [TREND], "title": ["a", "b"]}, "title"),
        ({"slide": [TREND], "shape": "round"}, "shape"),
        ({"slide": [TREND], "day": "tomorrow"}, "day"),
        ({"slide": [TREND], "else": "x"}, "else"),
        ({"slide": [TREND] * (deck.MOST_SLIDES + 1)}, "at most"),
    ],
)
def test_what_is_no_deck_is_refused_with_a_sentence(web, fields, words):
    answer = post(web, **fields)
    assert answer.status_code == 400, answer.get_data(as_text=True)[:200]
    assert words in said(answer) and len(said(answer)) < 800


def test_formats_that_hold_one_exhibit_are_no_deck(web):
    answer = post(web, "csv", slide=[TREND])
    assert answer.status_code == 404 and "json" in said(answer)


def test_another_sites_page_cannot_have_a_deck_made(web):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert web.post("/export/deck.json", data={"slide": TREND}, headers=headers).status_code == 403


def test_a_logo_is_a_small_picture_or_is_refused(web):
    def with_logo(body: bytes):
        return post(web, slide=[TREND], logo=(io.BytesIO(body), "logo.png"))

    assert with_logo(picture()).status_code == 200
    assert with_logo(picture("JPEG")).status_code == 200
    broken = (picture()[:40], b"\x89PNG\r\n\x1a\n" + bytes(50), b"<svg/>", picture("GIF"))
    for body in (*broken, picture(size=(5000, 1)), b"x" * 400_000):
        answer = with_logo(body)
        assert answer.status_code == 400 and "logo" in said(answer)
    assert with_logo(b"x" * 2_000_000).status_code == 413


def test_titles_and_notes_are_cleaned_and_cut(web):
    hostile = "\x00\u202e=1+1" + "x" * 500
    answer = post(web, slide=[TREND], title=[hostile], note=["a\x07b\nc"])
    title = answer.get_json()["exhibits"][0]["headline"]
    assert "\x00" not in title and "\u202e" not in title and len(title) <= deck.MOST_TITLE


def test_what_a_slide_holds(web):
    answer = web.get("/deck/slide", query_string={"slide": TREND}).get_json()
    build = web.get("/ready").get_json()["build"]
    assert answer["headline"] and "Ventura" in answer["subtitle"] and answer["build"] == build
    assert answer["current"] is True and answer["warnings"] == []
    wrong = web.get("/deck/slide", query_string={"slide": "/place#place-x"}).get_json()
    assert set(wrong) == {"error"} and wrong["error"].endswith(".")


@pytest.mark.parametrize("one", ["district", "region", "county", "school", "state", "apr"])
def test_ready_made_decks_fit_their_place_and_become_files(web, one):
    places = {"region": "R-SCO", "county": VENTURA, "state": ""}
    if one in ("district", "school", "apr"):
        level = "school" if one == "school" else "district"
        found = web.get(f"/export/compare.json?level={level}&county=56&exhibit=ranking").get_json()["exhibits"][0]["rows"]
        places[one] = max(found, key=lambda r: r["denominator"] or 0)["cds_code"]
    answer = web.get("/deck/ready", query_string={"deck": one, "place": places[one]})
    made = answer.get_json()
    assert answer.status_code == 200 and len(made["slides"]) >= 5, made
    assert len({s["slide"] for s in made["slides"]}) == len(made["slides"])
    assert all("build=" in s["slide"] and s["own"] for s in made["slides"])
    file = post(web, slide=[s["slide"] for s in made["slides"]], title=[s["title"] for s in made["slides"]])
    assert file.status_code == 200, said(file)
    assert [e["headline"] for e in file.get_json()["exhibits"]] == [s["title"] or s["own"] for s in made["slides"]]
    for s in made["slides"]:
        assert web.get("/deck/slide", query_string=s).get_json()["warnings"] == [], "no ready-made title claims too much"


def test_a_ready_made_deck_of_another_level_is_refused(web):
    assert web.get(f"/deck/ready?deck=school&place={VENTURA}").status_code == 400
    assert web.get("/deck/ready?deck=nothing").status_code == 404
    assert web.get("/deck/ready?deck=school&place=1").status_code == 400


def test_every_page_has_the_path_that_its_permalinks_name(web):
    import dash

    paths = {p["path"] for p in dash.page_registry.values()}
    assert {p.path for p in pages.values()} <= paths


def shown(headline: str, *words: str, cells: tuple[str, ...] = (), tags: tuple[str, ...] = ()) -> Shown:
    rows = tuple({"a": c} for c in cells)
    facts = [{"tag": t, "value": "", "title": "Suspension rate", "detail": ""} for t in tags]
    return Shown("x", headline, "Rate, 2024–25", Table("c", (), rows), lambda: None, words=words, extra={"facts": facts})  # type: ignore[arg-type, return-value]


CHANCE = shown(
    "Chronic absence at 22.3 percent; change could be chance",
    "The change from 2023–24, down 0.4 points, could be chance (n = 512).",
)
BETTER = shown(
    "Chronic absence fell to 22.3 percent, more than chance",
    "That is 1.7 points lower than in 2023–24 (better), more than chance explains (95 percent interval: −2.6 to −0.7).",
)


@pytest.mark.parametrize(
    ("title", "of", "warned"),
    [
        ("Chronic absence fell in Ventura", CHANCE, True),
        ("Absence is down by 0.4 points", CHANCE, True),
        ("Our attendance is improving", CHANCE, True),
        ("Fewer students miss school", CHANCE, True),
        ("Chronic absence rose", BETTER, True),
        ("Things got worse", BETTER, True),
        ("Absence fell because of our program", BETTER, True),
        ("Our outreach drove absence to 22.3 percent", BETTER, True),
        ("Significant drop in absence", BETTER, True),
        ("The lowest absence in the region", BETTER, True),
        ("Absence fell to 17.9 percent", BETTER, True),
        ("Absence fell to 22.3 percent", BETTER, False),
        ("Absence fell to 22 percent, more than chance", BETTER, False),
        ("Chronic absence improved in 2024–25", BETTER, False),
        ("Chronic absence down 1.7 points", BETTER, False),
        ("Where we stand in 2025", BETTER, False),
        ("How attendance looks at our schools", CHANCE, False),
        ("No change beyond chance", CHANCE, False),
        ("Suspension improved", shown("Key numbers", tags=("down 0.7 points (better)",)), False),
        ("Suspension improved", shown("Key numbers", tags=("could be chance",)), True),
        ("Chronic absence halved", BETTER, True),
        ("Absence fell everywhere", BETTER, True),
        ("22.3 percent of our schools are failing", BETTER, True),
        ("Suspension at 22.3 percent", BETTER, True),
        ("12 schools", shown("Schools", cells=("12",)), False),
        ("13 schools", shown("Schools", cells=("12",)), True),
    ],
)
def test_a_title_that_claims_more_than_its_exhibit_is_told(title, of, warned):
    found = claims.warnings(title, of)
    assert bool(found) == warned, found
    assert all(text.endswith(".") for text in found)


def test_no_exhibit_is_warned_of_its_own_sentences(web):
    """What the verdict allows is never called too much: every headline of every page, as if a reader had typed it."""
    checked = 0
    for page in pages:
        query = f"?place={VENTURA}" if page == "place" else ""
        answer = web.get(f"/export/{page}.json{query}")
        for exhibit in answer.get_json().get("exhibits", ()):
            link = f"{pages[page].path}{query}#{page}-{exhibit['key']}"
            for title in (exhibit["headline"] + " ", exhibit["headline"].upper()):
                found = web.get("/deck/slide", query_string={"slide": link, "title": title}).get_json()
                assert found.get("warnings") == [], (link, title, found)
                checked += 1
    assert checked > 40
