"""Every rule of the deviations floor: to add one, write it in its module and, for a new module, add a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.deviations import (
    calendars,
    care_rules,
    changes,
    check_rules,
    communication_rules,
    cost_rules,
    customer_rules,
    delays,
    deliverable_rules,
    feedback_rules,
    improvement_rules,
    indicator_rules,
    process_rules,
    realisation,
    requirement_reviews,
    requirements,
    resource_rules,
    risks,
    sales,
    satisfaction_rules,
    schedule,
    security_rules,
    service_months,
    service_rules,
    structure,
)

if TYPE_CHECKING:
    from automation.base.rules import Rule

SUBJECTS: tuple[tuple[Rule, ...], ...] = (
    calendars.RULES,
    requirements.RULES,
    requirement_reviews.RULES,
    realisation.RULES,
    changes.RULES,
    schedule.RULES,
    delays.RULES,
    structure.RULES,
    resource_rules.RULES,
    risks.RULES,
    cost_rules.RULES,
    check_rules.RULES,
    deliverable_rules.RULES,
    customer_rules.RULES,
    sales.RULES,
    service_rules.RULES,
    service_months.RULES,
    feedback_rules.RULES,
    satisfaction_rules.RULES,
    communication_rules.RULES,
    care_rules.RULES,
    improvement_rules.RULES,
    process_rules.RULES,
    indicator_rules.RULES,
    security_rules.RULES,
)
RULES: tuple[Rule, ...] = tuple(sorted((rule for rules in SUBJECTS for rule in rules), key=lambda rule: rule.id))
"""Every rule in the order of its id."""
