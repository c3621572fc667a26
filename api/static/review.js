"use strict";
// The review: marks in the document and findings beside it point to each other; tabs, filters, scores.
const left = $(".left"), right = $(".right"), desk = $(".desk");

function pick(name, focus = false) {
  for (const tab of $$("[role=tab]")) {
    const on = tab.getAttribute("aria-controls") === name;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    if (on && focus) tab.focus();
    $(`#${tab.getAttribute("aria-controls")}`).classList.toggle("shown", on);
  }
}
pick("findings");
const tabs = $$("[role=tab]");
for (const [at, tab] of tabs.entries()) {
  tab.addEventListener("click", () => { pick(tab.getAttribute("aria-controls")); right.scrollTop = 0; });
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) pick(tabs[(at + step + tabs.length) % tabs.length].getAttribute("aria-controls"), true);
  });
}

// One side at a time on a phone.
function side(which) {
  desk.classList.toggle("showing-left", which === "left");
  for (const button of $$("[data-show]")) button.setAttribute("aria-pressed", String(button.dataset.show === which));
}
for (const button of $$("[data-show]")) button.addEventListener("click", () => side(button.dataset.show));
const narrow = matchMedia("(max-width:60rem)");

const marks = new Map();
for (const mark of $$(".m", left)) for (const key of mark.dataset.f.split(" ")) {
  if (!marks.has(key)) marks.set(key, []);
  marks.get(key).push(mark);
}

function choose(key) {
  for (const on of $$(".on")) on.classList.remove("on");
  for (const mark of marks.get(key) || []) mark.classList.add("on");
  const card = document.getElementById(`f-${key}`);
  if (card) card.classList.add("on");
  return card;
}
const calm = matchMedia("(prefers-reduced-motion:reduce)").matches;
const scroll = (element) => element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });

function toDocument(key) {
  choose(key);
  const [first] = marks.get(key) || [];
  if (!first) return;
  if (narrow.matches) side("left");
  scroll(first);
}
function toFinding(mark) {
  const keys = mark.dataset.f.split(" ");
  const at = keys.findIndex((key) => document.getElementById(`f-${key}`).classList.contains("on"));
  const card = choose(keys[(at + 1) % keys.length]);
  if (narrow.matches) side("right");
  pick("findings");
  if (card.hidden) { card.hidden = false; card.closest(".group").hidden = false; }
  scroll(card);
}
for (const mark of $$(".m", left)) {
  mark.addEventListener("click", () => toFinding(mark));
  mark.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toFinding(mark); }
  });
}
for (const card of $$(".finding")) {
  const go = $(".go", card);
  if (go) go.addEventListener("click", () => toDocument(card.dataset.f));
}
for (const jump of $$(".jump")) jump.addEventListener("click", (event) => {
  event.preventDefault();
  pick("findings");
  const card = choose(jump.hash.slice(3));
  if (card) scroll(card);
});

// Filters: by severity, part of the form, and state.
const filter = $("[data-filter]");
function state(card) {
  const settled = card.classList.contains("is-settled");
  return {
    todo: !card.dataset.mine, mine: Boolean(card.dataset.mine), settled, open: !settled,
    differs: card.classList.contains("is-differing"),
  };
}
function sift() {
  const severities = new Set($$("[name=severity]:checked", filter).map((box) => box.value));
  const group = filter.elements.group.value, wanted = filter.elements.state.value;
  let shown = 0;
  for (const card of $$(".finding")) {
    const fits = severities.has(card.dataset.severity) && (!group || card.dataset.group === group)
      && (!wanted || state(card)[wanted]);
    card.hidden = !fits;
    shown += fits;
  }
  for (const section of $$(".group")) section.hidden = !$$(".finding:not([hidden])", section).length;
  for (const [key, found] of marks) {
    const card = document.getElementById(`f-${key}`);
    for (const mark of found) mark.classList.toggle("off", Boolean(card && card.hidden) && !mark.dataset.f.includes(" "));
  }
  $("output", filter).textContent = `显示 ${shown} 处`;
}
if (filter) { filter.addEventListener("change", sift); filter.addEventListener("submit", (event) => event.preventDefault()); }

for (const cell of $$("[data-open]")) cell.addEventListener("click", () => {
  for (const other of $$("[data-open]")) {
    const on = other === cell;
    other.setAttribute("aria-expanded", String(on));
    document.getElementById(other.dataset.open).hidden = !on;
  }
});

// Pictures of pages are drawn by a worker when they are first looked at.
const images = $$("image[data-lazy]");
if (images.length) {
  const place = images.map((image) => image.getAttribute("href"));
  images.forEach((image) => image.removeAttribute("href"));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) {
      const at = images.indexOf($("image", entry.target));
      images[at].setAttribute("href", place[at]);
      seen.unobserve(entry.target);
    }
  }, { root: narrow.matches ? null : left, rootMargin: "600px" });
  for (const image of images) seen.observe(image.closest("figure"));
}

// Verdicts and scores.
for (const form of $$(".judge")) form.addEventListener("saved", (event) => {
  form.classList.add("saved");
  form.closest(".finding").dataset.mine = event.detail.verdict;
});
const scores = $(".sheet-form");
if (scores) {
  const total = () => {
    const sum = $$("[data-score]", scores).reduce((all, field) => all + Number(field.value || 0), 0);
    $("[data-total]", scores).textContent = String(sum);
  };
  scores.addEventListener("input", total);
  total();
}
if (location.hash.startsWith("#f-")) { const card = choose(location.hash.slice(3)); if (card) { toDocument(location.hash.slice(3)); if (!narrow.matches) card.scrollIntoView({ block: "center" }); } }
