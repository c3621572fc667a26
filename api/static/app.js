"use strict";
// Every page: calls to the API from forms and buttons, upload by drag and drop, live progress.
document.documentElement.classList.add("js");
const $ = (query, inside = document) => inside.querySelector(query);
const $$ = (query, inside = document) => [...inside.querySelectorAll(query)];
const csrf = $("meta[name=csrf]").content;

function tell(words, bad = false) {
  const toast = $("#toast");
  toast.textContent = words;
  toast.classList.toggle("bad", bad);
  toast.hidden = false;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { toast.hidden = true; }, bad ? 6000 : 2500);
}

async function call(method, place, body) {
  const headers = { "X-CSRF-Token": csrf, Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(place, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status === 401) location.href = "/login";
  const text = await answer.text();
  const data = text ? JSON.parse(text) : null;
  if (!answer.ok) throw new Error((data && data.detail) || "操作没有完成，请稍后再试。");
  return data;
}

function value(field) {
  if (field.dataset.type === "boolean") return field.checked;
  if (field.dataset.type === "number") return field.value === "" ? null : Number(field.value);
  return field.value;
}

function collected(form) {
  const body = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || (field.type === "radio" && !field.checked)) continue;
    if ("score" in field.dataset) {
      if (field.value !== "") (body[form.dataset.collect] ||= {})[field.name] = Number(field.value);
    } else body[field.name] = value(field);
  }
  return body;
}

async function act(element, body) {
  const [method, place] = element.dataset.call.split(" ");
  if (element.dataset.confirm && !confirm(element.dataset.confirm)) return;
  try {
    const data = await call(method, place, body);
    if (element.dataset.reveal) {
      const shown = element.parentElement.querySelector(".revealed");
      $("code", shown).textContent = data[element.dataset.reveal];
      shown.hidden = false;
    }
    element.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: body }));
    if (element.dataset.then === "reload") location.reload();
    else if (element.dataset.then) location.href = element.dataset.then;
    else tell("已保存");
  } catch (error) {
    tell(error.message, true);
  }
}

for (const element of $$("[data-call]")) {
  if (element.matches("form")) {
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      act(element, collected(element));
    });
  } else {
    const body = element.dataset.body ? JSON.parse(element.dataset.body) : undefined;
    element.addEventListener("click", () => act(element, body));
  }
}

// Upload.
function upload(form, files) {
  if (!files.length) return;
  const going = $(".going", form), fault = $(".fault", form);
  const bar = $("progress", going), how = $(".how", going);
  const data = new FormData();
  for (const field of form.elements) if (field.name && field.type !== "file") data.append(field.name, field.value);
  for (const file of files) data.append("file", file);
  $(".what", going).textContent = [...files].map((file) => file.name).join("、").slice(0, 160);
  how.textContent = "正在上传";
  fault.hidden = true;
  going.hidden = false;
  form.classList.add("busy");
  const request = new XMLHttpRequest();
  request.open("POST", form.dataset.upload);
  request.setRequestHeader("X-CSRF-Token", csrf);
  request.setRequestHeader("Idempotency-Key", form.dataset.key ||= Math.random().toString(36).slice(2) + Date.now().toString(36));
  request.responseType = "json";
  request.upload.onprogress = (event) => {
    bar.value = event.lengthComputable ? (60 * event.loaded) / event.total : 20;
    if (event.loaded === event.total) how.textContent = "已上传，正在保存";
  };
  const failed = (words) => {
    going.hidden = true;
    fault.textContent = words;
    fault.hidden = false;
    form.classList.remove("busy");
    delete form.dataset.key;
  };
  request.onerror = () => failed("网络中断，没有传完，请再试一次。");
  request.onload = () => {
    const answer = request.response;
    if (request.status === 401) location.href = "/login";
    else if (request.status >= 400) failed((answer && answer.detail) || "上传没有完成，请稍后再试。");
    else if (answer.events) watch(answer.events, going, form.dataset.then + answer.draft);
    else location.href = form.dataset.then + answer.id;
  };
  request.send(data);
}

function watch(place, inside, then) {
  const bar = $("progress", inside), how = $(".how", inside);
  if (bar && how) { bar.value = 65; how.textContent = "已收到，正在审阅"; }
  const stream = new EventSource(place);
  stream.addEventListener("state", (event) => {
    const seen = JSON.parse(event.data);
    if (seen.total && bar) {
      bar.value = bar.max === 100 ? 65 + (35 * seen.done) / seen.total : seen.done + (seen.failed || 0);
      if (how && bar.max === 100) how.textContent = `正在逐页识别：${seen.done} / ${seen.total} 页`;
    }
    if (["done", "failed", "gone"].includes(seen.state)) {
      stream.close();
      if (then) location.href = then; else location.reload();
    }
  });
}

for (const form of $$("[data-upload]")) {
  form.addEventListener("submit", (event) => event.preventDefault());
  const field = $("input[type=file]", form);
  field.addEventListener("change", () => { upload(form, field.files); field.value = ""; });
}
const drop = $("[data-upload]");
if (drop) {
  let depth = 0;
  addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; drop.classList.add("over"); });
  addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) drop.classList.remove("over"); });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    drop.classList.remove("over");
    upload(drop, event.dataTransfer.files);
  });
}

const waiting = $("[data-watch]");
if (waiting) {
  if (waiting.matches(".waiting")) watch(waiting.dataset.watch, waiting);
  else {
    const stream = new EventSource(waiting.dataset.watch);
    stream.addEventListener("state", (event) => {
      const seen = JSON.parse(event.data), bar = $("progress", waiting);
      bar.max = seen.total || 1;
      bar.value = seen.done + seen.failed;
      if (["done", "failed"].includes(seen.state)) { stream.close(); location.reload(); }
    });
  }
}

// Triage: assign what is ticked.
const assign = $("[data-assign]");
if (assign) {
  $("[data-all]", assign).addEventListener("change", (event) => {
    for (const box of $$("[name=declaration]", assign)) box.checked = event.target.checked;
  });
  const out = $("output", assign), ticked = () => $$("[name=declaration]:checked", assign);
  const marks = $("[data-marks]", assign);
  $("button", marks).addEventListener("click", async () => {
    const firms = [...new Set(ticked().map((box) => box.dataset.firm).filter(Boolean))];
    if (!firms.length) { out.textContent = "请先勾选有企业名称的行"; return; }
    const { mark, reason } = assign.elements;
    try {
      const said = await call("POST", marks.dataset.marks, { firms, mark: mark.value, reason: reason.value });
      out.textContent = "已标注，正在重排名额";
      if (said.job) watch(`/api/v1/jobs/${said.job}/events`, marks); else location.reload();
    } catch (error) { out.textContent = error.message; }
  });
  assign.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!assign.elements.expert) return;
    const chosen = ticked().map((box) => box.value);
    if (!chosen.length) { out.textContent = "请先勾选申报书"; return; }
    let done = 0;
    const faults = new Set();
    for (const key of chosen) {
      try {
        await call("POST", `/api/v1/declarations/${key}/assignments`, {
          expert: assign.elements.expert.value, chair: assign.elements.chair.checked,
        });
        done += 1;
      } catch (error) { faults.add(error.message); }
    }
    out.textContent = `已分配 ${done} 份。${[...faults].join(" ")}`;
  });
}

document.addEventListener("click", (event) => {
  for (const menu of $$("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
