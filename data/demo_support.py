"""The contacts and events of the demonstration: invented offices of two regions and two of their counties, and no persons.

Fixed rows, whatever the seed. Addresses end in .example and telephones in 555-01xx: neither reaches anybody. One series in each
region runs to the end of the program (June 30, 2032), so that a build of any day until then has an event to show.
"""

import csv
import io
from pathlib import Path

CONTACTS = (
    ("R-BAY", "Demonstration Center, Bay Area: data team", "Reading attendance and discipline data", "data@bay.example",
     "(555) 555-0101", "2026-07-01", "", "Answers within three working days"),
    ("R-BAY", "Demonstration Center, Bay Area: coaching team", "Coaching of site leadership teams", "coaching@bay.example",
     "(555) 555-0102", "2026-07-01", "2032-06-30", ""),
    ("43", "Demonstration County Team, Santa Clara", "Coordination between grantees", "teams@santa-clara.example", "",
     "2026-08-15", "", ""),
    ("R-CCO", "Demonstration Center, Central Coast: front desk", "Every question about the program", "desk@coast.example",
     "(555) 555-0103", "2026-07-01", "", ""),
    ("56", "Demonstration County Team, Ventura", "Attendance routines, and who helps with what", "teams@ventura.example",
     "(555) 555-0104 ext. 12", "2026-08-15", "", "Spanish and English"),
)  # fmt: skip
EVENTS = (
    ("R-BAY", "2026-09-08", "2032-06-30", "Open hour for data questions", "office hours", "Online, every second Tuesday",
     "Anyone who reads these pages", "No registration"),
    ("R-BAY", "2027-02-10", "2027-02-11", "Looking at attendance together", "training", "Online",
     "Site leadership teams", "Write to the data team until January 29"),
    ("43", "2027-03-04", "", "County convening of community schools", "convening", "At the county team",
     "Grantees of the county", "Write to the county team"),
    ("R-CCO", "2026-09-10", "2032-06-30", "Drop-in hour of the regional center", "office hours", "Online, every month",
     "Grantees and county offices", "No registration"),
    ("56", "2027-04-22", "", "From numbers to routines", "training", "At the county team", "Site teams and principals",
     "Write to the county team"),
)  # fmt: skip


def write(folder: Path) -> list[Path]:
    """Write `contacts.csv` and `events.csv` in the templates' columns and return their paths."""
    headers = (
        "region_or_county,office_or_team,topic,office_email,office_phone,valid_from,valid_to,note",
        "region_or_county,date,end_date,title,kind,place_or_online,audience,how_to_register",
    )
    paths = []
    for name, header, rows in zip(("contacts", "events"), headers, (CONTACTS, EVENTS), strict=True):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([header.split(","), *rows])
        path = folder / f"{name}.csv"
        path.write_bytes(text.getvalue().encode())
        paths.append(path)
    return paths
