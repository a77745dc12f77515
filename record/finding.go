package record

// FindingKind names why a person must look at something after a merge. Findings are derived, never edited.
type FindingKind string

// The kinds that the record itself, its log and its feeds give rise to.
const (
	DuplicateSerial   FindingKind = "duplicate_serial"
	DuplicateTag      FindingKind = "duplicate_tag"
	DuplicateIP       FindingKind = "duplicate_ip"
	DuplicateMAC      FindingKind = "duplicate_mac"
	EditAfterRetire   FindingKind = "edit_after_retire"
	DanglingReference FindingKind = "dangling_reference"
	StalePrecondition FindingKind = "stale_precondition"
	DecisionSplit     FindingKind = "decision_split"
	PolicyViolation   FindingKind = "policy_violation"
	Drift             FindingKind = "drift"
	OverdueBaseline   FindingKind = "overdue_baseline"
	OverdueCheck      FindingKind = "overdue_check"
	ClockSkew         FindingKind = "clock_skew"
	Fork              FindingKind = "fork"
	RestoredDevice    FindingKind = "restored_device"
	Masked            FindingKind = "masked"
	Malformed         FindingKind = "malformed"
	Withheld          FindingKind = "withheld"
	Diverged          FindingKind = "diverged"
	ConcurrentValues  FindingKind = "concurrent_values"
)

var sentences = map[FindingKind]string{
	DuplicateSerial:   "Two installed units carry one serial number.",
	DuplicateTag:      "Two assets of one site carry one tag.",
	DuplicateIP:       "Two interfaces of one zone and VLAN carry one IP address.",
	DuplicateMAC:      "Two interfaces carry one hardware address.",
	EditAfterRetire:   "The asset was retired by one and edited by another at the same time; it is retired, and the edit is kept.",
	DanglingReference: "It refers to something that is retired, struck or not there.",
	StalePrecondition: "The edit was made for a unit or interface that another had taken out; it stays with that one.",
	DecisionSplit:     "The same question was decided in two ways.",
	PolicyViolation:   "It was done although a rule forbade it, which its author could not know.",
	Drift:             "What is recorded now differs from what was signed.",
	OverdueBaseline:   "The baseline is older than 30 days.",
	OverdueCheck:      "Nobody has made sure of the entry for 35 days.",
	ClockSkew:         "A device's clock was wrong by more than 10 minutes.",
	Fork:              "One feed goes on in two ways: the workspace was copied and used on two machines.",
	RestoredDevice:    "A device goes on from an older copy of its workspace.",
	Masked:            "Its author was not allowed to make this entry; an owner can accept it.",
	Malformed:         "An entry cannot be applied; it is kept as evidence.",
	Withheld:          "Another device has seen entries that have not reached this one.",
	Diverged:          "Two devices made different documents of the same entries.",
	ConcurrentValues:  "One field was set to different values at the same time; decide which to keep.",
}

// FindingKinds lists all kinds by name.
func FindingKinds() []FindingKind {
	return []FindingKind{
		DuplicateSerial, DuplicateTag, DuplicateIP, DuplicateMAC, EditAfterRetire, DanglingReference, StalePrecondition, DecisionSplit, PolicyViolation, Drift,
		OverdueBaseline, OverdueCheck, ClockSkew, Fork, RestoredDevice, Masked, Malformed, Withheld, Diverged, ConcurrentValues,
	}
}

// Sentence says to a person what the finding means.
func (k FindingKind) Sentence() string { return sentences[k] }
