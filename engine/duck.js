/* DuckDB inside this tab: start it, lock it, ask it, end it. What it reads and holds stays in the memory of its worker. */

const START_WITHIN = 30000;
/* The order matters: what is locked can no longer be set. The lock also holds against SQL that we did not write. */
const LOCKS = [
  "set autoinstall_known_extensions=false",
  "set autoload_known_extensions=false",
  "set allow_community_extensions=false",
  (paths) => "set allowed_paths=[" + paths.map(quoted).join(", ") + "]",
  "set enable_external_access=false",
  "set lock_configuration=true",
];

export class NoEngine extends Error {}

export function quoted(text) {
  return "'" + String(text).replaceAll("'", "''") + "'";
}

/* The same spelling of values as data/local uses: numbers stand in the SQL bare, dates as date '…', the rest quoted. */
export function bound(sql, values) {
  return sql.replace(/\$([a-z_]+)/g, (all, name) => (name in values ? literal(values[name]) : all));
}

function literal(value) {
  if (typeof value === "number") return String(value);
  return value.date ? `date ${quoted(value.date)}` : quoted(value);
}

/* A worker whose policy is wrong never answers: the clock decides. */
function within(promise, milliseconds) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new NoEngine("late")), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

let waiting = null;

/* Begin to start an engine while files are still being read: the next start() takes it. */
export function prepare(addresses) {
  waiting ??= launched(addresses);
  waiting.catch(() => {});
}

/* files: [{name, body}] with a File or the bytes of one. Names are ours (file_1.csv): no one's file name becomes SQL. Raises
   NoEngine where this browser cannot run it. */
export async function start(addresses, files) {
  prepare(addresses);
  const coming = waiting;
  waiting = null;
  const { client, db } = await coming;
  try {
    for (const file of files) {
      // What is handed to the worker as bytes is gone from here: a copy goes, since the same file may be counted again.
      if (file.body instanceof Uint8Array) await db.registerFileBuffer(file.name, file.body.slice());
      else await db.registerFileHandle(file.name, file.body, client.DuckDBDataProtocol.BROWSER_FILEREADER, true);
    }
    const connection = await db.connect();
    const paths = files.map((file) => file.name);
    for (const lock of LOCKS) await connection.query(typeof lock === "function" ? lock(paths) : lock);
    return new Duck(db, connection);
  } catch (error) {
    await db.terminate();
    throw error;
  }
}

async function launched(addresses) {
  if (typeof WebAssembly !== "object" || typeof Worker !== "function") throw new NoEngine("none");
  let worker;
  try {
    const client = await import(addresses.client);
    worker = new Worker(addresses.worker);
    const failed = new Promise((_, reject) => worker.addEventListener("error", () => reject(new NoEngine("worker"))));
    const db = new client.AsyncDuckDB(new client.VoidLogger(), worker);
    const wasm = new URL(addresses.wasm, globalThis.location.href).href;
    await within(Promise.race([db.instantiate(wasm), failed]), START_WITHIN);
    return { client, db };
  } catch (error) {
    if (worker) worker.terminate();
    throw new NoEngine(error.message);
  }
}

class Duck {
  constructor(db, connection) {
    this.db = db;
    this.connection = connection;
  }

  run(sql) {
    return this.connection.query(sql);
  }

  /* Rows as plain objects of text, numbers and booleans. Ask for few: making objects costs more than counting. */
  async rows(sql) {
    const table = await this.connection.query(sql);
    return table.toArray().map((row) => {
      const out = {};
      for (const [name, value] of Object.entries(row.toJSON())) out[name] = typeof value === "bigint" ? Number(value) : value;
      return out;
    });
  }

  /* One list a column, as the travel document holds them. */
  async columns(sql) {
    const table = await this.connection.query(sql);
    const out = {};
    for (const { name } of table.schema.fields) {
      out[name] = Array.from(table.getChild(name), (v) => (typeof v === "bigint" ? Number(v) : v));
    }
    return out;
  }

  async end() {
    await this.db.terminate();
  }
}
