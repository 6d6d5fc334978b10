"""The closed lists of reasons why a workbook cannot be read or will not be written, each with its sentence.

Every sentence is one line, names the file or cell and says what to do. Not here: the code that finds the reasons
(``package``, ``scan``, ``cells``, ``rows``, ``marks``, ``writer``, ``live``) and the refusals about files in use (``store.files``).
"""

from __future__ import annotations

from automation.base.errors import WorkbookError, WriteRefusedError
from automation.base.findings import Text

UNREADABLE: dict[str, Text] = {
    "missing": Text(
        "找不到文件“{file}”，请检查路径和文件名。", "{file} does not exist; check the folder and the name."
    ),
    "directory": Text(
        "“{file}”是文件夹，请指定其中的工作簿文件。", "{file} is a folder; name the workbook file inside it."
    ),
    "no-access": Text(
        "没有权限读取“{file}”，请检查文件权限，或先关闭正在使用它的程序。",
        "{file} may not be read; check its permissions or close the program that uses it.",
    ),
    "empty-file": Text(
        "“{file}”是空文件（0 字节），可能没有下载或同步完整，请重新获取。",
        "{file} is empty (0 bytes), perhaps half downloaded or synchronised; get it again.",
    ),
    "html": Text(
        "“{file}”其实是网页（HTML），只是扩展名像工作簿；请在 Excel 中打开并另存为 .xlsx。",
        "{file} is a web page (HTML) with a workbook's name; open it in Excel and save it as .xlsx.",
    ),
    "csv": Text(
        "“{file}”其实是 CSV 文本，只是扩展名像工作簿；请在 Excel 中打开并另存为 .xlsx。",
        "{file} is CSV text with a workbook's name; open it in Excel and save it as .xlsx.",
    ),
    "text": Text(
        "“{file}”其实是文本文件，只是扩展名像工作簿；请在 Excel 中打开并另存为 .xlsx。",
        "{file} is a text file with a workbook's name; open it in Excel and save it as .xlsx.",
    ),
    "not-workbook": Text(
        "“{file}”不是 .xlsx 或 .xlsm 工作簿，请在 Excel 中打开原文件并另存为 .xlsx。",
        "{file} is not an .xlsx or .xlsm workbook; open the original in Excel and save it as .xlsx.",
    ),
    "old-xls": Text(
        "“{file}”是旧版 .xls 格式，请在 Excel 中打开并另存为 .xlsx。",
        "{file} is in the old .xls format; open it in Excel and save it as .xlsx.",
    ),
    "encrypted": Text(
        "“{file}”设有打开密码，请在 Excel 中取消密码（文件 > 信息 > 保护工作簿）后再试。",
        "{file} needs a password to open; remove it in Excel (File > Info > Protect Workbook) and try again.",
    ),
    "binary-workbook": Text(
        "“{file}”是 .xlsb 二进制工作簿，请在 Excel 中另存为 .xlsx。",
        "{file} is a binary workbook (.xlsb); save it as .xlsx in Excel.",
    ),
    "open-document": Text(
        "“{file}”是 OpenDocument 表格（.ods），请另存为 .xlsx。",
        "{file} is an OpenDocument spreadsheet (.ods); save it as .xlsx.",
    ),
    "word-file": Text(
        "“{file}”是 Word 文档，不是工作簿，请指定 .xlsx 文件。", "{file} is a Word document; name an .xlsx workbook."
    ),
    "powerpoint-file": Text(
        "“{file}”是 PowerPoint 演示文稿，不是工作簿，请指定 .xlsx 文件。",
        "{file} is a PowerPoint presentation; name an .xlsx workbook.",
    ),
    "no-workbook": Text(
        "“{file}”里没有工作簿内容，请在 Excel 中重新保存，或用备份恢复。",
        "{file} holds no workbook; save it again in Excel or restore a backup.",
    ),
    "no-sheets": Text(
        "“{file}”里没有普通工作表，请至少添加一张工作表。",
        "{file} holds no worksheet; add at least one.",
    ),
    "damaged": Text(
        "“{file}”已损坏（{detail}），请用备份恢复，或在 Excel 中选择“打开并修复”后另存。",
        "{file} is damaged ({detail}); restore a backup, or use Open and Repair in Excel and save it.",
    ),
    "duplicate-entry": Text(
        "“{file}”内部有重名的部分（{detail}），读哪一个并不确定；请在 Excel 中打开并另存。",
        "{file} holds two parts of one name ({detail}); open it in Excel and save it again.",
    ),
    "unsafe-name": Text(
        "“{file}”内部有不安全的路径（{detail}），请不要使用这个文件，并向来源方核实。",
        "{file} holds an unsafe path ({detail}); do not use the file and ask where it came from.",
    ),
    "too-big": Text(
        "“{file}”解压后过大（{detail}），可能是恶意文件；请核实来源，或拆分工作簿。",
        "{file} unpacks to far too much ({detail}); ask where it came from, or split the workbook.",
    ),
    "too-long": Text(
        "“{file}”的工作表内容解压后有 {detail}，超出可以处理的范围；请删除空白的带格式行列，或拆分工作簿。",
        "The sheets of {file} unpack to {detail}, more than can be read; delete empty formatted rows and columns, "
        "or split the workbook.",
    ),
    "too-many": Text(
        "“{file}”有 {detail} 个单元格，超出可以处理的范围；请删除空白的带格式行列，或拆分工作簿。",
        "{file} has {detail} cells, more than can be read; delete empty formatted rows and columns, or split the workbook.",
    ),
    "far-cell": Text(
        "“{file}”的内容一直延伸到很远的 {detail}，中间几乎全是空白；请删除那里的单元格（按 Ctrl+End 可跳到末尾）后保存。",
        "{file} reaches as far as {detail} with almost nothing in between; delete the cells there (Ctrl+End goes to the "
        "last one) and save.",
    ),
    "too-much": Text(
        "读取“{file}”需要的内存超过上限，可能是恶意或损坏的文件；请核实来源，或拆分工作簿。",
        "Reading {file} takes more memory than it may; it may be malicious or damaged: ask where it came from, or "
        "split the workbook.",
    ),
    "too-slow": Text(
        "读取“{file}”用时超过上限，可能是恶意或损坏的文件；请核实来源，或拆分工作簿。",
        "Reading {file} takes longer than it may; it may be malicious or damaged: ask where it came from, or split "
        "the workbook.",
    ),
    "document-type": Text(
        "“{file}”的 {detail} 含有 DTD 声明，Excel 文件不应有它，因此不予读取；请核实来源。",
        "{file} holds a document type declaration in {detail}, which no Excel file has; ask where it came from.",
    ),
    "encoding": Text(
        "“{file}”的 {detail} 不是 UTF-8 编码，请在 Excel 中打开并另存。",
        "{detail} in {file} is not encoded in UTF-8; open the workbook in Excel and save it again.",
    ),
    "bad-xml": Text(
        "“{file}”的 {detail} 内容不完整或有错误，请在 Excel 中选择“打开并修复”后另存。",
        "{detail} in {file} is not well formed; use Open and Repair in Excel and save it.",
    ),
}
"""Why a workbook cannot be read: code -> sentence."""

