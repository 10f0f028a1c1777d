"""Recompte un vote de Parvis depuis son seul export : python3 recompter.py vote.jsonl (Python 3.8, rien d'autre)."""
import hmac, json, sys
from base64 import b64decode
from bisect import bisect_left
from collections import Counter
from hashlib import sha256
canon = lambda x: json.dumps(x, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
mac = lambda salt, data: hmac.new(bytes.fromhex(salt), data, "sha256").hexdigest()
head, *votes, last = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
proof, leaves, names, tally, faults = iter(last["proof"]), {}, Counter(), Counter(), []

def leaf(kind, line, opening):  # la feuille du journal : RFC 6962, SHA-256 de l'octet 0 et de la feuille
    c = mac(line["salt"], canon(opening)) if opening else line["commitment"]
    return sha256(b"\0" + canon({"c": c, "d": line["hour"], "s": head["stream"], "t": kind, "v": 1})).hexdigest()

def root(start, end):  # la racine des feuilles start..end ; la preuve donne, de gauche à droite, ce que l'on n'a pas
    if bisect_left(places, start) == bisect_left(places, end): return bytes.fromhex(next(proof))
    if end - start == 1: return bytes.fromhex(leaves[start])
    middle = start + (1 << ((end - start - 1).bit_length() - 1))
    return sha256(b"\1" + root(start, middle) + root(middle, end)).digest()

for line in head["acts"] + votes:
    leaves[line["position"]] = line.get("leaf", "")
    if "content" in line: made = leaf(line["kind"], line, {"content": line["content"]})
    elif "choice" in line:
        hidden = canon({"choice": line["choice"], "nullifier": line.get("nullifier", "")})
        made = line.get("salt") and leaf("vote.cast", line, {"content": {}, "hidden": mac(line["hidden_salt"], hidden)})
        tally.update({*line["choice"].split(",")})
        names[line.get("nullifier")] += 1
    else: made = "commitment" in line and leaf("vote.cast", line, None)
    if made != line.get("leaf"): faults.append(f"position {line['position']} : inséré, supprimé ou changé")
faults += [f"deux bulletins d'une même personne : {name}" for name, count in names.items() if count > 1]
size, places = int(head["log"]["checkpoint"].split("\n")[1]), sorted(p for p in leaves if p is not None)
if root(0, size) != b64decode(head["log"]["checkpoint"].split("\n")[2]): faults.append("la preuve ne mène pas à la racine")
late, counts = head["announced"]["ballots"] - len(votes), head["announced"]["counts"]
shown = names or [act["content"]["mode"] for act in head["acts"] if act["kind"] == "poll.opened"] != ["secret"]
if shown and sum(names.values()) < len(votes): faults.append("des bulletins ne disent pas leur choix")
if not all(0 <= n <= late for n in [late] + [counts[o] - tally[o] for o in counts if shown]): faults.append("compteurs changés")
print(head["question"], len(votes), "bulletins,", dict(tally), "; annoncé :", head["announced"])
sys.exit("\n".join(faults) or None)
