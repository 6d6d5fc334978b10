"""Plans of other programs through the command line: which command takes which file, and what programs get."""

import pytest

PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project">
  <StartDate>2026-03-02T08:00:00</StartDate><ScheduleFromStart>1</ScheduleFromStart><CalendarUID>1</CalendarUID>
  <MinutesPerDay>480</MinutesPerDay><MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth>
  <Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>{days}</WeekDays>
  </Calendar></Calendars>
  <Tasks>
    <Task><UID>1</UID><ID>1</ID><Name>Dig</Name><OutlineLevel>1</OutlineLevel><OutlineNumber>1</OutlineNumber>
      <Duration>PT16H0M0S</Duration><Type>1</Type></Task>
    <Task><UID>2</UID><ID>2</ID><Name>Fill</Name><OutlineLevel>1</OutlineLevel><OutlineNumber>2</OutlineNumber>
      <Duration>PT8H0M0S</Duration><Type>1</Type>
      <PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag><LagFormat>7</LagFormat>
      </PredecessorLink></Task>
  </Tasks>
</Project>
"""
DAY = """<WeekDay><DayType>{number}</DayType><DayWorking>1</DayWorking><WorkingTimes>
<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>
<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>"""
FIELDS = {
    "uid", "name", "summary", "start", "finish", "early_start", "early_finish", "late_start", "late_finish",
    "total_slack_minutes", "free_slack_minutes", "critical", "driver",
}  # fmt: skip
INSTANCE = """
************************************************************************
jobs (incl. supersource/sink ):  4
horizon                       :  9
RESOURCES
  - renewable                 :  1   R
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
------------------------------------------------------------------------
  1      1     0       0
  2      1     4       2
  3      1     5       1
  4      1     0       0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1
    2
************************************************************************
"""


@pytest.fixture
def plan(tmp_path):
    days = "".join(DAY.format(number=number) for number in range(2, 7))
    path = tmp_path / "plan.xml"
    path.write_text(PLAN.format(days=days), encoding="utf-8")
    return path


@pytest.fixture
def instance(tmp_path):
    path = tmp_path / "small.sm"
    path.write_text(INSTANCE, encoding="utf-8")
    return path


@pytest.mark.parametrize("policy", [(), ("--policy", "ms"), ("--policy", "data-date")])
def test_a_plan_of_microsoft_project_is_scheduled_with_its_lag(run, plan, policy):
    result = run("reschedule", plan, *policy, "--format", "json")
    first, second = result.json["tasks"]
    assert result.exit == 0
    assert first.keys() >= FIELDS
    assert (first["start"], first["finish"]) == ("2026-03-02T08:00", "2026-03-03T17:00")
    assert (second["start"], second["finish"]) == ("2026-03-05T08:00", "2026-03-05T17:00")
    assert second["critical"]


def test_people_get_a_table_in_their_language(run, plan):
    assert "Driven by" in run("reschedule", plan, "--lang", "en").out
    assert "Fill" in run("reschedule", plan, "--lang", "zh").out


def test_an_instance_is_levelled_to_the_best_makespan(run, instance):
    result = run("level", instance, "--seconds", "0.2", "--format", "json").json
    assert result["makespan"] == 9
    assert min(result["starts"][1:3]) == 0
    assert result["seconds"] < 5


def test_a_plan_is_simulated_and_levelled_too(run, plan):
    simulated = run(
        "simulate", plan, "--iterations", "200", "--seed", "1", "--spread", "80-150", "--format", "json"
    ).json
    assert set(simulated["figures"]["percentiles"]) == {"p10", "p50", "p80", "p90"}
    assert set(simulated["figures"]["criticality"].values()) == {1.0}
    assert run("level", plan, "--format", "json").exit == 0


def test_a_task_of_a_plan_is_explained_by_number_or_by_name(run, plan):
    by_number = run("explain", plan, "2", "--lang", "en").out
    assert "2 'Fill' can start only after 1 'Dig' finishes (+1 working day)" in by_number
    assert run("explain", plan, "Fill", "--lang", "en").out == by_number
    assert run("explain", plan, "9").exit == 2


@pytest.mark.parametrize("words", [("check",), ("forecast",), ("reschedule",)])
def test_a_command_that_does_not_take_the_file_says_which_do(run, instance, words):
    refused = run(*words, instance, "--lang", "en")
    assert refused.exit == 2
    assert "[PLAN_FILE]" in refused.err
    assert "simulate" in refused.err


def test_what_is_no_plan_is_one_line(run, tmp_path):
    path = tmp_path / "plan.xml"
    path.write_text("<html></html>", encoding="utf-8")
    refused = run("reschedule", path)
    assert refused.exit == 2
    assert refused.err.count("\n") == 1


def test_an_unknown_policy_names_the_two(run, plan):
    refused = run("reschedule", plan, "--policy", "p6", "--lang", "en")
    assert refused.exit == 2
    assert "ms or data-date" in refused.err
