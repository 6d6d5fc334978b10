"""Documents for staff and management."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.document.kind import Document, later

DOCUMENTS: tuple[Document, ...] = (
    Document(
        id="D25",
        name=Text("培训计划与记录", "Training plan and record"),
        audience="internal",
        context=later("training", "training_record"),
        sheet="projects",
        sheets=(
            "events",
            "resources",
        ),
    ),
    Document(
        id="D26",
        name=Text("绩效考核表", "Appraisal sheet"),
        audience="internal",
        context=later("appraisal_sheet", "appraisal_sheet"),
        sheet="resources",
        sheets=(
            "metrics",
            "resources",
        ),
    ),
    Document(
        id="D28",
        name=Text("数据检查报告", "Data check and deviation report"),
        audience="internal",
        context=later("data_report", "data_report"),
        sheet="projects",
        sheets=(),
    ),
    Document(
        id="D29",
        name=Text("流程优化需求申报表", "Process-optimisation need"),
        audience="internal",
        context=later("declaration", "declaration"),
        sheet="improvements",
        sheets=(
            "improvements",
            "processes",
        ),
    ),
)
