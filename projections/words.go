package projections

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
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

// splitWords cuts a text into lower-case words without accents: letters, digits and what joins them. The full-text index takes
// the words as they are, so that what Go finds in a document's words and what the index finds cannot differ.
func splitWords(text string) []string {
	return strings.FieldsFunc(plainText(text), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !joins(c)
	})
}

// plainText writes a text in lower case and without its accents, which people leave out when they search.
func plainText(text string) string {
	text = strings.ToLower(text)
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return strings.Map(unmarked, norm.NFD.String(text))
		}
	}
	return text
}

func unmarked(c rune) rune {
	if unicode.Is(unicode.Mn, c) {
		return -1
	}
	return c
}

// joins tells characters that tags, addresses and versions are written with; the tokenizer keeps them within a word.
func joins(c rune) bool {
	switch c {
	case '-', '.', '/', ':', '_', '@', '+':
		return true
	}
	return false
}

// term is a word that a document must have: whole, or as the beginning of one.
type term struct {
	word  string
	whole bool
}

// termsOf are a person's words: each must begin a word of the document.
func termsOf(search string) (terms []term) {
	for _, word := range splitWords(search) {
		if word = trimWord(word); word != "" {
			terms = append(terms, term{word: word})
		}
	}
	return terms
}

// match writes terms as a full-text query.
func match(terms []term) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = `"` + t.word + `"`
		if !t.whole {
			parts[i] += "*"
		}
	}
	return strings.Join(parts, " AND ")
}

// found tells whether a document with these words fits all terms, as the index would say.
func found(words string, terms []term) bool {
	have := strings.Fields(words)
	for _, t := range terms {
		if !slices.ContainsFunc(have, t.fits) {
			return false
		}
	}
	return true
}

func (t term) fits(word string) bool {
	return word == t.word || !t.whole && strings.HasPrefix(word, t.word)
}
