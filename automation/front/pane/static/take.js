// The open workbook as values, in few questions to Excel, as automation/excel/live/state.py describes it.
// Not here: what is done with it (the server), and what is done to it (carry.js).

import { addressOf, areaOf, around, cellAddress, columnsOf, slices, withoutSheet } from "./places.js";
import { own, Sentence } from "./words.js";

// Cells asked for in one go: Excel on the web sends at most 5 MB at a time.
export const CELLS_AT_ONCE = 20000;
export const MARK = /^=?N\("deliverybook:([a-z]+)"\)=0$/;
const CELLS_LIMIT = 5000000;
const DAY_IN_1900_SYSTEM = 36526; // 2000-01-01

// The workbook as it is sent (`book`), and the fills of our marks by sheet; `linked` names the sheets, and the columns in them, whose links matter.
export async function take(context, path, linked) {
  const { workbook } = context;
  workbook.load("name");
  const active = workbook.worksheets.getActiveWorksheet();
  active.load("name");
  workbook.worksheets.load("items/name,items/visibility");
  workbook.tables.load("items/name,items/showHeaders,items/showTotals,items/worksheet/name");
  const day = workbook.functions.date(2000, 1, 1);
  day.load("value");
  await context.sync();
  const sheets = workbook.worksheets.items.map((sheet) => asked(sheet, workbook.tables.items));
  await context.sync();
  for (const sheet of sheets) {
    sheet.area = areaOfUsed(sheet);
    askMarks(sheet);
  }
  await askCells(context, sheets);
  await askLinks(context, sheets, linked);
  await askArrays(context, sheets);
  const book = {
    name: workbook.name,
    path,
    sheets: sheets.map(sheetValue),
    active: active.name,
    selection: await selectionOf(context),
    date_1904: day.value !== DAY_IN_1900_SYSTEM,
  };
  return { book, fills: new Map(sheets.map((sheet) => [sheet.sheet.name, fillsOf(sheet)])) };
}

function asked(sheet, tables) {
  // Cells with content and whole tables; rows that are only formatted can be a million.
  const used = sheet.getUsedRangeOrNullObject(true);
  used.load("address,hasSpill,savedAsArray");
  const formatted = sheet.getUsedRangeOrNullObject(false);
  const merged = formatted.getMergedAreasOrNullObject();
  merged.load("address");
  sheet.protection.load("protected");
  const formats = sheet.getRange().conditionalFormats;
  formats.load("items/type");
  const own = tables.filter((table) => table.worksheet.name === sheet.name).map((table) => {
    const range = table.getRange();
    range.load("address");
    table.columns.load("items/name");
    return { table, range };
  });
  return { sheet, used, merged, formats, tables: own, blocks: [], arrays: [], links: {} };
}

function areaOfUsed(sheet) {
  const areas = sheet.tables.map(({ range }) => areaOf(range.address));
  if (!sheet.used.isNullObject) areas.push(areaOf(sheet.used.address));
  const area = areas.length ? around(areas) : areaOf("A1");
  if ((area.bottom - area.top + 1) * columnsOf(area) > CELLS_LIMIT) {
    throw new Sentence(own("tooMany", sheet.sheet.name, addressOf(area)));
  }
  return area;
}

function askMarks(sheet) {
  sheet.marks = sheet.formats.items.filter((format) => format.type === "Custom").map((format) => {
    format.custom.rule.load("formula");
    format.custom.format.fill.load("color");
    const ranges = format.getRanges();
    ranges.load("address");
    return { format, ranges };
  });
}

// Values, formulas, number formats and types of all cells, as many at a time as Excel can send.
async function askCells(context, sheets) {
  const waiting = sheets.flatMap((sheet) => slices(sheet.area, CELLS_AT_ONCE).map((area) => ({ sheet, area })));
  let cells = 0;
  for (const { sheet, area } of waiting) {
    const range = sheet.sheet.getRange(addressOf(area));
    range.load("values,formulas,numberFormat,valueTypes");
    sheet.blocks.push(range);
    cells += (area.bottom - area.top + 1) * columnsOf(area);
    if (cells >= CELLS_AT_ONCE) {
      await context.sync();
      cells = 0;
    }
  }
  await context.sync();
  for (const sheet of sheets) {
    const all = (name) => sheet.blocks.flatMap((block) => block[name]);
    const types = all("valueTypes");
    const texts = all("formulas");
    const values = all("values");
    sheet.formulas = texts.map((row, down) => row.map((text, across) => formulaOf(text, values[down][across])));
    sheet.values = values.map((row, down) => row.map((value, across) => valueOf(value, types[down][across])));
    sheet.numberFormats = all("numberFormat");
  }
}

// A text that begins with "=" and is its own value is no formula.
function formulaOf(text, value) {
  return typeof text === "string" && text.startsWith("=") && text !== value ? text : null;
}

