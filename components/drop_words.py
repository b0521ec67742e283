"""Every sentence of the upload section. The browser's modules (engine/*.js) name them and fill in the values.

A pair is a sentence in its two forms, for one and for many `n`.
"""

from components import drop_codes
from components.i18n import _, ngettext

Text = str | tuple[str, str]


def _many(one: str, many: str) -> tuple[str, str]:
    return ngettext(one, many, 1), ngettext(one, many, 2)


def texts() -> dict[str, Text]:
    """name -> sentence, with its places for values unfilled."""
    return {**_reading(), **_settling(), **_checking(), **_exact(), **_preview(), **_publishing(), **drop_codes.texts()}


def _reading() -> dict[str, Text]:
    return {
        "choose": _("Files about students"),
        "or_drop": _(
            "or drop them here. CSV files or CALPADS extracts, several at once. Save the sheet of an Excel workbook (.xlsx) as "
            "CSV first."
        ),
        "starting": _("Getting the engine ready …"),
        "reading": _("Reading %(file)s …"),
        "read": _many("Read %(file)s: %(n)s row.", "Read %(file)s: %(n)s rows."),
        "counting": _many("Checking %(n)s rule …", "Checking %(n)s rules …"),
        "adding_up": _("Counting …"),
        "waiting": _("Some questions below need an answer before the files can be counted."),
        "done": _("Done. Nothing has left this computer."),
        "removed": _("%(file)s was taken out."),
        "no_engine": _(
            "The engine that counts inside the browser could not start here. Nothing was read and nothing was sent. Use a recent "
            "Chrome, Edge or Firefox, or count on your own computer with: python -m data local check FILE"
        ),
        "unsafe_address": _(
            "This page was opened under an address that others on the way could change, so it does not read student files. "
            "Open it under https:// or on this computer as http://localhost."
        ),
        "failed": _("The files could not be counted in this browser. Nothing was kept and nothing was sent."),
        "nothing_read": _("There is no file to count yet."),
        "trouble": _("%(file)s: %(sentence)s"),
        "old_page": _("This page is older than the server. Reload it and choose the files again."),
        "workbook": _(
            "This is a workbook. Save its sheet as CSV, or use the command line, which reads it: python -m data local check FILE"
        ),
        "too_large": _("This is larger than a browser can count. Use the command line: python -m data local check FILE"),
        "files_title": _("Your files"),
        "files_caption": _("The files that are counted. They are read in this tab and stay on this computer."),
        "column_file": _("File"),
        "column_layout": _("Layout"),
        "column_records": _("Records"),
        "column_records_up": _("Records, up to the next hundred"),
        "column_hash": _("SHA-256 of the file"),
        "column_remove": _("Take out"),
        "remove": _("Take out %(file)s"),
        "remove_short": _("Take out"),
        "not_known": _("Not known yet"),
        "saved_columns": _("%(part)s (columns as you chose before)"),
        "layout_mapped": _("Columns as you chose"),
        "own_columns": _("%(part)s (columns as you chose)"),
    }


def _settling() -> dict[str, Text]:
    return {
        "about_title": _("Which district, which year, up to which month?"),
        "district": _("District: CDS code or name"),
        "district_hint": _("Seven or fourteen digits. Student rows of other districts are not counted."),
        "district_ask": _("Please give the district whose files these are."),
        "district_unknown": _("No district has this code or name. Write the seven digits of its CDS code."),
        "year": _("School year"),
        "through": _("Counted up to the end of"),
        "through_hint": _("Only months that are over: a month is published once, when it is closed."),
        "count": _("Check and count"),
        "count_again": _("Count again"),
        "mapping_title": _("What do the columns of %(file)s mean?"),
        "mapping_about": _("The layout of this file is not known. Choose what a row is, then which column holds what."),
        "mapping_near": _(
            "This looks like %(near)s. Export it again with every column, or choose what a row is, then which column holds what."
        ),
        "mapping_kept": _(
            "Your choice is kept in this browser, as names of columns only, and used again for files with the same header."
        ),
        "mapping_samples": _("Under each choice stand a few values of that column, on this screen only: never kept, never sent."),
        "mapping_sample": _("In the file: %(values)s"),
        "mapping_sample_none": _("The first rows of the file are empty here."),
        "mapping_required": _("%(column)s (needed)"),
        "mapping_part": _("One row of this file is"),
        "mapping_none": _("(not in this file)"),
        "mapping_use": _("Use these columns"),
        "mapping_missing": _("Please choose a column for: %(columns)s."),
        "mapping_either": _("%(one)s or %(other)s"),
        "codes_title": _("What do these codes mean?"),
        "codes_about": _(
            "Districts use codes of their own. Until a code has a meaning, the rows that hold it are not counted in what depends "
            "on it."
        ),
        "codes_label": _("%(column)s “%(value)s”"),
        "codes_rows": _many("%(n)s record", "%(n)s records"),
        "codes_none": _("(leave out)"),
        "codes_use": _("Use these meanings and count again"),
    }


