/* Warnings are no part of the pages of articles: a second after a page has loaded, so that they take nothing from the
   line before, it asks for them (banners.py). */
const warnings = new URL("../thong-bao.js", document.currentScript.src);
addEventListener("load", () => setTimeout(display.loadScript, 1000, warnings));
