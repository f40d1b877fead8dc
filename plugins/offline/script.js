/* Reading without a line comes after everything else: the address is relative to this script. */
addEventListener("load", () => setTimeout(() => import("../ngoai-tuyen.js"), 1000));
