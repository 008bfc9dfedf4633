// Counts down the time for which an identity is shown and leaves the page at its end, or when it is left and come back to.
(function () {
  "use strict";
  const left = document.querySelector("[data-seconds-left]");
  if (!left) return;
  const end = Date.now() + 1000 * Number(left.dataset.secondsLeft);
  const shown = left.querySelector("strong");
  function leave() {
    document.querySelectorAll(".identity-view").forEach((part) => part.remove());
    window.location.replace(left.dataset.leaveTo);
  }
  function tick() {
    const rest = Math.ceil((end - Date.now()) / 1000);
    if (rest <= 0) return leave();
    shown.textContent = Math.floor(rest / 60) + ":" + String(rest % 60).padStart(2, "0");
  }
  tick();
  setInterval(tick, 1000);
  window.addEventListener("pageshow", (event) => { if (event.persisted) leave(); });
})();
