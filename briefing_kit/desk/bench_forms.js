// The forms of the bench: relabel, link, add. They ask Python through act(); nothing is written here.

const WithForms = (Base) => class extends Base {
  openForm(title, fields, submit, { label = "Save" } = {}) {
    const form = make("form", { class: "bk-form", "aria-label": title, submit: (event) => { event.preventDefault(); submit(); } },
      make("h4", {}, title), ...fields,
      make("div", { class: "bk-actions" }, make("button", { type: "submit", class: "bk-main" }, label), make("button", { type: "button", click: () => this.closeForm() }, "Cancel", keyed("Esc"))));
    if (!this.formPlace?.isConnected) this.detail.prepend(this.formPlace = make("div", {}));
    this.formPlace.replaceChildren(form);
    this.form = form;
    this.side.classList.add("bk-forming");
    this.detail.scrollTop = 0;
    form.querySelector("input, select")?.focus();
    return form;
  }

  closeForm() {
    this.form = null;
    this.side.classList.remove("bk-forming");
    this.formPlace?.replaceChildren();
    this.list.focus({ preventScroll: true });
  }

  /** A labelled input that fits a column: a choice, yes or no, or text. */
  field(label, column, value = "", more = {}) {
    const choices = column?.kind === "flag" ? ["False", "True"] : column?.allowed ?? [];
    const given = { "data-name": column?.name ?? label, title: column?.meaning ?? null, required: Boolean(more.required) };
    const blank = choices.length && !choices.includes(value) ? [make("option", { value: "" }, "choose …")] : [];
    const optional = choices.length && column && !column.required && !blank.length ? [make("option", { value: "" }, "missing")] : [];
    const input = choices.length
      ? make("select", given, ...blank, ...choices.map((choice) => make("option", { value: choice, selected: choice === value }, spoken(choice))), ...optional)
      : make("input", { ...given, value, type: "text", list: more.list ?? null, placeholder: more.placeholder ?? (column?.kind === "day" ? "2019-10-16" : column?.meaning ?? null), autocomplete: "off" });
    return { node: make("label", {}, make("span", {}, spoken(label)), input), input };
  }

  actorList() {
    const id = this.optionId("actors");
    return { id, node: make("datalist", { id }, ...this.page.actors.map(([actor, name]) => make("option", { value: actor }, name))) };
  }

  relabelForm() {
    const row = this.byId.get(this.selected);
    if (!row) return;
    const columns = this.page.columns[row.table];
    const cells = Object.fromEntries(columns.filter((column) => column.shown).map((column, at) => [column.name, row.cells[at]]));
    const settable = columns.filter((column) => column.settable);
    const lines = make("div", {});
    const inputs = [];
    const more = () => {
      const picker = make("select", { "aria-label": "Column", change: () => fill() }, ...settable.map((column) => make("option", { value: column.name, title: column.meaning }, spoken(column.name))));
      const place = make("span", {});
      const line = { picker, input: null };
      const fill = () => {
        const column = settable.find((one) => one.name === picker.value);
        const made = this.field(column.name, column, cells[column.name] ?? "");
        line.input = made.input;
        line.input.setAttribute("aria-label", `New ${spoken(column.name)}: ${column.meaning}`);
        place.replaceChildren(line.input);
        meaning.textContent = column.meaning;
      };
      const meaning = make("small", {});
      inputs.push(line);
      lines.append(make("div", { class: "bk-pair" }, picker, place, meaning));
      fill();
      picker.focus();
    };
    this.openForm("Relabel this row", [lines, make("button", { type: "button", class: "bk-quiet", click: more }, "+ another column")], () => {
      const given = Object.fromEntries(inputs.filter((line) => line.input.value.trim() !== (cells[line.picker.value] ?? "")).map((line) => [line.picker.value, line.input.value.trim()]));
      if (!Object.keys(given).length) { this.say("Nothing differs from what the row says already.", true); return; }
      this.act({ do: "relabel", row: row.id, cells: given });
    });
    more();
  }

  linkForm() {
    const row = this.byId.get(this.selected);
    if (!row || !this.page.links.includes(row.table)) { this.say("A date has no actor to link to."); return; }
    const { id, node } = this.actorList();
    const actor = this.field("Actor", null, "", { list: id, placeholder: "id or name", required: true });
    const everywhere = make("input", { type: "checkbox" });
    const fields = [node, actor.node];
    if (row.table === "mentions") fields.push(make("label", { class: "bk-check" }, everywhere, make("span", {}, `Every ${quoted(row.text)}, in all briefings (actors.csv)`)));
    this.openForm(`Link ${quoted(row.text)} to an actor`, fields, () => this.act(everywhere.checked
      ? { do: "merge_name", name: row.text, actor: actor.input.value } : { do: "link", row: row.id, actor: actor.input.value }), { label: "Link" });
  }

  addForm() {
    this.remember();
    const words = this.words;
    const choose = make("select", { "aria-label": "What to add", change: () => fill() }, make("option", { value: "actor" }, "an actor, in all texts"),
      ...Object.entries(TABLES).map(([table, label]) => make("option", { value: table }, `one ${label}, here`)));
    const place = make("div", {});
    let inputs = [];
    const { id, node } = this.actorList();
    const fill = () => {
      const table = choose.value;
      const named = this.field(table === "actor" ? "name" : "words", null, words?.text ?? "", { required: true, placeholder: "as they stand in the text" });
      const fields = [named];
      if (table === "actor") {
        fields.push(this.field("type", { name: "type", kind: "choice", allowed: this.page.actor_types, required: true }, "", { required: true }),
          this.field("country", null, "", { placeholder: "LBY, or its name" }), this.field("aliases", null, "", { placeholder: "further names, joined by |" }));
      } else {
        const starts = this.page.starts[table];
        for (const column of this.page.columns[table]) {
          if (!column.settable || !(column.required || column.name in starts || ["value", "date_start", "date_end"].includes(column.name))) continue;
          if (/_(start|end)$/.test(column.name) && table === "attributions") continue; // found within the words
          if (table === "mentions" && ["actor", "mention_kind", "known", "actor_type"].includes(column.name)) continue; // known with the actor
          if (["headline", "predicate"].includes(column.name)) { fields.push(this.field(column.name, column, words?.text ?? "")); continue; }
          fields.push(this.field(column.name, column, starts[column.name] ?? "", column.name === "actor_id" ? { list: id, required: true } : { required: column.required }));
        }
      }
      inputs = fields;
      place.replaceChildren(...fields.map((field) => field.node));
    };
    fill();
    this.openForm(words ? `Add ${quoted(words.text)}` : "Add what was missed", [node, make("label", {}, make("span", {}, "what"), choose), place], () => {
      const [named, ...rest] = inputs.map((field) => field.input);
      const cells = Object.fromEntries(rest.map((input) => [input.dataset.name, input.value.trim()]));
      if (choose.value === "actor") { this.act({ do: "add_actor", name: named.value.trim(), ...cells }); return; }
      const at = words && named.value.trim() === words.text ? { start: words.start, end: words.end } : { words: named.value.trim() };
      this.act({ do: "add_row", table: choose.value, ...at, cells });
    }, { label: "Add" });
  }
};
