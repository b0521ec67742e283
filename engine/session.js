/* What happens between choosing files and publishing counts, in order; and what stands in the section meanwhile. */
import { asked, byDefault } from "./about.js";
import { codes } from "./codes.js";
import { everything } from "./count.js";
import { NoEngine, prepare, start } from "./duck.js";
import { exact } from "./exact.js";
import { read, recalled } from "./files.js";
import { listing } from "./listing.js";
import { BadFile, load, ofDistrict, span, tables } from "./load.js";
import { mapping } from "./mapping.js";
import { named } from "./names.js";
import { said, speak, today } from "./page.js";
import { preview } from "./preview.js";
import { publishing } from "./publish.js";
import { checkup, sentence, stopped } from "./report.js";
import { remember } from "./saved.js";
import { document as travelling } from "./travel.js";

export class Session {
  constructor(root) {
    this.root = root;
    this.told = root.querySelector("[role=status]");
    this.work = root.querySelector("[data-drop-work]");
    this.files = [];
    this.codes = [];
    this.troubles = [];
    this.known = {};
    this.about = { place: root.dataset.place };
    speak(JSON.parse(root.dataset.texts));
  }

  say(name, values) {
    this.told.textContent = said(name, values);
  }

  /* One thing at a time: two engines at once would need the memory of two. */
  next(work) {
    this.line = (this.line ?? Promise.resolve()).then(work);
    return this.line;
  }

  /* New files: read each, then count if every question has its answer. */
  take(files) {
    return this.next(() => this.taken(files));
  }

  /* After an answer in the section: its button is gone then, so the focus goes to what came of it. */
  again() {
    return this.next(async () => {
      await this.go();
      const first = this.work.querySelector("[data-next] h3") ?? this.work.querySelector("h3");
      if (document.activeElement === document.body && first) first.focus();
    });
  }

  async taken(files) {
    if (!globalThis.isSecureContext) return this.say("unsafe_address");
    try {
      this.plan ??= await fetched(this.root.dataset.plan);
    } catch {
      return this.say("old_page");
    }
    prepare(this.root.dataset);
    for (const file of files) await this.add(file);
    return this.go();
  }

  async add(file) {
    this.say("reading", { file: file.name });
    const got = await read(file, this.plan);
    if (!got.trouble && this.files.some((f) => f.sha256 === got.sha256)) got.trouble = { rule: "file_twice" };
    if (!got.trouble) this.files.push(got);
    else this.trouble(got.name, got.trouble);
  }

  /* What is wrong with a file as such, in the words of its rule. */
  trouble(file, { text, rule, value = "", ...values }) {
    const found = this.plan.rules.find((r) => r.id === rule);
    const words = text ? said(text, { file }) : `${sentence(found, { value, ...values }, values.count ?? 1)} ${found.way_out}`;
    this.troubles.push(said("trouble", { file, sentence: words }));
  }

  remove(file) {
    this.files = this.files.filter((f) => f !== file);
    this.say("removed", { file: file.name });
    this.root.querySelector("input[type=file]").focus();
    return this.next(() => (this.files.length ? this.go() : this.draw([])));
  }

  /* Count, or ask what is missing. Each count starts a new engine: its lock names the files that it may read. */
  async go() {
    for (const file of this.files) this.recall(file);
    const unknown = this.files.filter((f) => !f.recognized.part);
    if (!this.files.length) {
      this.say("nothing_read");
      return this.draw([]);
    }
    if (unknown.length) {
      this.say("waiting");
      return this.draw(unknown.map((f) => mapping(f, this.plan, (chosen) => this.map(f, chosen))));
    }
    let duck;
    try {
      this.say("starting");
      duck = await start(this.root.dataset, this.files.map((f) => ({ name: f.handle, body: f.body })));
      await this.count(duck);
    } catch (error) {
      this.say(error instanceof NoEngine ? "no_engine" : "failed");
      this.draw([]);
      if (!(error instanceof NoEngine)) console.info(`The files could not be counted: ${error.name}`);
    } finally {
      if (duck) await duck.end();
    }
    return undefined;
  }

