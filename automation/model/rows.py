"""Row types of every sheet with rows, generated from ``schemas/``: do not edit, run ``deliverybook schema rows``.

A field is ``None`` when its cell is empty or holds something that cannot be read as its kind (the data checks
say so). List values are codes, ``mref`` columns are tuples of ids, percentages run from 0 to 100, money is Decimal.
``row`` is the row number in Excel, from 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.model.rowtype import row_type

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from typing import NamedTuple

    class ProjectsRow(NamedTuple):
        """One row of projects (项目)."""

        row: int
        project_id: str | None
        name: str | None
        name_en: str | None
        customer_id: str | None
        deal_id: str | None
        objective: str | None
        objective_measure: str | None
        objective_target: float | None
        objective_actual: float | None
        scope_in: str | None
        scope_out: str | None
        constraints: str | None
        quality_goal: str | None
        project_manager: str | None
        customer_owner: str | None
        start_planned: date | None
        finish_deadline: date | None
        budget_total: Decimal | None
        baseline_on: date | None
        req_baseline_on: date | None
        phase: str | None
        status: str | None
        percent_complete: float | None
        forecast_finish: date | None
        slip_days: int | None
        budget_used: float | None
        health: str | None
        summary: str | None

    class CustomersRow(NamedTuple):
        """One row of customers (客户档案)."""

        row: int
        customer_id: str | None
        name: str | None
        customer_type: str | None
        industry: str | None
        company_size: str | None
        address: str | None
        phone: str | None
        email: str | None
        business_scope: str | None
        main_products: str | None
        market_position: str | None
        it_status: str | None
        pain_points: str | None
        dev_plan: str | None
        preferences: str | None
        tags: str | None
        tier: str | None
        tier_suggested: str | None
        account_manager: str | None
        source: str | None
        since: date | None
        status: str | None
        confidentiality: str | None
        revenue_total: Decimal | None
        orders_count: int | None
        last_contact: date | None
        satisfaction_latest: float | None
        profile_complete: float | None

    class ContactsRow(NamedTuple):
        """One row of contacts (联系人)."""

        row: int
        contact_id: str | None
        customer_id: str | None
        name: str | None
        title: str | None
        department: str | None
        role: str | None
        is_key: str | None
        phone: str | None
        email: str | None
        im: str | None
        preferred_channel: str | None
        language: str | None
        greet_consent: str | None
        birthday: date | None
        next_greeting: date | None
        active: str | None

    class DealsRow(NamedTuple):
        """One row of deals (商机与合同)."""

        row: int
        deal_id: str | None
        customer_id: str | None
        name: str | None
        kind: str | None
        source: str | None
        owner: str | None
        stage: str | None
        stage_since: date | None
        needs_summary: str | None
        competitors: str | None
        solution_summary: str | None
        expected_amount: Decimal | None
        probability: float | None
        expected_close: date | None
        next_step: str | None
        next_followup: date | None
        est_cost: Decimal | None
        risk_reserve: Decimal | None
        market_price: Decimal | None
        quote_amount: Decimal | None
        quote_valid_until: date | None
        margin: float | None
        tech_review: str | None
        finance_review: str | None
        legal_review: str | None
        contract_no: str | None
        signed_on: date | None
        contract_amount: Decimal | None
        contract_start: date | None
        contract_end: date | None
        delivery_terms: str | None
        service_terms: str | None
        payment_terms: str | None
        renewal_notice_days: int | None
        renewal_deal_id: str | None
        lost_reason: str | None
        weighted_amount: Decimal | None

    class RequirementsRow(NamedTuple):
        """One row of requirements (需求)."""

        row: int
        req_id: str | None
        project_id: str | None
        title: str | None
        title_en: str | None
        description: str | None
        category: str | None
        subtype: str | None
        source_channel: str | None
        source_contact: str | None
        feedback_id: str | None
        raised_on: date | None
        importance: int | None
        urgency: int | None
        priority_score: int | None
        priority: str | None
        feas_technical: str | None
        feas_cost: str | None
        feas_time: str | None
        feasibility: str | None
        est_effort: float | None
        est_cost: Decimal | None
        acceptance_criterion: str | None
        performance_target: str | None
        verify_method: str | None
        status: str | None
        status_since: date | None
        confirm_rounds: int | None
        confirmed_by: str | None
        confirmed_on: date | None
        baseline_text_hash: str | None
        owner: str | None
        conflict_with: tuple[str, ...]
        conflict_resolution: str | None
        task_count: int | None
        check_state: str | None

    class ChangesRow(NamedTuple):
        """One row of changes (需求变更)."""

        row: int
        change_id: str | None
        project_id: str | None
        req_id: str | None
        title: str | None
        title_en: str | None
        kind: str | None
        reason: str | None
        raised_by: str | None
        raised_on: date | None
        priority: str | None
        added_effort: float | None
        affected_tasks: tuple[str, ...]
        impact_days: float | None
        impact_cost: Decimal | None
        impact_quality: str | None
        impact_risk: str | None
        assessed_by: str | None
        assessed_on: date | None
        communicated_on: date | None
        communicated_channel: str | None
        decision: str | None
        approved_by: str | None
        approved_on: date | None
        implemented_on: date | None
        verified_on: date | None
        status: str | None

    class PlanRow(NamedTuple):
        """One row of plan (计划)."""

        row: int
        task_id: str | None
        wbs: str | None
        project_id: str | None
        phase: str | None
        name: str | None
        name_en: str | None
        kind: str | None
        req_ids: tuple[str, ...]
        owner: str | None
        resource_use: str | None
        duration: float | None
        predecessors: str | None
        constraint_kind: str | None
        constraint_date: date | None
        deadline: date | None
        baseline_start: date | None
        baseline_finish: date | None
        calc_start: date | None
        calc_finish: date | None
        total_float: float | None
        critical: str | None
        actual_start: date | None
        actual_finish: date | None
        percent_complete: float | None
        remaining_days: float | None
        updated_on: date | None
        forecast_start: date | None
        forecast_finish: date | None
        slip_days: float | None
        status: str | None
        delay_reason: str | None
        corrective_action: str | None
        optimistic_days: float | None
        pessimistic_days: float | None
        ev_method: str | None
        ev_milestones: str | None

    class ResourcesRow(NamedTuple):
        """One row of resources (资源)."""

        row: int
        resource_id: str | None
        name: str | None
        kind: str | None
        department: str | None
        role: str | None
        skills: str | None
        cost_rate: Decimal | None
        capacity: float | None
        available_from: date | None
        available_to: date | None
        email: str | None
        access_role: str | None
        windows_user: str | None
        peak_load: float | None

    class CostsRow(NamedTuple):
        """One row of costs (预算与成本)."""

        row: int
        cost_id: str | None
        project_id: str | None
        task_id: str | None
        category: str | None
        description: str | None
        planned_amount: Decimal | None
        planned_on: date | None
        actual_amount: Decimal | None
        actual_on: date | None
        approved_by: str | None
        variance: Decimal | None

    class RisksRow(NamedTuple):
        """One row of risks (风险)."""

        row: int
        risk_id: str | None
        project_id: str | None
        title: str | None
        title_en: str | None
        description: str | None
        category: str | None
        source: str | None
        identified_on: date | None
        probability: int | None
        impact: int | None
        exposure: int | None
        level: str | None
        previous_exposure: int | None
        task_ids: tuple[str, ...]
        response: str | None
        response_plan: str | None
        contingency: str | None
        trigger: str | None
        owner: str | None
        due: date | None
        review_cycle: int | None
        last_review: date | None
        next_review: date | None
        status: str | None
        residual_probability: int | None
        residual_impact: int | None
        cost_reserve: Decimal | None
        delay_days: float | None

    class ChecksRow(NamedTuple):
        """One row of checks (检查与测试)."""

        row: int
        check_id: str | None
        project_id: str | None
        kind: str | None
        req_id: str | None
        deliverable_id: str | None
        task_id: str | None
        step_id: str | None
        standard: str | None
        compare: str | None
        target_value: float | None
        actual_value: float | None
        unit: str | None
        planned_on: date | None
        executor: str | None
        witness: str | None
        executed_on: date | None
        result: str | None
        defect_severity: str | None
        problem: str | None
        resolution: str | None
        rework_owner: str | None
        rework_due: date | None
        rework_done: date | None
        recheck_of: str | None
        evidence: str | None

    class DeliverablesRow(NamedTuple):
        """One row of deliverables (交付物与文档)."""

        row: int
        deliverable_id: str | None
        project_id: str | None
        name: str | None
        name_en: str | None
        kind: str | None
        quantity: float | None
        unit: str | None
        standard: str | None
        req_ids: tuple[str, ...]
        milestone: str | None
        due: date | None
        owner: str | None
        version: str | None
        file_path: str | None
        delivered_on: date | None
        recipient: str | None
        accept_status: str | None
        accepted_by: str | None
        accepted_on: date | None
        accept_remark: str | None
        confidentiality: str | None

    class ServicesRow(NamedTuple):
        """One row of services (服务目录)."""

        row: int
        service_id: str | None
        customer_id: str | None
        deal_id: str | None
        name: str | None
        name_en: str | None
        kind: str | None
        content: str | None
        process_code: str | None
        window: str | None
        response_high: float | None
        response_medium: float | None
        response_low: float | None
        resolve_high: float | None
        resolve_medium: float | None
        resolve_low: float | None
        accuracy_target: float | None
        maintenance_cycle: int | None
        next_maintenance: date | None
        cost_budget: Decimal | None
        price: Decimal | None
        owner: str | None
        active_from: date | None
        active_to: date | None

    class RequestsRow(NamedTuple):
        """One row of requests (服务请求)."""

        row: int
        request_id: str | None
        customer_id: str | None
        contact_id: str | None
        service_id: str | None
        channel: str | None
        kind: str | None
        priority: str | None
        subject: str | None
        content: str | None
        received_at: datetime | None
        assigned_to: str | None
        responded_at: datetime | None
        customer_told_at: datetime | None
        eta: datetime | None
        resolved_at: datetime | None
        cause: str | None
        solution: str | None
        first_contact: str | None
        accurate: str | None
        rating: int | None
        closed_at: datetime | None
        status: str | None
        response_hours: float | None
        resolve_hours: float | None
        sla_response: str | None
        sla_resolve: str | None

    class FeedbackRow(NamedTuple):
        """One row of feedback (反馈)."""

        row: int
        feedback_id: str | None
        project_id: str | None
        customer_id: str | None
        contact_id: str | None
        kind: str | None
        channel: str | None
        touchpoint: str | None
        received_on: date | None
        period: str | None
        dimension: str | None
        score: float | None
        content: str | None
        info_class: str | None
        info_provider: str | None
        severity: str | None
        owner: str | None
        due: date | None
        replied_on: date | None
        reply: str | None
        root_cause: str | None
        action_id: str | None
        req_id: str | None
        status: str | None
        closed_on: date | None

    class EventsRow(NamedTuple):
        """One row of events (沟通与活动)."""

        row: int
        event_id: str | None
        project_id: str | None
        customer_id: str | None
        contact_id: str | None
        kind: str | None
        subject: str | None
        audience: str | None
        channel: str | None
        frequency: str | None
        planned_on: date | None
        held_on: date | None
        owner: str | None
        participants: str | None
        minutes: str | None
        decisions: str | None
        problems: str | None
        change_id: str | None
        request_id: str | None
        task_id: str | None
        target_segment: str | None
        budget: Decimal | None
        effect: str | None
        score: float | None
        status: str | None

    class ImprovementsRow(NamedTuple):
        """One row of improvements (改进与行动)."""

        row: int
        action_id: str | None
        project_id: str | None
        step_id: str | None
        kind: str | None
        driver: str | None
        need_source: str | None
        source_ref: str | None
        title: str | None
        description: str | None
        root_cause: str | None
        importance: int | None
        urgency: int | None
        priority_score: int | None
        funnel: str | None
        measure: str | None
        process_owner: str | None
        owner: str | None
        raised_on: date | None
        stage_since: date | None
        due: date | None
        done_on: date | None
        metric_id: str | None
        expected_effect: str | None
        effect: str | None
        effect_note: str | None
        lesson: str | None

    class ProcessesRow(NamedTuple):
        """One row of processes (流程与步骤)."""

        row: int
        step_id: str | None
        process_code: str | None
        process_name: str | None
        process_kind: str | None
        version: str | None
        step_no: int | None
        step_name: str | None
        owner: str | None
        served_customer: str | None
        customer_need: str | None
        input: str | None
        output: str | None
        instruction: str | None
        standard_hours: float | None
        resources_needed: str | None
        cost_per_run: Decimal | None
        transition_condition: str | None
        control_point: str | None
        control_measure: str | None
        exception_handling: str | None
        last_review: date | None
        review_cycle: int | None
        avg_hours: float | None
        bottleneck: str | None

    class MetricsRow(NamedTuple):
        """One row of metrics (指标与考核)."""

        row: int
        metric_id: str | None
        scope_kind: str | None
        scope_ref: str | None
        indicator: str | None
        period: str | None
        target: float | None
        actual: float | None
        unit: str | None
        direction: str | None
        benchmark: float | None
        source: str | None
        previous: float | None
        achievement: float | None
        trend: str | None
        evaluator: str | None
        reward: str | None
        reward_amount: Decimal | None
        comment: str | None

    class SettingsRow(NamedTuple):
        """One row of settings (参数)."""

        row: int
        key: str | None
        value: str | None
        unit: str | None
        description_zh: str | None
        description_en: str | None

    class CalendarRow(NamedTuple):
        """One row of calendar (日历)."""

        row: int
        date: date | None
        kind: str | None
        name_zh: str | None
        name_en: str | None
        greeting_day: str | None

    class PermissionsRow(NamedTuple):
        """One row of permissions (权限)."""

        row: int
        access_role: str | None
        sheet: str | None
        permission: str | None

    class FindingsRow(NamedTuple):
        """One row of findings (检查结果)."""

        row: int
        finding_id: str | None
        rule_id: str | None
        severity: str | None
        sheet: str | None
        row_key: str | None
        column: str | None
        cell: str | None
        message_zh: str | None
        message_en: str | None
        hint_zh: str | None
        hint_en: str | None
        value: str | None
        threshold: str | None
        owner: str | None
        first_seen: date | None
        last_seen: date | None
        status: str | None
        waive_reason: str | None

    class LogRow(NamedTuple):
        """One row of log (日志)."""

        row: int
        time: datetime | None
        user: str | None
        role: str | None
        action: str | None
        sheet: str | None
        row_key: str | None
        column: str | None
        old: str | None
        new: str | None
        document: str | None
        checksum: str | None

    class Rows(NamedTuple):
        """The rows of every sheet, in sheet order."""

        projects: tuple[ProjectsRow, ...]
        customers: tuple[CustomersRow, ...]
        contacts: tuple[ContactsRow, ...]
        deals: tuple[DealsRow, ...]
        requirements: tuple[RequirementsRow, ...]
        changes: tuple[ChangesRow, ...]
        plan: tuple[PlanRow, ...]
        resources: tuple[ResourcesRow, ...]
        costs: tuple[CostsRow, ...]
        risks: tuple[RisksRow, ...]
        checks: tuple[ChecksRow, ...]
        deliverables: tuple[DeliverablesRow, ...]
        services: tuple[ServicesRow, ...]
        requests: tuple[RequestsRow, ...]
        feedback: tuple[FeedbackRow, ...]
        events: tuple[EventsRow, ...]
        improvements: tuple[ImprovementsRow, ...]
        processes: tuple[ProcessesRow, ...]
        metrics: tuple[MetricsRow, ...]
        settings: tuple[SettingsRow, ...]
        calendar: tuple[CalendarRow, ...]
        permissions: tuple[PermissionsRow, ...]
        findings: tuple[FindingsRow, ...]
        log: tuple[LogRow, ...]

else:
    ProjectsRow = row_type(
        "ProjectsRow",
        "row project_id name name_en customer_id deal_id objective objective_measure objective_target "
        "objective_actual scope_in scope_out constraints quality_goal project_manager customer_owner "
        "start_planned finish_deadline budget_total baseline_on req_baseline_on phase status percent_complete "
        "forecast_finish slip_days budget_used health summary",
    )
    CustomersRow = row_type(
        "CustomersRow",
        "row customer_id name customer_type industry company_size address phone email business_scope "
        "main_products market_position it_status pain_points dev_plan preferences tags tier tier_suggested "
        "account_manager source since status confidentiality revenue_total orders_count last_contact "
        "satisfaction_latest profile_complete",
    )
    ContactsRow = row_type(
        "ContactsRow",
        "row contact_id customer_id name title department role is_key phone email im preferred_channel "
        "language greet_consent birthday next_greeting active",
    )
    DealsRow = row_type(
        "DealsRow",
        "row deal_id customer_id name kind source owner stage stage_since needs_summary competitors "
        "solution_summary expected_amount probability expected_close next_step next_followup est_cost "
        "risk_reserve market_price quote_amount quote_valid_until margin tech_review finance_review "
        "legal_review contract_no signed_on contract_amount contract_start contract_end delivery_terms "
        "service_terms payment_terms renewal_notice_days renewal_deal_id lost_reason weighted_amount",
    )
    RequirementsRow = row_type(
        "RequirementsRow",
        "row req_id project_id title title_en description category subtype source_channel source_contact "
        "feedback_id raised_on importance urgency priority_score priority feas_technical feas_cost feas_time "
        "feasibility est_effort est_cost acceptance_criterion performance_target verify_method status "
        "status_since confirm_rounds confirmed_by confirmed_on baseline_text_hash owner conflict_with "
        "conflict_resolution task_count check_state",
    )
    ChangesRow = row_type(
        "ChangesRow",
        "row change_id project_id req_id title title_en kind reason raised_by raised_on priority added_effort "
        "affected_tasks impact_days impact_cost impact_quality impact_risk assessed_by assessed_on "
        "communicated_on communicated_channel decision approved_by approved_on implemented_on verified_on "
        "status",
    )
    PlanRow = row_type(
        "PlanRow",
        "row task_id wbs project_id phase name name_en kind req_ids owner resource_use duration predecessors "
        "constraint_kind constraint_date deadline baseline_start baseline_finish calc_start calc_finish "
        "total_float critical actual_start actual_finish percent_complete remaining_days updated_on "
        "forecast_start forecast_finish slip_days status delay_reason corrective_action optimistic_days "
        "pessimistic_days ev_method ev_milestones",
    )
    ResourcesRow = row_type(
        "ResourcesRow",
        "row resource_id name kind department role skills cost_rate capacity available_from available_to "
        "email access_role windows_user peak_load",
    )
    CostsRow = row_type(
        "CostsRow",
        "row cost_id project_id task_id category description planned_amount planned_on actual_amount "
        "actual_on approved_by variance",
    )
    RisksRow = row_type(
        "RisksRow",
        "row risk_id project_id title title_en description category source identified_on probability impact "
        "exposure level previous_exposure task_ids response response_plan contingency trigger owner due "
        "review_cycle last_review next_review status residual_probability residual_impact cost_reserve "
        "delay_days",
    )
    ChecksRow = row_type(
        "ChecksRow",
        "row check_id project_id kind req_id deliverable_id task_id step_id standard compare target_value "
        "actual_value unit planned_on executor witness executed_on result defect_severity problem resolution "
        "rework_owner rework_due rework_done recheck_of evidence",
    )
    DeliverablesRow = row_type(
        "DeliverablesRow",
        "row deliverable_id project_id name name_en kind quantity unit standard req_ids milestone due owner "
        "version file_path delivered_on recipient accept_status accepted_by accepted_on accept_remark "
        "confidentiality",
    )
    ServicesRow = row_type(
        "ServicesRow",
        "row service_id customer_id deal_id name name_en kind content process_code window response_high "
        "response_medium response_low resolve_high resolve_medium resolve_low accuracy_target "
        "maintenance_cycle next_maintenance cost_budget price owner active_from active_to",
    )
    RequestsRow = row_type(
        "RequestsRow",
        "row request_id customer_id contact_id service_id channel kind priority subject content received_at "
        "assigned_to responded_at customer_told_at eta resolved_at cause solution first_contact accurate "
        "rating closed_at status response_hours resolve_hours sla_response sla_resolve",
    )
    FeedbackRow = row_type(
        "FeedbackRow",
        "row feedback_id project_id customer_id contact_id kind channel touchpoint received_on period "
        "dimension score content info_class info_provider severity owner due replied_on reply root_cause "
        "action_id req_id status closed_on",
    )
    EventsRow = row_type(
        "EventsRow",
        "row event_id project_id customer_id contact_id kind subject audience channel frequency planned_on "
        "held_on owner participants minutes decisions problems change_id request_id task_id target_segment "
        "budget effect score status",
    )
    ImprovementsRow = row_type(
        "ImprovementsRow",
        "row action_id project_id step_id kind driver need_source source_ref title description root_cause "
        "importance urgency priority_score funnel measure process_owner owner raised_on stage_since due "
        "done_on metric_id expected_effect effect effect_note lesson",
    )
    ProcessesRow = row_type(
        "ProcessesRow",
        "row step_id process_code process_name process_kind version step_no step_name owner served_customer "
        "customer_need input output instruction standard_hours resources_needed cost_per_run "
        "transition_condition control_point control_measure exception_handling last_review review_cycle "
        "avg_hours bottleneck",
    )
    MetricsRow = row_type(
        "MetricsRow",
        "row metric_id scope_kind scope_ref indicator period target actual unit direction benchmark source "
        "previous achievement trend evaluator reward reward_amount comment",
    )
    SettingsRow = row_type("SettingsRow", "row key value unit description_zh description_en")
    CalendarRow = row_type("CalendarRow", "row date kind name_zh name_en greeting_day")
    PermissionsRow = row_type("PermissionsRow", "row access_role sheet permission")
    FindingsRow = row_type(
        "FindingsRow",
        "row finding_id rule_id severity sheet row_key column cell message_zh message_en hint_zh hint_en "
        "value threshold owner first_seen last_seen status waive_reason",
    )
    LogRow = row_type("LogRow", "row time user role action sheet row_key column old new document checksum")
    Rows = row_type(
        "Rows",
        "projects customers contacts deals requirements changes plan resources costs risks checks "
        "deliverables services requests feedback events improvements processes metrics settings calendar "
        "permissions findings log",
    )

ROW_TYPES: dict[str, Any] = {
    "projects": ProjectsRow,
    "customers": CustomersRow,
    "contacts": ContactsRow,
    "deals": DealsRow,
    "requirements": RequirementsRow,
    "changes": ChangesRow,
    "plan": PlanRow,
    "resources": ResourcesRow,
    "costs": CostsRow,
    "risks": RisksRow,
    "checks": ChecksRow,
    "deliverables": DeliverablesRow,
    "services": ServicesRow,
    "requests": RequestsRow,
    "feedback": FeedbackRow,
    "events": EventsRow,
    "improvements": ImprovementsRow,
    "processes": ProcessesRow,
    "metrics": MetricsRow,
    "settings": SettingsRow,
    "calendar": CalendarRow,
    "permissions": PermissionsRow,
    "findings": FindingsRow,
    "log": LogRow,
}
