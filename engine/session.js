/* What happens between choosing files and publishing counts, in order; and what stands in the section meanwhile. */
import { asked, byDefault } from "./about.js";
import { codes } from "./codes.js";
import { everything } from "./count.js";
import { NoEngine, start } from "./duck.js";
import { exact } from "./exact.js";
import { read } from "./files.js";
import { listing } from "./listing.js";
import { BadFile, load, span, tables } from "./load.js";
import { mapping } from "./mapping.js";
import { named } from "./names.js";
import { said, speak } from "./page.js";
import { preview } from "./preview.js";
import { publishing } from "./publish.js";
import { checkup } from "./report.js";
import { document as travelling } from "./travel.js";

export class Session {
  constructor(root) {
    this.root = root;
    this.told = root.querySelector("[role=status]");
    this.work = root.querySelector("[data-drop-work]");
    this.addresses = { ...root.dataset };
    this.files = [];
    this.codes = [];
    this.about = { place: root.dataset.place };
    speak(JSON.parse(root.dataset.texts));
  }

  say(name, values) {
    this.told.textContent = said(name, values);
  }

  /* New files: read each, then count if every question has its answer. */
  async take(files) {
    if (!globalThis.isSecureContext) return this.say("unsafe_address");
    try {
      this.plan ??= await fetched(this.addresses.plan);
      for (const file of files) await this.add(file);
    } catch {
      return this.say("old_page");
    }
    return this.go();
  }

  async add(file) {
    this.say("reading", { file: file.name });
    const got = await read(file, this.plan, this.about.lea);
    if (got.trouble) this.troubles = [...(this.troubles ?? []), said(got.trouble, { file: file.name })];
    else if (this.files.some((f) => f.sha256 === got.sha256)) this.troubles = [...(this.troubles ?? []), said("twice", { file: file.name })];
    else this.files.push(got);
  }

  remove(file) {
    this.files = this.files.filter((f) => f !== file);
    this.say("removed", { file: file.name });
    if (this.files.length) this.go();
    else this.draw([]);
  }

  /* Count, or ask what is missing. Each count starts a new engine: its lock names the files that it may read. */
  async go() {
    const told = this.troubles ?? [];
    this.troubles = [];
    const unknown = this.files.filter((f) => !f.recognized.part);
    if (!this.files.length) return this.draw([], told);
    if (unknown.length) {
      this.say("waiting");
      return this.draw(unknown.map((f) => mapping(f, this.plan, this.about.lea, () => this.go())), told);
    }
    let duck;
    try {
      this.say("starting");
      duck = await start(this.addresses, this.files.map((f) => ({ name: f.handle, body: f.body })));
      await this.count(duck, told);
    } catch (error) {
      if (error instanceof NoEngine) this.say("no_engine");
      else this.say("failed", { why: error instanceof BadFile ? said(error.kind, error.values) : said("unexpected") });
      this.draw([], told);
      if (!(error instanceof BadFile || error instanceof NoEngine)) console.error(error);
    } finally {
      if (duck) await duck.end();
    }
    return undefined;
  }

  async count(duck, told) {
    const values = { today: { date: today() }, salt: this.salt() };
    await tables(duck, this.plan, [], this.codes);
    for (const [i, file] of this.files.entries()) {
      file.rows = await load(duck, file, i + 1).catch((error) => {
        if (error instanceof BadFile) error.values = { ...error.values, file: file.name };
        throw error;
      });
      this.say("read", { file: file.name, n: file.rows });
    }
    this.about = byDefault(this.about, await span(duck, this.plan, today()), today());
    if (!this.about.lea) {
      this.say("district_ask");
      return this.draw([this.asks("count")], told);
    }
    const places = await this.placed(duck);
    const made = await everything(duck, this.plan, { ...values, ...this.about, place: undefined }, [], (name, v) => this.say(name, v));
    this.show(made, places, told);
    return this.say("done");
  }

  async placed(duck) {
    this.known ??= {};
    const { lea } = this.about;
    this.known[lea] ??= await fetched(`/engine/places/${lea}.json`).catch(() => ({ schools: [] }));
    const rows = this.known[lea].schools.map((s) => `('${s.entity}')`);
    if (rows.length) await duck.run(`insert into schools values ${rows.join(", ")}`);
    return this.known[lea];
  }

  show(made, places, told) {
    const names = named(this.plan, places);
    const travel = travelling(this, made);
    const months = { month: this.about.through, ytd: this.about.through };
    const place = names.places[`${this.about.lea}0000000`] ?? this.about.lea;
    this.draw([
      this.asks("count_again"),
      made.unmapped.length ? codes(made.unmapped, this.plan, names, this.codes, (chosen) => this.recode(chosen)) : null,
      checkup(made.results, this.files),
      exact(made.counts, travel.cells, this.plan.tables, names, months),
      preview(travel, names),
      publishing(travel, place),
    ], told);
  }

  asks(label) {
    return asked(this.about, label, (about) => {
      this.about = about;
      this.go();
    });
  }

  recode(chosen) {
    const key = (c) => `${c.map}|${c.value.toLowerCase()}`;
    const now = new Set(chosen.map(key));
    this.codes = [...this.codes.filter((c) => !now.has(key(c))), ...chosen];
    this.go();
  }

  draw(parts, told = []) {
    this.work.replaceChildren(...listing(this.files, told, (f) => this.remove(f)), ...parts.filter(Boolean));
  }

  /* Random and of this visit: numbers of students mean nothing in the next. */
  salt() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  }
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
