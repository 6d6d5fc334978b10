// The pane: a click takes the open workbook, asks the server what it comes to, and carries that out. The ribbon's
// functions are the same clicks, in this same page. Not here: how it looks (view.js), what is done to cells (carry.js).

import { carry } from "./carry.js";
import { sheetOf, withoutSheet } from "./places.js";
import { take } from "./take.js";
import { View } from "./view.js";
import { own, Sentence } from "./words.js";

const TOKEN = document.querySelector('meta[name="deliverybook-token"]').content;
const SLICE_BYTES = 4194304;
const NEEDED = "1.13";
const SHOW_PANE = "show_pane";
// What is known before the server has said anything.
const NOTHING = { groups: [], buttons: [], severities: [], statuses: [], figures: [] };

class Pane {
  constructor(known) {
    this.known = known;
    this.turn = Promise.resolve();
    this.owed = [];
    this.view = new View(known, {
      click: (control) => this.click(control),
      jump: (finding) => this.jump(finding),
      previewOne: (finding) => this.preview([finding]),
      previewAll: () => this.click("repair"),
      speak: (language) => this.speak(language),
      fetch: (document, event) => this.fetch(document, event),
    });
  }

  speak(language) {
    remember("language", language);
    this.view.speak(language);
  }

  // One click after the other; repairs are shown before they are made.
  click(control) {
    const isRepair = this.known.buttons.find(({ id }) => id === control)?.command === "repair";
    return this.queued(() => this.run({ control, dry_run: isRepair }, isRepair));
  }

  queued(work) {
    this.view.busy("reading");
    this.turn = this.turn.then(work).catch((error) => this.failed(error)).finally(() => this.view.busy(""));
    return this.turn;
  }

  // What the click came to, and the cells that do not hold what was written to them.
  async run(asked, isPreview = false) {
    if (this.view.preview) this.view.closePreview();
    const { answer, differing, kept } = await this.clicked(asked);
    if (isPreview && answer.exit !== 2) {
      const offered = answer.findings.filter(({ repair, cell }) => repair !== null && cell);
      if (offered.length) {
        this.view.tell(null);
        this.preview(offered);
        return { answer, differing };
      }
    }
    this.view.extras = answer.exit === 2 ? null : answer;
    this.view.showExtras();
    if (answer.command.startsWith("check") || (answer.findings.length && !isPreview && !asked.only)) this.view.show(answer);
    if (differing.length) this.view.tell((words) => words.differs(differing.length, differing[0]), "bad");
    else if (!kept) this.view.tell(own("notKept"), "bad");
    else this.view.tell(answer.exit === 2 ? answer.message : short(answer), ["good", "", "bad"][answer.exit]);
    // Findings are listed here, so nobody needs to be led to their sheet.
    if (answer.goto && !answer.findings.length) await this.select(sheetOf(answer.goto), withoutSheet(answer.goto));
    return { answer, differing };
  }

  // The workbook is taken, sent, and written; when somebody changed it meanwhile, nothing is written.
  async clicked(asked) {
    for (const click of this.owed.splice(0)) await this.keep(click);
    return this.excel(async (context) => {
      this.view.busy("reading");
      let changed = 0;
      const watch = context.workbook.worksheets.onChanged.add(async () => { changed += 1; });
      try {
        const taken = await take(context, address(), this.known.links);
        this.view.bookName = taken.book.name;
        this.view.busy("computing");
        const answer = await this.post("/api/click", JSON.stringify({ ...asked, book: taken.book }));
        if (answer.question.zh && !asked.dry_run && !(await this.asked(answer.question))) throw new Sentence(own("notDone"));
        if (answer.keeps_copy && !asked.dry_run) answer.documents.push(await this.copy(taken.book));
        if (changed) throw new Sentence(own("changedMeanwhile"));
        watch.remove();
        await context.sync();
        this.view.busy("writing");
        if (!answer.actions.length) return { answer, differing: [], kept: true };
        const differing = await this.carried(context, answer, taken);
        return { answer, differing, kept: !answer.click || (await this.keep(answer.click)) };
      } catch (error) {
        watch.remove();
        await context.sync().catch(() => {});
        throw error;
      }
    });
  }

  // What was written half-way can be undone as well; an undo that stopped half-way can be done again.
  async carried(context, answer, taken) {
    try {
      return await carry(context, answer.actions, taken);
    } catch (error) {
      if (error.takenBack === false && answer.click) error.kept = answer.command === "undo" || (await this.keep(answer.click));
      throw error;
    }
  }

  // Tell the server that a click was carried out, so that undo knows of it; whether it does. What could not be told is
  // told again before the next click.
  async keep(click) {
    try {
      return (await this.post(`/api/done?click=${click}`, "")).kept;
    } catch {
      this.owed.push(click);
      return false;
    }
  }

  asked(question) {
    this.view.busy("asking");
    return this.view.ask(question);
  }

  async copy(book) {
    this.view.busy("copying");
    const data = await content();
    const asked = new URLSearchParams({ name: book.name, path: book.path });
    return this.post(`/api/copy?${asked}`, data);
  }

  async post(path, body) {
    let response;
    try {
      response = await fetch(path, { method: "POST", body, headers: { "X-Deliverybook-Token": TOKEN }, cache: "no-store" });
    } catch {
      throw new Sentence(own("offline"));
    }
    const value = await response.json();
    if (value.error) throw new Sentence(value.error);
    return value;
  }

  async excel(work) {
    return Excel.run({ delayForCellEdit: true }, work);
  }

