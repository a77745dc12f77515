package wording

import (
	"encoding/json"
	"testing"
)

func TestSaying(t *testing.T) {
	vendor := Sentence{Field: "vendor", Text: "Vendor"}
	cases := map[string]struct {
		given       Sentence
		short, full string
	}{
		"nothing":                   {Sentence{}, "", ""},
		"no values":                 {Say("there is nothing to sign"), "there is nothing to sign", "There is nothing to sign."},
		"a sentence already":        {Say("The disk is full."), "The disk is full.", "The disk is full."},
		"numbers and text":          {Say("row {0} says {1}", 3, "x"), "row 3 says x", "Row 3 says x."},
		"a value in front":          {Say("{0} is retired already", "plc-7"), "plc-7 is retired already", "plc-7 is retired already."},
		"places out of order":       {Say("{1} before {0}", "b", "a"), "a before b", "a before b."},
		"a field":                   {Say("{0}: {1}", vendor, Say("it is longer than {0} characters", 9)), "vendor: it is longer than 9 characters", "Vendor: it is longer than 9 characters."},
		"a value with a place":      {Say("{0} is not {1}", "{1}", "{0}"), "{1} is not {0}", "{1} is not {0}."},
		"a list":                    {Join("{0} and {1}", Say("a"), Say("b"), Say("c")), "a and b and c", "a and b and c."},
		"a list of one":             {Join("{0} and {1}", Say("a")), "a", "A."},
		"letters beyond ASCII":      {Say("über {0}", "x"), "über x", "Über x."},
		"a question keeps its mark": {Say("is it closed?"), "is it closed?", "Is it closed?"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := c.given.String(); got != c.short {
				t.Errorf("String: %q, want %q", got, c.short)
			}
			if got := c.given.Full(); got != c.full {
				t.Errorf("Full: %q, want %q", got, c.full)
			}
		})
	}
}

// What goes to a page holds the pattern and the values apart, and nothing that is empty.
func TestPartsOnTheWire(t *testing.T) {
	said := Say("{0}: {1} is not a date", Sentence{Field: "end_of_support", Text: "End of support"}, "soon")
	got, err := json.Marshal(said)
	want := `{"pattern":"{0}: {1} is not a date","values":[{"text":"End of support","field":"end_of_support"},{"text":"soon"}]}`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v\nwant %s", got, err, want)
	}
	if !(Sentence{}).IsZero() || said.IsZero() {
		t.Error("only the zero Sentence says nothing")
	}
}
