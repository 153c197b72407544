// Keeps what is typed into the minutes, and adds an action without leaving the page.  What is typed waits at the server
// as a draft of its own person and nowhere in the browser.  Without this file the buttons do the same, with a new page.
const form = document.querySelector("form[data-kept-while-typing]");
const status = form.querySelector(".co-kept");
const pause = 1500;
const retryAfter = 4000;
let timer, changed = false, sending = Promise.resolve();

function say(state) {
  const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const text = status.dataset[state].replace("{time}", time);
  if (status.textContent !== text) status.textContent = text;
  status.dataset.state = state;
}

function lost() {
  changed = true;
  say("lost");
  later(retryAfter);
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    sending = sending.then(keep);
  }, wait);
}

// A draft has no key: it is no act, and may be sent again and again.
async function keep() {
  if (!changed) return;
  changed = false;
  const typed = new FormData(form);
  typed.delete("form_key");
  typed.set("keep", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: typed, redirect: "manual" });
    if (answer.type !== "opaqueredirect" && !answer.ok) throw new Error(answer.status);
    say(answer.ok ? "kept" : "out");
  } catch {
    lost();
  }
}

form.addEventListener("input", () => {
  changed = true;
  if (status.dataset.state !== "lost") later(pause);
});
window.addEventListener("online", () => later(0));
window.addEventListener("beforeunload", (event) => {
  if (changed && status.dataset.state === "lost") event.preventDefault();
});

function takeOver(page, id) {
  form.ownerDocument.getElementById(id).replaceWith(page.getElementById(id));
}

async function addAction(button) {
  const typed = new FormData(form, button);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: typed });
  } catch {
    return lost();
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.getElementById("agreed")) {
    say("out");
    return;
  }
  takeOver(page, "agreed");
  takeOver(page, "problems");
  takeOver(page, "action-line");
  form.elements.form_key.value = page.querySelector("form[data-kept-while-typing] [name=form_key]").value;
  if (answer.ok) {
    changed = false;
    say("kept");
  }
  const wrong = form.querySelector("#action-line .govuk-input--error, #action-line .govuk-select--error");
  (wrong || form.elements.action_text).focus();
}

// The minutes are saved only when the server can be reached: the page with what was typed would be gone.
async function save() {
  clearTimeout(timer);
  await sending;
  try {
    await fetch("/time-left");
  } catch {
    return lost();
  }
  changed = false;
  HTMLFormElement.prototype.submit.call(form);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.name === "add") addAction(event.submitter);
  else save();
});
