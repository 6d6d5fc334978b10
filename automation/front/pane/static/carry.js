// Actions carried out on the open workbook in their order, each with what takes it back, so that a failure leaves
// nothing half done. Not here: which actions (the server), how the workbook is taken (take.js).

import { CELLS_AT_ONCE, MARK, placeOf } from "./take.js";
import { addressOf, areaOf, cellAddress, columnsOf, holds, rowsOf, slices } from "./places.js";

// Characters of ranges that Excel takes in one address.
const ADDRESS_LIMIT = 4000;
const FONT = { bold: true, color: true, italic: true, name: true, size: true, strikethrough: true, underline: true };

// The result lists the cells that do not hold what was written to them, as "sheet!cell". An error of Excel is thrown
// on with `takenBack`: whether everything is as it was before.
export async function carry(context, actions, { book, fills }) {
  const run = new Run(context, book, fills);
  try {
    for (const action of actions) {
      await run[action.action](context.workbook.worksheets.getItem(action.sheet), action);
    }
    await run.marksAgain(actions);
    await context.sync();
    return await run.differing();
  } catch (error) {
    error.takenBack = await run.takeBack();
    throw error;
  }
}

class Run {
  constructor(context, book, fills) {
    this.context = context;
    this.before = new Map(book.sheets.map((sheet) => [sheet.name, sheet]));
    this.fills = fills;
    this.undo = [];
    this.written = [];
    this.waiting = 0;
    context.application.suspendScreenUpdatingUntilNextSync();
    context.application.suspendApiCalculationUntilNextSync();
  }

  // Texts that Excel would read as something else come with an apostrophe, which it does not keep as part of the
  // value; cells formatted as text are General while they get a number.
  async put_values(sheet, action) {
    const whole = areaOf(action.area);
    this.undo.push(() => this.contentBack(sheet, action.sheet, whole));
    for (const area of slices(whole, CELLS_AT_ONCE)) {
      const rows = action.values.slice(area.top - whole.top, area.bottom - whole.top + 1);
      const before = sheet.getRange(addressOf(area));
      before.load("numberFormat");
      const general = action.general.filter((cell) => holds(area, areaOf(cell)));
      for (const cell of general) sheet.getRange(cell).numberFormat = [["General"]];
      sheet.getRange(addressOf(area)).values = rows.map((row) => row.map((value) => value ?? ""));
      for (const cell of general) sheet.getRange(cell).numberFormat = [["@"]];
      this.written.push({ sheet, name: action.sheet, area, rows, before });
      await this.room(rowsOf(area) * columnsOf(area));
    }
  }

  async put_formulas(sheet, action) {
    const area = areaOf(action.area);
    this.undo.push(() => this.contentBack(sheet, action.sheet, area));
    const row = Array(columnsOf(area)).fill(action.formula);
    sheet.getRange(addressOf(area)).formulas = Array.from({ length: rowsOf(area) }, () => row);
    await this.room(rowsOf(area) * columnsOf(area));
  }

  async resize_table(sheet, action) {
    const table = this.before.get(action.sheet).tables.find(({ name }) => name === action.table);
    this.undo.push(() => sheet.tables.getItem(action.table).resize(table.area));
    sheet.tables.getItem(action.table).resize(action.area);
  }

  async copy_look(sheet, action) {
    this.undo.push(() => sheet.getRange(action.target).clear("Formats"));
    sheet.getRange(action.target).copyFrom(action.source, "Formats");
  }

  async put_links(sheet, action) {
    const area = areaOf(action.area);
    const range = sheet.getRange(action.area);
    const found = range.getCellProperties({ hyperlink: true, format: { font: FONT } });
    range.load("values,numberFormat");
    await this.context.sync();
    const present = new Map();
    const cells = new Map();
    found.value.forEach((row, down) => row.forEach(({ hyperlink, format }, across) => {
      const address = cellAddress(area.top + down, area.left + across);
      const value = contentOf(range.values[down][across], range.numberFormat[down][across]);
      cells.set(address, { font: known(format.font), value });
      if (hyperlink) present.set(address, placeOf(hyperlink));
    }));
    const wanted = new Map(Object.entries(action.links));
    this.undo.push(() => this.links(sheet, wanted, present, cells));
    await this.links(sheet, present, wanted, cells);
  }

  // Excel makes linked cells blue and writes the place into empty ones: fonts and values are put back. A cell that
  // leads to a file or the web keeps that link.
  async links(sheet, present, wanted, cells) {
    for (const [cell, place] of present) {
      if (place && wanted.get(cell) !== place) sheet.getRange(cell).clear("Hyperlinks");
    }
    for (const [cell, place] of wanted) {
      if (!place || present.get(cell) === place || present.get(cell) === "") continue;
      const range = sheet.getRange(cell);
      range.hyperlink = { documentReference: place };
      range.setCellProperties([[{ format: { font: cells.get(cell).font } }]]);
      range.values = [[cells.get(cell).value]];
    }
    await this.room(present.size + wanted.size);
  }

