/* The door of the engine: assets/drop.js hands files over here. One session a section; it lives as long as the page. */
import { Session } from "./session.js";

const sessions = new WeakMap();

export async function take(root, files) {
  if (!sessions.has(root)) sessions.set(root, new Session(root));
  await sessions.get(root).take(files);
}
