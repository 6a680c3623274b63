// Reads a served log with Go's own packages for signed notes and transparency logs (golang.org/x/mod/sumdb, as Debian
// ships them): none of our code takes part. Arguments: the log's URL, its verifier key, the file of a receipt. Prints
// what it has checked as JSON; any failure ends it with status 1.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var url string

func main() {
	log.SetFlags(0)
	url = os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	verifiers := note.VerifierList(verifier)

	checkpoint := fetch("/checkpoint")
	latest := openCheckpoint(checkpoint, verifiers)

	// Every entry, out of the bundles, hashed to the root by Go.
	entries := readEntries(latest.N)
	var stored []tlog.Hash
	memory := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for at, index := range indexes {
			hashes[at] = stored[index]
		}
		return hashes, nil
	})
	for at, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(at), entry, memory)
		check(err)
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(latest.N, memory)
	check(err)
	if root != latest.Hash {
		log.Fatal("the entries do not hash to the root")
	}

	// The receipt: its checkpoint is older, its proof stands in it.
	receipt := readReceipt(os.Args[3])
	old := openCheckpoint([]byte(receipt.checkpoint), verifiers)
	leaf := tlog.RecordHash([]byte(receipt.entry))
	check(tlog.CheckRecord(receipt.hashes, old.N, old.Hash, receipt.index, leaf))

	// Out of the served tiles: the same entry in the latest tree, and that the old tree is its beginning.
	tiles := tlog.TileHashReader(latest, tileReader{})
	record, err := tlog.ProveRecord(latest.N, receipt.index, tiles)
	check(err)
	check(tlog.CheckRecord(record, latest.N, latest.Hash, receipt.index, leaf))
	tree, err := tlog.ProveTree(latest.N, old.N, tiles)
	check(err)
	check(tlog.CheckTree(tree, latest.N, latest.Hash, old.N, old.Hash))

	check(json.NewEncoder(os.Stdout).Encode(map[string]int64{
		"size": latest.N, "entries": int64(len(entries)), "index": receipt.index, "old": old.N,
	}))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func fetch(path string) []byte {
	answer, err := http.Get(url + path)
	check(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	check(err)
	if answer.StatusCode != 200 {
		log.Fatal(path, " answered ", answer.StatusCode)
	}
	return body
}

// c2sp.org/tlog-checkpoint: the origin, the size, the root.
func openCheckpoint(text []byte, verifiers note.Verifiers) tlog.Tree {
	opened, err := note.Open(text, verifiers)
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	hash, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: hash}
}

type receipt struct {
	entry, checkpoint string
	index             int64
	hashes            tlog.RecordProof
}

// c2sp.org/tlog-proof: a line for the format, the index, the hashes, an empty line, the checkpoint.
func readReceipt(path string) receipt {
	text, err := os.ReadFile(path)
	check(err)
	var file struct {
		Entry string
		Proof []string
	}
	check(json.Unmarshal(text, &file))
	if file.Proof[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatal("not a tlog-proof: ", file.Proof[0])
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(file.Proof[1], "index "), 10, 64)
	check(err)
	found := receipt{entry: file.Entry, index: index}
	for at, line := range file.Proof[2:] {
		if line == "" {
			found.checkpoint = strings.Join(file.Proof[2+at+1:], "\n") + "\n"
			break
		}
		hash, err := tlog.ParseHash(line)
		check(err)
		found.hashes = append(found.hashes, hash)
	}
	return found
}

// c2sp.org/tlog-tiles has the paths of the checksum database without the tile's height.
type tileReader struct{}

func (tileReader) Height() int                         { return 8 }
func (tileReader) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		all = append(all, fetch("/"+strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
	}
	return all, nil
}

func readEntries(size int64) [][]byte {
	var entries [][]byte
	for index := int64(0); index*256 < size; index++ {
		width := size - index*256
		if width > 256 {
			width = 256
		}
		path := tlog.Tile{H: 8, L: 0, N: index, W: int(width)}.Path()
		bundle := bytes.NewReader(fetch("/" + strings.Replace(path, "tile/8/0/", "tile/entries/", 1)))
		for at := int64(0); at < width; at++ {
			var length uint16
			check(binary.Read(bundle, binary.BigEndian, &length))
			entry := make([]byte, length)
			_, err := io.ReadFull(bundle, entry)
			check(err)
			entries = append(entries, entry)
		}
		if bundle.Len() > 0 {
			log.Fatal(fmt.Sprintf("%s goes on after its entries", path))
		}
	}
	return entries
}