  async put_marks(sheet, action) {
    const before = this.fills.get(action.sheet);
    this.undo.push(() => this.marks(sheet, before));
    await this.marks(sheet, action.marks);
  }

  // Our conditional formats become exactly these, gravest first; those of users stay, behind them.
  async marks(sheet, wanted) {
    const present = sheet.getRange().conditionalFormats;
    present.load("items/type");
    await this.context.sync();
    const custom = present.items.filter((format) => format.type === "Custom");
    for (const format of custom) format.custom.rule.load("formula");
    await this.context.sync();
    // One without a formula is ours as well: it was being made when Excel failed.
    for (const format of custom) {
      const formula = format.custom.rule.formula.trim();
      if (formula === "" || MARK.test(formula)) format.delete();
    }
    // Each new format goes to the top, so the last one first.
    const parts = wanted.flatMap((mark) => pieces(mark.areas).map((address) => ({ ...mark, address })));
    for (const { address, formula, colour } of parts.reverse()) {
      const format = sheet.getRanges(address).conditionalFormats.add("Custom");
      format.custom.rule.formula = formula;
      format.custom.format.fill.color = colour;
    }
    await this.context.sync();
  }

  // Copied looks take marks along; where no new marks follow, the marks become what they were.
  async marksAgain(actions) {
    const named = (kind) => new Set(actions.filter((action) => action.action === kind).map(({ sheet }) => sheet));
    const fresh = named("put_marks");
    for (const name of named("copy_look")) {
      const marks = this.fills.get(name);
      if (!fresh.has(name) && marks.length) await this.marks(this.context.workbook.worksheets.getItem(name), marks);
    }
  }

  // Cells get back what stood in them when the workbook was taken.
  contentBack(sheet, name, area) {
    const { area: text, values, formulas, formats } = this.before.get(name);
    const taken = areaOf(text);
    const content = (row, column) => {
      const [down, across] = [row - taken.top, column - taken.left];
      if (values[down]?.[across] === undefined) return "";
      return formulas[down][across] ?? contentOf(values[down][across], formats[down][across]);
    };
    sheet.getRange(addressOf(area)).formulas = Array.from({ length: rowsOf(area) }, (_, down) =>
      Array.from({ length: columnsOf(area) }, (_, across) => content(area.top + down, area.left + across)));
  }

  // Texts that Excel took for something else all the same (a date in the language of its menus) are written again
  // while their cells are formatted as text; what differs even then is told.
  async differing() {
    for (const { range, wanted, format } of await this.lost()) {
      if (typeof wanted !== "string") continue;
      range.numberFormat = [["@"]];
      range.values = [[wanted]];
      range.numberFormat = [[format]];
    }
    return (await this.lost()).map(({ place }) => place);
  }

  async lost() {
    const looked = [];
    for (const one of this.written) {
      const range = one.sheet.getRange(addressOf(one.area));
      range.load("values");
      looked.push({ ...one, range });
      await this.room(rowsOf(one.area) * columnsOf(one.area));
    }
    await this.context.sync();
    return looked.flatMap(({ sheet, name, area, rows, before, range }) =>
      range.values.flatMap((row, down) => row.flatMap((found, across) => {
        const wanted = meant(rows[down][across]);
        if (found === wanted) return [];
        const cell = cellAddress(area.top + down, area.left + across);
        const format = before.numberFormat[down][across];
        return [{ place: `${name}!${cell}`, range: sheet.getRange(cell), wanted, format }];
      })));
  }

  // Send what was queued once it is as much as Excel can take.
  async room(cells) {
    this.waiting += cells;
    if (this.waiting < CELLS_AT_ONCE) return;
    await this.context.sync();
    this.waiting = 0;
  }

  async takeBack() {
    let complete = true;
    for (const step of this.undo.reverse()) {
      try {
        await step();
        await this.context.sync();
      } catch {
        complete = false;
      }
    }
    return complete;
  }
}

// What a cell holds that was given this: an apostrophe in front is no part of a text.
function meant(value) {
  return typeof value === "string" && value.startsWith("'") ? value.slice(1) : value ?? "";
}

// A value that was read, as it is written so that it is the same again.
function contentOf(value, format) {
  if (value === null) return "";
  if (typeof value === "object") return value.error;
  return typeof value === "string" && value !== "" && format !== "@" ? `'${value}` : value;
}

// The properties that all letters of a cell have in common; others stay as they are.
function known(font) {
  return Object.fromEntries(Object.entries(font).filter(([, value]) => value !== null && value !== undefined));
}

// Ranges as few addresses that Excel can take.
function pieces(areas) {
  const found = [];
  let length = ADDRESS_LIMIT;
  for (const area of areas) {
    if (length + area.length >= ADDRESS_LIMIT) {
      found.push([]);
      length = 0;
    }
    found.at(-1).push(area);
    length += area.length + 1;
  }
  return found.map((list) => list.join(","));
}
