// The proof of work of a sign-up form: find the number whose hash with the salt is the challenge (altcha, version 1).
// The package's own widget builds its worker and its style inline, which this site's policy refuses.

const TOGETHER = 500;
const encoder = new TextEncoder();

function bytes(hexadecimal) {
  return Uint8Array.from(hexadecimal.match(/../g), (pair) => parseInt(pair, 16));
}

async function solve({ proof: algorithm, challenge, salt, signature, most }) {
  const wanted = bytes(challenge);
  const isFound = (digest) => wanted.every((byte, place) => digest[place] === byte);
  for (let first = 0; first <= Number(most); first += TOGETHER) {
    const tries = Array.from({ length: TOGETHER }, (_, place) => encoder.encode(salt + (first + place)));
    const digests = await Promise.all(tries.map((text) => crypto.subtle.digest(algorithm, text)));
    const place = digests.findIndex((digest) => isFound(new Uint8Array(digest)));
    if (place >= 0) return btoa(JSON.stringify({ algorithm, challenge, number: first + place, salt, signature }));
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
