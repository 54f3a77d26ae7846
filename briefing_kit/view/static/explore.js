// The row of buttons of bk.explore: copies code, saves what Python sends, and tells Python which heading was clicked.
function save(name, type, bytes) {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

export default {
  render({ model, el }) {
    const bar = document.createElement("div");
    bar.className = "bk-explore-bar";
    const count = document.createElement("span");
    count.className = "bk-explore-count";
    count.setAttribute("role", "status");
    const said = document.createElement("span");
    said.className = "bk-explore-said";
    said.setAttribute("role", "status");
    const button = (label, title, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, title });
      made.addEventListener("click", act);
      return made;
    };
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(model.get("code"));
        said.textContent = "Copied: paste it into a cell.";
      } catch {
        said.textContent = "The browser does not let a page copy; the code is under the table.";
      }
    };
    bar.append(
      count,
      button("Copy code", "Copy the pandas code that makes this view", copy),
      button("CSV", "Save the rows shown as CSV", () => model.send({ save: "csv" })),
      button("XLSX", "Save the rows shown as a workbook", () => model.send({ save: "xlsx" })),
      button("Clear filters", "Show every row again", () => model.send({ clear: true })),
      said,
    );
    const tell = () => {
      count.textContent = model.get("count");
      said.textContent = "";
    };
    tell();
    model.on("change:count", tell);
    model.on("change:code", () => (said.textContent = ""));
    const received = (message, buffers) => {
      if (message.name) save(message.name, message.type, buffers[0]);
    };
    model.on("msg:custom", received);
    // The headings of the table beside these buttons: a click or Enter asks Python to sort.
    const sort = (event) => {
      const heading = event.target.closest?.("table.dataTable thead th");
      if (!heading || !el.closest(".bk-explore")?.contains(heading)) return;
      if (event.type === "click" || event.key === "Enter") model.send({ sort: heading.cellIndex });
    };
    const reachable = new MutationObserver(() => {
      for (const heading of el.closest(".bk-explore")?.querySelectorAll("table.dataTable thead th:not([tabindex])") ?? []) {
        heading.tabIndex = 0;
        heading.title = "Sort";
      }
    });
    document.addEventListener("click", sort);
    document.addEventListener("keydown", sort);
    requestAnimationFrame(() => el.closest(".bk-explore") && reachable.observe(el.closest(".bk-explore"), { childList: true, subtree: true }));
    el.append(bar);
    return () => {
      document.removeEventListener("click", sort);
      document.removeEventListener("keydown", sort);
      reachable.disconnect();
      model.off("msg:custom", received);
    };
  },
};
