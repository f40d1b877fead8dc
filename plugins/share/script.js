const copy = document.querySelector("[data-action=copy]");
if (copy) {
  const label = copy.textContent,
    more = copy.nextSibling,
    jump = document.querySelector("[href='#chia-se']");
  copy.onclick = async () => {
    await navigator.clipboard.writeText(location.href);
    copy.textContent = `${label} ✓`;
    display.announce(copy.textContent);
  };
  if (!navigator.clipboard) copy.remove(); // over http
  if (navigator.share) {
    more.hidden = false;
    more.onclick = jump.onclick = (event) => {
      event.preventDefault();
      navigator.share({ url: location.href }).catch(() => {}); // the reader has changed their mind
    };
  }
}
