// Cells and ranges: rows and columns counted from 1, as on the sheet. Not here: what stands in them.

export const LAST_ROW = 1048576;
export const LAST_COLUMN = 16384;

export function letters(column) {
  let text = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  }
  return text;
}

function columnOf(text) {
  return [...text].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

// The area of "B2", "A1:C5", "A:C" or "2:5", with or without the sheet's name before it.
export function areaOf(text) {
  const range = withoutSheet(text).replaceAll("$", "").toUpperCase();
  const [first, last = first] = range.split(":");
  const start = cornerOf(first, 1, 1);
  const end = cornerOf(last, LAST_ROW, LAST_COLUMN);
  return { top: start.row, left: start.column, bottom: end.row, right: end.column };
}

function cornerOf(text, row, column) {
  const [, word, digits] = /^([A-Z]*)([0-9]*)$/.exec(text);
  return { row: digits ? Number(digits) : row, column: word ? columnOf(word) : column };
}

// The name of the sheet in front of an address, "" when there is none, and the address without it.
export function sheetOf(text) {
  const place = text.lastIndexOf("!");
  const name = place < 0 ? "" : text.slice(0, place);
  return name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name;
}

export function withoutSheet(text) {
  return text.slice(text.lastIndexOf("!") + 1);
}

export function addressOf(area) {
  const first = `${letters(area.left)}${area.top}`;
  const last = `${letters(area.right)}${area.bottom}`;
  return first === last ? first : `${first}:${last}`;
}

export function cellAddress(row, column) {
  return `${letters(column)}${row}`;
}

export function around(areas) {
  return {
    top: Math.min(...areas.map((area) => area.top)),
    left: Math.min(...areas.map((area) => area.left)),
    bottom: Math.max(...areas.map((area) => area.bottom)),
    right: Math.max(...areas.map((area) => area.right)),
  };
}

export function rowsOf(area) {
  return area.bottom - area.top + 1;
}

export function columnsOf(area) {
  return area.right - area.left + 1;
}

export function holds(area, other) {
  return (
    area.top <= other.top && area.left <= other.left && other.bottom <= area.bottom && other.right <= area.right
  );
}

// Pieces of at most `cells` cells, whole rows each, from the top.
export function slices(area, cells) {
  const step = Math.max(1, Math.floor(cells / columnsOf(area)));
  const found = [];
  for (let top = area.top; top <= area.bottom; top += step) {
    found.push({ ...area, top, bottom: Math.min(top + step - 1, area.bottom) });
  }
  return found;
}
