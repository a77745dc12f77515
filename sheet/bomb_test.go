package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// peakBytes is how much memory a process may take while it refuses a hostile file or reads a large one.
const peakBytes = 150 << 20

// raw adds an already packed part with the sizes it claims.
type raw struct {
	name   string
	packed []byte
	claims uint64
}

func archiveOf(t *testing.T, parts map[string]string, raws ...raw) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte(text))
	}
	for _, r := range raws {
		part, err := w.CreateRaw(&zip.FileHeader{Name: r.name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(nil),
			CompressedSize64: uint64(len(r.packed)), UncompressedSize64: r.claims})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(r.packed)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func without(parts map[string]string, name string) map[string]string {
	delete(parts, name)
	return parts
}

func bombs(t *testing.T) map[string][]byte {
	parts := func(name string) map[string]string { return without(handmade("</sheetData>", "", "", ""), name) }
	cells := deflated(t, `<row><c t="inlineStr"><is><t>serial</t></is></c></row>`, 1<<20)
	spaces, few := deflated(t, " ", 64<<20), deflated(t, " ", 6<<20)
	many := map[string]string{}
	for i := range maxParts + 1 {
		many[fmt.Sprint(i)] = ""
	}
	return map[string][]byte{
		"claims it":      archiveOf(t, parts("book/one.xml"), raw{"book/one.xml", spaces, 64 << 20}),
		"claims little":  archiveOf(t, parts("book/one.xml"), raw{"book/one.xml", cells, 1000}),
		"one long token": archiveOf(t, parts("book/texts.xml"), raw{"book/texts.xml", few, 6 << 20}),
		"many files":     zipOf(t, many),
	}
}

func TestBombs(t *testing.T) {
	for name, content := range bombs(t) {
		t.Run(name, func(t *testing.T) {
			path := mustFile(t, "list.xlsx", content)
			if out := inChild(t, path); !strings.HasPrefix(out, "refused") {
				t.Errorf("got %s", out)
			}
		})
	}
}

// TestLargeTables reads tables that stay just within the limits, and some beyond them: each ends in bounded memory.
func TestLargeTables(t *testing.T) {
	const rows = 50_000
	for name, content := range map[string]string{
		"inventory":       plant(rows),
		"only delimiters": "tag,serial\n" + strings.Repeat(strings.Repeat(",", widest-1)+"\n", 4000),
		"sparse cells":    "tag,serial\n" + strings.Repeat("A"+strings.Repeat(",", 500)+"B\n", 100_000),
		"one long line":   "tag,serial\n" + strings.Repeat("x", 60<<20),
		"one open quote":  "tag,serial\n\"" + strings.Repeat("x\n", 30<<20),
		"random text":     "tag,serial\n" + strings.Repeat("\xE9\xE8", 30<<20),
	} {
		t.Run(name, func(t *testing.T) {
			out := inChild(t, mustFile(t, "list.csv", []byte(content)))
			if (name == "inventory") != strings.HasPrefix(out, fmt.Sprintf("read %d", rows)) {
				t.Errorf("got %s", out)
			}
		})
	}
}

// plant is a list as long as the largest that is promised to be read, with 35 columns.
func plant(rows int) string {
	content, err := os.ReadFile(inventory + "assets.csv")
	if err != nil {
		return err.Error()
	}
	header, list, _ := strings.Cut(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n")
	lines := strings.Split(strings.TrimSpace(list), "\n")
	var out strings.Builder
	out.WriteString(header + "\n")
	for i := range rows {
		fmt.Fprintf(&out, "%d-%s\n", i, lines[i%len(lines)])
	}
	return out.String()
}

const childFile = "FIELDBOOK_SHEET_TEST_FILE"

// inChild reads a file in a process of its own, checks the most memory that it took, and gives what it said.
func inChild(t *testing.T, path string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChild$")
	cmd.Env = append(os.Environ(), childFile+"="+path)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %.500s", err, out)
	}
	peak := uint64(0)
	text, after, _ := strings.Cut(string(out), "\ntook ")
	if _, err := fmt.Sscan(after, &peak); err != nil || peak > peakBytes {
		t.Errorf("took %d MiB (%v)", peak>>20, err)
	}
	t.Logf("%d MiB: %s", peak>>20, text)
	return text
}

// TestChild is the process that inChild starts; alone it reads nothing.
func TestChild(t *testing.T) {
	path := os.Getenv(childFile)
	if path == "" {
		return
	}
	table, err := Read(context.Background(), path, Limits{})
	var own *Error
	switch {
	case errors.As(err, &own):
		fmt.Printf("refused: %v\n", err)
	case err != nil:
		t.Fatal(err)
	default:
		fmt.Printf("read %d rows\n", len(table.Rows))
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	fmt.Printf("took %d\n", memory.Sys) // never given back, so this is the peak
}

func BenchmarkRead(b *testing.B) {
	content := []byte(plant(50_000))
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if _, err := readBytes(content, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadXLSX(b *testing.B) {
	list, err := readBytes([]byte(plant(50_000)), Limits{})
	if err != nil {
		b.Fatal(err)
	}
	content := written(b, XLSX, list.Header, rowsOf(list)...)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if _, err := readBytes(content, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
