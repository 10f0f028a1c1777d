// Where the browser can copy, each fingerprint gets a button. Without this file, nothing is missing but the button.
if (navigator.clipboard) {
  for (const box of document.querySelectorAll(".hash-box")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copier";
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.querySelector(".hash").textContent);
      button.textContent = "Copié";
      setTimeout(() => { button.textContent = "Copier"; }, 2000);
    });
    (box.closest("a") ?? box).after(" ", button);
  }
}
