"use strict";
// The main table: filter, sort and page over the rows that stand in the page as JSON.
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var body = document.querySelector("#rows tbody"), heads = document.querySelectorAll("#rows th");
  var state = { sort: 0, down: false, page: 0, text: "", picks: {} }, size = 100, shown = data.rows;
  function filtered() {
    var words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
    return data.rows.filter(function (row) {
      for (var key in state.picks) if (state.picks[key] !== "" && String(row[key]) !== state.picks[key]) return false;
      var all = row.join(" ").toLowerCase();
      return words.every(function (word) { return all.indexOf(word) >= 0; });
    });
  }
  function compare(a, b) {
    var x = a[state.sort], y = b[state.sort], empty = (x === "") - (y === "");
    if (empty) return empty; // empty cells last, whichever way
    var found = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "zh");
    return (state.down ? -found : found) || a[0] - b[0];
  }
  function cell(row, at) {
    var td = document.createElement("td"), column = data.columns[at];
    if (column.kind === "number") td.className = "number";
    if (column.title === "准备情况") td.className = "g" + data.groups.indexOf(row[at]);
    if (column.title === "报告" && row[at]) {
      var link = document.createElement("a");
      link.href = row[at].split("/").map(encodeURIComponent).join("/");
      link.textContent = "打开";
      td.append(link);
    } else if (column.title === "原因") {
      var full = document.createElement("div");
      full.textContent = row[at];
      full.tabIndex = 0; // three lines; all of it under the pointer or the keyboard
      td.className = "long";
      td.append(full);
    } else td.textContent = row[at];
    return td;
  }
  function draw() {
    shown = filtered().sort(compare);
    var pages = Math.max(1, Math.ceil(shown.length / size));
    state.page = Math.min(state.page, pages - 1);
    var part = shown.slice(state.page * size, (state.page + 1) * size), list = document.createDocumentFragment();
    part.forEach(function (row) {
      var tr = document.createElement("tr");
      data.columns.forEach(function (_, at) { tr.append(cell(row, at)); });
      list.append(tr);
    });
    body.replaceChildren(list);
    document.getElementById("count").textContent = "共 " + shown.length + " 份，第 " + (state.page + 1) + " / " + pages + " 页";
    heads.forEach(function (th, at) {
      th.setAttribute("aria-sort", at === state.sort ? (state.down ? "descending" : "ascending") : "none");
    });
  }
  heads.forEach(function (th, at) {
    th.querySelector("button").addEventListener("click", function () {
      state.down = state.sort === at ? !state.down : false;
      state.sort = at; state.page = 0; draw();
    });
  });
  document.querySelectorAll("[data-pick]").forEach(function (pick) {
    pick.addEventListener("change", function () { state.picks[pick.dataset.pick] = pick.value; state.page = 0; draw(); });
  });
  document.getElementById("find").addEventListener("input", function (event) { state.text = event.target.value; state.page = 0; draw(); });
  document.getElementById("before").addEventListener("click", function () { state.page = Math.max(0, state.page - 1); draw(); });
  document.getElementById("after").addEventListener("click", function () { state.page += 1; draw(); });
  document.getElementById("clear").addEventListener("click", function () {
    state = { sort: 0, down: false, page: 0, text: "", picks: {} };
    document.querySelectorAll("[data-pick]").forEach(function (pick) { pick.value = ""; });
    document.getElementById("find").value = ""; draw();
  });
  draw();
})();
