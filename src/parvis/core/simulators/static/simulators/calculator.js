// A calculator's form, where scripts run: children's questions follow their number, a link carries the answers after
// its « # », and this browser keeps them if asked. Without this file, the form and its results are whole.

const form = document.querySelector("form[data-calculator]");
const shelf = `parvis:${form?.dataset.calculator}`;

function encoded(value) {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decoded(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (letter) => letter.charCodeAt(0))));
}

function answers() {
  const said = [...new FormData(form)].filter(([name, value]) => value && !name.startsWith("_"));
  return Object.fromEntries(said);
}

// The number of children says how many ages are asked.
function repeat(block) {
  const counting = form.querySelectorAll(`[name="${block.dataset.repeatedBy}"]`);
  const said = [...counting].find((field) => field.type !== "radio" || field.checked)?.value;
  const items = block.querySelectorAll(":scope > [data-question]");
  const most = Number(block.dataset.most);
  const wanted = /^\d+$/.test(said ?? "") ? Math.min(Number(said), most) : items.length;
  for (const item of [...items].slice(wanted)) item.remove();
  for (let rank = items.length + 1; rank <= wanted; rank += 1) block.append(numbered(block, rank));
}

function numbered(block, rank) {
  const item = block.querySelector("template").content.firstElementChild.cloneNode(true);
  const named = [item, ...item.querySelectorAll("*")];
  for (const node of named) {
    for (const attribute of ["id", "name", "for", "aria-describedby", "data-question"]) {
      const value = node.getAttribute(attribute);
      if (value?.endsWith("_0")) node.setAttribute(attribute, value.replace(/_0$/, `_${rank}`));
    }
  }
  item.querySelector(".rank").textContent = `(n° ${rank})`;
  return item;
}

function follow() {
  for (const block of form.querySelectorAll("[data-repeated-by]")) repeat(block);
}

function fill(said) {
  const counted = () => {
    for (const [name, value] of Object.entries(said)) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
      }
    }
  };
  counted();
  follow();
  counted();
  for (const slider of form.querySelectorAll("[data-slides]")) place(slider);
  for (const [name, value] of Object.entries(said)) {
    if (!form.querySelector(`[name="${CSS.escape(name)}"]`)) hide(name, value);
  }
}

// A slider and its box are one answer: the one that moves writes in the other.
function slide(slider) {
  const box = document.getElementById(slider.dataset.slides);
  slider.addEventListener("input", () => { box.value = slider.value.replace(".", ","); });
  box.addEventListener("input", () => place(slider));
}

function place(slider) {
  const said = document.getElementById(slider.dataset.slides).value.trim().replace(",", ".").replace("−", "-");
  if (said && Number.isFinite(Number(said))) slider.value = said;
}

function hide(name, value) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  form.append(field);
}

function button(label, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  made.className = "button button-quiet";
  made.addEventListener("click", act);
  return made;
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(shelf));
  } catch {
    return null;
  }
}

// « Partager »: the answers and what the calculation is go after the « # », which browsers send to no server.
function offerLink(box) {
  const { identity, results, version } = form.dataset;
  const line = document.querySelector("[data-share-link]");
  const share = button("Partager par un lien", async () => {
    const link = `${location.origin}${form.getAttribute("action")}#${encoded({ answers: answers(), identity, results, version })}`;
    line.hidden = false;
    line.querySelector("input").value = link;
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(link);
      share.textContent = "Lien copié";
    } else {
      line.querySelector("input").select();
    }
  });
  share.setAttribute("aria-live", "polite");
  box.append(share);
}

// « Garder dans ce navigateur », and forget: nowhere else.
function offerKeeping(box) {
  const isForm = box.dataset.kept === "form";
  const keep = button("Garder mes réponses dans ce navigateur", () => {
    localStorage.setItem(shelf, JSON.stringify(answers()));
    draw("Gardées dans ce navigateur.");
  });
  const forget = button("Les oublier", () => {
    localStorage.removeItem(shelf);
    draw("Oubliées.");
  });
  const take = button("Reprendre mes réponses gardées", () => { fill(stored()); draw("Reprises."); });
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const draw = (text) => {
    said.textContent = text;
    box.replaceChildren(...(stored() ? [isForm ? take : keep, " ", forget] : [keep]), " ", said);
  };
  draw("");
}

function openLink() {
  let shared;
  try {
    shared = decoded(location.hash.slice(1));
  } catch {
    return;
  }
  if (typeof shared?.answers !== "object") return;
  history.replaceState(null, "", location.pathname);
  fill(shared.answers);
  hide("_identite", shared.identity ?? "");
  hide("_resultats", shared.results ?? "");
  hide("_version", shared.version ?? "");
  form.requestSubmit();
}

if (form) {
  follow();
  for (const slider of form.querySelectorAll("[data-slides]")) slide(slider);
  form.addEventListener("change", follow);
  for (const box of document.querySelectorAll("[data-share]")) offerLink(box);
  for (const box of document.querySelectorAll("[data-kept]")) offerKeeping(box);
  if (location.hash.length > 1) openLink();
}
