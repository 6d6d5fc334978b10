"""A customer with three deals as a table, for the tests of the documents about deals."""

from tests.documents import source_of
from tests.tables import project_of

PEOPLE = """
customers
 customer_id | name | address | phone | industry | pain_points | account_manager | since | status
 CUS-001 | 明川 | 示例路1号 | 000-1 | 制造 | 手工报工;追溯靠纸 | RES-009 | 2024-07-01 | active
contacts
 contact_id | customer_id | name | title | role | is_key | email | active
 CON-001 | CUS-001 | 周明 | IT经理 | project_counterpart | yes | zhou@example.com | yes
 CON-002 | CUS-001 | 旧人 | 主管 | business_user | no | old@example.com | no
resources
 resource_id | name | kind | role | skills | email
 RES-001 | 王志强 | person | project_manager | 沟通;计划 | wang@example.com
 RES-008 | 唐敏 | person | service_agent | 服务台 | tang@example.com
 RES-009 | 郑凯 | person | sales | 谈判 | zheng@example.com
"""
DEALS = """
deals
 deal_id | customer_id | name | kind | owner | stage | stage_since | needs_summary | solution_summary | est_cost | risk_reserve | market_price | quote_amount | quote_valid_until | tech_review | finance_review | contract_no | contract_amount | contract_start | contract_end | renewal_notice_days | payment_terms | competitors
 DEAL-001 | CUS-001 | 集成 | new | RES-009 | in_execution | 2026-03-01 | 减少录入 | 模块+网关 | 190000 | 8000 | | 248000 | 2026-02-28 | passed | passed | HT-1 | 248000 | 2026-03-01 | 2026-09-30 | | 分四期付款 |
 DEAL-002 | CUS-001 | 运维 | new | RES-009 | in_execution | 2025-07-01 | 运维 | 热线 | 29000 | 500 | | 36000 | 2025-06-30 | passed | passed | HT-2 | 36000 | 2025-07-01 | 2026-06-30 | 60 | |
 DEAL-003 | CUS-001 | 增购 | add_on | RES-009 | quotation | 2026-06-01 | 二号车间联动 | 接口+看板 | 265000 | 15000 | 330000 | 320000 | 2026-06-16 | passed | not_reviewed | | | | | | | 本地公司
 DEAL-004 | CUS-001 | 空的 | consulting | RES-009 | needs_analysis | 2026-06-01 | | | | | | | | | | | | | | | |
"""
SERVICES = """
services
 service_id | customer_id | deal_id | name | name_en | kind | content | process_code | window | response_high | response_medium | response_low | resolve_high | resolve_medium | resolve_low | accuracy_target | maintenance_cycle | cost_budget | price | owner | active_from | active_to
 SVC-001 | CUS-001 | DEAL-002 | 热线 | Hotline | hotline | 受理 | P-SVC | 24x7 | 1 | 4 | 8 | 4 | 16 | 40 | 95 | | 1200 | 2000 | RES-008 | 2025-07-01 | 2026-06-30
 SVC-002 | CUS-001 | DEAL-002 | 巡检 | Visits | periodic_maintenance | 现场 | | 5x8 | 8 | 16 | 24 | 16 | 24 | 40 | 90 | 90 | 900 | 1000 | RES-008 | 2025-07-01 | 2026-06-30
"""


def deal_source(key, language="zh", *, extra="", services=SERVICES, internal=False, deals=DEALS, people="", **options):
    """The source of a document on one of the deals; ``people`` are more rows of resources."""
    project = project_of(PEOPLE + people + deals + services + extra)
    return source_of(project, language, sheet="deals", key=key, internal=internal, **options)
