"""Row types of every sheet with rows, generated from ``schemas/``: do not edit, run ``deliverybook schema rows``.

A field is ``None`` when its cell is empty or holds something that cannot be read as its kind (the data checks
say so). List values are codes, ``mref`` columns are tuples of ids, percentages run from 0 to 100, money is Decimal.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple


class ProjectsRow(NamedTuple):
    """One row of projects (项目)."""

    row: int
    """Row number in Excel, from 1."""
    project_id: str | None
    """Project ID."""
    name: str | None
    """Project name."""
    name_en: str | None
    """Project name (EN)."""
    customer_id: str | None
    """Customer."""
    deal_id: str | None
    """Deal."""
    objective: str | None
    """Objective."""
    objective_measure: str | None
    """Objective measure."""
    objective_target: float | None
    """Objective target."""
    objective_actual: float | None
    """Objective actual."""
    scope_in: str | None
    """Scope: included."""
    scope_out: str | None
    """Scope: excluded."""
    constraints: str | None
    """Constraints."""
    quality_goal: str | None
    """Quality goal."""
    project_manager: str | None
    """Project manager."""
    customer_owner: str | None
    """Customer owner."""
    start_planned: date | None
    """Planned start."""
    finish_deadline: date | None
    """Contract deadline."""
    budget_total: Decimal | None
    """Total budget."""
    baseline_on: date | None
    """Schedule baseline date."""
    req_baseline_on: date | None
    """Requirement baseline date."""
    phase: str | None
    """Current phase."""
    status: str | None
    """Project status."""
    percent_complete: float | None
    """% complete."""
    forecast_finish: date | None
    """Forecast finish."""
    slip_days: int | None
    """Forecast slip (wd)."""
    budget_used: float | None
    """Budget used."""
    health: str | None
    """Health."""
    summary: str | None
    """Closing summary."""


class CustomersRow(NamedTuple):
    """One row of customers (客户档案)."""

    row: int
    """Row number in Excel, from 1."""
    customer_id: str | None
    """Customer ID."""
    name: str | None
    """Company name."""
    customer_type: str | None
    """Customer type."""
    industry: str | None
    """Industry."""
    company_size: str | None
    """Company size."""
    address: str | None
    """Address."""
    phone: str | None
    """Phone."""
    email: str | None
    """Email."""
    business_scope: str | None
    """Business scope."""
    main_products: str | None
    """Main products/services."""
    market_position: str | None
    """Market position."""
    it_status: str | None
    """IT situation."""
    pain_points: str | None
    """Pain points."""
    dev_plan: str | None
    """Development plan."""
    preferences: str | None
    """Preferences."""
    tags: str | None
    """Tags."""
    tier: str | None
    """Tier."""
    tier_suggested: str | None
    """Suggested tier."""
    account_manager: str | None
    """Account manager."""
    source: str | None
    """Source."""
    since: date | None
    """Customer since."""
    status: str | None
    """Customer status."""
    confidentiality: str | None
    """Confidentiality."""
    revenue_total: Decimal | None
    """Total contracted."""
    orders_count: int | None
    """Contracts."""
    last_contact: date | None
    """Last contact."""
    satisfaction_latest: float | None
    """Latest satisfaction."""
    profile_complete: float | None
    """Profile completeness."""


class ContactsRow(NamedTuple):
    """One row of contacts (联系人)."""

    row: int
    """Row number in Excel, from 1."""
    contact_id: str | None
    """Contact ID."""
    customer_id: str | None
    """Customer."""
    name: str | None
    """Name."""
    title: str | None
    """Title."""
    department: str | None
    """Department."""
    role: str | None
    """Contact role."""
    is_key: str | None
    """Key contact."""
    phone: str | None
    """Phone."""
    email: str | None
    """Email."""
    im: str | None
    """Instant messaging."""
    preferred_channel: str | None
    """Preferred channel."""
    language: str | None
    """Document language."""
    greet_consent: str | None
    """Greeting consent."""
    birthday: date | None
    """Birthday."""
    next_greeting: date | None
    """Next greeting."""
    active: str | None
    """Active."""


class DealsRow(NamedTuple):
    """One row of deals (商机与合同)."""

    row: int
    """Row number in Excel, from 1."""
    deal_id: str | None
    """Deal ID."""
    customer_id: str | None
    """Customer."""
    name: str | None
    """Name."""
    kind: str | None
    """Kind."""
    source: str | None
    """Lead source."""
    owner: str | None
    """Sales owner."""
    stage: str | None
    """Stage."""
    stage_since: date | None
    """Stage since."""
    needs_summary: str | None
    """Needs summary."""
    competitors: str | None
    """Competitors."""
    solution_summary: str | None
    """Solution summary."""
    expected_amount: Decimal | None
    """Expected amount."""
    probability: float | None
    """Probability."""
    expected_close: date | None
    """Expected close."""
    next_step: str | None
    """Next step."""
    next_followup: date | None
    """Next follow-up."""
    est_cost: Decimal | None
    """Estimated cost."""
    risk_reserve: Decimal | None
    """Risk reserve."""
    market_price: Decimal | None
    """Market price."""
    quote_amount: Decimal | None
    """Quotation."""
    quote_valid_until: date | None
    """Quotation valid until."""
    margin: float | None
    """Margin."""
    tech_review: str | None
    """Technical review."""
    finance_review: str | None
    """Finance review."""
    legal_review: str | None
    """Legal review."""
    contract_no: str | None
    """Contract no.."""
    signed_on: date | None
    """Signed on."""
    contract_amount: Decimal | None
    """Contract amount."""
    contract_start: date | None
    """Contract start."""
    contract_end: date | None
    """Contract end."""
    delivery_terms: str | None
    """Delivery terms."""
    service_terms: str | None
    """After-sales terms."""
    payment_terms: str | None
    """Payment terms."""
    renewal_notice_days: int | None
    """Renewal notice days."""
    renewal_deal_id: str | None
    """Renewal deal."""
    lost_reason: str | None
    """Lost reason."""
    weighted_amount: Decimal | None
    """Weighted amount."""


class RequirementsRow(NamedTuple):
    """One row of requirements (需求)."""

    row: int
    """Row number in Excel, from 1."""
    req_id: str | None
    """Requirement ID."""
    project_id: str | None
    """Project."""
    title: str | None
    """Title."""
    title_en: str | None
    """Title (EN)."""
    description: str | None
    """Description."""
    category: str | None
    """Category."""
    subtype: str | None
    """Sub-type."""
    source_channel: str | None
    """Collection channel."""
    source_contact: str | None
    """Raised by."""
    feedback_id: str | None
    """Source feedback."""
    raised_on: date | None
    """Raised on."""
    importance: int | None
    """Importance 1-5."""
    urgency: int | None
    """Urgency 1-5."""
    priority_score: int | None
    """Priority score."""
    priority: str | None
    """Priority."""
    feas_technical: str | None
    """Technical feasibility."""
    feas_cost: str | None
    """Cost feasibility."""
    feas_time: str | None
    """Time feasibility."""
    feasibility: str | None
    """Overall feasibility."""
    est_effort: float | None
    """Effort estimate (person-days)."""
    est_cost: Decimal | None
    """Cost estimate."""
    acceptance_criterion: str | None
    """Acceptance criterion."""
    performance_target: str | None
    """Performance target."""
    verify_method: str | None
    """Verification method."""
    status: str | None
    """Status."""
    status_since: date | None
    """Status since."""
    confirm_rounds: int | None
    """Confirmation rounds."""
    confirmed_by: str | None
    """Confirmed by."""
    confirmed_on: date | None
    """Confirmed on."""
    baseline_text_hash: str | None
    """Baseline digest."""
    owner: str | None
    """Owner."""
    conflict_with: tuple[str, ...]
    """Conflicts with."""
    conflict_resolution: str | None
    """Conflict resolution."""
    task_count: int | None
    """Tasks."""
    check_state: str | None
    """Verification result."""


class ChangesRow(NamedTuple):
    """One row of changes (需求变更)."""

    row: int
    """Row number in Excel, from 1."""
    change_id: str | None
    """Change ID."""
    project_id: str | None
    """Project."""
    req_id: str | None
    """Requirement."""
    title: str | None
    """Title."""
    title_en: str | None
    """Title (EN)."""
    kind: str | None
    """Kind."""
    reason: str | None
    """Reason."""
    raised_by: str | None
    """Raised by."""
    raised_on: date | None
    """Raised on."""
    priority: str | None
    """Priority."""
    added_effort: float | None
    """Added effort (person-days)."""
    affected_tasks: tuple[str, ...]
    """Affected tasks."""
    impact_days: float | None
    """Schedule impact (wd)."""
    impact_cost: Decimal | None
    """Cost impact."""
    impact_quality: str | None
    """Quality impact."""
    impact_risk: str | None
    """Risk impact."""
    assessed_by: str | None
    """Assessed by."""
    assessed_on: date | None
    """Assessed on."""
    communicated_on: date | None
    """Customer told on."""
    communicated_channel: str | None
    """Channel."""
    decision: str | None
    """Decision."""
    approved_by: str | None
    """Customer approval by."""
    approved_on: date | None
    """Approved on."""
    implemented_on: date | None
    """Implemented on."""
    verified_on: date | None
    """Verified on."""
    status: str | None
    """Status."""


class PlanRow(NamedTuple):
    """One row of plan (计划)."""

    row: int
    """Row number in Excel, from 1."""
    task_id: str | None
    """Task ID."""
    wbs: str | None
    """WBS code."""
    project_id: str | None
    """Project."""
    phase: str | None
    """Phase."""
    name: str | None
    """Task name."""
    name_en: str | None
    """Task name (EN)."""
    kind: str | None
    """Kind."""
    req_ids: tuple[str, ...]
    """Requirements."""
    owner: str | None
    """Owner."""
    resource_use: str | None
    """Resource use."""
    duration: float | None
    """Duration (wd)."""
    predecessors: str | None
    """Predecessors."""
    constraint_kind: str | None
    """Constraint."""
    constraint_date: date | None
    """Constraint date."""
    deadline: date | None
    """Deadline."""
    baseline_start: date | None
    """Baseline start."""
    baseline_finish: date | None
    """Baseline finish."""
    calc_start: date | None
    """Early start."""
    calc_finish: date | None
    """Early finish."""
    total_float: float | None
    """Total float (wd)."""
    critical: str | None
    """Critical."""
    actual_start: date | None
    """Actual start."""
    actual_finish: date | None
    """Actual finish."""
    percent_complete: float | None
    """% complete."""
    remaining_days: float | None
    """Remaining (wd)."""
    updated_on: date | None
    """Progress updated on."""
    forecast_start: date | None
    """Forecast start."""
    forecast_finish: date | None
    """Forecast finish."""
    slip_days: float | None
    """Slip (wd)."""
    status: str | None
    """Status."""
    delay_reason: str | None
    """Delay reason."""
    corrective_action: str | None
    """Corrective action."""


class ResourcesRow(NamedTuple):
    """One row of resources (资源)."""

    row: int
    """Row number in Excel, from 1."""
    resource_id: str | None
    """Resource ID."""
    name: str | None
    """Name."""
    kind: str | None
    """Kind."""
    department: str | None
    """Department."""
    role: str | None
    """Role."""
    skills: str | None
    """Skills."""
    cost_rate: Decimal | None
    """Rate per day."""
    capacity: float | None
    """Capacity."""
    available_from: date | None
    """Available from."""
    available_to: date | None
    """Available to."""
    email: str | None
    """Email."""
    access_role: str | None
    """Access role."""
    windows_user: str | None
    """Sign-in name."""
    peak_load: float | None
    """Peak load."""


class CostsRow(NamedTuple):
    """One row of costs (预算与成本)."""

    row: int
    """Row number in Excel, from 1."""
    cost_id: str | None
    """Cost ID."""
    project_id: str | None
    """Project."""
    task_id: str | None
    """Task."""
    category: str | None
    """Category."""
    description: str | None
    """Description."""
    planned_amount: Decimal | None
    """Planned."""
    planned_on: date | None
    """Planned date."""
    actual_amount: Decimal | None
    """Actual."""
    actual_on: date | None
    """Actual date."""
    approved_by: str | None
    """Approved by."""
    variance: Decimal | None
    """Variance."""


class RisksRow(NamedTuple):
    """One row of risks (风险)."""

    row: int
    """Row number in Excel, from 1."""
    risk_id: str | None
    """Risk ID."""
    project_id: str | None
    """Project."""
    title: str | None
    """Title."""
    title_en: str | None
    """Title (EN)."""
    description: str | None
    """Description."""
    category: str | None
    """Category."""
    source: str | None
    """Source."""
    identified_on: date | None
    """Identified on."""
    probability: int | None
    """Probability 1-5."""
    impact: int | None
    """Impact 1-5."""
    exposure: int | None
    """Exposure."""
    level: str | None
    """Level."""
    previous_exposure: int | None
    """Previous exposure."""
    task_ids: tuple[str, ...]
    """Affected tasks."""
    response: str | None
    """Response."""
    response_plan: str | None
    """Response plan."""
    contingency: str | None
    """Contingency plan."""
    trigger: str | None
    """Trigger."""
    owner: str | None
    """Owner."""
    due: date | None
    """Response due."""
    review_cycle: int | None
    """Review cycle (days)."""
    last_review: date | None
    """Last review."""
    next_review: date | None
    """Next review."""
    status: str | None
    """Status."""
    residual_probability: int | None
    """Residual probability."""
    residual_impact: int | None
    """Residual impact."""
    cost_reserve: Decimal | None
    """Cost reserve."""


class ChecksRow(NamedTuple):
    """One row of checks (检查与测试)."""

    row: int
    """Row number in Excel, from 1."""
    check_id: str | None
    """Check ID."""
    project_id: str | None
    """Project."""
    kind: str | None
    """Kind."""
    req_id: str | None
    """Requirement."""
    deliverable_id: str | None
    """Deliverable."""
    task_id: str | None
    """Task."""
    step_id: str | None
    """Process step."""
    standard: str | None
    """Quality standard."""
    compare: str | None
    """Comparison."""
    target_value: float | None
    """Target value."""
    actual_value: float | None
    """Actual value."""
    unit: str | None
    """Unit."""
    planned_on: date | None
    """Planned on."""
    executor: str | None
    """Executor."""
    witness: str | None
    """Customer witness."""
    executed_on: date | None
    """Executed on."""
    result: str | None
    """Result."""
    defect_severity: str | None
    """Defect severity."""
    problem: str | None
    """Problem."""
    resolution: str | None
    """Resolution."""
    rework_owner: str | None
    """Rework owner."""
    rework_due: date | None
    """Rework due."""
    rework_done: date | None
    """Rework done."""
    recheck_of: str | None
    """Recheck of."""
    evidence: str | None
    """Evidence."""


class DeliverablesRow(NamedTuple):
    """One row of deliverables (交付物与文档)."""

    row: int
    """Row number in Excel, from 1."""
    deliverable_id: str | None
    """Deliverable ID."""
    project_id: str | None
    """Project."""
    name: str | None
    """Name."""
    name_en: str | None
    """Name (EN)."""
    kind: str | None
    """Kind."""
    quantity: float | None
    """Quantity."""
    unit: str | None
    """Unit."""
    standard: str | None
    """Standard."""
    req_ids: tuple[str, ...]
    """Requirements."""
    milestone: str | None
    """Milestone."""
    due: date | None
    """Due."""
    owner: str | None
    """Owner."""
    version: str | None
    """Version."""
    file_path: str | None
    """File."""
    delivered_on: date | None
    """Delivered on."""
    recipient: str | None
    """Recipient."""
    accept_status: str | None
    """Acceptance."""
    accepted_by: str | None
    """Accepted by."""
    accepted_on: date | None
    """Accepted on."""
    accept_remark: str | None
    """Acceptance remark."""
    confidentiality: str | None
    """Confidentiality."""


class ServicesRow(NamedTuple):
    """One row of services (服务目录)."""

    row: int
    """Row number in Excel, from 1."""
    service_id: str | None
    """Service ID."""
    customer_id: str | None
    """Customer."""
    deal_id: str | None
    """Contract."""
    name: str | None
    """Service."""
    name_en: str | None
    """Service (EN)."""
    kind: str | None
    """Kind."""
    content: str | None
    """Content."""
    process_code: str | None
    """Service process."""
    window: str | None
    """Window."""
    response_high: float | None
    """Response, high (h)."""
    response_medium: float | None
    """Response, medium (h)."""
    response_low: float | None
    """Response, low (h)."""
    resolve_high: float | None
    """Resolution, high (h)."""
    resolve_medium: float | None
    """Resolution, medium (h)."""
    resolve_low: float | None
    """Resolution, low (h)."""
    accuracy_target: float | None
    """Accuracy target."""
    maintenance_cycle: int | None
    """Maintenance cycle (days)."""
    next_maintenance: date | None
    """Next maintenance."""
    cost_budget: Decimal | None
    """Monthly cost budget."""
    price: Decimal | None
    """Monthly price."""
    owner: str | None
    """Owner."""
    active_from: date | None
    """Active from."""
    active_to: date | None
    """Active to."""


class RequestsRow(NamedTuple):
    """One row of requests (服务请求)."""

    row: int
    """Row number in Excel, from 1."""
    request_id: str | None
    """Request ID."""
    customer_id: str | None
    """Customer."""
    contact_id: str | None
    """Contact."""
    service_id: str | None
    """Service."""
    channel: str | None
    """Channel."""
    kind: str | None
    """Kind."""
    priority: str | None
    """Priority."""
    subject: str | None
    """Subject."""
    content: str | None
    """Content."""
    received_at: datetime | None
    """Received at."""
    assigned_to: str | None
    """Assigned to."""
    responded_at: datetime | None
    """Responded at."""
    customer_told_at: datetime | None
    """Customer told at."""
    eta: datetime | None
    """Expected resolution."""
    resolved_at: datetime | None
    """Resolved at."""
    cause: str | None
    """Cause."""
    solution: str | None
    """Solution."""
    first_contact: str | None
    """First-contact resolution."""
    accurate: str | None
    """Result correct."""
    rating: int | None
    """Customer rating 1-5."""
    closed_at: datetime | None
    """Closed at."""
    status: str | None
    """Status."""
    response_hours: float | None
    """Response hours."""
    resolve_hours: float | None
    """Resolution hours."""
    sla_response: str | None
    """Response in time."""
    sla_resolve: str | None
    """Resolution in time."""


class FeedbackRow(NamedTuple):
    """One row of feedback (反馈)."""

    row: int
    """Row number in Excel, from 1."""
    feedback_id: str | None
    """Feedback ID."""
    project_id: str | None
    """Project."""
    customer_id: str | None
    """Customer."""
    contact_id: str | None
    """Contact."""
    kind: str | None
    """Kind."""
    channel: str | None
    """Channel."""
    touchpoint: str | None
    """Touchpoint."""
    received_on: date | None
    """Received on."""
    period: str | None
    """Period."""
    dimension: str | None
    """Dimension."""
    score: float | None
    """Score 1-5."""
    content: str | None
    """Content."""
    info_class: str | None
    """Information class."""
    info_provider: str | None
    """Information provider."""
    severity: str | None
    """Severity."""
    owner: str | None
    """Owner."""
    due: date | None
    """Answer due."""
    replied_on: date | None
    """Replied on."""
    reply: str | None
    """Reply."""
    root_cause: str | None
    """Root cause."""
    action_id: str | None
    """Improvement action."""
    req_id: str | None
    """Became requirement."""
    status: str | None
    """Status."""
    closed_on: date | None
    """Closed on."""


class EventsRow(NamedTuple):
    """One row of events (沟通与活动)."""

    row: int
    """Row number in Excel, from 1."""
    event_id: str | None
    """Event ID."""
    project_id: str | None
    """Project."""
    customer_id: str | None
    """Customer."""
    contact_id: str | None
    """Contact."""
    kind: str | None
    """Kind."""
    subject: str | None
    """Subject."""
    audience: str | None
    """Audience."""
    channel: str | None
    """Channel."""
    frequency: str | None
    """Frequency."""
    planned_on: date | None
    """Planned on."""
    held_on: date | None
    """Held on."""
    owner: str | None
    """Organiser."""
    participants: str | None
    """Participants."""
    minutes: str | None
    """Content/minutes."""
    decisions: str | None
    """Decisions."""
    problems: str | None
    """Problems raised."""
    change_id: str | None
    """Related change."""
    request_id: str | None
    """Related request."""
    task_id: str | None
    """Related task."""
    target_segment: str | None
    """Target group."""
    budget: Decimal | None
    """Budget."""
    effect: str | None
    """Effect."""
    score: float | None
    """Training score."""
    status: str | None
    """Status."""


class ImprovementsRow(NamedTuple):
    """One row of improvements (改进与行动)."""

    row: int
    """Row number in Excel, from 1."""
    action_id: str | None
    """Action ID."""
    project_id: str | None
    """Project."""
    step_id: str | None
    """Process step."""
    kind: str | None
    """Kind."""
    driver: str | None
    """Driver."""
    need_source: str | None
    """Source kind."""
    source_ref: str | None
    """Source row."""
    title: str | None
    """Title."""
    description: str | None
    """Problem."""
    root_cause: str | None
    """Root cause."""
    importance: int | None
    """Importance 1-5."""
    urgency: int | None
    """Urgency 1-5."""
    priority_score: int | None
    """Priority score."""
    funnel: str | None
    """Funnel stage."""
    measure: str | None
    """Measure."""
    process_owner: str | None
    """Process owner."""
    owner: str | None
    """Owner."""
    raised_on: date | None
    """Raised on."""
    stage_since: date | None
    """Stage since."""
    due: date | None
    """Due."""
    done_on: date | None
    """Done on."""
    metric_id: str | None
    """Indicator row (before)."""
    expected_effect: str | None
    """Expected effect."""
    effect: str | None
    """Effect."""
    effect_note: str | None
    """Evaluation note."""
    lesson: str | None
    """Lesson."""


class ProcessesRow(NamedTuple):
    """One row of processes (流程与步骤)."""

    row: int
    """Row number in Excel, from 1."""
    step_id: str | None
    """Step ID."""
    process_code: str | None
    """Process code."""
    process_name: str | None
    """Process name."""
    process_kind: str | None
    """Process kind."""
    version: str | None
    """Version."""
    step_no: int | None
    """Step no.."""
    step_name: str | None
    """Step."""
    owner: str | None
    """Owner."""
    served_customer: str | None
    """Who the step serves."""
    customer_need: str | None
    """Need of that customer."""
    input: str | None
    """Input."""
    output: str | None
    """Output."""
    instruction: str | None
    """Instruction."""
    standard_hours: float | None
    """Standard hours."""
    resources_needed: str | None
    """Resources needed."""
    cost_per_run: Decimal | None
    """Cost per run."""
    transition_condition: str | None
    """Transition condition."""
    control_point: str | None
    """Control point."""
    control_measure: str | None
    """Control measure."""
    exception_handling: str | None
    """Exception handling."""
    last_review: date | None
    """Last review."""
    review_cycle: int | None
    """Review cycle (days)."""
    avg_hours: float | None
    """Measured mean hours."""
    bottleneck: str | None
    """Bottleneck."""


class MetricsRow(NamedTuple):
    """One row of metrics (指标与考核)."""

    row: int
    """Row number in Excel, from 1."""
    metric_id: str | None
    """Metric ID."""
    scope_kind: str | None
    """Scope kind."""
    scope_ref: str | None
    """Scope."""
    indicator: str | None
    """Indicator."""
    period: str | None
    """Period."""
    target: float | None
    """Target."""
    actual: float | None
    """Actual."""
    unit: str | None
    """Unit."""
    direction: str | None
    """Direction."""
    benchmark: float | None
    """Benchmark."""
    source: str | None
    """Data source."""
    previous: float | None
    """Previous period."""
    achievement: float | None
    """Achievement."""
    trend: str | None
    """Trend."""
    evaluator: str | None
    """Evaluator."""
    reward: str | None
    """Reward."""
    reward_amount: Decimal | None
    """Reward amount."""
    comment: str | None
    """Analysis."""


class SettingsRow(NamedTuple):
    """One row of settings (参数)."""

    row: int
    """Row number in Excel, from 1."""
    key: str | None
    """Key."""
    value: str | None
    """Value."""
    unit: str | None
    """Unit."""
    description_zh: str | None
    """Description (zh)."""
    description_en: str | None
    """Description (en)."""


class CalendarRow(NamedTuple):
    """One row of calendar (日历)."""

    row: int
    """Row number in Excel, from 1."""
    date: date | None
    """Date."""
    kind: str | None
    """Kind."""
    name_zh: str | None
    """Name (zh)."""
    name_en: str | None
    """Name (en)."""
    greeting_day: str | None
    """Greeting day."""


class PermissionsRow(NamedTuple):
    """One row of permissions (权限)."""

    row: int
    """Row number in Excel, from 1."""
    access_role: str | None
    """Role."""
    sheet: str | None
    """Sheet."""
    permission: str | None
    """Permission."""


class FindingsRow(NamedTuple):
    """One row of findings (检查结果)."""

    row: int
    """Row number in Excel, from 1."""
    finding_id: str | None
    """Finding ID."""
    rule_id: str | None
    """Rule."""
    severity: str | None
    """Severity."""
    sheet: str | None
    """Sheet."""
    row_key: str | None
    """Row."""
    column: str | None
    """Column."""
    cell: str | None
    """Cell."""
    message_zh: str | None
    """Message (zh)."""
    message_en: str | None
    """Message (en)."""
    hint_zh: str | None
    """What to do (zh)."""
    hint_en: str | None
    """What to do (en)."""
    value: str | None
    """Measured value."""
    threshold: str | None
    """Threshold."""
    owner: str | None
    """Owner."""
    first_seen: date | None
    """First seen."""
    last_seen: date | None
    """Last seen."""
    status: str | None
    """Status."""
    waive_reason: str | None
    """Waive reason."""


class LogRow(NamedTuple):
    """One row of log (日志)."""

    row: int
    """Row number in Excel, from 1."""
    time: datetime | None
    """Time."""
    user: str | None
    """User."""
    role: str | None
    """Role."""
    action: str | None
    """Action."""
    sheet: str | None
    """Sheet."""
    row_key: str | None
    """Row."""
    column: str | None
    """Column."""
    old: str | None
    """Old value."""
    new: str | None
    """New value."""
    document: str | None
    """Document."""
    checksum: str | None
    """Checksum."""


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


ROW_TYPES: dict[str, type[NamedTuple]] = {
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
