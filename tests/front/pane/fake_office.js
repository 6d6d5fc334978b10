// A stand-in for Office.js: one workbook in memory, behind an object model that is as strict as the real one where it
// matters. What was not loaded, or not yet synchronised, cannot be read; what is written is taken as if typed; protected
// sheets refuse. `window.givenBook` is the workbook (as excel/live/wire.py writes it), `window.fake` is for the tests.
"use strict";
(() => {
  const EPOCH = Date.UTC(1899, 11, 30);
  const CELLS_AT_ONCE = 25000;

  class OfficeError extends Error {
    constructor(code, message) {
      super(message ?? code);
      this.code = code;
    }
  }

  // Places

  const letters = (column) => {
    let text = "";
    for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
    return text;
  };
  const number = (word) => [...word].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  const corner = (text) => {
    const match = /^\$?([A-Z]{1,3})\$?([0-9]+)$/.exec(text);
    if (!match) throw new OfficeError("InvalidArgument", text);
    return [Number(match[2]), number(match[1])];
  };
  const area = (text) => {
    const [first, last = first] = text.slice(text.lastIndexOf("!") + 1).split(":");
    const [[top, left], [bottom, right]] = [corner(first), corner(last)];
    return { top, left, bottom, right };
  };
  const address = ({ top, left, bottom, right }) => {
    const [first, last] = [`${letters(left)}${top}`, `${letters(right)}${bottom}`];
    return first === last ? first : `${first}:${last}`;
  };
  const quoted = (name) => (/^\w+$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`);
  const full = (sheet, place) => `${quoted(sheet.name)}!${address(place)}`;
  const inside = (outer, inner) => outer.top <= inner.top && outer.left <= inner.left
    && inner.bottom <= outer.bottom && inner.right <= outer.right;
  const grid = (place, give) => Array.from({ length: place.bottom - place.top + 1 }, (_, down) =>
    Array.from({ length: place.right - place.left + 1 }, (_, across) => give(place.top + down, place.left + across)));

  // The workbook in memory

  const model = { name: "", sheets: [], active: null, selection: "A1", listeners: [], syncs: 0, writes: 0, fail: "" };

  function sheetOf(given) {
    const sheet = {
      name: given.name, visibility: given.visible ? "Visible" : "Hidden", isProtected: given.protected,
      cells: new Map(), tables: given.tables.map((table) => ({ ...table, place: area(table.area) })),
      merges: given.merges.map(area), formats: [], used: area(given.area),
    };
    const place = area(given.area);
    given.values.forEach((row, down) => row.forEach((value, across) => {
      const cell = at(sheet, place.top + down, place.left + across);
      Object.assign(cell, content(value), { format: given.formats[down][across] });
      cell.formula = given.formulas[down][across];
    }));
    for (const [where, link] of Object.entries(given.links)) {
      const { top, left } = area(where);
      at(sheet, top, left).link = link ? { documentReference: link } : { address: "https://example.com/" };
    }
    for (const [where, severity] of Object.entries(given.marks)) {
      const fill = `#${{ error: "FFC7CE", high: "FFD8B0", medium: "FFF2CC", low: "DDEBF7", reminder: "E2F0D9" }[severity]}`;
      sheet.formats.push({ type: "Custom", formula: `=N("deliverybook:${severity}")=0`, fill, areas: where.split(/[ ,]+/).map(area) });
    }
    return sheet;
  }

  function content(value) {
    if (value === null || value === "") return { value: "", type: "Empty" };
    if (typeof value === "object") return { value: value.error, type: "Error" };
    return { value, type: { string: "String", number: "Double", boolean: "Boolean" }[typeof value] };
  }

  function at(sheet, row, column) {
    const name = `${row},${column}`;
    if (!sheet.cells.has(name)) {
      sheet.cells.set(name, { value: "", type: "Empty", formula: null, format: "General", link: null, prefix: false,
        font: { bold: false, color: "#000000", italic: false, name: "Calibri", size: 11, strikethrough: false, underline: "None" } });
    }
    return sheet.cells.get(name);
  }

  // What Excel makes of what is typed into a cell.
  function type(cell, typed) {
    if (typed === null) return;
    cell.formula = null;
    cell.prefix = false;
    if (typed === "") Object.assign(cell, content(""));
    else if (cell.format === "@") Object.assign(cell, content(String(typed)));
    else if (typeof typed !== "string") Object.assign(cell, content(typed));
    else if (typed.startsWith("'")) Object.assign(cell, content(typed.slice(1)), { prefix: true });
    else read(cell, typed);
  }

  function read(cell, typed) {
    const text = typed.trim();
    const day = dayOf(text);
    if (/^[=+@-].*[^\d.]/.test(text) && !/^[+-]?\d/.test(text)) {
      if (!text.startsWith("=")) throw new OfficeError("InvalidArgument", `formula: ${text}`);
      Object.assign(cell, content(0), { formula: text });
    } else if (/^[+-]?[\d,]*\.?\d+(e[+-]?\d+)?%?$/i.test(text)) {
      Object.assign(cell, content(Number(text.replaceAll(",", "").replace("%", "")) / (text.endsWith("%") ? 100 : 1)));
    } else if (day !== null) {
      Object.assign(cell, content(day));
      if (cell.format === "General") cell.format = "d-mmm";
    } else if (/^(true|false)$/i.test(text)) Object.assign(cell, content(text.toLowerCase() === "true"));
    else if (/^#(N\/A|REF!|DIV\/0!|VALUE!|NAME\?)$/.test(text)) Object.assign(cell, { value: text, type: "Error" });
    else Object.assign(cell, content(typed));
  }

  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

  function dayOf(text) {
    const serial = (year, month, day) => (month >= 1 && month <= 12 && day >= 1 && day <= 31
      ? (Date.UTC(year, month - 1, day) - EPOCH) / 86400000 : null);
    let match = /^(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?$/.exec(text);
    if (match) return serial(...match.slice(1).map(Number));
    match = /^(\d{1,2})[-/月](\d{1,2})日?$/.exec(text);
    if (match) return serial(2026, Number(match[1]), Number(match[2]));
    match = /^([a-z]{3})[a-z]*[- ]?(\d{1,2})$/i.exec(text);
    const month = match ? MONTHS.indexOf(match[1].toLowerCase()) + 1 : 0;
    return month ? serial(2026, month, Number(match[2])) : null;
  }

  // Objects of the object model: each is found anew when the queue is worked through

  class Client {
    constructor(context, find) {
      this.context = context;
      this.find = find;
      this.loaded = new Map();
    }

    load(names) {
      const list = Array.isArray(names) ? names : names.split(",").map((name) => name.trim());
      this.context.queue(() => {
        const found = this.find();
        this.isNull = found === null;
        if (this.isNull && !this.mayBeNull) throw new OfficeError("ItemNotFound");
        if (!this.isNull) for (const name of list) this.take(found, name);
      });
      return this;
    }

    take(found, name) {
      const give = this.constructor.properties[name];
      if (!give) throw new OfficeError("InvalidArgument", `no property ${name}`);
      this.loaded.set(name, structuredClone(give(found)));
    }

    get isNullObject() {
      if (this.isNull === undefined) throw new OfficeError("PropertyNotLoaded", "isNullObject");
      return this.isNull;
    }
  }

  // Properties that can be loaded, and those that can be written.
  function describe(kind, properties, writable = {}) {
    kind.properties = properties;
    for (const name of new Set([...Object.keys(properties), ...Object.keys(writable)])) {
      Object.defineProperty(kind.prototype, name, {
        get() {
          if (!this.loaded.has(name)) {
            throw new OfficeError("PropertyNotLoaded", `The property '${name}' is not available: load it and call context.sync().`);
          }
          return this.loaded.get(name);
        },
        set(value) {
          if (!writable[name]) throw new TypeError(`'${name}' cannot be written`);
          const given = structuredClone(value);
          this.context.queue(() => writable[name](this.find(), given), true);
        },
      });
    }
  }

  class Collection extends Client {
    load(names) {
      const list = names.split(",").map((name) => name.trim().replace(/^items\//, ""));
      this.context.queue(() => {
        this.known = this.members().map((member) => this.wrap(member));
        for (const item of this.known) {
          for (const name of list) {
            const steps = name.split("/");
            let target = item;
            for (const step of steps.slice(0, -1)) target = target[step];
            target.take(target.find(), steps.at(-1));
          }
        }
      });
      return this;
    }

    get items() {
      if (!this.known) throw new OfficeError("PropertyNotLoaded", "The property 'items' is not available.");
      return this.known;
    }
  }

  class Worksheet extends Client {
    getRange(where) {
      const place = where === undefined ? null : area(where);
      return new Range(this.context, () => ({ sheet: this.find(), place: place ?? { top: 1, left: 1, bottom: 1048576, right: 16384 } }));
    }

    getRanges(where) {
      if (where.length > 8000) throw new OfficeError("InvalidArgument", "address too long");
      return new RangeAreas(this.context, () => ({ sheet: this.find(), places: where.split(",").map(area) }));
    }

    getUsedRangeOrNullObject(valuesOnly = false) {
      return nullable(new Range(this.context, () => {
        const sheet = this.find();
        const cells = [...sheet.cells].filter(([, cell]) => !valuesOnly || cell.type !== "Empty" || cell.formula !== null);
        if (!cells.length) return null;
        const rows = cells.map(([name]) => Number(name.split(",")[0]));
        const columns = cells.map(([name]) => Number(name.split(",")[1]));
        const place = { top: Infinity, left: Infinity, bottom: 0, right: 0 };
        for (const row of rows) [place.top, place.bottom] = [Math.min(place.top, row), Math.max(place.bottom, row)];
        for (const column of columns) [place.left, place.right] = [Math.min(place.left, column), Math.max(place.right, column)];
        return { sheet, place };
      }));
    }

    get protection() {
      return (this.protectionObject ??= new Protection(this.context, this.find));
    }

    get tables() {
      return { getItem: (name) => new Table(this.context, () => known(this.find().tables.find((table) => table.name === name), this.find())) };
    }

    activate() {
      this.context.queue(() => { model.active = this.find(); });
    }
  }
  describe(Worksheet, { name: (sheet) => sheet.name, visibility: (sheet) => sheet.visibility },
    { visibility: (sheet, value) => { sheet.visibility = value; } });

  class Protection extends Client {}
  describe(Protection, { protected: (sheet) => sheet.isProtected });

  const nullable = (object) => Object.assign(object, { mayBeNull: true });
  const known = (table, sheet) => (table ? { table, sheet } : null);
  const open = (sheet) => {
    if (sheet.isProtected) throw new OfficeError("AccessDenied", "The sheet is protected.");
    model.writes += 1;
  };

  class Range extends Client {
    take(found, name) {
      const cells = (found.place.bottom - found.place.top + 1) * (found.place.right - found.place.left + 1);
      if (["values", "formulas", "numberFormat", "valueTypes"].includes(name)) this.context.carry(cells / 4);
      super.take(found, name);
    }

    get conditionalFormats() {
      return (this.formatsObject ??= new ConditionalFormats(this.context, () => {
        const { sheet, place } = this.find();
        return { sheet, places: [place] };
      }));
    }

    getMergedAreasOrNullObject() {
      return nullable(new RangeAreas(this.context, () => {
        const found = this.find();
        const places = found ? found.sheet.merges.filter((merge) => inside(found.place, merge)) : [];
        return places.length ? { sheet: found.sheet, places } : null;
      }));
    }

    getSpillingToRangeOrNullObject() {
      return nullable(new Range(this.context, () => null));
    }

    getCellProperties(wanted) {
      const result = {};
      let value;
      Object.defineProperty(result, "value", { get() {
        if (!value) throw new OfficeError("ValueNotLoaded", "The result is not available before context.sync().");
        return value;
      } });
      this.context.queue(() => {
        const { sheet, place } = this.find();
        value = grid(place, (row, column) => {
          const cell = at(sheet, row, column);
          const given = {};
          if (wanted.hyperlink) given.hyperlink = cell.link ? { ...cell.link } : null;
          if (wanted.format) given.format = { font: { ...cell.font } };
          return given;
        });
      });
      return result;
    }

    setCellProperties(matrix) {
      this.context.queue(() => {
        const { sheet, place } = this.find();
        open(sheet);
        matrix.forEach((row, down) => row.forEach(({ format }, across) =>
          Object.assign(at(sheet, place.top + down, place.left + across).font, format.font)));
      });
    }

    clear(kind) {
      this.context.queue(() => {
        const { sheet, place } = this.find();
        open(sheet);
        for (const cell of grid(place, (row, column) => at(sheet, row, column)).flat()) {
          if (kind === "Hyperlinks") cell.link = null;
          else if (kind === "Formats") cell.format = "General";
          else throw new OfficeError("NotImplemented", kind);
        }
      });
    }

    copyFrom(source, kind) {
      if (kind !== "Formats") throw new OfficeError("NotImplemented", kind);
      this.context.queue(() => {
        const { sheet, place } = this.find();
        open(sheet);
        const from = area(source);
        for (let row = place.top; row <= place.bottom; row += 1) {
          for (let column = place.left; column <= place.right; column += 1) {
            const model = at(sheet, from.top, column);
            Object.assign(at(sheet, row, column), { format: model.format, font: { ...model.font } });
          }
        }
        // Excel copies conditional formats with the rest of the look.
        for (const format of sheet.formats) {
          const across = format.areas.filter((one) => one.top <= from.top && from.top <= one.bottom);
          format.areas.push(...across.map((one) => ({ ...one, top: place.top, bottom: place.bottom })));
        }
      });
    }

    select() {
      this.context.queue(() => {
        const { sheet, place } = this.find();
        if (model.active !== sheet) throw new OfficeError("InvalidOperation", "The sheet is not active.");
        model.selection = address(place);
      });
    }
  }
  const put = ({ sheet, place }, matrix) => {
    open(sheet);
    const [rows, columns] = [place.bottom - place.top + 1, place.right - place.left + 1];
    if (matrix.length !== rows || matrix.some((row) => row.length !== columns)) {
      throw new OfficeError("InvalidArgument", "The array does not match the dimensions of the range.");
    }
    grid(place, (row, column) => type(at(sheet, row, column), matrix[row - place.top][column - place.left]));
  };
  const each = (name) => ({ sheet, place }) => grid(place, (row, column) => at(sheet, row, column)[name]);
  describe(Range, {
    address: ({ sheet, place }) => full(sheet, place),
    values: each("value"),
    valueTypes: each("type"),
    numberFormat: each("format"),
    formulas: ({ sheet, place }) => grid(place, (row, column) => {
      const cell = at(sheet, row, column);
      return cell.formula ?? cell.value;
    }),
    hasSpill: () => false,
    savedAsArray: () => false,
  }, {
    values: put,
    formulas: put,
    numberFormat: ({ sheet, place }, matrix) => {
      open(sheet);
      grid(place, (row, column) => { at(sheet, row, column).format = matrix[row - place.top][column - place.left]; });
    },
    hyperlink: ({ sheet, place }, link) => {
      open(sheet);
      const cell = at(sheet, place.top, place.left);
      cell.link = link;
      Object.assign(cell.font, { color: "#0563C1", underline: "Single" });
      if (cell.type === "Empty") Object.assign(cell, content(link.documentReference));
    },
  });

  class RangeAreas extends Client {
    get conditionalFormats() {
      return (this.formatsObject ??= new ConditionalFormats(this.context, this.find));
    }
  }
  describe(RangeAreas, { address: ({ sheet, places }) => places.map((place) => full(sheet, place)).join(",") });

  class ConditionalFormats extends Collection {
    members() {
      const { sheet } = this.find();
      return sheet.formats.map((format) => ({ sheet, format }));
    }

    wrap(member) {
      return new ConditionalFormat(this.context, () => member);
    }

    add(kind) {
      const member = { format: { type: kind, formula: "", fill: "", areas: [] } };
      this.context.queue(() => {
        const { sheet, places } = this.find();
        open(sheet);
        member.sheet = sheet;
        member.format.areas = places;
        sheet.formats.unshift(member.format);
      });
      return new ConditionalFormat(this.context, () => member);
    }
  }

  class ConditionalFormat extends Client {
    get custom() {
      return (this.customObject ??= {
        rule: new Rule(this.context, this.find),
        format: { fill: new Fill(this.context, this.find) },
      });
    }

    getRanges() {
      return new RangeAreas(this.context, () => {
        const { sheet, format } = this.find();
        return { sheet, places: format.areas };
      });
    }

    delete() {
      this.context.queue(() => {
        const { sheet, format } = this.find();
        open(sheet);
        sheet.formats.splice(sheet.formats.indexOf(format), 1);
      });
    }
  }
  describe(ConditionalFormat, { type: ({ format }) => format.type });

  class Rule extends Client {}
  describe(Rule, { formula: ({ format }) => format.formula }, { formula: ({ format }, value) => { format.formula = value; } });

  class Fill extends Client {}
  describe(Fill, { color: ({ format }) => format.fill }, { color: ({ format }, value) => { format.fill = value; } });

  class Table extends Client {
    getRange() {
      return new Range(this.context, () => {
        const { sheet, table } = this.find();
        return { sheet, place: table.place };
      });
    }

    get columns() {
      return (this.columnsObject ??= new TableColumns(this.context, this.find));
    }

    get worksheet() {
      return (this.worksheetObject ??= new Worksheet(this.context, () => this.find().sheet));
    }

    resize(where) {
      this.context.queue(() => {
        const { sheet, table } = this.find();
        open(sheet);
        const place = area(where);
        if (place.top !== table.place.top) throw new OfficeError("InvalidArgument", "The header row must stay.");
        table.place = place;
      });
    }
  }
  describe(Table, { name: ({ table }) => table.name, showHeaders: ({ table }) => table.header_rows > 0,
    showTotals: ({ table }) => table.totals_rows > 0 });

  class TableColumns extends Collection {
    members() {
      return this.find().table.columns;
    }

    wrap(name) {
      return new TableColumn(this.context, () => name);
    }
  }

  class TableColumn extends Client {}
  describe(TableColumn, { name: (name) => name });

  class Tables extends Collection {
    members() {
      return model.sheets.flatMap((sheet) => sheet.tables.map((table) => ({ sheet, table })));
    }

    wrap(member) {
      return new Table(this.context, () => member);
    }
  }

  class Worksheets extends Collection {
    members() {
      return model.sheets;
    }

    wrap(sheet) {
      return new Worksheet(this.context, () => sheet);
    }

    getItem(name) {
      return new Worksheet(this.context, () => {
        const found = model.sheets.find((sheet) => sheet.name === name);
        if (!found) throw new OfficeError("ItemNotFound", name);
        return found;
      });
    }

    getActiveWorksheet() {
      return new Worksheet(this.context, () => model.active);
    }

    get onChanged() {
      return { add: (listener) => {
        this.context.queue(() => model.listeners.push(listener));
        return { remove: () => this.context.queue(() => { model.listeners = model.listeners.filter((one) => one !== listener); }) };
      } };
    }
  }

  class Result extends Client {}
  describe(Result, { value: (value) => value });

  class Workbook extends Client {
    get worksheets() {
      return (this.worksheetsObject ??= new Worksheets(this.context, () => model));
    }

    get tables() {
      return (this.tablesObject ??= new Tables(this.context, () => model));
    }

    get functions() {
      return { date: (year, month, day) => new Result(this.context, () => (Date.UTC(year, month - 1, day) - EPOCH) / 86400000) };
    }

    getSelectedRanges() {
      return new RangeAreas(this.context, () => ({ sheet: model.active, places: [area(model.selection)] }));
    }
  }
  describe(Workbook, { name: () => model.name });

  class Context {
    constructor() {
      this.waiting = [];
      this.workbook = new Workbook(this, () => model);
      this.application = {
        suspendScreenUpdatingUntilNextSync: () => this.queue(() => {}),
        suspendApiCalculationUntilNextSync: () => this.queue(() => {}),
      };
    }

    queue(step, writes = false) {
      this.waiting.push({ step, writes });
    }

    carry(cells) {
      this.cells += cells;
      if (this.cells > CELLS_AT_ONCE) throw new OfficeError("ResponsePayloadSizeLimitExceeded");
    }

    async sync() {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const steps = this.waiting;
      this.waiting = [];
      this.cells = 0;
      model.syncs += 1;
      for (const { step, writes } of steps) {
        if (writes && model.fail && model.writes >= model.fail.after) {
          const { code, forever } = model.fail;
          if (!forever) model.fail = "";
          throw new OfficeError(code, "made to fail");
        }
        step();
      }
    }
  }

  window.Excel = {
    async run(options, work) {
      const context = new Context();
      const result = await (work ?? options)(context);
      await context.sync();
      return result;
    },
  };

  const actions = new Map();
  window.Office = {
    onReady: async () => ({ host: "Excel", platform: "PC" }),
    actions: { associate: (name, action) => actions.set(name, action) },
    addin: { showAsTaskpane: async () => { window.fake.shown = (window.fake.shown ?? 0) + 1; } },
    context: {
      displayLanguage: window.givenLanguage ?? "zh-CN",
      platform: "OfficeOnline",
      document: {
        url: window.givenPath ?? "",
        getFileAsync: (kind, options, done) => {
          const bytes = new TextEncoder().encode("PK\u0003\u0004the workbook");
          const halves = [bytes.slice(0, 5), bytes.slice(5)];
          done({ status: "succeeded", value: {
            sliceCount: halves.length,
            getSliceAsync: (position, got) => got({ status: "succeeded", value: { data: [...halves[position]] } }),
            closeAsync: (closed) => closed({ status: "succeeded" }),
          } });
        },
      },
      requirements: { isSetSupported: (name) => name === "ExcelApi" },
      ui: { openBrowserWindow: (address) => { window.fake.opened = address; } },
    },
  };

  const sheetNamed = (name) => model.sheets.find((sheet) => sheet.name === name);
  window.fake = {
    model,
    cell: (name, where) => ({ ...at(sheetNamed(name), ...corner(where)) }),
    marks: (name) => sheetNamed(name).formats.map(({ formula, fill, areas }) => ({ formula, fill, areas: areas.map(address) })),
    table: (name) => address(sheetNamed(name).tables[0].place),
    place: () => `${model.active.name}!${model.selection}`,
    look: (name, where) => { model.active = sheetNamed(name); model.selection = where; },
    edit: (name, where, value) => {
      type(at(sheetNamed(name), ...corner(where)), value);
      for (const listener of model.listeners) listener({ address: where });
    },
    protect: (name) => { sheetNamed(name).isProtected = true; },
    fail: (after, code, forever = false) => { model.writes = 0; model.fail = { after, code, forever }; },
    buttons: () => [...actions.keys()],
    press: (name) => new Promise((resolve) => { actions.get(name)({ completed: resolve }); }),
    contents: () => Object.fromEntries(model.sheets.map((sheet) => [sheet.name, Object.fromEntries([...sheet.cells]
      .filter(([, cell]) => cell.type !== "Empty" || cell.formula !== null)
      .map(([name, cell]) => [name, [cell.value, cell.formula, cell.format]]))])),
  };
  const given = window.givenBook;
  model.name = given.name;
  model.sheets = given.sheets.map(sheetOf);
  model.active = sheetNamed(given.active) ?? model.sheets[0];
})();
