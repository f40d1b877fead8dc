/* Warnings are no part of the pages of articles: a second after a page has loaded, so that they take nothing from the
   line before, it asks for them (banners.py); the address is relative to this script. */
addEventListener("load", () => setTimeout(() => import("../thong-bao.js"), 1000));
