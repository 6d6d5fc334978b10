"""Style and script of the overview's page: readable on a phone, in light and dark, printed; tables sorted by their heads.

Not here: its content (``page``).
"""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--ink:#1b2a41;--quiet:#5b6b80;--rule:#d5dce6;--paper:#fff;--band:#f3f6fa;--navy:#1b365d;
--red:#c1272d;--amber:#b7791f;--green:#2f855a;--blue:#2f5f9e;--orange:#d9731f;--teal:#1f8a8c}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebf2;--quiet:#9fb0c5;--rule:#37465b;--paper:#141c28;--band:#1c2738;--navy:#9fc2ee;
--red:#ff8a80;--amber:#f6c667;--green:#7bd8a4;--blue:#7fb0f0;--orange:#ffb26b;--teal:#63d0cf}}
body{margin:0;background:var(--paper);color:var(--ink);
font:15px/1.5 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",system-ui,sans-serif}
html[lang=en] body{font-family:"Segoe UI",-apple-system,Roboto,Arial,"Liberation Sans",sans-serif}
.wide{overflow-x:auto}
main{max-width:1400px;margin:0 auto;padding:20px}h1{margin:0;color:var(--navy)}h2{margin:28px 0 8px;color:var(--navy)}
.tiles{display:flex;flex-wrap:wrap;gap:12px;list-style:none;margin:16px 0;padding:0}
.tiles li{flex:1 1 130px;background:var(--band);border-radius:8px;padding:10px 14px}
.tiles b{display:block;font-size:24px}.tiles span{color:var(--quiet)}
table{width:100%;border-collapse:collapse}td,th{border-bottom:1px solid var(--rule);padding:6px 8px;text-align:left;
vertical-align:top;overflow-wrap:break-word}td a{overflow-wrap:anywhere}td span{white-space:nowrap}th button{all:unset;cursor:pointer;font-weight:600;white-space:nowrap}
th button:focus-visible{outline:2px solid var(--navy)}th[aria-sort=ascending] button:after{content:" \\25B2"}
th[aria-sort=descending] button:after{content:" \\25BC"}a{color:var(--navy)}
#findings td:nth-child(2),#findings td:nth-child(4){white-space:nowrap}
.find{display:block;margin-top:28px}.find input{font:inherit;padding:6px 10px;width:min(100%,360px);border:1px solid var(--rule);
border-radius:6px;background:var(--paper);color:var(--ink)}
.error,.high,.red,.failed,.crashed,.timed_out,.out_of_memory,.bad b{color:var(--red);font-weight:600}
.medium,.amber,.skipped{color:var(--amber)}.green,.done{color:var(--green)}.new{font-weight:600}
.about{color:var(--quiet);margin:0 0 8px}td.n,th.n{text-align:right;white-space:nowrap}th.n button{white-space:normal}
@media (min-width:721px){td:first-child{min-width:170px}#findings td:first-child{min-width:0}}
details{border:1px solid var(--rule);border-radius:8px;margin:12px 0;padding:8px 14px;overflow-x:auto}
summary{cursor:pointer;font-weight:600}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:20px}
.plot{margin:0;min-width:0}figcaption{font-weight:600;margin-bottom:8px}
.area{position:relative;height:200px;margin:0 8px 26px 84px;font-size:12px;color:var(--quiet)}
.area svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
.area path{fill:none;stroke:currentColor;stroke-width:2.2;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.area path.level{stroke:var(--rule);stroke-width:1}.area .dot{stroke-width:7;stroke-linecap:round}
.area rect{fill:currentColor}.area span{position:absolute;white-space:nowrap}
.area .y{right:100%;transform:translateY(-50%);padding-right:8px}.area .x{top:100%;transform:translateX(-50%);padding-top:6px}
.s1{color:var(--blue)}.s2{color:var(--red)}.s3{color:var(--orange)}.s4{color:var(--teal)}.s5{color:var(--quiet)}
path.s2{stroke-dasharray:7 3}path.s5{stroke-dasharray:2 4}path.dot{stroke-dasharray:none}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:0;padding:0;font-size:13px}
.plot .legend li:before{content:"";display:inline-block;width:14px;height:4px;margin-right:6px;background:currentColor;
vertical-align:middle;border-radius:2px}
.gantt{--who:290px;position:relative;margin-top:30px}.gantt ol{list-style:none;margin:0;padding:0}
.gantt ol li{display:grid;grid-template-columns:var(--who) 1fr;align-items:center;border-bottom:1px solid var(--rule);padding:5px 0}
.who{padding-right:12px;overflow-wrap:anywhere;line-height:1.35}.who small{display:block;color:var(--quiet)}
.track{position:relative;height:30px}.track i,.keys i{position:absolute}
.lanes{position:absolute;top:-22px;bottom:0;left:var(--who);right:0;pointer-events:none}
.lanes i{position:absolute;top:20px;bottom:0;border-left:1px solid var(--rule)}
.lanes .tick span{position:absolute;top:-20px;left:0;transform:translateX(-50%);font-size:12px;font-style:normal;
color:var(--quiet);white-space:nowrap}
.lanes .now{border-left:2px dashed var(--blue)}
i.base{top:23px;height:4px;background:var(--quiet);border-radius:2px;opacity:.7}
i.bar,i.part{top:7px;height:13px;border-radius:3px;background:currentColor}i.bar{opacity:.33}i.none{color:var(--quiet)}
i.stone{top:8px;width:9px;height:9px;margin-left:-6px;transform:rotate(45deg);background:var(--paper);border:2px solid var(--ink);
box-sizing:content-box}i.stone.reached{background:var(--ink)}i.stone.late{border-color:var(--red)}
.keys{margin-top:12px}.keys i{position:static!important;display:inline-block;width:18px;margin:0 8px 0 0!important;vertical-align:middle}
.keys i.stone{width:8px;margin:0 12px 0 4px!important}.keys i.now{width:0;height:14px;border-left:2px dashed var(--blue)}
@media (max-width:720px){thead{position:absolute;left:-9999px}tr{display:block;border:1px solid var(--rule);border-radius:8px;
margin-bottom:10px;padding:6px 10px}td{display:flex;gap:10px;border:0;padding:2px 0}td:empty{display:none}
td:before{content:attr(data-label);flex:0 0 92px;color:var(--quiet)}td.n{text-align:left;white-space:normal}
.gantt{--who:0px}.gantt ol li{display:block}.who{position:relative;z-index:1;background:var(--paper)}.area{margin-left:72px}main{padding:14px}}
@media print{.find{display:none}body{font-size:11px}}
"""
SCRIPT = """
for(const head of document.querySelectorAll('th'))head.firstChild.addEventListener('click',()=>{
const body=head.closest('table').tBodies[0],at=head.cellIndex,up=head.getAttribute('aria-sort')!=='ascending';
const key=row=>{const cell=row.cells[at],inner=cell.querySelector('[data-order]');
return cell.dataset.order??(inner?inner.dataset.order:cell.textContent.trim())};
const rows=[...body.rows].sort((a,b)=>{const x=key(a),y=key(b),n=x-y;if(x===''||y==='')return (x==='')-(y==='');
return (isNaN(n)?x.localeCompare(y,document.documentElement.lang):n)*(up?1:-1)});
for(const other of head.parentNode.cells)other.removeAttribute('aria-sort');
head.setAttribute('aria-sort',up?'ascending':'descending');body.append(...rows)});
document.getElementById('find').addEventListener('input',event=>{const words=event.target.value.toLowerCase();
for(const row of document.querySelectorAll('#findings tbody tr'))row.hidden=!row.textContent.toLowerCase().includes(words)});
"""
