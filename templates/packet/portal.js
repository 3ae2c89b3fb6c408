"use strict";
(function () {
  var words = document.getElementById("words").dataset;
  var said = document.getElementById("said");

  function select(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // Browsers lend the clipboard to https pages only; a page opened from disk asks the old way.
  function byCommand(element) {
    select(element);
    var copied = false;
    try { copied = document.execCommand("copy"); } catch (error) { copied = false; }
    if (copied) { window.getSelection().removeAllRanges(); }
    return copied;
  }

  function show(button, copied) {
    var before = button.dataset.label || button.textContent;
    button.dataset.label = before;
    button.textContent = copied ? words.copied : words.failed;
    button.classList.toggle("done", copied);
    said.textContent = button.textContent;
    window.clearTimeout(button.timer);
    button.timer = window.setTimeout(function () {
      button.textContent = before;
      if (!copied) { button.classList.remove("done"); }
    }, 2500);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) { return; }
    var element = button.closest(".row").querySelector(".copied-text");
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(element.textContent).then(
        function () { show(button, true); },
        function () { show(button, byCommand(element)); }
      );
    } else {
      show(button, byCommand(element));
    }
  });
})();
