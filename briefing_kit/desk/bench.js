// The bench's front end: a text with its rows marked, the list of rows, one row in full, and the keys to decide on it.
// Python decides and writes; this file shows. Text reaches the page as text nodes only, never as markup.
// It is loaded as one module with bench_parts.js and bench_forms.js before it (see widget.py).

class Frame {
  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.kinds = new Set(Object.keys(KINDS));
    this.view = "all";
    this.query = "";
    this.selected = null;
    this.words = null; // what is selected in the text: {start, end, text}
    this.asked = new Map();
    this.count = 0;
    this.looked = 0;
    this.build();
    this.load();
  }

  // ---- the frame

  build() {
    const { root } = this;
    root.classList.add("bk-bench");
    this.picker = make("select", { class: "bk-picker", "aria-label": "Briefing", change: () => this.open(this.picker.value) });
    this.about = make("span", { class: "bk-about" });
    this.chips = make("div", { class: "bk-chips", role: "group", "aria-label": "Kinds of rows shown" });
    this.filter = make("select", { "aria-label": "Which rows are listed", change: () => this.show({ view: this.filter.value }) },
      make("option", { value: "all" }, "All rows"), make("option", { value: "open" }, "Still to decide"), make("option", { value: "done" }, "Decided"));
    this.find = make("input", { type: "search", placeholder: "Find in rows ( / )", "aria-label": "Find in rows",
      input: () => this.show({ query: this.find.value.trim().toLowerCase() }) });
    this.progress = make("span", { class: "bk-progress" });
    this.undoButton = make("button", { type: "button", "aria-keyshortcuts": "u", click: () => this.undo() }, "Undo", keyed("u"));
    this.addButton = make("button", { type: "button", "aria-keyshortcuts": "n", click: () => this.addForm() }, "Add", keyed("n"));
    this.helpButton = make("button", { type: "button", "aria-label": "Keys", title: "Keys ( ? )", click: () => this.help() }, "?");
    this.text = make("div", { class: "bk-text", tabindex: "0", role: "document", click: (event) => this.clicked(event) });
    this.space = make("div", { class: "bk-space", role: "presentation" });
    this.list = make("div", { class: "bk-list", tabindex: "0", role: "listbox", "aria-label": "Rows", scroll: () => this.drawList(),
      click: (event) => { const option = event.target.closest("[data-row]"); if (option) this.select(option.dataset.row); } }, this.space);
    this.detail = make("div", { class: "bk-detail", role: "region", "aria-label": "The selected row", tabindex: "-1" });
    this.message = make("span", { class: "bk-message", role: "status", "aria-live": "polite" });
    this.dialog = make("dialog", { class: "bk-help", "aria-label": "Keys of the bench" },
      make("h3", {}, "Keys"), make("dl", {}, ...KEYS.flatMap(([keys, does]) => [make("dt", {}, keys), make("dd", {}, does)])),
      make("button", { type: "button", click: () => { this.dialog.close(); this.list.focus(); } }, "Close"));
    root.replaceChildren(
      make("div", { class: "bk-bar" }, make("div", { class: "bk-title" }, this.picker, this.about),
        make("div", { class: "bk-tools" }, this.progress, this.addButton, this.undoButton, this.helpButton)),
      make("div", { class: "bk-bar" }, this.chips),
      make("div", { class: "bk-panes" }, this.text,
        this.side = make("div", { class: "bk-side" }, make("div", { class: "bk-sieve" }, this.filter, this.find), this.list, this.detail)),
      make("div", { class: "bk-foot" }, this.message, make("span", { class: "bk-hint", "aria-hidden": "true" }, "? all keys · j k move · a accept · r reject · e edit · l link · n add · u undo")),
      this.dialog);
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    root.addEventListener("keydown", (event) => this.key(event), { signal });
    // JupyterLab's one-letter shortcuts would delete cells here; what is pressed with Ctrl, Alt or Cmd is still JupyterLab's.
    // It looks for this attribute from the focused element upwards, and matches that element first.
    window.addEventListener("keydown", (event) => {
      const ours = !(event.ctrlKey || event.metaKey || event.altKey) || event.key === "z";
      if (root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", ours);
    }, { signal, capture: true });
    window.addEventListener("focus", () => this.look(), { signal });
    root.addEventListener("focusin", () => this.look(), { signal });
    document.addEventListener("selectionchange", () => this.remember(), { signal });
    this.resizer = new ResizeObserver(() => { this.reveal(); this.drawList(); });
    this.resizer.observe(this.list);
  }

  close() {
    this.listeners.abort();
    this.resizer.disconnect();
  }

  // ---- the page

  load() {
    const page = JSON.parse(new TextDecoder().decode(this.model.get("page")));
    this.page = page;
    this.byId = new Map(page.rows.map((row) => [row.id, row]));
    this.picker.replaceChildren(...page.documents.map((one) => make("option", { value: one.doc_id, selected: one.doc_id === page.doc_id }, one.label)));
    this.picker.disabled = page.documents.length < 2;
    this.about.textContent = page.about.join(" · ");
    this.text.setAttribute("aria-label", `Text of ${page.title}`);
    this.root.setAttribute("role", "region");
    this.root.setAttribute("aria-label", `Bench: ${page.title}`);
    this.made = new Map();
    this.blocks = page.blocks.map(([start, end, role]) => ({ start, end, node: make("div", { class: "bk-block", "data-role": role, "data-start": start }) }));
    this.selected = null;
    this.words = null;
    this.arrange();
    this.blocks.forEach((block) => this.paintBlock(block));
    this.text.replaceChildren(...this.blocks.map((block) => block.node));
    this.text.scrollTop = 0;
    this.list.scrollTop = 0;
    this.select(this.shown[0]?.id ?? null, { scrollText: false });
    this.told(page.undo);
  }

  /** Sort the rows, give each block its own, filter the list, and count. */
  arrange() {
    this.rows = [...this.byId.values()].sort((a, b) => a.start - b.start || a.end - b.end || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0) || (a.id < b.id ? -1 : 1));
    this.blocks.forEach((block) => { block.rows = []; });
    for (const row of this.rows) {
      for (let at = this.blockAt(row.mark[0]); at < this.blocks.length && this.blocks[at].start < row.mark[1]; at += 1) this.blocks[at].rows.push(row);
    }
    this.shown = this.rows.filter((row) => this.listed(row));
    const counts = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, 0]));
    let decided = 0;
    for (const row of this.rows) { counts[row.kind] += 1; decided += row.status !== "auto"; }
    this.chips.replaceChildren(...Object.entries(KINDS).map(([kind, label], at) => make("button",
      { type: "button", class: "bk-chip", "data-kind": kind, "aria-pressed": String(this.kinds.has(kind)), title: `Show or hide ( ${at + 1} )`, click: () => this.toggle(kind) },
      make("span", { class: "bk-swatch", "aria-hidden": "true" }), label, make("span", { class: "bk-count" }, counts[kind].toLocaleString("en")))));
    this.progress.textContent = `${decided.toLocaleString("en")} of ${this.rows.length.toLocaleString("en")} decided`;
    this.space.style.height = `${this.shown.length * ROW_HEIGHT}px`;
  }

  listed(row) {
    if (!this.kinds.has(row.kind)) return false;
    if (this.view !== "all" && (row.status === "auto") !== (this.view === "open") && row.id !== this.selected) return false;
    return !this.query || `${row.text}\n${row.head}\n${row.cells.join("\n")}`.toLowerCase().includes(this.query);
  }

  blockAt(offset) {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) { const middle = (low + high + 1) >> 1; if (this.blocks[middle].start <= offset) low = middle; else high = middle - 1; }
    return Math.max(low, 0);
  }

  paintBlock(block) {
    block.rows.forEach((row) => this.made.delete(row.id));
    block.node.replaceChildren();
    paint(block.node, this.page.text, block.start, block.end, block.rows, this.made);
    block.rows.forEach((row) => this.dress(row));
  }

  dress(row) {
    for (const mark of this.made.get(row.id) ?? []) {
      mark.title = `${row.kind}: ${row.head}${row.status === "auto" ? "" : ` (${row.status})`}`;
      mark.dataset.status = row.status;
      mark.classList.toggle("bk-on", row.id === this.selected);
    }
  }

  show(change) {
    Object.assign(this, change);
    this.arrange();
    for (const kind of Object.keys(KINDS)) this.text.classList.toggle(`bk-no-${kind}`, !this.kinds.has(kind)); // the style sheet hides them
    if (!this.shown.some((row) => row.id === this.selected)) this.select(this.shown[0]?.id ?? null);
    this.reveal();
    this.drawList(true);
  }

  toggle(kind) {
    const kinds = new Set(this.kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    this.show({ kinds });
    this.chips.querySelector(`[data-kind=${kind}]`).focus();
  }

  // ---- the list: only the rows in sight are elements

  drawList(anew = false) {
    const first = Math.max(0, Math.floor(this.list.scrollTop / ROW_HEIGHT) - 5);
    const last = Math.min(this.shown.length, Math.ceil((this.list.scrollTop + this.list.clientHeight) / ROW_HEIGHT) + 5);
    if (!anew && this.drawn?.[0] === first && this.drawn[1] === last) return;
    this.drawn = [first, last];
    this.space.replaceChildren(...this.shown.slice(first, last).map((row, at) => this.option(row, first + at)));
    if (!this.shown.length) this.space.append(make("p", { class: "bk-none" }, this.rows.length ? "No row fits these filters." : "No rows were found in this briefing."));
    const index = this.shown.findIndex((row) => row.id === this.selected);
    if (index >= first && index < last) this.list.setAttribute("aria-activedescendant", this.optionId(this.selected));
    else this.list.removeAttribute("aria-activedescendant");
  }

  optionId(id) {
    return `bk-${this.model.model_id ?? "bench"}-${id}`;
  }

  option(row, at) {
    const state = row.status === "auto" ? "" : `, ${row.status}`;
    return make("div", { class: "bk-option", role: "option", id: this.optionId(row.id), "data-row": row.id, "data-kind": row.kind, "data-status": row.status,
      "aria-selected": String(row.id === this.selected), "aria-setsize": this.shown.length, "aria-posinset": at + 1,
      "aria-label": `${row.kind}: ${row.text}; ${row.head}${state}`, style: `top:${at * ROW_HEIGHT}px;height:${ROW_HEIGHT}px` },
    make("span", { class: "bk-tag" }, row.kind), make("span", { class: "bk-words", title: row.text }, row.text), make("span", { class: "bk-head", title: row.head }, row.head),
    make("span", { class: "bk-state", title: row.status }, STATUS[row.status]));
  }

  reveal() {
    const at = this.shown.findIndex((row) => row.id === this.selected);
    const top = at * ROW_HEIGHT;
    if (at < 0) return;
    if (top < this.list.scrollTop) this.list.scrollTop = top;
    else if (top + ROW_HEIGHT > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = top + ROW_HEIGHT - this.list.clientHeight;
  }

  select(id, { scrollText = true } = {}) {
    const before = this.selected;
    this.selected = id;
    for (const one of [before, id]) if (this.byId.has(one)) this.dress(this.byId.get(one));
    this.form = null;
    this.side.classList.remove("bk-forming");
    this.drawDetail();
    this.reveal();
    this.drawList(true);
    if (scrollText && id) this.scrollText(id);
  }

  /** Bring a mark into sight within the text, leaving the notebook where it is. Blocks out of sight have guessed heights: look twice. */
  scrollText(id, again = true) {
    const mark = this.made.get(id)?.[0];
    if (!mark) return;
    const box = this.text.getBoundingClientRect();
    const spot = mark.getBoundingClientRect();
    if (spot.top < box.top + 12 || spot.bottom > box.bottom - 12) this.text.scrollTop += spot.top - box.top - box.height / 3;
    if (again) requestAnimationFrame(() => this.scrollText(id, false));
  }

  step(by) {
    const at = this.shown.findIndex((row) => row.id === this.selected);
    const to = Math.min(this.shown.length - 1, Math.max(0, at + by));
    if (this.shown[to]) this.select(this.shown[to].id);
  }

  stepOpen() {
    const at = this.shown.findIndex((row) => row.id === this.selected);
    const next = [...this.shown.slice(at + 1), ...this.shown.slice(0, at)].find((row) => row.status === "auto");
    if (next) this.select(next.id);
    else this.say("Every row that is listed has been decided on.");
  }

  clicked(event) {
    if (!getSelection().isCollapsed) return;
    const here = [];
    for (let mark = event.target.closest("mark"); mark; mark = mark.parentElement.closest("mark")) {
      if (this.kinds.has(mark.dataset.kind)) here.push(mark.dataset.row);
    }
    if (!here.length) return;
    this.select(here[(here.indexOf(this.selected) + 1) % here.length], { scrollText: false });
    if (!this.shown.some((row) => row.id === this.selected)) this.show({ view: "all", query: (this.find.value = ""), filtered: (this.filter.value = "all") });
  }

  // ---- one row in full

  drawDetail() {
    const row = this.byId.get(this.selected);
    if (!row) { this.detail.replaceChildren(make("p", { class: "bk-none" }, "Choose a row or a mark.")); return; }
    const columns = this.page.columns[row.table];
    const facts = columns.filter((column) => column.shown).map((column, at) => [column, row.cells[at]]).filter(([, value]) => value !== null);
    const cell = Object.fromEntries(facts.map(([column, value]) => [column.name, value]));
    const told = new Set(["source", "cue", "factuality", "rule"]);
    const [from, to] = row.sentence;
    const { text } = this.page;
    const others = this.rows.filter((one) => one.id !== row.id && one.start < row.end && one.end > row.start).slice(0, 12);
    const button = (label, key, does, extra = {}) => make("button", { type: "button", "aria-keyshortcuts": key, click: does, ...extra }, label, keyed(key));
    this.actions = make("div", { class: "bk-actions" },
      button("Confirm", "a", () => this.decide("confirm"), { "aria-pressed": String(row.status === "confirmed") }),
      button("Reject", "r", () => this.decide("reject"), { "aria-pressed": String(row.status === "rejected") }),
      button("Relabel", "e", () => this.relabelForm()),
      this.page.links.includes(row.table) ? button("Link", "l", () => this.linkForm()) : null,
      this.note = make("input", { class: "bk-note", placeholder: "Why (optional)", "aria-label": "Why: a note that goes with the next decision" }));
    this.formPlace = make("div", {});
    this.detail.replaceChildren(...[
      make("div", { class: "bk-headline" }, make("span", { class: "bk-tag", "data-kind": row.kind }, row.kind), make("strong", {}, row.text),
        row.status === "auto" ? null : make("span", { class: "bk-pill", "data-status": row.status }, row.status)),
      this.actions, this.formPlace,
      make("p", { class: "bk-sentence" }, text.slice(from, Math.max(from, row.start)), make("mark", { "data-kind": row.kind, class: "bk-on" }, text.slice(row.start, Math.min(row.end, to))), text.slice(Math.min(row.end, to), to)),
      make("p", { class: "bk-told" }, ...(cell.source ? [make("span", {}, "Source "), make("b", {}, cell.source), cell.cue ? `, “${cell.cue}”` : "", cell.factuality ? ` (${spoken(cell.factuality)})` : "", " · "] : []),
        make("span", {}, "Rule "), make("code", {}, cell.rule ?? "")),
      row.history.length ? make("div", { class: "bk-history" }, make("h4", {}, "Corrections"),
        make("ol", {}, ...row.history.map((line) => make("li", {}, make("code", {}, line.id), ` ${line.what}`, line.note ? make("em", {}, ` – ${line.note}`) : null)))) : null,
      make("dl", { class: "bk-facts" }, ...facts.filter(([column]) => !told.has(column.name)).flatMap(([column, value]) => [make("dt", { title: column.meaning }, spoken(column.name)), make("dd", {}, ...this.linked(value))]),
        make("dt", { title: "where the words stand in the briefing" }, "stands at"), make("dd", {}, `characters ${row.start.toLocaleString("en")} to ${row.end.toLocaleString("en")} of ${this.page.doc_id}`)),
      others.length ? make("div", { class: "bk-history" }, make("h4", {}, "Also at these words"), ...others.map((one) => this.jump(one))) : null,
    ].filter((part) => part !== null));
    this.detail.scrollTop = 0;
  }

  jump(row) {
    return make("button", { type: "button", class: "bk-jump", "data-kind": row.kind, click: () => { this.select(row.id); this.list.focus({ preventScroll: true }); } }, make("span", { class: "bk-tag", "data-kind": row.kind }, row.kind), ` ${row.text.length > 70 ? `${row.text.slice(0, 67)}…` : row.text}`);
  }

  /** A cell; ids of rows of this briefing become buttons that lead there. */
  linked(cell) {
    const parts = cell.split("; ");
    if (!parts.every((part) => this.byId.has(part))) return [cell];
    return parts.map((part) => this.jump(this.byId.get(part)));
  }

  /** Keep what is selected in the text: a form takes the selection away. */
  remember() {
    const selection = getSelection();
    if (!selection.rangeCount || !this.text.contains(selection.anchorNode) || !this.text.contains(selection.focusNode)) return;
    if (selection.isCollapsed) { this.words = null; return; }
    const range = selection.getRangeAt(0);
    let start = this.offset(range.startContainer, range.startOffset);
    let end = this.offset(range.endContainer, range.endOffset);
    const { text } = this.page;
    while (start < end && /\s/.test(text[start])) start += 1;
    while (end > start && /\s/.test(text[end - 1])) end -= 1;
    if (start >= end) return;
    if (this.words?.start === start && this.words.end === end) return;
    this.words = { start, end, text: text.slice(start, end).split(/\s+/).join(" ") };
    this.say(`${quoted(this.words.text)} selected: n adds it.`);
  }

  offset(node, within) {
    const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".bk-block");
    if (!block) return node === this.text && this.blocks[within] ? this.blocks[within].start : this.page.text.length;
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEnd(node, within);
    return Number(block.dataset.start) + before.toString().length;
  }

  // ---- asking Python

  ask(request) {
    this.count += 1;
    const n = `${this.optionId("ask")}-${this.count}`;
    return new Promise((resolve) => {
      const busy = setTimeout(() => { if (request.do !== "look") this.say("Waiting for the kernel: it is busy, or it was shut down …"); }, BUSY_AFTER);
      this.asked.set(n, (answer) => { clearTimeout(busy); resolve(answer); });
      this.model.send({ ...request, n });
    });
  }

  async act(request) {
    const note = this.note?.isConnected ? this.note.value.trim() : "";
    const answer = await this.ask(note && request.row ? { ...request, note } : request);
    this.say(answer.said, !answer.ok);
    if (answer.ok && this.form) this.closeForm();
    if (answer.ok && request.do.startsWith("add") && answer.rows.length) {
      this.words = null;
      this.select((answer.rows.find((row) => row.text === request.name || row.status === "added") ?? answer.rows[0]).id);
    }
    return answer;
  }

  async decide(action, then = null) {
    const row = this.byId.get(this.selected);
    if (!row) return;
    const answer = await this.act({ do: action, row: row.id });
    if (answer.ok && then) then();
  }

  undo() { return this.act({ do: "undo" }); }

  open(doc_id) { return this.act({ do: "open", doc_id }); }

  turn(by) {
    const ids = this.page.documents.map((one) => one.doc_id);
    const to = ids[ids.indexOf(this.page.doc_id) + by];
    if (to) this.open(to);
  }

  /** Others may have written since: look when this page comes to the front again, at most every two seconds. */
  async look() {
    if (Date.now() - this.looked < 2000) return;
    this.looked = Date.now();
    const answer = await this.ask({ do: "look" });
    if (answer.said) this.say(answer.said, !answer.ok);
  }

  answered(answer) {
    if (answer.rows) this.patch(answer);
    this.asked.get(answer.n)?.(answer);
    this.asked.delete(answer.n);
  }

  patch({ rows, gone, actors, undo }) {
    if (actors) this.page.actors = actors;
    this.told(undo);
    if (!rows.length && !gone.length) return;
    const old = [...rows.map((row) => row.id), ...gone].map((id) => this.byId.get(id)).filter(Boolean);
    const span = old.find((row) => row.id === this.selected)?.start;
    const dirty = new Set([...old, ...rows].flatMap((row) => this.blocks.filter((block) => block.start < row.mark[1] && block.end > row.mark[0])));
    gone.forEach((id) => { this.byId.delete(id); this.made.delete(id); });
    rows.forEach((row) => this.byId.set(row.id, row));
    const form = this.form;
    this.arrange();
    dirty.forEach((block) => this.paintBlock(block));
    if (!this.byId.has(this.selected)) this.select((this.rows.find((row) => row.start >= (span ?? 0) && this.kinds.has(row.kind)) ?? this.shown[0])?.id ?? null);
    else if (!form) this.drawDetail();
    this.drawList(true);
    if (form) queueMicrotask(() => { if (!this.form) this.drawDetail(); }); // once the form that asked is closed
  }

  told(undo) {
    this.undoButton.disabled = !undo;
    this.undoButton.title = undo ? `Undo ${undo}` : "Nothing to undo in this sitting";
  }

  say(words, wrong = false) {
    this.message.textContent = words;
    this.message.classList.toggle("bk-wrong", wrong);
    this.message.setAttribute("role", wrong ? "alert" : "status");
  }

  help() { this.dialog.showModal(); }

  // ---- keys

  key(event) {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (this.form) this.closeForm();
      else if (typing) this.list.focus({ preventScroll: true });
      else if (!this.dialog.open) return;
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && this.form && typing?.matches("input")) { event.preventDefault(); this.form.requestSubmit(); return; }
    if (typing || this.dialog.open) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "z") { event.preventDefault(); this.undo(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inText = event.target.closest(".bk-text");
    const onButton = event.target.closest("button");
    const page = Math.max(1, Math.floor(this.list.clientHeight / ROW_HEIGHT) - 1);
    const keys = {
      j: () => this.step(1), k: () => this.step(-1), a: () => this.decide("confirm"), r: () => this.decide("reject"), e: () => this.relabelForm(), l: () => this.linkForm(),
      n: () => this.addForm(), u: () => this.undo(), "/": () => this.find.focus(), "?": () => this.help(), "[": () => this.turn(-1), "]": () => this.turn(1),
    };
    Object.keys(KINDS).forEach((kind, at) => { keys[at + 1] = () => this.toggle(kind); });
    if (!inText) Object.assign(keys, { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), PageDown: () => this.step(page), PageUp: () => this.step(-page), Home: () => this.step(-Infinity), End: () => this.step(Infinity) });
    if (!onButton) keys[" "] = () => this.decide("confirm", () => this.stepOpen());
    const does = keys[event.key];
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }
}

const Bench = WithForms(Frame);

function render({ model, el }) {
  performance.mark("briefing-kit:bench:begin");
  const root = make("div", {});
  el.append(root);
  const bench = new Bench(model, root);
  const turned = () => bench.load();
  const answered = (answer) => bench.answered(answer);
  model.on("change:page", turned);
  model.on("msg:custom", answered);
  requestAnimationFrame(() => requestAnimationFrame(() => {
    performance.measure("briefing-kit:bench", "briefing-kit:bench:begin");
    bench.drawList(true);
  }));
  return () => { model.off("change:page", turned); model.off("msg:custom", answered); bench.close(); };
}

export default { render };