def _checking() -> dict[str, Text]:
    return {
        "checkup_title": _("Check-up"),
        "checkup_clean": _("Every rule was kept. There is nothing to repair."),
        "checkup_stop": _("What must be fixed before anything can be published"),
        "checkup_stop_about": _("As long as one of these stands, the counts may be wrong or the file may hold what it must not."),
        "checkup_person": _("What needs a person"),
        "checkup_person_about": _("Fix these in your own system and export the file again, or publish knowing of them."),
        "checkup_repaired": _("What was repaired while reading"),
        "checkup_repaired_about": _("Your file was not changed. The counts below take these repairs as made."),
        "checkup_note": _("What is worth knowing"),
        "checkup_note_about": _("Nothing has to be done about these."),
        "column_found": _("What was found"),
        "column_count": _("How many"),
        "column_where": _("Where"),
        "show_records": _("Show records"),
        "more_records": _many("and %(n)s more", "and %(n)s more"),
        "record_value": _("%(file)s, record %(record)s, %(column)s: %(value)s"),
        "record_only": _("%(file)s, record %(record)s"),
        "blank": _("(blank)"),
        "fix_list": _("Download the fix list (CSV)"),
        "fix_list_about": _("The fix list names records of students: it is made in this browser and stays with you."),
    }


def _exact() -> dict[str, Text]:
    return {
        "exact_title": _("Your figures"),
        "exact_about": _(
            "The exact figures are for you, who hold the files: they stand in this page until you leave it and are kept nowhere. "
            "Beside them is what everybody could see once they are published."
        ),
        "exact_caption": _("%(place)s: exact figures beside those that would be published"),
        "bands_open": _("By bands: days absent and number of contacts"),
        "bands_caption": _("%(place)s by bands: exact figures beside those that would be published"),
        "exact_none": _("There is nothing to count for this choice yet."),
        "choose_place": _("Place"),
        "choose_group": _("Student group"),
        "column_measure": _("Measure"),
        "column_exact": _("Exact, for you only"),
        "column_published": _("Would be published (and a whole percent)"),
        "measure_band": _("%(measure)s: %(band)s"),
        "measure_pillar": _("%(measure)s, %(pillar)s"),
        "share": _("%(percent)s % (%(value)s of %(whole)s)"),
        "none_of_none": _("none yet"),
        "withheld": _("withheld"),
        "rounded_share": _("%(value)s of %(whole)s"),
        "one_or_other": _("%(low)s or %(high)s"),
    }


def _preview() -> dict[str, Text]:
    return {
        "preview_title": _("What would leave this computer"),
        "preview_about": _many(
            "Only this: %(n)s count, %(hidden)s of them hidden before it is sent, the hashes of your files and how often each "
            "rule failed. No name, no number of a student, no date of birth, no row. %(size)s KB.",
            "Only this: %(n)s counts, %(hidden)s of them hidden before they are sent, the hashes of your files and how often "
            "each rule failed. No name, no number of a student, no date of birth, no row. %(size)s KB.",
        ),
        "preview_files": _("Files: the kind and the hash travel, the name does not"),
        "preview_summary": _("Counts by what they count"),
        "preview_every": _("Every count as it would be sent"),
        "preview_every_open": _("Show every count"),
        "preview_raw": _("Show the text that would be sent"),
        "preview_raw_label": _("The text that would be sent, as JSON"),
        "preview_save": _("Save this text as a file"),
        "column_fact": _("What is counted"),
        "column_cells": _("Counts"),
        "column_hidden": _("Of them hidden"),
        "hidden": _("hidden"),
        "in_days": _many("%(n)s day", "%(n)s days"),
        "rows_to": _("Rows %(first)s to %(last)s of %(n)s"),
        "previous": _("Previous"),
        "next": _("Next"),
        "key_fact": _("What"),
        "key_level": _("Level"),
        "key_entity": _("Place"),
        "key_month": _("Month"),
        "key_span": _("Span"),
        "key_service": _("Service"),
        "key_student_group": _("Students"),
        "key_band": _("Band"),
        "key_value": _("Count"),
        "is_school": _("School"),
        "is_district": _("District"),
        "is_month": _("That month"),
        "is_ytd": _("Year to date"),
        "is_all": _("All"),
    }


def _publishing() -> dict[str, Text]:
    return {
        "publish_title": _("Publish"),
        "publish_about": _(
            "The counts above are sent to this server, which rounds them, tries to break them, and only then shows them for "
            "%(place)s. You can withdraw them at any time."
        ),
        "publish": _("Publish these counts"),
        "publishing": _("Sending the counts …"),
        "published": _("Published for %(place)s. What was sent is exactly the text above."),
        "see_published": _("See what is published now"),
        "withdraw": _("Withdraw what is published"),
        "withdrawn": _("Withdrawn: nothing from your files is shown for %(place)s any more."),
        "publish_stopped": _("These counts cannot be published yet: see what must be fixed in the check-up above."),
        "publish_nothing": _("There is nothing to publish: these files hold no student or service of a known school."),
        "publish_refused": _("The server did not take it: %(sentence)s Nothing was published."),
        "publish_no_answer": _("The server did not answer. Nothing was published; you can try again."),
        "publish_closed": _(
            "This server does not take local counts, so nothing was published. Publishing is possible on a server that runs on "
            "this computer with RTAC_LOCAL=on. The check-up and the figures above hold all the same."
        ),
    }
