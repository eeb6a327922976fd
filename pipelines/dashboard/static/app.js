// Comfort only: every page works without this file. A pointer reads the chart; an open page follows the ledger.
"use strict";

for (const chart of document.querySelectorAll("svg[data-points]")) {
  const points = JSON.parse(chart.dataset.points);
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  chart.parentElement.append(tip);
  const ruler = chart.querySelector(".ruler");
  const dot = chart.querySelector(".dot");
  const stops = [...chart.querySelectorAll(".stop")];

  const show = (event) => {
    const box = chart.getBoundingClientRect();
    const wide = chart.viewBox.baseVal.width;
    const x = ((event.clientX - box.left) / box.width) * wide;
    let near = -1;
    stops.forEach((stop, at) => {
      const far = Math.abs(stop.cx.baseVal.value - x);
      if (near < 0 || far < Math.abs(stops[near].cx.baseVal.value - x)) near = at;
    });
    if (near < 0) return;
    const cx = stops[near].cx.baseVal.value;
    const cy = stops[near].cy.baseVal.value;
    for (const end of ["x1", "x2"]) ruler.setAttribute(end, cx);
    dot.setAttribute("cx", cx);
    dot.setAttribute("cy", cy);
    const point = points[near];
    tip.replaceChildren();
    for (const [part, text] of [["b", point.day], ["span", `${point.total}  (${point.new})`], ["small", point.exports]]) {
      const node = document.createElement(part);
      node.textContent = text;
      tip.append(node);
    }
    tip.hidden = false;
    chart.classList.add("read");
    const left = (cx / wide) * box.width;
    tip.style.left = `${Math.min(Math.max(left + 12, 0), box.width - tip.offsetWidth - 4)}px`;
    if (left + 12 + tip.offsetWidth > box.width) tip.style.left = `${left - tip.offsetWidth - 12}px`;
    tip.style.top = "14px";
  };
  const hide = () => {
    tip.hidden = true;
    chart.classList.remove("read");
  };
  chart.addEventListener("pointermove", show);
  chart.addEventListener("pointerdown", show);
  chart.addEventListener("pointerleave", hide);
}

for (const field of document.querySelectorAll("form[data-live] select")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

let beat = null;
const follow = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch("/pulse", { cache: "no-store", credentials: "same-origin" });
    if (!answer.ok) return;
    const now = (await answer.json()).beat;
    const writing = document.activeElement && ["INPUT", "SELECT", "TEXTAREA"].includes(document.activeElement.tagName);
    if (beat !== null && now !== beat && !writing) location.reload();
    else if (beat === null) beat = now;
  } catch {
    /* the server is away: the page stays as it is */
  }
};
if (document.body.dataset.live === "yes") {
  follow();
  setInterval(follow, 5000);
}
