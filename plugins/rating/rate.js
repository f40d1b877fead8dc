/* Says how an article was rated, and sends a vote without leaving the page. WORDS and FIGURES come before. */
(function () {
  var form = document.querySelector("form[action^='/danh-gia?']"), told = form.querySelector("output");
  fetch(FIGURES).then(function (answer) {
    if (answer.status === 204 || answer.status === 404) return { votes: 0 }; // nobody has read it yet
    return answer.ok ? answer.json() : Promise.reject();
  }).then(function (figures) {
    var say = figures.votes ? figures.votes === 1 ? WORDS.one : WORDS.some : WORDS.none;
    if (!told.textContent) told.textContent = say
      .replace("{average}", Number(figures.average).toLocaleString(NUMBERS, { maximumFractionDigits: 1 }))
      .replace("{count}", figures.votes.toLocaleString(NUMBERS));
  }, function () { /* the figures are not needed to vote */ });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var grade = form.querySelector(":checked").value;
    fetch(form.action + "&diem=" + grade, { method: "POST" }).then(function (answer) {
      return answer.ok ? WORDS.thanks : answer.status === 429 ? WORDS.many : WORDS.failed;
    }, function () { return WORDS.failed; }).then(function (words) {
      told.textContent = "";
      setTimeout(function () { told.textContent = words; }, 50); // else the same words twice are told once
    });
  });
})();
