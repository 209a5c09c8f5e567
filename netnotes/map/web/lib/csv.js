// Tables as CSV that spreadsheets open safely.

const FORMULA = /^'*[=+@\-\t\r\n＝＋－＠]/u;

/** Write one cell. A text that a spreadsheet would run gets an apostrophe before it: names in notes can be anything. */
const cell = (value) => {
  if (typeof value !== "string") {
    return value === null || Number.isNaN(value) ? "" : String(value);
  }
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Write rows of cells; the byte order mark tells spreadsheets that the text is UTF-8. */
export const writeCsv = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
