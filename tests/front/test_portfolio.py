"""What a portfolio shows of the demonstration project."""

from datetime import date

from automation.commands.portfolio import facts
from automation.front.runner import open_book
from automation.front.session import Common


def test_the_facts_are_those_of_the_demonstration_project(demo):
    (found,) = facts(open_book(demo.book, Common(status_date=date(2026, 6, 12))))
    assert (found.project_id, found.manager, found.health) == ("PRJ-001", "王志强", "red")
    assert (found.percent_complete, found.planned_percent) == (55.2, 71.4)
    assert (found.baseline_finish, found.forecast_finish, found.slip_days) == (date(2026, 8, 28), date(2026, 9, 17), 14)
    assert (found.budget, found.actual_cost, found.currency) == (1_980_000, 1_428_000, "CNY")
    assert found.satisfaction == 3.7
    assert found.high_risks == 6
    assert [one.forecast for one in found.milestones][-1] == date(2026, 9, 17)