  failed(error) {
    const text = error instanceof Sentence ? error.text : problem(error);
    if (error.takenBack === false) {
      const partly = own(error.kept ? "partly" : "partlyNotKept");
      this.view.tell({ zh: `${partly.zh}${text.zh}`, en: `${partly.en} ${text.en}` }, "bad");
    } else this.view.tell(text, "bad");
  }

  // Repairs

  preview(findings) {
    this.view.showPreview(findings, (chosen) => this.queued(async () => {
      const only = chosen.map(({ id, value, repair }) => ({ id, value, repair }));
      const { answer, differing } = await this.run({ control: "repair", only });
      if (answer.exit === 2) return;
      const made = answer.findings.filter(({ worksheet, cell }) => !differing.includes(`${worksheet}!${cell}`));
      this.view.markRepaired(made.map(({ id }) => id));
    }));
  }

  // Places

  async jump({ worksheet, cell }) {
    try {
      if (!(await this.select(worksheet, cell))) this.view.tell(own("hiddenSheet", worksheet), "bad");
    } catch (error) {
      this.failed(error);
    }
  }

  // Whether the place could be shown; a hidden sheet stays hidden.
  async select(worksheet, cell) {
    return this.excel(async (context) => {
      const sheet = context.workbook.worksheets.getItem(worksheet);
      sheet.load("visibility");
      await context.sync();
      if (sheet.visibility !== "Visible") return false;
      sheet.activate();
      if (cell) sheet.getRange(cell).select();
      await context.sync();
      return true;
    });
  }

  // Excel on a desktop has no downloads of its own: the browser fetches the file there.
  fetch(document, event) {
    const opens = Office.context.requirements.isSetSupported("OpenBrowserWindowApi", "1.1");
    if (opens && Office.context.platform !== "OfficeOnline") {
      event.preventDefault();
      Office.context.ui.openBrowserWindow(new URL(document.link, location.href).href);
    }
    document.fetched = true;
    setTimeout(() => this.view.showExtras(), 0);
  }
}

// The message without its first notice, which stands with the others below it.
function short({ message, notices }) {
  const cut = (language) => {
    const end = notices.length ? ` · ${notices[0][language]}` : "";
    return end && message[language].endsWith(end) ? message[language].slice(0, -end.length) : message[language];
  };
  return { zh: cut("zh"), en: cut("en") };
}

function address() {
  return Office.context.document?.url ?? "";
}

// The file's bytes as they would be saved now.
function content() {
  const failed = new Sentence(own("noCopy"));
  return new Promise((resolve, reject) => {
    Office.context.document.getFileAsync("compressed", { sliceSize: SLICE_BYTES }, (result) => {
      if (result.status !== "succeeded") {
        reject(failed);
        return;
      }
      const file = result.value;
      const next = (number, parts) => {
        if (number === file.sliceCount) {
          file.closeAsync(() => resolve(new Blob(parts)));
          return;
        }
        file.getSliceAsync(number, (slice) => {
          if (slice.status === "succeeded") next(number + 1, [...parts, new Uint8Array(slice.value.data)]);
          else file.closeAsync(() => reject(failed));
        });
      };
      next(0, []);
    });
  });
}

// What Excel says went wrong, as a sentence that says what to do.
function problem(error) {
  if (error.code === "InvalidOperationInCellEditMode") return own("editing");
  if (error.code === "AccessDenied") return own("locked");
  return own("failed", error.code ? `${error.message} (${error.code})` : error.message);
}

function remember(name, value) {
  try {
    localStorage.setItem(`deliverybook-${name}`, value);
  } catch {
    // A browser that keeps nothing for pages inside pages asks again next time.
  }
}

function remembered(name) {
  try {
    return localStorage.getItem(`deliverybook-${name}`);
  } catch {
    return null;
  }
}

function firstLanguage() {
  const given = remembered("language") ?? globalThis.Office?.context?.displayLanguage ?? navigator.language;
  return given.toLowerCase().startsWith("zh") ? "zh" : "en";
}

// The ribbon's buttons: the same clicks, with the pane beside to show what they came to.
function associate(pane) {
  for (const { id, is_menu: isMenu } of pane.known.buttons) {
    if (isMenu) continue;
    Office.actions.associate(id, async (event) => {
      try {
        await Office.addin?.showAsTaskpane?.();
      } catch {
        // Without a shared runtime the page has no pane to show; the command runs all the same.
      }
      await pane.click(id);
      event.completed();
    });
  }
  Office.actions.associate(SHOW_PANE, (event) => Office.addin.showAsTaskpane().finally(() => event.completed()));
}

// What the server says of buttons, severities and figures.
async function asked() {
  let value;
  try {
    value = await (await fetch("/api/buttons", { cache: "no-store" })).json();
  } catch {
    throw new Sentence(own("offline"));
  }
  if (value.error) throw new Sentence(value.error);
  return value;
}

async function start() {
  const pane = new Pane(await asked());
  pane.view.speak(firstLanguage());
  if (globalThis.Office === undefined) {
    pane.view.tell(own("noOffice"), "bad");
    return;
  }
  // Office waits for the functions of its buttons, so they are told before anything else.
  associate(pane);
  const info = await Office.onReady();
  pane.view.speak(firstLanguage());
  if (info.host !== "Excel") pane.view.tell(own("notExcel"), "bad");
  else if (!Office.context.requirements.isSetSupported("ExcelApi", NEEDED)) pane.view.tell(own("tooOld"), "bad");
  document.body.dataset.ready = "";
}

// A pane that cannot start says why, and nothing else.
start().catch((error) => {
  const pane = new Pane(NOTHING);
  pane.view.speak(firstLanguage());
  document.getElementById("commands").hidden = true;
  document.getElementById("findings").hidden = true;
  pane.failed(error);
});
