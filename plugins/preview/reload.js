/* In the preview only: reloads when this page has changed, and shows what is wrong with a build. */
(() => {
  const page = document.currentScript.dataset.page;
  let notice = null;
  new EventSource(`/_preview/events?${encodeURIComponent(location.pathname)}`).onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (notice) {
      notice.remove();
      notice = null;
    }
    if (state.errors) show(state.title, state.errors);
    else if (state.page !== page) location.reload();
  };
  function show(title, errors) {
    notice = document.createElement("div");
    notice.setAttribute("role", "alert");
    notice.style.cssText =
      "position:fixed;inset:auto 0 0;max-height:60vh;overflow:auto;padding:16px 24px;background:#fff;color:#000;border-top:4px solid #941c12;font:16px/1.6 system-ui;white-space:pre-wrap;z-index:9";
    const head = document.createElement("strong");
    head.textContent = `${title}\n`;
    notice.append(head, errors);
    document.body.append(notice);
  }
})();
