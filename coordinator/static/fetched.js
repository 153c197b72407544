// Says how much of a file is here while it is fetched.  Without this file the browser downloads it by itself.
const box = document.querySelector("[data-rows]");
const link = document.querySelector("a[href^='/audit.csv']");
const lineEnd = 10;

async function fetched(say) {
  const response = await fetch(link.href);
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") || "");
  if (!response.ok || !name) return location.assign(link.href);
  const reader = response.body.getReader();
  const parts = [];
  let rows = -1; // the head is none
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    for (const byte of part.value) rows += byte === lineEnd;
    say(rows, "here so far");
  }
  const file = document.createElement("a");
  file.href = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
  file.download = name[1];
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 10000);
  say(rows, `in ${name[1]}`, true);
}

if (box && link) {
  const bar = box.querySelector("progress");
  const words = box.querySelector("[role=status]");
  const total = Number(box.dataset.rows);
  let busy = false;
  const say = (rows, where, whole = false) => {
    const of = total && !whole ? ` of ${total.toLocaleString("en-GB")}` : "";
    words.textContent = `${rows.toLocaleString("en-GB")}${of} acts ${where}.`;
    if (total || whole) bar.max = whole ? Math.max(rows, 1) : total;
    if (total || whole) bar.value = rows;
  };
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    box.hidden = false;
    say(0, "here so far");
    await fetched(say).catch(() => {
      words.textContent = "The download stopped before its end, and nothing was saved. Press again.";
    });
    busy = false;
  });
}
