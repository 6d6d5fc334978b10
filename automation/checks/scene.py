"""What a check may look at beside its own table.

Not here: the checks.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from automation.base.records import dataclass
from automation.checks.transitions import last_steps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from automation.checks.transitions import Steps
    from automation.model.project import Project
    from automation.schema.catalogue import Catalogue


@dataclass(frozen=True)
class Scene:
    """The whole project, the catalogue and the day at whose end everything stands."""

    project: Project
    catalogue: Catalogue
    status_date: date

    @cached_property
    def steps(self) -> Mapping[str, Steps]:
        """The last logged change of every cell, by sheet."""
        return last_steps(self.project, self.catalogue)
