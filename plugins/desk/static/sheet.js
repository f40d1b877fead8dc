/* The page that is printed and laid beside the keyboard. */
document.getElementById("print")?.addEventListener("click", () => globalThis.print());
