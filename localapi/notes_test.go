package localapi

import (
	"net/http"
	"strings"
	"testing"
)

// noteSeen writes a note and gives it as a page shows it.
func noteSeen(t *testing.T, p *page, text string) Note {
	t.Helper()
	made := gives[Written](p, post, "/notes", NewNote{Kind: "fault", Text: text, Assets: []string{}, Fields: map[string]string{}})
	return gives[Note](p, get, "/notes/"+made.ID, nil)
}

// Given a draft that was open while a colleague wrote in it, then saving and signing what was open is refused, says what to do, and
// leaves the colleague's words; what is made from the newer text is taken.
func TestWhatAColleagueWroteMeanwhileStands(t *testing.T) {
	p := founded(t)
	seen := noteSeen(t, p, "one line by Ada")
	path := "/notes/" + seen.ID
	both := "one line by Ada. And one by Jo"
	gives[Written](p, http.MethodPatch, path, NoteEdit{Text: both, Seen: seen.Heads, Reason: "more"})

	for _, refused := range []Problem{
		p.refuses("refused", http.MethodPatch, path, NoteEdit{Text: "one line by Ada, corrected", Seen: seen.Heads, Reason: "typo"}),
		p.refuses("refused", post, path+"/sign", Signing{Seen: seen.Heads}),
	} {
		if !strings.Contains(refused.Detail, "changed since it was shown") {
			t.Errorf("%q", refused.Detail)
		}
	}
	now := gives[Note](p, get, path, nil)
	if now.Text != both || now.State != "draft" {
		t.Fatalf("%s: %q", now.State, now.Text)
	}

	joined := "one line by Ada, corrected. And one by Jo"
	gives[Written](p, http.MethodPatch, path, NoteEdit{Text: joined, Seen: now.Heads, Reason: "typo"})
	read := gives[Note](p, get, path, nil)
	gives[Written](p, post, path+"/sign", Signing{Seen: read.Heads})
	if signed := gives[Note](p, get, path, nil); signed.Text != joined || signed.State != "signed" {
		t.Errorf("%s: %q", signed.State, signed.Text)
	}
	if late := p.refuses("refused", http.MethodPatch, path, NoteEdit{Text: "later", Seen: read.Heads, Reason: "x"}); !strings.Contains(late.Detail, "amend it") {
		t.Errorf("of a note that was signed meanwhile: %q", late.Detail)
	}
}

// Given an edit whose answer was lost, then sending it again is no change since and writes nothing.
func TestAnEditSentTwiceIsWrittenOnce(t *testing.T) {
	p := founded(t)
	seen := noteSeen(t, p, "door open")
	edit := NoteEdit{Text: "door shut", Seen: seen.Heads, Reason: "looked again"}
	gives[Written](p, http.MethodPatch, "/notes/"+seen.ID, edit)
	if again := gives[Written](p, http.MethodPatch, "/notes/"+seen.ID, edit); again.Events != 0 {
		t.Errorf("%+v", again)
	}
}

// A note is found by its id whether the journal lists it or not; one that is not there is missing.
func TestANoteIsFoundByItsID(t *testing.T) {
	p := founded(t)
	seen := noteSeen(t, p, "wrong plant")
	gives[Written](p, post, "/notes/"+seen.ID+"/void", Reason{"written about another plant"})
	if struck := gives[Note](p, get, "/notes/"+seen.ID, nil); struck.Void == nil || struck.Text != "wrong plant" {
		t.Errorf("%+v", struck)
	}
	p.refuses("missing", get, "/notes/"+strings.Repeat("0", 32), nil)
}

// Given the longest note that there may be, then it is written and replaced as a whole; a longer one is refused at its field.
func TestTheLongestNoteIsWrittenAndRewritten(t *testing.T) {
	p := founded(t)
	const longest = 30_000
	seen := noteSeen(t, p, strings.Repeat("ü", longest))
	other := strings.Repeat("x", longest)
	gives[Written](p, http.MethodPatch, "/notes/"+seen.ID, NoteEdit{Text: other, Seen: seen.Heads, Reason: "all of it"})
	if now := gives[Note](p, get, "/notes/"+seen.ID, nil); now.Text != other {
		t.Error("it reads otherwise")
	}
	for _, length := range []int{longest + 1, 66_000} {
		long := p.refuses("refused", post, "/notes", NewNote{Kind: "fault", Text: strings.Repeat("x", length), Assets: []string{}, Fields: map[string]string{}})
		if len(long.Errors) != 1 || long.Errors[0].Field != "text" || !strings.Contains(long.Detail, "30000 characters") {
			t.Errorf("%+v", long)
		}
	}
}
