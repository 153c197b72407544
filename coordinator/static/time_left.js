// Warns before a session ends because it was not used.  It asks the server how long is left, so that a press in
// one tab is known in all.  Without this file the session ends all the same, and what is sent late is kept.
const box = document.querySelector("[data-seconds-left]");
const words = box.querySelector("[role=status]");
const stayForm = box.querySelector("form");
const again = box.querySelector("a");
const warnAt = Number(box.dataset.warnAt);
const retryAfter = 15;
let timer, due, typedIn;

function wait(seconds) {
  clearTimeout(timer);
  due = Date.now() + seconds * 1000;
  timer = setTimeout(look, seconds * 1000);
}

function say(state, time = "") {
  if (state) box.dataset.state = state;
  else delete box.dataset.state;
  const text = (words.dataset[state] || "").replace("{time}", time);
  if (words.textContent !== text) words.textContent = text;
  stayForm.hidden = state !== "warning";
  again.hidden = state !== "ended";
}

function minutes(seconds) {
  const whole = Math.max(1, Math.round(seconds / 60));
  return `${whole} minute${whole === 1 ? "" : "s"}`;
}

async function look() {
  let left;
  try {
    left = Number(await (await fetch("/time-left")).text());
  } catch {
    return wait(retryAfter);
  }
  if (left > warnAt) {
    say("");
    wait(left - warnAt);
  } else if (left > 0) {
    say("warning", minutes(left));
    wait(left + 1);
  } else {
    say("ended");
    clearTimeout(timer);
  }
}

async function stay() {
  say("");
  await fetch(stayForm.action, { method: "POST", body: new FormData(stayForm), redirect: "manual" }).catch(() => {});
  look();
}

stayForm.addEventListener("submit", (event) => {
  event.preventDefault();
  stay();
});
// Somebody who is typing is plainly there.
document.addEventListener("keydown", () => box.dataset.state === "warning" && stay());

// A form that holds typing is sent as it is: it waits at the server, and comes back after signing in.
document.addEventListener("input", (event) => {
  typedIn = event.target.closest("main form[method=post]") || typedIn;
});
if (document.querySelector(".govuk-error-summary")) typedIn = document.querySelector("main form[method=post]");
again.href = location.pathname + location.search;
again.addEventListener("click", (event) => {
  if (!typedIn) return;
  event.preventDefault();
  HTMLFormElement.prototype.submit.call(typedIn);
});

// A tab that slept, or that another one overtook, looks again when it is seen.
for (const [target, kind] of [[document, "visibilitychange"], [window, "focus"], [window, "pageshow"]]) {
  target.addEventListener(kind, () => {
    if (!document.hidden && (box.dataset.state || Date.now() > due)) look();
  });
}

box.hidden = false;
wait(Number(box.dataset.secondsLeft) - warnAt);