  async count(duck) {
    await tables(duck, this.plan);
    await this.loadAll(duck);
    if (!this.files.length) {
      this.say("nothing_read");
      return this.draw([]);
    }
    this.about = byDefault(this.about, await span(duck, this.plan, today()), today());
    const { lea, year, through } = this.about;
    if (!lea) {
      this.say("district_ask");
      return this.draw([this.asks("count")]);
    }
    for (const file of this.files) this.recall(file);
    const places = await this.placesOf(lea);
    await ofDistrict(duck, this.plan, places.schools.map((s) => s.entity), this.codes);
    const values = { lea, year, through, salt: salt(), today: { date: today() } };
    const notes = this.files.flatMap((f, i) => f.notes.map((n) => this.noted(n, i + 1)));
    const parts = new Set(this.files.map((f) => f.recognized.part));
    const made = await everything(duck, this.plan, values, parts, notes, (name, v) => this.say(name, v));
    this.show(made, places);
    return this.say("done");
  }

  async loadAll(duck) {
    for (const [i, file] of [...this.files].entries()) {
      try {
        file.rows = await load(duck, file, i + 1);
        this.say("read", { file: file.name, n: file.rows });
      } catch (error) {
        if (!(error instanceof BadFile)) throw error;
        this.trouble(file.name, { rule: error.rule, ...error.values });
        this.files = this.files.filter((f) => f !== file);
      }
    }
  }

  noted({ rule, value, count }, file) {
    const examples = [{ file, record: null, value }];
    return { rule: this.plan.rules.find((r) => r.id === rule), count, rows: examples, examples };
  }

  async placesOf(lea) {
    this.known[lea] ??= await fetched(`/engine/places/${lea}.json`).catch(() => ({ schools: [] }));
    return this.known[lea];
  }

  show(made, places) {
    const { lea, through } = this.about;
    const names = named(this.plan, places);
    const travel = travelling(this, made);
    const place = names.places[`${lea}0000000`] ?? lea;
    this.draw([
      this.asks("count_again"),
      made.unmapped.length ? codes(made.unmapped, this.plan, names, this.codes, (chosen) => this.recode(chosen)) : null,
      checkup(made.results, this.files),
      exact(made.counts, travel.cells, this.plan.tables, names, through),
      preview(travel, names),
      publishing(travel, place, this.hindrance(made), () => { this.told.textContent = ""; }),
    ]);
  }

  /* Why nothing can be published, or nothing. Where the doors are shut the page knows it from the start. */
  hindrance({ results, cells }) {
    if (this.root.dataset.open !== "yes") return "publish_closed";
    if (stopped(results)) return "publish_stopped";
    return cells.value.length ? "" : "publish_nothing";
  }

  asks(label) {
    const named = this.known[this.about.lea]?.name;
    return asked(this.about, named, label, (about) => {
      this.about = about;
      this.again();
    });
  }

  /* Choices of an earlier visit. */
  recall(file) {
    const earlier = recalled(file, this.about.lea).filter((c) => !this.codes.some((own) => own.map === c.map && own.value === c.value));
    this.codes.push(...earlier);
  }

  map(file, chosen) {
    file.recognized = { ...file.recognized, ...chosen };
    this.again();
  }

  recode(chosen) {
    this.codes = chosen;
    this.again();
  }

  draw(parts) {
    const told = this.troubles.splice(0);
    for (const file of this.files) this.keep(file);
    this.work.replaceChildren(...listing(this.files, told, (f) => this.remove(f)), ...parts.filter(Boolean));
  }

  /* Columns and codes are kept once the district is known. */
  keep(file) {
    const { lea } = this.about;
    const { layout, part, feed, columns, header } = file.recognized;
    if (!lea || !part) return;
    const maps = new Set(this.plan.feeds.filter((f) => f.part === part).map((f) => (f.kind === "school" ? "school" : f.map)));
    const codes = {};
    for (const c of this.codes) if (maps.has(c.map)) codes[c.map] = { ...codes[c.map], [c.value]: c.code };
    if (!layout) remember(lea, file.print, { feed, part, columns: Object.fromEntries(Object.entries(columns).map(([c, i]) => [c, header[i]])), codes });
    else if (Object.keys(codes).length) remember(lea, file.print, { codes });
  }
}

/* Random and of this visit: the numbers of students mean nothing in the next. */
function salt() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
