"""Un verdict, une réponse sont-ils ceux du journal ? python3 comparer.py entree.json page.json (Python 3.8)."""

import hmac
import json
import sys
from pathlib import Path


def engagement(sel, texte):
    return hmac.new(bytes.fromhex(sel), texte.encode(), "sha256").hexdigest()


def objets(chose):
    if isinstance(chose, dict):
        yield {**chose, **(chose["given"] if isinstance(chose.get("given"), dict) else {})}
    if isinstance(chose, (dict, list)):
        for dedans in chose.values() if isinstance(chose, dict) else chose:
            yield from objets(dedans)


def est_affiche(scelle, page):
    dits = ({cle: objet[cle] for cle in scelle.keys() & objet.keys()} for objet in objets(page))
    return any({"text", "reasons"} & dit.keys() and dit.items() <= scelle.items() for dit in dits)


entree, page = (json.loads(Path(nom).read_text(encoding="utf-8")) for nom in sys.argv[1:])
if entree["tombstone"]:
    sys.exit(f"Contenu effacé : {entree['tombstone']['because']}")
contenu, reserve = json.loads(entree["opening"]), entree["unveiled"]
if engagement(entree["salt"], entree["opening"]) != json.loads(entree["leaf"])["c"]:
    sys.exit("Le contenu n'est pas celui de la feuille.")
if "hidden" in contenu and reserve is None:
    sys.exit("Le contenu réservé n'est pas encore public.")
if reserve and engagement(reserve["salt"], reserve["opening"]) != contenu["hidden"]:
    sys.exit("Le contenu réservé n'est pas celui qui a été scellé.")
scelle = {**contenu["content"], **(json.loads(reserve["opening"]) if reserve else {})}
if not est_affiche(scelle, page):
    sys.exit(f"La page n'affiche pas ce qui a été scellé : {json.dumps(scelle, ensure_ascii=False)}")
print("La page affiche ce qui a été scellé :", json.dumps(scelle, ensure_ascii=False))
