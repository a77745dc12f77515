package localapi

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"fieldbook/workspace"
)

// joining names the folder of a laptop that does not know its workspace yet.
const joining = "joining"

// FolderName makes of a workspace's name one that every file system takes, and that people still read.
func FolderName(name string) string {
	// What German writes in two letters, and what has no mark that could be left out.
	plain := strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "ae", "Ö", "oe", "Ü", "ue", "ß", "ss", "æ", "ae", "Æ", "ae", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l")
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case unicode.Is(unicode.Mn, r):
			return -1
		}
		return '-'
	}, norm.NFD.String(plain.Replace(norm.NFC.String(name))))
	if safe = strings.Trim(safe, "-"); safe == "" {
		return "workspace"
	}
	return safe
}

// contents tells what a folder holds: phaseLocked for a device, phaseRequested for one that waits for its grant, phaseNone
// for neither.
func contents(dir string) string {
	switch {
	case !exists(filepath.Join(dir, "identity.age")):
		return phaseNone
	case !exists(filepath.Join(dir, "fieldbook.db")):
		return phaseRequested
	}
	return phaseLocked
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// absolute reads a folder's path that a person named.
func absolute(dir string) (string, error) {
	if !filepath.IsAbs(dir) {
		return "", wrong("dir", "Give the whole path of the folder.")
	}
	return filepath.Clean(dir), nil
}

// fresh is the folder for a new device: the one named, or one in the data folder that is not there yet.
func (s *Server) fresh(named, name string) (string, error) {
	if named != "" {
		return absolute(named)
	}
	if s.cfg.Dir != "" && contents(s.cfg.Dir) == phaseNone {
		return filepath.Abs(s.cfg.Dir)
	}
	base := filepath.Join(s.cfg.DataFolder, FolderName(name))
	dir := base
	for n := 2; exists(dir); n++ {
		dir = base + "-" + strconv.Itoa(n)
	}
	return filepath.Abs(dir)
}

// beginning is the folder to begin with, empty if it cannot be told.
func (s *Server) beginning() string {
	if s.cfg.Dir != "" {
		if dir, err := filepath.Abs(s.cfg.Dir); err == nil && contents(dir) != phaseNone {
			return dir
		}
		return ""
	}
	for _, r := range s.recent() {
		if contents(r.Dir) != phaseNone {
			return r.Dir
		}
	}
	if known := s.known(""); len(known) == 1 {
		return known[0].Dir
	}
	return ""
}

// known lists the folders with a device, without the current one: those in the data folder, then those opened elsewhere.
func (s *Server) known(current string) (list []Known) {
	entries, err := os.ReadDir(s.cfg.DataFolder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		s.log.Error("listing the data folder", "cause", err)
	}
	var dirs []string
	for _, e := range entries {
		dirs = append(dirs, filepath.Join(s.cfg.DataFolder, e.Name()))
	}
	for _, r := range s.recent() {
		if !slices.Contains(dirs, r.Dir) {
			dirs = append(dirs, r.Dir)
		}
	}
	for _, dir := range dirs {
		if phase := contents(dir); phase != phaseNone && dir != current {
			list = append(list, Known{dir, filepath.Base(dir), phase})
		}
	}
	return list
}

// recent is a folder that was open once, and the words of its request if it waits for a grant: both are known to whoever
// can read the user's files, and neither opens anything.
type recent struct {
	Dir   string   `json:"dir"`
	Words []string `json:"words,omitempty"`
}

// maxRecent bounds how many folders are remembered, maxRecentFile their file in bytes.
const (
	maxRecent     = 50
	maxRecentFile = 1 << 20
)

// recent reads the folders remembered, the last opened first. What cannot be read is forgotten.
func (s *Server) recent() (list []recent) {
	info, err := os.Stat(s.cfg.Recent)
	if err != nil || info.Size() > maxRecentFile {
		return nil
	}
	data, err := os.ReadFile(s.cfg.Recent)
	if err != nil || json.Unmarshal(data, &list) != nil {
		return nil
	}
	return slices.DeleteFunc(list, func(r recent) bool { return !filepath.IsAbs(r.Dir) })
}

// remember puts a folder in front of the others. Failing to is no reason to fail what was done in it.
func (s *Server) remember(dir string, words []string) {
	if s.cfg.Recent == "" {
		return
	}
	list := slices.DeleteFunc(s.recent(), func(r recent) bool { return r.Dir == dir })
	list = slices.Insert(list, 0, recent{dir, words})
	data, err := json.Marshal(list[:min(len(list), maxRecent)])
	if err == nil {
		err = os.MkdirAll(filepath.Dir(s.cfg.Recent), 0o700)
	}
	if err == nil {
		err = workspace.WriteFile(s.cfg.Recent, func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
	}
	if err != nil {
		s.log.Error("remembering the folder", "cause", err)
	}
}
