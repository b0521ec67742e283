"""What the codes in student files mean, in words: kinds of rows, codes that a district maps, student groups and pillars."""

from components.i18n import _
from data import framework, registry

NEWEST = 9999
"""Groups are called as the newest files call them."""


def texts() -> dict[str, str]:
    """part_<part>, code_<map>_<code>, group_<line> and pillar_<n>, each with its words."""
    return _parts() | _codes() | _groups()


def _parts() -> dict[str, str]:
    """What a row of a file is, by the parts of data/reference/local/feeds.csv."""
    return {
        "part_attendance": _("Attendance of one student (to date or in one month)"),
        "part_days": _("One student on one day"),
        "part_incident": _("One student in one incident"),
        "part_result": _("One result of an incident for one student"),
        "part_offense": _("One offense of an incident"),
        "part_students": _("One student with groups (grade, race, programs)"),
        "part_services": _("One service, or one referral"),
        "part_partners": _("One partner at one school"),
        "part_organization": _("One partner organization"),
        "part_offering": _("One service that a partner offers"),
        "part_place": _("One school of a partner"),
        "part_calendar": _("One school day"),
    }


def _codes() -> dict[str, str]:
    """What the codes of data/reference/local/code_maps.csv mean, for those who map their own."""
    return {
        "code_yes_yes": _("Yes"),
        "code_yes_no": _("No"),
        "code_attendance_code_P": _("Present"),
        "code_attendance_code_E": _("Absent, excused"),
        "code_attendance_code_U": _("Absent, unexcused"),
        "code_attendance_code_S": _("Out-of-school suspension"),
        "code_attendance_code_I": _("In-school suspension"),
        "code_attendance_code_N": _("Incomplete independent study"),
        "code_attendance_event_enter": _("Entered"),
        "code_attendance_event_leave": _("Left"),
        "code_english_learner_yes": _("English learner"),
        "code_english_learner_no": _("Not an English learner"),
        "code_grade_none": _("No grade"),
        "code_result_out_of_school": _("Out-of-school suspension"),
        "code_result_in_school": _("In-school suspension"),
        "code_result_expulsion": _("Expulsion"),
        "code_result_restorative": _("Restorative or another means of correction"),
        "code_result_other": _("Another result"),
        "code_result_none": _("No result"),
        "code_offense_defiance": _("Defiance or disruption only"),
        "code_offense_other": _("Another offense"),
        "code_delivered_yes": _("Delivered"),
        "code_delivered_no": _("Not delivered"),
        "code_unit_session": _("Session"),
        "code_unit_minute": _("Minute"),
        "code_unit_hour": _("Hour"),
        "code_unit_day": _("Day"),
        "code_unit_meal": _("Meal"),
        "code_unit_item": _("Item"),
        "code_partner_status_active": _("Active"),
        "code_partner_status_inactive": _("Not active"),
    }


def _groups() -> dict[str, str]:
    """Student groups and pillars in the registry's words."""
    lines = {g.line for g in registry.student_groups if g.vocabulary == "dataquest"}
    groups = {f"group_{line}": _(registry.group_in("dataquest", line, NEWEST).label) for line in lines}
    return groups | {f"pillar_{e.code[-1]}": _(e.name) for e in framework.elements if e.code.startswith("PIL")}
