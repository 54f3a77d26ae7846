// Pieces that the bench is made of: names of things, an element maker, and the painter of marks.

const KINDS = { actor: "Actors", place: "Places", claim: "Claims", date: "Dates", event: "Events", source: "Sources" };
const OUTER = { source: 0, claim: 1, event: 2, date: 3, place: 4, actor: 5 }; // of marks around the same words, which lies outside
const TABLES = { mentions: "mention", claims: "claim", events: "event", dates: "date", attributions: "source" };
const STATUS = { auto: "", confirmed: "✓", corrected: "✎", added: "+", rejected: "✗" };
const ROW_HEIGHT = 30;
const BUSY_AFTER = 1500; // milliseconds without an answer
const KEYS = [
  ["↓ or j, ↑ or k", "next row, previous row"],
  ["a", "accept: confirm the row"],
  ["Space", "accept and go to the next row not yet decided on"],
  ["r", "reject the row"],
  ["e", "edit: relabel one or more columns"],
  ["l", "link to an actor"],
  ["n", "new: add an actor or a row, from the words selected in the text"],
  ["u or Ctrl+Z", "undo the last action of this sitting"],
  ["1 to 6", "show or hide a kind of row"],
  ["/", "find in the rows"],
  ["[ and ]", "previous, next briefing"],
  ["Esc", "close a form, back to the rows"],
  ["?", "these keys"],
];

const keyed = (key) => make("kbd", { "aria-hidden": "true" }, key);
const spoken = (name) => name.replaceAll("_", " ");
const quoted = (words) => `“${words.length > 60 ? `${words.slice(0, 57)}…` : words}”`;

/** An element with attributes (a function is a listener, null is left out) and children (strings become text). */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Put text[start:end] into a node with nested marks; spans that cross are continued in a second mark. */
function paint(node, text, start, end, rows, made) {
  const spans = rows.map((row) => ({ row, from: Math.max(row.mark[0], start), to: Math.min(row.mark[1], end) })).filter((s) => s.from < s.to);
  spans.sort((a, b) => a.from - b.from || b.to - a.to || OUTER[a.row.kind] - OUTER[b.row.kind]);
  const cuts = [...new Set([start, end, ...spans.flatMap((s) => [s.from, s.to])])].sort((a, b) => a - b);
  let open = [];
  let next = 0;
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const covering = open.map((one) => one.span).filter((span) => span.to > cuts[at]);
    while (next < spans.length && spans[next].from === cuts[at]) covering.push(spans[next++]);
    let same = 0;
    while (same < open.length && same < covering.length && open[same].span === covering[same]) same += 1;
    open = open.slice(0, same);
    for (const span of covering.slice(same)) {
      const mark = make("mark", { "data-row": span.row.id, "data-kind": span.row.kind });
      (open.at(-1)?.mark ?? node).append(mark);
      open.push({ span, mark });
      if (!made.has(span.row.id)) made.set(span.row.id, []);
      made.get(span.row.id).push(mark);
    }
    (open.at(-1)?.mark ?? node).append(text.slice(cuts[at], cuts[at + 1]));
  }
}