REFUSED: dict[str, Text] = {
    "signed": Text(
        "工作簿带有数字签名，任何修改都会使签名失效；请先在 Excel 中删除签名。",
        "The workbook is digitally signed and any change would break the signature; remove it in Excel first.",
    ),
    "unknown-sheet": Text(
        "工作簿里没有名为“{sheet}”的工作表，请检查名称。", "There is no worksheet named {sheet}; check the name."
    ),
    "not-worksheet": Text(
        "“{sheet}”是图表或宏表，不是普通工作表，不能写入单元格。",
        "{sheet} is a chart or macro sheet; cells can only be written on a worksheet.",
    ),
    "bad-address": Text(
        "“{cell}”不是有效的单元格地址，请写成 B5 这样的形式。", "{cell} is not a cell address; write it like B5."
    ),
    "merged-cell": Text(
        "{sheet}!{cell} 在合并区域 {range} 内，请改写该区域左上角的单元格，或先取消合并。",
        "{sheet}!{cell} lies inside the merged range {range}; write its top left cell or unmerge it first.",
    ),
    "formula-cell": Text(
        "{sheet}!{cell} 里是公式，不会自动覆盖；如要写入数值，请先在 Excel 中清除公式。",
        "{sheet}!{cell} holds a formula, which is never overwritten; clear it in Excel first.",
    ),
    "shared-formula": Text(
        "{sheet}!{cell} 是共享公式的主单元格，其他单元格依赖它；请先在 Excel 中清除或改写公式。",
        "{sheet}!{cell} is the master of a shared formula that other cells use; clear it in Excel first.",
    ),
    "array-formula": Text(
        "{sheet}!{cell} 属于数组公式 {range}，不能单独改写；请先在 Excel 中清除该公式。",
        "{sheet}!{cell} holds the array formula of {range}; clear it in Excel first.",
    ),
    "spilled-cell": Text(
        "{sheet}!{cell} 的值由数组公式 {range} 算出，不能单独改写；请修改公式本身。",
        "{sheet}!{cell} is filled by the array formula of {range}; change the formula itself.",
    ),
    "data-table": Text(
        "{sheet}!{cell} 属于模拟运算表 {range}，不能单独改写；请先在 Excel 中清除它。",
        "{sheet}!{cell} belongs to the what-if data table {range}; clear it in Excel first.",
    ),
    "rich-value": Text(
        "{sheet}!{cell} 是链接的数据类型或单元格内图片，不能改写；请先在 Excel 中清除它。",
        "{sheet}!{cell} holds a linked data type or a picture in the cell; clear it in Excel first.",
    ),
    "cell-extension": Text(
        "{sheet}!{cell} 带有扩展数据，改写可能丢失内容；请在 Excel 中手工修改。",
        "{sheet}!{cell} carries extension data that a change might lose; change it in Excel by hand.",
    ),
    "header-cell": Text(
        "{sheet}!{cell} 是表格的标题单元格，不能改写；请在 Excel 中修改标题。",
        "{sheet}!{cell} is a header cell of a table; change headers in Excel.",
    ),
    "rows-disordered": Text(
        "工作表“{sheet}”的行或单元格顺序有误（{detail}），请在 Excel 中打开并重新保存后再试。",
        "Rows or cells of {sheet} are out of order ({detail}); open the workbook in Excel, save it and try again.",
    ),
    "text-too-long": Text(
        "要写入 {sheet}!{cell} 的文字有 {detail} 个字符，超过 Excel 的上限 32,767，请缩短。",
        "The text for {sheet}!{cell} has {detail} characters, more than Excel's 32,767; shorten it.",
    ),
    "bad-value": Text(
        "要写入 {sheet}!{cell} 的值 {detail} 在 Excel 中无法准确保存，请更换。",
        "The value {detail} for {sheet}!{cell} cannot be stored exactly in Excel; change it.",
    ),
    "not-date-cell": Text(
        "{sheet}!{cell} 的格式不是日期，写入的日期会显示成数字；请先把单元格设为日期格式。",
        "{sheet}!{cell} is not formatted as a date, so a date would show as a number; format the cell as a date first.",
    ),
    "date-out-of-range": Text(
        "日期 {detail} 早于 Excel 能表示的范围，无法写入 {sheet}!{cell}，请更正日期。",
        "The date {detail} for {sheet}!{cell} is earlier than Excel can show; correct it.",
    ),
    "no-table": Text(
        "工作表“{sheet}”里没有表格（插入 > 表格），无法添加行；请先建立表格。",
        "{sheet} holds no table (Insert > Table), so no rows can be added; make one first.",
    ),
    "several-tables": Text(
        "工作表“{sheet}”里有多个表格，无法确定写入哪一个；请把其他表格移到别的工作表。",
        "{sheet} holds several tables and it is not clear which one is meant; move the others to another sheet.",
    ),
    "totals-row": Text(
        "工作表“{sheet}”的表格带汇总行，无法在下面添加行；请先在 Excel 中关闭汇总行（表设计 > 汇总行）。",
        "The table of {sheet} has a totals row, so rows cannot be added; switch it off (Table Design > Total Row).",
    ),
    "below-table": Text(
        "工作表“{sheet}”的表格下方 {cell} 有内容，添加行会覆盖它；请先把它移走。",
        "{cell} below the table of {sheet} is not empty and new rows would cover it; move it away first.",
    ),
    "outside-table": Text(
        "第 {detail} 列不在工作表“{sheet}”的表格内，请检查列号。",
        "Column {detail} is not inside the table of {sheet}; check the column.",
    ),
    "calculated-column": Text(
        "工作表“{sheet}”的计算列“{detail}”使用了单元格地址，无法为新行推出公式；请改用 [@列名] 写法。",
        "The calculated column {detail} of {sheet} uses cell addresses, so its formula cannot be continued; "
        "write it with [@Column] references.",
    ),
    "sheet-full": Text(
        "工作表“{sheet}”已到 Excel 的最后一行，无法再添加行。",
        "{sheet} has reached Excel's last row; no rows can be added.",
    ),
    "protected-sheet": Text(
        "工作表“{sheet}”设有保护，Excel 不允许写入；请先取消保护（审阅 > 撤消工作表保护）后再试。",
        "{sheet} is protected and Excel lets nobody write to it; unprotect it first (Review > Unprotect Sheet).",
    ),
    "far-cell": Text(
        "{sheet}!{cell} 离已用的单元格太远，写入会使工作表变得极大；请检查单元格地址。",
        "{sheet}!{cell} is so far from the cells in use that the sheet would become huge; check the address.",
    ),
    "no-styles": Text(
        "工作簿没有样式部分，无法标记单元格；请在 Excel 中打开并重新保存。",
        "The workbook has no styles part, so cells cannot be marked; open it in Excel and save it.",
    ),
    "encoding": Text(
        "{detail} 不是 UTF-8 编码，无法安全改写；请在 Excel 中打开并另存。",
        "{detail} is not encoded in UTF-8 and cannot be changed safely; open the workbook in Excel and save it.",
    ),
    "document-type": Text(
        "{detail} 含有 DTD 声明，无法安全改写；请核实文件来源。",
        "{detail} holds a document type declaration and cannot be changed safely; ask where the file came from.",
    ),
    "bad-xml": Text(
        "{detail} 的内容有错误，无法安全改写；请在 Excel 中选择“打开并修复”后另存。",
        "{detail} is not well formed and cannot be changed safely; use Open and Repair in Excel and save it.",
    ),
    "sheet-name-taken": Text(
        "工作簿里已有名为“{sheet}”的其他工作表，无法切换语言；请先把它改名。",
        "Another sheet is named {sheet} already, so the language cannot be switched; rename it first.",
    ),
    "heading-taken": Text(
        "工作表“{sheet}”的表格里已有另一个名为“{detail}”的列，无法切换语言；请先把它改名。",
        "The table of {sheet} has another column named {detail}, so the language cannot be switched; rename it first.",
    ),
    "knows-headings": Text(
        "切片器或查询按列标题取数（{detail}），切换语言会使其失效；请先删除，切换后再重建。",
        "A slicer or query knows columns by their headings ({detail}) and would break; remove it and make it again after "
        "the switch.",
    ),
    "closed-only": Text(
        "此操作需要先关闭工作簿：请保存并关闭，再在命令行运行 deliverybook switch-language。",
        "This needs the workbook closed: save and close it, then run deliverybook switch-language.",
    ),
    "verify-failed": Text(
        "写入后的自检没有通过（{detail}），原文件没有改动；请把工作簿发给维护人员。",
        "The written copy failed its own check ({detail}) and the workbook was left alone; report it with the workbook.",
    ),
}
"""Why a workbook will not be written: code -> sentence."""


def unreadable(code: str, *, file: str, detail: str = "") -> WorkbookError:
    """The error for a workbook that cannot be read; ``code`` is a key of ``UNREADABLE``."""
    text = UNREADABLE[code]
    return WorkbookError(Text(*(half.format(file=file, detail=detail) for half in text)), code=code)


def refused(code: str, **details: str) -> WriteRefusedError:
    """The error for an edit that will not be made; ``code`` is a key of ``REFUSED``, the rest fills its sentence."""
    text = REFUSED[code]
    return WriteRefusedError(Text(*(half.format(**details) for half in text)), code=code)
