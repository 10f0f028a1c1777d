// Check a log of Parvis with the Go team's libraries: nothing here was written by, or knows, the log's own code.
//
//	verify log FOLDER KEY-FILE [OLD-CHECKPOINT]   signature, every entry, every tile, proofs; and that it prolongs an old head
//	verify receipt FILE LEAF KEY-FILE             one .tlog-proof, offline
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "REFUSED:", err)
		os.Exit(1)
	}
}

func read(name string) []byte {
	data, err := os.ReadFile(name)
	must(err)
	return data
}

// head opens a signed checkpoint: origin, size and root, one a line.
func head(signed, key []byte) tlog.Tree {
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	must(err)
	opened, err := note.Open(signed, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		must(fmt.Errorf("not a checkpoint of %s", verifier.Name()))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}
}

// folder reads tiles as C2SP names them: Go's own paths with the height left out.
type folder string

func (f folder) path(tile tlog.Tile) string {
	return filepath.Join(string(f), strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
}
func (f folder) Height() int                                 { return 8 }
func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(f.path(tile))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// entries reads a bundle: each entry after its length on two bytes.
func (f folder) entries(index, width int64) [][]byte {
	tile := tlog.Tile{H: 8, L: 0, N: index, W: int(width)}
	data := read(strings.Replace(f.path(tile), "tile/0/", "tile/entries/", 1))
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			must(fmt.Errorf("bundle %d is cut", index))
		}
		length := int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:2+length])
		data = data[2+length:]
	}
	if int64(len(entries)) != width {
		must(fmt.Errorf("bundle %d holds %d entries instead of %d", index, len(entries), width))
	}
	return entries
}

type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		if index >= int64(len(s)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes = append(hashes, s[index])
	}
	return hashes, nil
}

// rebuild makes the whole tree again from the entries.
func rebuild(f folder, size int64) stored {
	var all stored
	for start := int64(0); start < size; start += 256 {
		width := size - start
		if width > 256 {
			width = 256
		}
		for i, entry := range f.entries(start/256, width) {
			hashes, err := tlog.StoredHashes(start+int64(i), entry, all)
			must(err)
			all = append(all, hashes...)
		}
	}
	return all
}

// tiles lays every published tile beside the tree made again.
func tiles(f folder, size int64, all stored) (count int) {
	for level := 0; size>>(8*level) > 0; level++ {
		items := size >> (8 * level)
		for index := int64(0); index*256 < items; index++ {
			tile := tlog.Tile{H: 8, L: level, N: index, W: 256}
			if left := items - index*256; left < 256 {
				tile.W = int(left)
			}
			expected, err := tlog.ReadTileData(tile, all)
			must(err)
			if !bytes.Equal(expected, read(f.path(tile))) {
				must(fmt.Errorf("%s differs from the entries", tile.Path()))
			}
			count++
		}
	}
	return count
}

// proofs draws inclusion and consistency proofs from the published tiles, and checks them.
func proofs(f folder, tree tlog.Tree, all stored) {
	reader := tlog.TileHashReader(tree, f)
	draw := rand.New(rand.NewSource(1))
	for i := 0; i < 500; i++ {
		index := draw.Int63n(tree.N)
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		must(err)
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, all[tlog.StoredHashIndex(0, index)]))
	}
	for i := 0; i < 200; i++ {
		old := 1 + draw.Int63n(tree.N)
		root, err := tlog.TreeHash(old, all)
		must(err)
		prolongs(tree, tlog.Tree{N: old, Hash: root}, reader)
	}
}

func prolongs(tree, old tlog.Tree, reader tlog.HashReader) {
	if old.N > tree.N {
		must(fmt.Errorf("the log shrank from %d to %d entries", old.N, tree.N))
	}
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	must(err)
	must(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
}

func log(arguments []string) {
	f, key := folder(arguments[0]), read(arguments[1])
	tree := head(read(filepath.Join(string(f), "checkpoint")), key)
	all := rebuild(f, tree.N)
	root, err := tlog.TreeHash(tree.N, all)
	must(err)
	if root != tree.Hash {
		must(fmt.Errorf("the entries give %v, the signed root is %v", root, tree.Hash))
	}
	count := tiles(f, tree.N, all)
	proofs(f, tree, all)
	if len(arguments) == 3 {
		prolongs(tree, head(read(arguments[2]), key), tlog.TileHashReader(tree, f))
	}
	fmt.Printf("ACCEPTED %d entries, %d tiles, 500 inclusions, 200 consistencies, root %v\n", tree.N, count, tree.Hash)
}

func receipt(arguments []string) {
	path, signed, _ := strings.Cut(string(read(arguments[0])), "\n\n")
	lines := strings.Split(path, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		must(fmt.Errorf("not a tlog-proof"))
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	must(err)
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		must(err)
		proof = append(proof, *(*tlog.Hash)(hash))
	}
	tree := head([]byte(signed), read(arguments[2]))
	must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(read(arguments[1]))))
	fmt.Printf("ACCEPTED entry %d of %d\n", index, tree.N)
}

func main() {
	commands := map[string]func([]string){"log": log, "receipt": receipt}
	if len(os.Args) < 4 || commands[os.Args[1]] == nil {
		must(fmt.Errorf("verify log FOLDER KEY-FILE [OLD-CHECKPOINT] | verify receipt FILE LEAF KEY-FILE"))
	}
	commands[os.Args[1]](os.Args[2:])
}
