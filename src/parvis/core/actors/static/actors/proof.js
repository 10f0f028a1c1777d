// The proof of work of a sign-up form: find the number whose hash with the salt is the challenge (altcha, version 1).
// The package's own widget builds its worker and its style inline, which this site's policy refuses.

const YIELD_EVERY = 2000;

async function hash(algorithm, text) {
  const digest = await crypto.subtle.digest(algorithm, new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function solve({ proof: algorithm, challenge, salt, signature, most }) {
  for (let number = 0; number <= Number(most); number += 1) {
    if ((await hash(algorithm, salt + number)) === challenge) {
      return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    }
    if (number % YIELD_EVERY === 0) await new Promise((resume) => setTimeout(resume));
  }
  return "";
}

// Without Web Cryptography (an address without HTTPS) the form goes as it would without scripts: the link is the proof.
if (globalThis.crypto?.subtle) {
  for (const field of document.querySelectorAll("input[data-proof]")) {
    const solved = solve(field.dataset);
    solved.then((found) => { field.value = found; });
    field.form.addEventListener("submit", async (event) => {
      if (field.value) return;
      event.preventDefault();
      field.value = await solved;
      field.form.submit();
    });
  }
}