function valueOf(value, type) {
  if (type === "Empty") return null;
  return type === "Error" ? { error: value } : value;
}

async function askLinks(context, sheets, linked) {
  const asking = [];
  for (const sheet of sheets.filter(({ sheet }) => linked.sheets.includes(sheet.name))) {
    for (const { table, range } of sheet.tables) {
      const area = areaOf(range.address);
      table.columns.items.forEach(({ name }, position) => {
        if (!linked.columns.includes(name) || area.bottom === area.top) return;
        const column = area.left + position;
        const cells = { top: area.top + 1, left: column, bottom: area.bottom, right: column };
        const found = sheet.sheet.getRange(addressOf(cells)).getCellProperties({ hyperlink: true });
        asking.push({ sheet, cells, found });
      });
    }
  }
  if (!asking.length) return;
  await context.sync();
  for (const { sheet, cells, found } of asking) {
    found.value.forEach(([{ hyperlink }], down) => {
      if (hyperlink) sheet.links[cellAddress(cells.top + down, cells.left)] = placeOf(hyperlink);
    });
  }
}

// The place in this workbook that a link leads to, "" when it leads elsewhere.
export function placeOf(hyperlink) {
  return hyperlink.address ? "" : (hyperlink.documentReference || "").replace(/^#/, "");
}

// Ranges of array formulas and spills; only sheets that have some are asked cell by cell.
async function askArrays(context, sheets) {
  const asking = [];
  for (const sheet of sheets) {
    if (sheet.used.isNullObject || (sheet.used.hasSpill === false && sheet.used.savedAsArray === false)) continue;
    sheet.formulas.forEach((row, down) => row.forEach((formula, across) => {
      if (formula === null) return;
      const cell = cellAddress(sheet.area.top + down, sheet.area.left + across);
      const range = sheet.sheet.getRange(cell);
      range.load("savedAsArray");
      const spill = range.getSpillingToRangeOrNullObject();
      spill.load("address");
      asking.push({ sheet, cell, range, spill });
    }));
  }
  if (!asking.length) return;
  await context.sync();
  for (const { sheet, cell, range, spill } of asking) {
    if (!spill.isNullObject) sheet.arrays.push(withoutSheet(spill.address).replaceAll("$", ""));
    else if (range.savedAsArray) sheet.arrays.push(cell);
  }
}

function sheetValue(sheet) {
  return {
    name: sheet.sheet.name,
    area: addressOf(sheet.area),
    values: sheet.values,
    formulas: sheet.formulas,
    formats: sheet.numberFormats,
    tables: sheet.tables.map((one) => tableValue(one, sheet)),
    merges: sheet.merged.isNullObject ? [] : ranges(sheet.merged.address),
    arrays: sheet.arrays,
    links: sheet.links,
    marks: marksOf(sheet),
    visible: sheet.sheet.visibility === "Visible",
    protected: sheet.sheet.protection.protected,
  };
}

// Our marks, gravest first: each with its severity, as it is put back.
function fillsOf(sheet) {
  return sheet.marks.flatMap(({ format, ranges: where }) => {
    const formula = format.custom.rule.formula.trim();
    const match = MARK.exec(formula);
    if (!match) return [];
    return [{ severity: match[1], formula, colour: format.custom.format.fill.color, areas: ranges(where.address) }];
  });
}

function marksOf(sheet) {
  return Object.fromEntries(fillsOf(sheet).map(({ areas, severity }) => [areas.join(" "), severity]));
}

// The ranges of an address that may name several, each with its sheet: "'A, B'!A1:B2,'A, B'!D4".
export function ranges(address) {
  const parts = address.match(/(?:'(?:[^']|'')*'!|[^,'!]*!)?[^,!]+/g) || [];
  return parts.map((part) => withoutSheet(part).trim().replaceAll("$", ""));
}

function tableValue({ table, range }, sheet) {
  const area = areaOf(range.address);
  const headers = table.showHeaders ? 1 : 0;
  const totals = table.showTotals ? 1 : 0;
  const first = area.top + headers - sheet.area.top;
  const last = area.bottom - totals - sheet.area.top;
  const formulas = {};
  for (let column = area.left; column <= area.right; column += 1) {
    const cells = sheet.formulas.slice(first, last + 1).map((row) => row[column - sheet.area.left]);
    if (cells.length && cells[0] !== null && cells.every((formula) => formula === cells[0])) formulas[column] = cells[0];
  }
  return {
    name: table.name,
    area: addressOf(area),
    columns: table.columns.items.map(({ name }) => name),
    header_rows: headers,
    totals_rows: totals,
    formulas,
  };
}

// The selected range without its sheet; "" when it cannot be told, as with a chart.
async function selectionOf(context) {
  try {
    const selected = context.workbook.getSelectedRanges();
    selected.load("address");
    await context.sync();
    return ranges(selected.address)[0] || "";
  } catch {
    return "";
  }
}
