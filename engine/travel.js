import { today } from "./page.js";

/* The travel document: counts of the fixed cube, hashes of files, how often each rule failed. Nothing else has a place in it. */

/* Weeks with discipline would say at least how many incidents there were. */
const COVERED = ["attendance", "services", "students"];

export function document(session, made) {
  const { about, files, root } = session;
  return {
    format: 1,
    lea: about.lea,
    year: about.year,
    through: about.through,
    made: today(),
    demo: root.dataset.demo === "yes",
    files: files.map((f) => ({ sha256: f.sha256, feed: feedOf(session.plan, f), layout: f.recognized.layout?.layout ?? "mapped", rows: up(f.rows, 100) })),
    checkup: summed(made.results),
    coverage: made.coverage.filter((c) => COVERED.includes(c.feed)).map(({ feed, weeks, of }) => ({ feed, weeks, of })),
    partners: made.partners,
    cells: made.cells,
  };
}

/* Rows and remarks travel up to the next hundred and ten: a file of one row a student would say how many. */
function up(count, step) {
  return Math.ceil(count / step) * step;
}

function feedOf(plan, file) {
  return plan.feeds.find((f) => f.part === file.recognized.part).feed;
}

/* How often each rule failed, over all parts: no value and no record goes along. */
function summed(results) {
  const counts = new Map();
  for (const { rule, count } of results) counts.set(rule.id, (counts.get(rule.id) ?? 0) + count);
  return [...counts].map(([rule, count]) => ({ rule, count: up(count, 10) })).sort((a, b) => a.rule.localeCompare(b.rule));
}
