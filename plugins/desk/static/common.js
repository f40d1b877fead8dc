/* What all scripts of the desk use: its address, requests with the token, elements, and what screen readers say. */
export const ADDRESS = "/soan";

const token = document.querySelector("meta[name=desk-token]").content;
const status = document.getElementById("said");

export const say = (text) => {
  status.textContent = "";
  setTimeout(() => {
    status.textContent = text;
  }, 50);
};

export const post = (address, body) => fetch(address, { method: "POST", body, headers: { "X-Desk-Token": token } });

export const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
