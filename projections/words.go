package projections

import (
	"strings"
	"unicode"
)

// bag collects words for the full-text index, each once, in the order of their coming.
type bag struct {
	seen map[string]struct{}
	b    strings.Builder
}

func newBag() *bag { return &bag{seen: make(map[string]struct{}, 64)} }

// maxWord is the length in bytes beyond which a word is cut: nobody types more, and hostile text may be one word.
const maxWord = 64

func (g *bag) add(text string) {
	for _, word := range splitWords(text) {
		g.put(word)
		for i, c := range word {
			if i > 0 && joins(c) && i+1 < len(word) {
				g.put(word[i+1:])
			}
		}
	}
}

func (g *bag) put(word string) {
	word = strings.TrimLeftFunc(word, joins)
	if len(word) > maxWord {
		word = strings.ToValidUTF8(word[:maxWord], "")
	}
	if word == "" {
		return
	}
	if _, ok := g.seen[word]; ok {
		return
	}
	g.seen[word] = struct{}{}
	g.b.WriteString(word)
	g.b.WriteByte(' ')
}

// String gives the words with a space after each.
func (g *bag) String() string { return g.b.String() }

// splitWords cuts a text into lower-case words as the index's tokenizer does: letters, digits and what joins them.
func splitWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !joins(c)
	})
}

// joins tells characters that tags, addresses and versions are written with; the tokenizer keeps them within a word.
func joins(c rune) bool { return strings.ContainsRune("-./:_@+", c) }

// match writes the full-text query for a person's words: each must begin a word of the document. It is empty when the text
// has no word.
func match(search string) string {
	var terms []string
	for _, word := range splitWords(search) {
		if word = strings.TrimLeftFunc(word, joins); word != "" {
			terms = append(terms, `"`+word+`"*`)
		}
	}
	return strings.Join(terms, " AND ")
}

// found tells whether a document with these words fits a search, as the index would say.
func found(words, search string) bool {
	have := strings.Fields(words)
	for _, word := range splitWords(search) {
		word = strings.TrimLeftFunc(word, joins)
		if word != "" && !hasPrefix(have, word) {
			return false
		}
	}
	return true
}

func hasPrefix(words []string, prefix string) bool {
	for _, w := range words {
		if strings.HasPrefix(w, prefix) {
			return true
		}
	}
	return false
}
