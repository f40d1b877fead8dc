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

/* Who works here, for the history; asked once, and kept by the browser. */
const who = document.getElementById("who");
who.value = localStorage.getItem("desk-name") || "";
who.addEventListener("change", () => localStorage.setItem("desk-name", who.value.trim()));

export const post = (address, body) => {
  const headers = { "X-Desk-Token": token, "X-Desk-Name": encodeURIComponent(who.value.trim()) };
  return fetch(address, { method: "POST", body, headers });
};

/* Posts values by name, and returns the answer's status with what it says; status 0 where nobody answers. */
export const send = async (address, values) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.append(name, value);
  const answer = await post(address, data).catch(() => null);
  const said = answer ? await answer.json().catch(() => ({})) : {};
  return { status: answer?.status || 0, ...said };
};

/* Shows a message in a place that is otherwise hidden. */
export const complain = (place, text) => {
  place.hidden = !text;
  place.textContent = text || "";
};

export const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
