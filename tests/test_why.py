"""Every exhibit with numbers answers "Why doesn't this match?": the files, the rule, and the SQL that made them."""

from components.page import pages

WITHOUT_NUMBERS = {
    ("data", "sources"),
    ("data", "checks"),
    ("methods", "framework"),
    ("methods", "regions"),
    ("methods", "local"),
    ("apr", "dates"),
}
"""Lists of files, findings and names, which nobody compares with a number of their own."""
CHOICE = "place=56000000000000&level=district&peers=all"


LEA = "place=19900110000000"
OWN = ("services", "my_schools")
"""Pages of grantees' own files: without local data they have no number (tests/test_local_pages.py)."""


def test_every_number_says_how_it_came_about(web):
    assert len(pages) > 8
    for page, made in pages.items():
        if page in OWN:
            continue
        choice = CHOICE if made.tray or page == "place" else LEA if page == "apr" else ""
        answer = web.get(f"/export/{page}.json?{choice}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        for shown in answer.get_json()["exhibits"]:
            if (page, shown["key"]) not in WITHOUT_NUMBERS:
                assert any("select" in said for said in shown["why"].values()), (page, shown["key"])
