// Pages work without this file; it keeps them current and lets people review with one key.
(() => {
  // Only the visible tab listens: a browser opens few connections to one address.
  const follow = () => {
    const live = document.getElementById("live");
    if (!live) return;
    let source = null;
    const refresh = () => htmx.trigger(document.getElementById("live"), "changed");
    const listen = () => {
      source = new EventSource(live.dataset.events);
      source.addEventListener("changed", refresh);
    };
    document.addEventListener("visibilitychange", () => {
      source?.close();
      if (!document.hidden) {
        refresh();
        listen();
      }
    });
    addEventListener("pagehide", () => source?.close());
    if (!document.hidden) listen();
  };

  const typing = (element) => element.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
  // Enter belongs to the focused element, if that element handles it.
  const own = (event) => event.key === "Enter" && event.target.closest("a, button, summary, input");

  // A key presses the button that names it: data-key="3", data-key="Enter".
  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || own(event)) return;
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button && !button.disabled) {
      event.preventDefault();
      button.click();
    }
  };

  // A search among many labels: the words that are typed, in any order. Enter presses the first label that is left.
  const left = (search) =>
    [...document.querySelectorAll(`#${search.dataset.find} button`)].filter((button) => !button.hidden);
  const find = (event) => {
    if (!event.target.matches("[data-find]")) return;
    const words = event.target.value.toLowerCase().split(/\s+/);
    for (const button of document.querySelectorAll(`#${event.target.dataset.find} button`))
      button.hidden = !words.every((word) => button.value.toLowerCase().includes(word));
  };
  const choose = (event) => {
    const search = document.querySelector("[data-find]");
    if (!search) return;
    if (event.target === search && event.key === "Enter") {
      event.preventDefault();
      if (search.value.trim()) left(search)[0]?.click();
    } else if (event.key === "/" && !typing(event.target)) {
      event.preventDefault();
      search.focus();
    }
  };
  const offer = () => document.querySelectorAll(".find").forEach((label) => (label.hidden = false));

  // A digit or any small picture is drawn with the pointer into the cells of a grid.
  const draw = (event) => {
    if (!(event.buttons & 1) || !event.target.matches("[data-cell]")) return;
    const input = document.getElementById(event.target.closest("[data-drawing]").dataset.drawing);
    const cells = input.value.split(",");
    const most = event.target.closest("[data-drawing]").dataset.maximum;
    cells[Number(event.target.dataset.cell)] = most;
    input.value = cells.join(",");
    event.target.setAttribute("fill", "currentColor");
  };

  addEventListener("DOMContentLoaded", follow);
  addEventListener("DOMContentLoaded", offer);
  addEventListener("input", find);
  addEventListener("keydown", choose);
  addEventListener("keydown", keys);
  addEventListener("pointerdown", draw);
  addEventListener("pointerover", draw);
})();
