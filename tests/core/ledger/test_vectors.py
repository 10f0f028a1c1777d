"""LOG-1: the numbers that others published for RFC 6962 trees and signed notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.ledger import trees
from parvis.core.ledger.notes import Checkpoint, KeyRefused, NoteRefused, Signer, Verifier, open_checkpoint
from parvis.core.ledger.receipts import NotAReceipt, Receipt

# Certificate Transparency's reference tree: eight leaves, and the root after each.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"


def memory(leaves):
    """Return the nodes of a tree held in memory."""
    return lambda level, index: trees.fold(
        [trees.leaf_hash(leaf) for leaf in leaves[index << level : (index + 1) << level]]
    )


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference_tree(size):
    assert trees.root(size, memory(LEAVES)).hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing():
    assert trees.root(0, memory([])).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, ROOTS[3]]), (2, 3, [ROOTS[1]]), (1, 5, [ROOTS[0], B, D])],
)
def test_inclusion_paths_are_those_of_the_reference_tree(index, size, path):
    assert [step.hex() for step in trees.inclusion_path(index, size, memory(LEAVES))] == path


@pytest.mark.parametrize(
    ("old", "new", "path"), [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[3]]), (2, 5, [B, D])]
)
def test_consistency_paths_are_those_of_the_reference_tree(old, new, path):
    assert [step.hex() for step in trees.consistency_path(old, new, memory(LEAVES))] == path


@given(st.data())
def test_every_proof_of_every_small_tree_holds_and_none_holds_elsewhere(data):
    leaves = [bytes([number]) for number in range(data.draw(st.integers(1, 40), "size"))]
    index = data.draw(st.integers(0, len(leaves) - 1), "index")
    node, root = memory(leaves), trees.root(len(leaves), memory(leaves))
    path = trees.inclusion_path(index, len(leaves), node)
    assert trees.root_from_inclusion(trees.leaf_hash(leaves[index]), index, len(leaves), path) == root
    twins = [other for other in range(len(leaves)) if len(trees.inclusion_path(other, len(leaves), node)) == len(path)]
    reached = [trees.root_from_inclusion(trees.leaf_hash(leaves[index]), twin, len(leaves), path) for twin in twins]
    assert [twin for twin, found in zip(twins, reached, strict=True) if found == root] == [index]


@given(st.integers(1, 40), st.integers(0, 40), st.integers(0, 200))
def test_a_log_that_only_grew_is_told_from_one_that_changed(old, more, flip):
    leaves = [bytes([number]) for number in range(old + more)]
    node, roots = memory(leaves), (trees.root(old, memory(leaves)), trees.root(old + more, memory(leaves)))
    path = trees.consistency_path(old, old + more, node)
    trees.check_consistency(old, old + more, roots, path)
    changed = [b"changed" if place == flip % old else leaf for place, leaf in enumerate(leaves)]
    with pytest.raises(trees.ProofRefused):
        trees.check_consistency(old, old + more, (trees.root(old, memory(changed)), roots[1]), path)


def test_a_proof_is_not_asked_of_a_tree_too_small_for_it():
    with pytest.raises(trees.NotInTheTree, match="position 8"):
        trees.inclusion_path(8, 8, memory(LEAVES))
    with pytest.raises(trees.NotInTheTree, match="ne prolonge pas"):
        trees.consistency_path(9, 8, memory(LEAVES))


# The key, the secret key and the note that the Go team publishes with its signed notes (golang.org/x/mod/sumdb/note).
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
NOTE = f"{TEXT}\n— PeterNeumann {SIGNATURE}\n"
# The example of the C2SP signed-note page, whose key the page does not give.
C2SP = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGI"
    "TLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)


def test_the_published_key_opens_the_published_note():
    assert Verifier.from_text(KEY).open(NOTE) == TEXT


def test_the_published_secret_key_signs_the_published_note():
    signer = Signer.from_text(SECRET)
    assert (str(signer), str(signer.verifier), signer.sign(TEXT)) == (SECRET, KEY, NOTE)


def test_a_secret_key_does_not_show_itself():
    assert "AYEK" not in repr(Signer.from_text(SECRET))


def test_a_note_of_someone_else_is_refused_and_a_second_signature_left_alone():
    with pytest.raises(NoteRefused, match="PeterNeumann"):
        Verifier.from_text(KEY).open(C2SP)
    assert Verifier.from_text(KEY).open(NOTE + C2SP.splitlines(keepends=True)[-1]) == TEXT


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("answer", "Answer"),
        NOTE.replace("x08go/ZJ", "x08go/ZK"),
        NOTE.replace("\n\n—", "\n—"),
        NOTE.removesuffix("\n"),
        NOTE + "\n",
        NOTE.replace("x08go", "!!!!!"),
        NOTE + NOTE.splitlines(keepends=True)[-1].replace("JnAM=", "JnAI="),
        "",
    ],
)
def test_a_note_that_was_touched_is_refused(note):
    with pytest.raises(NoteRefused):
        Verifier.from_text(KEY).open(note)


@pytest.mark.parametrize("key", [KEY.replace("c74f20a3", "c74f20a4"), KEY.replace("Peter", "Pierre"), "PeterNeumann"])
def test_a_key_that_was_touched_is_refused(key):
    with pytest.raises(KeyRefused):
        Verifier.from_text(key)


@pytest.mark.parametrize(
    "text", ["", "a\n1\n", "a\n01\nAA==\n", "a\n-1\nAA==\n", "a\n1\nAA==\n", "\n1\nAA==\n", "a\n1\n!\n"]
)
def test_what_is_not_a_head_is_refused(text):
    with pytest.raises(NoteRefused):
        Checkpoint.from_text(text)


def test_a_head_signed_by_a_key_of_another_name_is_refused():
    signer = Signer.from_text(SECRET)
    note = signer.sign(Checkpoint("autre.example/journal", 8, bytes.fromhex(ROOTS[7])).text)
    with pytest.raises(NoteRefused, match=r"autre\.example"):
        open_checkpoint(note, signer.verifier)


def receipt(index=5):
    signer = Signer.from_text(SECRET)
    note = signer.sign(Checkpoint("PeterNeumann", 8, bytes.fromhex(ROOTS[7])).text)
    return Receipt(index, trees.inclusion_path(index, 8, memory(LEAVES)), note)


def test_a_receipt_is_read_back_and_proves_its_leaf_only():
    read = Receipt.from_text(str(receipt()))
    assert read == receipt()
    assert read.check(LEAVES[5], Verifier.from_text(KEY)).size == 8
    with pytest.raises(trees.ProofRefused):
        read.check(LEAVES[4], Verifier.from_text(KEY))


def test_a_receipt_has_the_form_of_the_specification():
    lines = str(receipt()).split("\n")
    assert lines[:2] == ["c2sp.org/tlog-proof@v1", "index 5"]
    assert (len(lines[2]), lines[5], lines[6:8]) == (44, "", ["PeterNeumann", "8"])


def test_a_receipt_with_extra_data_is_read_without_trusting_it():
    text = str(receipt()).replace("index", "extra AAAA\nindex", 1)
    assert Receipt.from_text(text) == receipt()


@pytest.mark.parametrize("text", ["", "c2sp.org/tlog-proof@v2\nindex 1\n\nx", "c2sp.org/tlog-proof@v1\nindex -1\n\nx"])
def test_what_is_not_a_receipt_is_refused(text):
    with pytest.raises(NotAReceipt):
        Receipt.from_text(text)
