/** Secrets planted in a page, of every kind that must not leave: for tests of the filter only. */

/** Each is planted once; the second part tells where. */
export const PLANTED: [canary: string, html: string][] = [
  ["cnry-password", `<input type="password" value="cnry-password">`],
  ["cnry-pass-upper", `<input type="PASSWORD" value="cnry-pass-upper">`],
  ["cnry-cc-number", `<input autocomplete="cc-number" value="cnry-cc-number">`],
  ["cnry-cc-section", `<input autocomplete="section-a billing cc-csc" value="cnry-cc-section">`],
  ["cnry-otp", `<input autocomplete="one-time-code" value="cnry-otp">`],
  ["cnry-newpass", `<input autocomplete="new-password" value="cnry-newpass">`],
  ["cnry-camel", `<input name="cardNumber" value="cnry-camel">`],
  ["cnry-snake", `<input name="credit_card_no" value="cnry-snake">`],
  ["cnry-label", `<label>Numéro de carte <input value="cnry-label"></label>`],
  ["cnry-for", `<label for="f1">Code de sécurité</label><input id="f1" value="cnry-for">`],
  ["cnry-cvv", `<input placeholder="CVV" value="cnry-cvv">`],
  ["cnry-cvc", `<input aria-label="CVC2" value="cnry-cvc">`],
  ["cnry-crypto", `<input placeholder="Cryptogramme visuel" value="cnry-crypto">`],
  ["cnry-iban", `<input id="iban" value="cnry-iban">`],
  ["cnry-mdp", `<input name="mdp" value="cnry-mdp">`],
  ["cnry-motdepasse", `<input aria-label="Mot de passe" value="cnry-motdepasse">`],
  ["cnry-secu", `<input placeholder="N° de sécurité sociale" value="cnry-secu">`],
  ["cnry-ssn", `<input name="ssn" value="cnry-ssn">`],
  ["cnry-labelled", `<span id="l9">One-time code</span><input aria-labelledby="l9" value="cnry-labelled">`],
  ["cnry-text", `<input value="cnry-text">`],
  ["cnry-email", `<input type="email" value="cnry-email@example.org">`],
  ["cnry-tel", `<input type="tel" value="cnry-tel">`],
  ["cnry-number", `<input type="number" name="qty" value="420042">`],
  ["cnry-textarea", `<textarea>cnry-textarea</textarea>`],
  ["cnry-editable", `<div contenteditable>cnry-editable <b>cnry-bold</b></div>`],
  ["cnry-bold", ``],
  ["cnry-hidden", `<input type="hidden" name="csrf" value="cnry-hidden">`],
  ["cnry-noscript", `<noscript>cnry-noscript</noscript>`],
  ["cnry-template", `<template><p>cnry-template</p></template>`],
  ["cnry-comment", `<!-- cnry-comment -->`],
  ["cnry-data-script", `<script type="application/json">{"a":"cnry-data-script"}</script>`],
  ["cnry-script", `<script type="text/x">cnry-script</script>`],
  [
    "cnry-block",
    `<div data-comptoir-block title="cnry-block-title">cnry-block<img alt="cnry-block-alt"></div>`,
  ],
  ["cnry-masked", `<div data-comptoir-mask><p title="cnry-mask-title">cnry-masked</p></div>`],
  ["cnry-mask-alt", `<div data-comptoir-mask><img src="/cnry-mask-src" alt="cnry-mask-alt"></div>`],
  [
    "cnry-mask-href",
    `<div data-comptoir-mask><a href="/cnry-mask-href" aria-label="cnry-mask-aria">x</a></div>`,
  ],
  ["cnry-selector", `<p class="customer">cnry-selector</p>`],
  ["cnry-cut", `<p class="cut">cnry-cut</p>`],
  ["cnry-data-attr", `<p data-email="cnry-data-attr@example.org">x</p>`],
  ["cnry-href", `<a href="/reset?token=cnry-href">x</a>`],
  [
    "cnry-action",
    `<form action="/go?key=cnry-action"><button formaction="/cnry-formaction">x</button></form>`,
  ],
  ["cnry-onclick", `<button onclick="go('cnry-onclick')">x</button>`],
  ["cnry-img", `<img src="/a.png?sig=cnry-img" srcset="/b.png?sig=cnry-srcset 2x">`],
  ["cnry-iframe", `<iframe src="https://pay.example/?t=cnry-iframe"></iframe>`],
  ["cnry-srcdoc", `<iframe srcdoc="cnry-srcdoc"></iframe>`],
  ["cnry-object", `<object data="/cnry-object"><param name="x" value="cnry-param"></object>`],
  ["cnry-style", `<div style="background:url(/x?cnry-style)">x</div>`],
  ["cnry-css", `<style>.a{background:url(/x?cnry-css)}</style>`],
  ["cnry-checkbox", `<input type="checkbox" value="cnry-checkbox">`],
  ["cnry-option", `<select><option value="cnry-option">Red</option></select>`],
  ["cnry-file", `<input type="file" name="cnry-file">`],
  ["cnry-ping", `<a ping="https://e.example/cnry-ping" download="cnry-download" target="cnry-target">x</a>`],
];

export const HEAD = `
  <title>Order of 4111111111111111</title>
  <meta name="csrf-token" content="cnry-meta">
  <meta name="author" content="cnry-author">
  <meta http-equiv="refresh" content="9;url=/cnry-refresh">
  <base href="http://localhost:3000/">
  <link rel="canonical" href="/cnry-canonical">`;
