/** The test page: speaks French to whoever reads French, and says whose site it is. Texts only. */
"use strict";

const spoken = (navigator.languages ?? [navigator.language]).find((lang) => /^(fr|en)\b/i.test(lang));
document.documentElement.lang = spoken?.toLowerCase().startsWith("fr") ? "fr" : "en";
const shown = document.querySelector(`article:lang(${document.documentElement.lang}) h1`);
if (shown && document.body.dataset.state === "ready") document.title = `${shown.textContent} · Comptoir`;

const [, , site] = location.pathname.split("/");
const test = new URLSearchParams(location.search).get("pass");
if (document.body.dataset.state === "ready" && site && test) {
  fetch(`/w/v1/config?${new URLSearchParams({ site, test })}`, { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .then((config) => {
      if (config) document.querySelector("[data-site-name]").textContent = config.name;
    })
    .catch(() => undefined);
}
