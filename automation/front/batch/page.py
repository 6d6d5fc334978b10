"""Style and script of the overview's page: readable on a phone, in light and dark, printed; tables sorted by their heads.

Not here: its content (``overview``).
"""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--ink:#1b2a41;--quiet:#5b6b80;--rule:#d5dce6;--paper:#fff;--band:#f3f6fa;--navy:#1b365d}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebf2;--quiet:#9fb0c5;--rule:#37465b;--paper:#141c28;--band:#1c2738;--navy:#9fc2ee}}
body{margin:0;background:var(--paper);color:var(--ink);
font:15px/1.5 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",system-ui,sans-serif}
main{max-width:1400px;margin:0 auto;padding:20px}h1{margin:0;color:var(--navy)}h2{margin:28px 0 8px;color:var(--navy)}
.tiles{display:flex;flex-wrap:wrap;gap:12px;list-style:none;margin:16px 0;padding:0}
.tiles li{flex:1 1 130px;background:var(--band);border-radius:8px;padding:10px 14px}
.tiles b{display:block;font-size:24px}.tiles span{color:var(--quiet)}
table{width:100%;border-collapse:collapse}td,th{border-bottom:1px solid var(--rule);padding:6px 8px;text-align:left;
vertical-align:top;overflow-wrap:anywhere}th button{all:unset;cursor:pointer;font-weight:600;white-space:nowrap}
th button:focus-visible{outline:2px solid var(--navy)}th[aria-sort=ascending] button:after{content:" \\25B2"}
th[aria-sort=descending] button:after{content:" \\25BC"}a{color:var(--navy)}
#findings td:nth-child(2),#findings td:nth-child(4){white-space:nowrap}
.find{display:block;margin-top:28px}.find input{font:inherit;padding:6px 10px;width:min(100%,360px);border:1px solid var(--rule);
border-radius:6px;background:var(--paper);color:var(--ink)}
.error,.high,.red,.failed,.crashed,.timed_out,.out_of_memory{color:#c1272d;font-weight:600}.medium,.amber,.skipped{color:#b7791f}
.green,.done{color:#2f855a}
@media (prefers-color-scheme:dark){.error,.high,.red,.failed,.crashed,.timed_out,.out_of_memory{color:#ff8a80}
.medium,.amber,.skipped{color:#f6c667}.green,.done{color:#7bd8a4}}
@media (max-width:720px){thead{position:absolute;left:-9999px}tr{display:block;border:1px solid var(--rule);border-radius:8px;
margin-bottom:10px;padding:6px 10px}td{display:flex;gap:10px;border:0;padding:2px 0}td:empty{display:none}
td:before{content:attr(data-label);flex:0 0 92px;color:var(--quiet)}}
@media print{.find{display:none}body{font-size:11px}}
"""
SCRIPT = """
for(const head of document.querySelectorAll('th'))head.firstChild.addEventListener('click',()=>{
const body=head.closest('table').tBodies[0],at=head.cellIndex,up=head.getAttribute('aria-sort')!=='ascending';
const key=row=>{const cell=row.cells[at],order=cell.querySelector('[data-order]');
return order?order.dataset.order:cell.textContent.trim()};
const rows=[...body.rows].sort((a,b)=>{const x=key(a),y=key(b),n=x-y;
return (isNaN(n)?x.localeCompare(y,document.documentElement.lang):n)*(up?1:-1)});
for(const other of head.parentNode.cells)other.removeAttribute('aria-sort');
head.setAttribute('aria-sort',up?'ascending':'descending');body.append(...rows)});
document.getElementById('find').addEventListener('input',event=>{const words=event.target.value.toLowerCase();
for(const row of document.querySelectorAll('#findings tbody tr'))row.hidden=!row.textContent.toLowerCase().includes(words)});
"""
