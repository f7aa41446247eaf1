fetch("/api/v1/session")
  .then((answer) => answer.text())
  .then((text) => { document.body.textContent = text; });
