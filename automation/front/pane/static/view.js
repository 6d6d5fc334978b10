// What the pane shows, made of elements and texts only. Not here: Excel, the server, and what a click does (pane.js).

import { WORDS } from "./words.js";

const AT_ONCE = 100;

// An element with properties; `on` are listeners, other names with "-" are attributes; children are elements or texts.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "on") for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else if (key.includes("-") || key === "role" || key === "for") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export class View {
  // `known` is what the server says of buttons, severities and figures; `does` are the functions behind the controls.
  constructor(known, does) {
    this.known = known;
    this.does = does;
    this.language = "zh";
    this.answer = null;
    this.repaired = new Set();
    this.filters = emptyFilters();
    this.limit = AT_ONCE;
    this.filtersOpen = false;
    for (const { code, colour } of known.severities) {
      document.documentElement.style.setProperty(`--fill-${code}`, colour);
    }
    for (const button of document.querySelectorAll("#languages button")) {
      button.addEventListener("click", () => does.speak(button.dataset.language));
    }
  }

  get words() {
    return WORDS[this.language];
  }

  say(text) {
    return text?.[this.language] ?? "";
  }

  speak(language) {
    this.language = language;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    for (const button of document.querySelectorAll("#languages button")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    }
    document.getElementById("languages").setAttribute("aria-label", this.words.language);
    document.getElementById("title").textContent = this.words.title;
    this.showCommands();
    this.showBook();
    this.showMessage();
    this.showExtras();
    this.showFindings();
    if (this.preview) this.showPreview(this.preview.findings, this.preview.apply);
  }

  // Commands

  showCommands() {
    const { groups, buttons } = this.known;
    const quick = buttons.filter((button) => button.command.startsWith("check"));
    document.getElementById("quick").replaceChildren(
      ...quick.map((button) => this.command(button, button.large ? "primary" : "")),
    );
    const panel = document.getElementById("commands");
    panel.firstElementChild.textContent = this.words.commands;
    panel.lastElementChild.replaceChildren(...groups.flatMap((group) => {
      const members = buttons.filter((button) => button.group === group.id && !button.menu);
      if (!members.length) return [];
      const items = members.map((one) => (one.is_menu ? this.menu(one, buttons) : this.command(one)));
      const name = `group-${group.id}`;
      return [element("section", { "aria-labelledby": name },
        element("h2", { id: name }, this.say(group.label)),
        element("div", { className: "grid" }, ...items))];
    }));
  }

  command(button, look = "") {
    return element("button",
      { type: "button", className: `command ${look}`, title: this.say(button.tip), "data-control": button.id,
        on: { click: () => this.does.click(button.id) } },
      element("img", { src: `/icons/${button.picture}-32.png`, width: 20, height: 20, alt: "" }),
      element("span", {}, this.say(button.label)));
  }

  menu(menu, buttons) {
    return element("details", { className: "menu" },
      element("summary", { title: this.say(menu.tip) },
        element("img", { src: `/icons/${menu.picture}-32.png`, width: 20, height: 20, alt: "" }),
        element("span", {}, this.say(menu.label))),
      element("div", {}, ...buttons.filter((one) => one.menu === menu.id).map((one) => this.command(one))));
  }

  // What is going on

  busy(stage) {
    this.stage = stage;
    document.body.classList.toggle("busy", Boolean(stage));
    document.body.setAttribute("aria-busy", String(Boolean(stage)));
    document.getElementById("progress").hidden = !stage || stage === "asking";
    for (const control of document.querySelectorAll("[data-control], [data-writes]")) control.disabled = Boolean(stage);
    this.showMessage();
  }

  tell(message, kind = "") {
    this.message = { message, kind };
    this.showMessage();
  }

  showMessage() {
    const place = document.getElementById("message");
    const { message, kind } = this.message ?? {};
    const text = this.stage ? this.words[this.stage] : typeof message === "function" ? message(this.words) : this.say(message);
    place.textContent = text;
    place.className = `message ${this.stage ? "" : kind ?? ""}`;
    place.hidden = !text;
  }

  showBook() {
    const day = this.answer?.status_date;
    const parts = [this.bookName, day ? `${this.words.statusDate} ${day}` : ""].filter(Boolean);
    document.getElementById("book").textContent = parts.join(" · ");
  }

  // Results of a command beside findings: files, figures, lines, notices

  showExtras() {
    const { documents = [], figures = {}, lines = [], notices = [] } = this.extras ?? {};
    const parts = [];
    if (documents.length) parts.push(this.panel(this.words.documents, this.documents(documents)));
    const tiles = this.known.figures.filter(({ name }) => shown(figures[name]));
    if (tiles.length) parts.push(this.figures(tiles, figures));
    if (lines.length > 1) parts.push(this.panel("", this.sentences(lines)));
    if (notices.length) {
      const first = element("span", {}, ` · ${this.say(notices[0])}`);
      parts.push(element("details", { className: "panel folded" },
        element("summary", {}, element("b", {}, this.words.notices(notices.length)), first), this.sentences(notices)));
    }
    document.getElementById("extras").replaceChildren(...parts);
  }

  sentences(texts) {
    return element("ul", { className: "lines" }, ...texts.map((text) => element("li", {}, this.say(text))));
  }

  panel(title, content) {
    return element("section", { className: "panel" }, title ? element("h2", {}, title) : null, content);
  }

  documents(documents) {
    return element("ul", { className: "documents" }, ...documents.map((one) => element("li", {},
      one.fetched
        ? element("span", { className: "muted" }, `${one.name} · ${this.words.fetched}`)
        : element("a", { href: one.link, download: one.name, title: this.words.download,
            on: { click: (event) => this.does.fetch(one, event) } }, one.name))));
  }

  figures(tiles, figures) {
    const pairs = tiles.map(({ name, unit, zh, en }) => [this.say({ zh, en }), figure(figures[name]) + unit]);
    return element("details", { className: "panel folded figures" },
      element("summary", {}, element("b", {}, this.words.figures),
        element("span", {}, ...pairs.map(([label, value]) => ` · ${label} ${value}`))),
      element("dl", {}, ...pairs.map(([label, value]) =>
        element("div", {}, element("dt", {}, label), element("dd", {}, value)))));
  }

  // Findings

  show(answer) {
    this.answer = answer;
    this.repaired = new Set();
    this.filters = emptyFilters();
    this.limit = AT_ONCE;
    this.showBook();
    this.showFindings();
  }

  // The findings that match the filters, in the order in which they came.
  matching() {
    const { severities, text, sheet, rule, owner, status } = this.filters;
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return this.answer.findings.filter((one) =>
      (!severities.size || (severities.has(one.severity) && isOpen(one)))
      && (!sheet || one.sheet === sheet) && (!rule || one.rule === rule)
      && (owner === null || one.owner === owner) && (status ? one.status === status : one.status !== "resolved")
      && words.every((word) => this.searchable(one).includes(word)));
  }

  searchable(one) {
    return [one.rule, one.cell, one.key, show(one.value), one.owner_name, this.say(one.message), this.say(one.hint),
      this.say(one.sheet_label), this.say(one.column_label)].join(" ").toLowerCase();
  }

  showFindings() {
    const place = document.getElementById("findings");
    if (!this.answer) {
      place.replaceChildren(element("p", { className: "empty" }, this.words.welcome));
      return;
    }
    this.list = element("ul", { className: "list" });
    this.count = element("p", { className: "count", role: "status" });
    this.rest = element("div", {});
    place.replaceChildren(this.chips(), this.tools(), this.filterPanel(), this.count, this.list, this.rest);
    this.showList();
  }

  chips() {
    return element("div", { className: "chips", role: "group" }, ...this.known.severities.map((severity) => {
      const number = this.answer.counts[severity.code];
      const chosen = this.filters.severities.has(severity.code);
      return element("button",
        { type: "button", className: `chip ${severity.code}`, disabled: !number, "aria-pressed": String(chosen),
          "data-severity": severity.code, on: { click: (event) => this.chip(severity.code, event.currentTarget) } },
        element("b", {}, String(number)), element("span", {}, this.say(severity)));
    }));
  }

  chip(code, button) {
    const { severities } = this.filters;
    if (!severities.delete(code)) severities.add(code);
    button.setAttribute("aria-pressed", String(severities.has(code)));
    this.filter();
  }

  tools() {
    const repairable = this.answer.findings.filter((one) => this.canRepair(one));
    this.badge = element("span", { className: "badge" });
    return element("div", { className: "tools" },
      element("input", { type: "search", id: "search", value: this.filters.text, placeholder: this.words.search,
        "aria-label": this.words.search,
        on: { input: (event) => { this.filters.text = event.target.value; this.filter(); } } }),
      element("button", { type: "button", id: "filters-button", "aria-expanded": String(this.filtersOpen),
        "aria-controls": "filters", on: { click: (event) => this.toggleFilters(event.currentTarget) } },
        this.words.filters, this.badge),
      repairable.length
        ? element("button", { type: "button", id: "repair-all", className: "accent", "data-writes": "",
            on: { click: () => this.does.previewAll() } }, this.words.repairAll(repairable.length))
        : null);
  }

  toggleFilters(button) {
    this.filtersOpen = !this.filtersOpen;
    document.getElementById("filters").hidden = !this.filtersOpen;
    button.setAttribute("aria-expanded", String(this.filtersOpen));
  }

  filterPanel() {
    const { findings } = this.answer;
    const choices = (value, label) => [...new Map(findings.map((one) => [value(one), label(one)]))];
    const statuses = new Set(findings.map(({ status }) => status));
    const rules = choices((one) => one.rule, (one) => one.rule).sort();
    const owners = choices((one) => one.owner, (one) => one.owner_name || this.words.nobody);
    const named = this.known.statuses.filter(({ code }) => statuses.has(code)).map((one) => [one.code, this.say(one)]);
    return element("div", { id: "filters", className: "filters", hidden: !this.filtersOpen },
      this.choice("sheet", choices((one) => one.sheet, (one) => this.say(one.sheet_label))),
      this.choice("rule", rules),
      this.choice("owner", owners),
      this.choice("status", named),
      element("button", { type: "button", className: "quiet", on: { click: () => this.clearFilters() } }, this.words.clear));
  }

  choice(name, choices) {
    const every = name === "owner" ? null : "";
    const options = [[every, this.words.all], ...choices];
    const select = element("select", { id: `filter-${name}`, on: { change: () => {
      this.filters[name] = options[select.selectedIndex][0];
      this.filter();
    } } }, ...options.map(([value, label]) => element("option", { selected: value === this.filters[name] }, label)));
    return element("label", {}, element("span", {}, this.words[name]), select);
  }

  clearFilters() {
    this.filters = emptyFilters();
    this.limit = AT_ONCE;
    this.showFindings();
  }

  filter() {
    this.limit = AT_ONCE;
    this.showList();
  }

  showList() {
    const found = this.matching();
    const current = this.answer.findings.filter(({ status }) => status !== "resolved").length;
    const total = this.filters.status === "resolved" ? found.length : current;
    const { sheet, rule, owner, status } = this.filters;
    const active = [sheet, rule, owner !== null, status].filter(Boolean).length;
    this.badge.textContent = active ? String(active) : "";
    this.count.textContent = current || found.length ? this.words.shown(found.length, total) : "";
    const empty = current ? this.words.noneShown : this.words.nothing;
    this.list.replaceChildren(...(found.length
      ? found.slice(0, this.limit).map((one) => this.card(one))
      : [element("li", { className: "empty" }, empty)]));
    const rest = found.length - this.limit;
    this.rest.replaceChildren(...(rest > 0
      ? [element("button", { type: "button", className: "more quiet", on: { click: () => this.showMore() } },
          this.words.more(Math.min(rest, AT_ONCE)))]
      : []));
  }

  showMore() {
    const position = this.limit;
    this.limit += AT_ONCE;
    this.showList();
    this.list.children[position]?.querySelector("button")?.focus();
  }

  card(one) {
    const place = `${one.worksheet || this.say(one.sheet_label)}${one.cell ? `!${one.cell}` : ""}`;
    const column = this.say(one.column_label);
    const severity = this.known.severities.find(({ code }) => code === one.severity);
    const status = this.known.statuses.find(({ code }) => code === one.status);
    const canJump = Boolean(one.worksheet);
    const head = element("button",
      { type: "button", className: "jump", disabled: !canJump, title: canJump ? this.words.jump(place) : this.words.noPlace,
        on: { click: () => this.does.jump(one) } },
      element("span", { className: "place" }, place),
      column ? element("span", { className: "column" }, column) : null);
    const tags = element("span", { className: "tags" },
      element("span", { className: `tag ${one.severity}` }, this.say(severity)),
      element("span", { className: "tag code" }, one.rule),
      one.status === "continuing" ? null : element("span", { className: "tag" }, this.say(status)));
    return element("li", { className: `card ${one.severity} ${isOpen(one) ? "" : "closed"}`, "data-finding": one.id },
      element("div", { className: "head" }, head, tags),
      element("p", { className: "text" }, this.say(one.message)),
      one.hint.zh ? element("p", { className: "hint" }, this.say(one.hint)) : null,
      one.reason && one.status === "waived" ? element("p", { className: "hint" }, one.reason) : null,
      this.foot(one));
  }

  foot(one) {
    const parts = [];
    const value = show(one.value);
    if (value) parts.push(element("span", { className: "value", title: value }, this.words.value, " ", element("q", {}, value)));
    if (one.owner_name) parts.push(element("span", { className: "owner" }, one.owner_name));
    if (this.repaired.has(one.id)) parts.push(element("span", { className: "done" }, `✓ ${this.words.repaired}`));
    else if (this.canRepair(one)) {
      parts.push(element("button", { type: "button", className: "repair accent", "data-writes": "",
        on: { click: () => this.does.previewOne(one) } }, this.words.repair));
    }
    return parts.length ? element("div", { className: "foot" }, ...parts) : null;
  }

  canRepair(one) {
    return one.repair !== null && Boolean(one.cell) && isOpen(one) && !this.repaired.has(one.id);
  }

  markRepaired(ids) {
    for (const id of ids) this.repaired.add(id);
    this.showFindings();
  }

  // A question, answered with yes (true) or no.
  ask(question) {
    const place = document.getElementById("question");
    this.question = question;
    return new Promise((resolve) => {
      const end = (answer) => {
        this.question = null;
        place.hidden = true;
        place.replaceChildren();
        resolve(answer);
      };
      const yes = element("button", { type: "button", className: "primary", on: { click: () => end(true) } }, this.words.yes);
      place.replaceChildren(
        element("p", { id: "question-text" }, this.say(question)),
        element("div", { className: "actions" }, yes,
          element("button", { type: "button", on: { click: () => end(false) } }, this.words.no)));
      place.onkeydown = (event) => { if (event.key === "Escape") end(false); };
      place.hidden = false;
      yes.focus();
    });
  }

  // Preview of repairs

  showPreview(findings, apply) {
    const place = document.getElementById("preview");
    const opened = !this.preview;
    if (opened) this.returnTo = document.activeElement;
    const chosen = this.preview?.findings === findings ? this.preview.chosen : new Set(findings.map(({ id }) => id));
    this.preview = { findings, apply, chosen };
    const button = element("button", { type: "button", className: "primary", id: "apply", "data-writes": "",
      on: { click: () => apply(findings.filter(({ id }) => chosen.has(id))) } });
    const count = () => {
      button.textContent = this.words.apply(chosen.size);
      button.disabled = !chosen.size;
    };
    count();
    const change = (id, is) => {
      if (is) chosen.add(id); else chosen.delete(id);
      count();
    };
    place.replaceChildren(
      element("h2", { id: "preview-title" }, this.words.repairTitle),
      element("p", { className: "muted" }, this.words.repairHelp),
      element("ul", {}, ...findings.map((one) => this.change(one, chosen.has(one.id), change))),
      element("div", { className: "actions" }, button,
        element("button", { type: "button", on: { click: () => this.closePreview() } }, this.words.cancel)));
    place.hidden = false;
    place.onkeydown = (event) => { if (event.key === "Escape") this.closePreview(); };
    if (opened) {
      place.scrollIntoView({ block: "nearest" });
      place.focus();
    }
  }

  change(one, is, changed) {
    const text = (value) => show(value) || this.words.empty;
    return element("li", {}, element("label", {},
      element("input", { type: "checkbox", checked: is, on: { change: (event) => changed(one.id, event.target.checked) } }),
      element("span", { className: "place" }, `${one.worksheet}!${one.cell}`),
      element("span", { className: "values" },
        element("del", {}, text(one.value)), element("span", { "aria-hidden": "true" }, " → "),
        element("ins", {}, text(one.repair)))));
  }

  closePreview() {
    const place = document.getElementById("preview");
    place.hidden = true;
    place.replaceChildren();
    this.preview = null;
    if (this.returnTo?.isConnected) this.returnTo.focus();
  }
}

function emptyFilters() {
  return { severities: new Set(), text: "", sheet: "", rule: "", owner: null, status: "" };
}

function isOpen({ status }) {
  return status === "new" || status === "continuing";
}

// A value as people read it: spaces at its ends show, numbers have no needless decimals.
export function show(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(Math.round(value * 1e10) / 1e10);
  return String(value).replace(/^\s+|\s+$/g, (blanks) => "␣".repeat(blanks.length));
}

function shown(value) {
  return value !== null && value !== undefined;
}

function figure(value) {
  return typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 2 }) : String(value);
}
