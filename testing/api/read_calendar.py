# Reads a calendar as those who show calendars do, and writes what stands in it, one a line:
# the day, the summary, the description, when one is reminded.
import sys

from icalendar import Calendar

calendar = Calendar.from_ical(sys.stdin.buffer.read())
assert calendar["VERSION"] == "2.0" and calendar["PRODID"], calendar
assert not calendar.errors, calendar.errors
uids = set()
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    assert event["DTSTAMP"] and event["UID"] not in uids, event
    uids.add(event["UID"])
    assert (event.decoded("DTEND") - event.decoded("DTSTART")).days == 1, event
    alarms = [alarm.decoded("TRIGGER").isoformat() for alarm in event.walk("VALARM")]
    words = [str(event.get(name, "")) for name in ("SUMMARY", "DESCRIPTION")]
    print("|".join([event.decoded("DTSTART").isoformat(), *words, *alarms]))
