/* Sends the travel document when a person says so, and takes a publication back. The only two requests that carry anything. */
import { button, h, said, title } from "./page.js";

const HEADERS = { "Content-Type": "application/json", "X-RTAC-Local": "1" };

/* `hindrance`: the name of the sentence that says why it cannot be published, if it cannot. `sent` is
   called when it was. */
export function publishing(travel, place, hindrance, sent) {
  const told = h("p", { role: "status", class: "drop-said" });
  const box = h("div", { class: "drop-row" });
  const send = button(said("publish"), async () => {
    send.disabled = true;
    told.textContent = said("publishing");
    const { ok, sentence } = await post("/local/publish", travel);
    send.disabled = false;
    told.textContent = ok ? said("published", { place }) : sentence;
    if (ok) box.replaceChildren(open(), withdraw(travel.lea, told, place, back));
    if (ok) {
      sent();
      box.querySelector("a").focus();
    }
  });
  const back = () => {
    box.replaceChildren(send);
    send.focus();
  };
  box.append(hindrance ? h("p", { class: "note", role: "note" }, said(hindrance)) : send);
  const heading = title("publish_title");
  return h("section", { class: "drop-part" }, heading, h("p", {}, said("publish_about", { place })), box, told);
}

function open() {
  return h("a", { href: globalThis.location.pathname + globalThis.location.search, target: "_self" }, said("see_published"));
}

/* `gone` is called when nothing is published any more. */
function withdraw(lea, told, place, gone) {
  const made = button(said("withdraw"), async () => {
    made.disabled = true;
    const { ok, sentence } = await post("/local/withdraw", { lea });
    made.disabled = false;
    if (ok) gone();
    told.textContent = ok ? said("withdrawn", { place }) : sentence;
  }, "plain");
  return made;
}

/* The server's own sentence where it gives one; where the doors are shut, how to open them. */
async function post(address, body) {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", headers: HEADERS, body: JSON.stringify(body), credentials: "same-origin", redirect: "error" });
  } catch {
    return { ok: false, sentence: said("publish_no_answer") };
  }
  if (answer.status === 404 || answer.status === 405) return { ok: false, sentence: said("publish_closed") };
  const text = await answer.text();
  if (answer.ok) return { ok: true, sentence: "" };
  let sentence = text.slice(0, 2000);
  try {
    const told = JSON.parse(text);
    sentence = told.error ?? sentence;
  } catch {
    // Plain text is a sentence already.
  }
  return { ok: false, sentence: said("publish_refused", { sentence }) };
}
