package projections

import (
	"strings"
	"unicode"
)

// bag collects words for the full-text index, in the order of their coming. The index keeps which words a document has, not
// how often.
type bag struct{ b strings.Builder }

// maxWord is the length in bytes beyond which a word is cut: nobody types more, and hostile text may be one word.
const maxWord = 64

func (g *bag) add(text string) {
	for _, word := range splitWords(text) {
		g.put(word)
		for i := 1; i+1 < len(word); i++ {
			if joins(rune(word[i])) {
				g.put(word[i+1:])
			}
		}
	}
}

func (g *bag) put(word string) {
	word = trimWord(word)
	if word == "" {
		return
	}
	g.b.WriteString(word)
	g.b.WriteByte(' ')
}

// trimWord drops joining characters in front, and what is too long.
func trimWord(word string) string {
	word = strings.TrimLeftFunc(word, joins)
	if len(word) > maxWord {
		word = strings.ToValidUTF8(word[:maxWord], "")
	}
	return word
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
func joins(c rune) bool {
	switch c {
	case '-', '.', '/', ':', '_', '@', '+':
		return true
	}
	return false
}

// match writes the full-text query for a person's words: each must begin a word of the document. It is empty when the text
// has no word.
func match(search string) string {
	var terms []string
	for _, word := range splitWords(search) {
		if word = trimWord(word); word != "" {
			terms = append(terms, `"`+word+`"*`)
		}
	}
	return strings.Join(terms, " AND ")
}

// found tells whether a document with these words fits a search, as the index would say.
func found(words, search string) bool {
	have := strings.Fields(words)
	for _, word := range splitWords(search) {
		if word = trimWord(word); word != "" && !hasPrefix(have, word) {
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
