package localapi

import (
	"context"
	"crypto/x509"
	"errors"
	"io/fs"
	"net/http"
	"strings"

	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/sheet"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/wording"
	"fieldbook/workspace"
)

// What is said of errors that the program does not expect. Their cause goes to the log.
const (
	unexpected     wording.Pattern = "Something went wrong that the program did not expect."
	unexpectedHint wording.Pattern = "Try again. If it happens again, the program's log says more."
)

// sentences say of each typed error what is wrong and what to do, in words for a page instead of a command line. The first
// that fits counts.
var sentences = []struct {
	is     error
	status int
	code   string
	detail wording.Pattern
	hint   wording.Pattern
}{
	{workspace.ErrPassphrase, http.StatusForbidden, "passphrase", "The passphrase is wrong.", "Capitals and blanks count. If it is lost, restore a backup with the recovery key."},
	{workspace.ErrLocked, http.StatusForbidden, "passphrase", "The passphrase is missing.", "Type it."},
	{workspace.ErrNone, http.StatusNotFound, "none", "There is no workspace in this folder.", "Choose another folder, or make a workspace."},
	{workspace.ErrNotJoined, http.StatusConflict, "request", "This laptop has asked to join and holds no grant yet.", "Give it the file that the owner made."},
	{workspace.ErrExists, http.StatusConflict, "exists", "This folder holds a workspace already.", "Choose another folder, or open that workspace."},
	{workspace.ErrNotOwner, http.StatusForbidden, "owner", "Only an owner of the workspace may do this.", "Ask an owner to do it."},
	{workspace.ErrRequest, http.StatusUnprocessableEntity, "request", "This file is no request to join.", "Ask for the file again; it may have been damaged on its way."},
	{keyring.ErrRequest, http.StatusUnprocessableEntity, "request", "This file is no request to join.", "Ask for the file again; it may have been damaged on its way."},
	{workspace.ErrGrant, http.StatusUnprocessableEntity, "grant", "This grant does not fit this laptop.", "Give the owner this laptop's own request, and take the grant made from it."},
	{keyring.ErrGrant, http.StatusUnprocessableEntity, "grant", "This file is no grant.", "Ask the owner for the file again; it may have been damaged on its way."},
	{workspace.ErrBackup, http.StatusUnprocessableEntity, "backup", "This file is not a complete Fieldbook backup.", "Choose another backup."},
	{keyring.ErrRecovery, http.StatusUnprocessableEntity, "backup", "This is not a recovery key.", "Type it as it was written down; blanks and dashes do not count."},
	{workspace.ErrUnrelated, http.StatusUnprocessableEntity, "usage", "It holds nothing of this workspace, so it proves nothing.", "Choose a remote or backup of this workspace."},
	{workspace.ErrOtherService, http.StatusBadGateway, "service", "What answers at this address is not the service it claims to be.", "Do not sync with it. Ask who runs the service, and compare its eight words."},
	{syncclient.ErrAnotherService, http.StatusBadGateway, "service", "What answers at this address is not the service it was.", "Do not sync with it. Ask who runs the service, and compare its eight words."},
	{workspace.ErrKeptFull, http.StatusInsufficientStorage, "full", "So many drafts, views and settings are kept that no more are taken.", "Discard some."},
	{syncclient.ErrFull, http.StatusInsufficientStorage, "full", "There is no room left at the remote.", "Free space there or use another remote, then sync again."},
	{eventstore.ErrFull, http.StatusInsufficientStorage, "full", "The disk is full; nothing was changed.", "Free some space, then try again."},
	{syncclient.ErrReadOnly, http.StatusConflict, "service", "The remote is write-protected; nothing of this laptop was sent.", "Remove the write protection, then sync again."},
	{eventstore.ErrReadOnly, http.StatusConflict, "full", "The workspace's folder cannot be written.", "Remove the write protection of the folder or disk."},
	{eventstore.ErrBusy, http.StatusConflict, "busy", "Another program has this workspace open.", "Close it there, then try again."},
	{ErrHeld, http.StatusConflict, "busy", "Another window or program has this workspace open.", "Use that one, or close it and try again."},
	{eventstore.ErrNewerFormat, http.StatusConflict, "newer", "This workspace was written by a newer version of the program.", "Install the newer version."},
	{keyring.ErrNewer, http.StatusConflict, "newer", "This file was made by a newer version of the program.", "Install the newer version."},
	{workspace.ErrIntegrity, http.StatusConflict, "integrity", "What was read has been altered or is damaged.", "Restore a backup into another folder, or join again, and keep this folder as evidence."},
	{keyring.ErrIdentity, http.StatusConflict, "integrity", "This laptop's key file is damaged.", "Restore a backup into another folder."},
	{eventstore.ErrKey, http.StatusConflict, "integrity", "The database does not belong to this laptop's key file.", "Restore a backup into another folder."},
	{eventstore.ErrDamaged, http.StatusConflict, "integrity", "The database of this laptop is damaged.", "Verify it to see where; restore a backup into another folder."},
	{eventstore.ErrDisk, http.StatusInternalServerError, "internal", "The disk failed; nothing was changed.", "Check the disk, and make a backup somewhere else."},
	{syncclient.ErrProtocol, http.StatusBadGateway, "service", "The remote does not answer as a sync service does.", "Check its address."},
	{eventstore.ErrClosed, http.StatusLocked, "locked", "The workspace is locked.", "Unlock it with the passphrase."},
	{fs.ErrNotExist, http.StatusNotFound, "missing", "There is no such file or folder.", "Check the path, or that the stick is plugged in."},
	{fs.ErrExist, http.StatusConflict, "exists", "There is such a file already; it was left as it is.", "Choose another name."},
	{fs.ErrPermission, http.StatusForbidden, "usage", "This program may not read or write there.", "Choose another place."},
}

// describe makes a Problem of an error and says whether it was expected; one that was not says no more than that.
func describe(err error) (p *Problem, expected bool) {
	if errors.As(err, &p) {
		return p, true
	}
	if p := ruled(err); p != nil {
		return p, true
	}
	if p := looked(err); p != nil {
		return p, true
	}
	if p := reached(err); p != nil {
		return p, true
	}
	for _, s := range sentences {
		if errors.Is(err, s.is) {
			return problem(s.status, s.code, s.detail, s.hint), true
		}
	}
	if errors.Is(err, context.Canceled) {
		return problem(http.StatusConflict, "cancelled", "This was cancelled; nothing of it was kept.", ""), true
	}
	return problem(http.StatusInternalServerError, "internal", unexpected, unexpectedHint), false
}

// ruled is for errors of the record's rules.
func ruled(err error) *Problem {
	var (
		refusal *record.Refusal
		usage   *record.UsageError
		early   *workspace.UnverifiedError
	)
	switch {
	case errors.As(err, &refusal):
		return refused(refusal)
	case errors.As(err, &usage):
		return misuse(usage.Said)
	case errors.As(err, &early):
		return spoken(http.StatusConflict, "unverified",
			wording.Say("This has to wait: {0} documents came from the service's pack and not yet from the feeds that prove them.", early.Documents), wording.Say("Finish a sync first."))
	}
	return nil
}

// looked is for references and files in which nothing, or too much, was found.
func looked(err error) *Problem {
	var (
		missing   *projections.NotFound
		unknown   *workspace.NotFound
		ambiguous *projections.Ambiguous
		folder    *workspace.FolderError
		table     *sheet.Error
		large     *http.MaxBytesError
	)
	switch {
	case errors.As(err, &missing):
		return lacking(missing.What, missing.Ref, missing.Near)
	case errors.As(err, &unknown):
		return lacking(unknown.What, unknown.Ref, unknown.Near)
	case errors.As(err, &ambiguous):
		labels := make([]string, len(ambiguous.Candidates))
		for i, c := range ambiguous.Candidates {
			labels[i] = c.Label
		}
		return spoken(http.StatusConflict, "ambiguous", wording.Say(`"{0}" may mean several things`, ambiguous.Ref), wording.Say("choose one: {0}", strings.Join(labels, ", ")))
	case errors.As(err, &folder):
		return elsewhere(folder)
	case errors.As(err, &large), errors.Is(err, sheet.ErrTooLarge), errors.Is(err, sheet.ErrBomb):
		if errors.As(err, &table) {
			return spoken(http.StatusRequestEntityTooLarge, "too_large", table.Sentence(), wording.Sentence{})
		}
		return errTooLarge
	case errors.As(err, &table):
		return spoken(http.StatusUnprocessableEntity, "usage", table.Sentence(), wording.Sentence{})
	}
	return nil
}

// elsewhere is for folders in which this record is not exchanged.
func elsewhere(f *workspace.FolderError) *Problem {
	switch {
	case f.Absent && f.Remote == "":
		return problem(http.StatusNotFound, "missing", "There is no such folder.", "Check the path, or that the stick is plugged in.")
	case f.Absent:
		return problem(http.StatusNotFound, "missing", "The folder is not there now.", "Plug the stick in, or connect the drive, then sync again. Nothing is lost.")
	case f.Remote == "":
		return problem(http.StatusConflict, "empty", "The folder holds nothing of this record yet.", "Look whether it is the right place; if it is, begin there.")
	}
	return problem(http.StatusConflict, "empty", "The folder holds nothing of this record: another stick is in, or the drive is not connected.",
		"Plug the right one in, then sync again. Nothing was written, and nothing is lost.")
}

func lacking(what wording.Pattern, ref string, near []string) *Problem {
	var hint wording.Sentence
	if len(near) > 0 {
		hint = wording.Say("near it: {0}", strings.Join(near, ", "))
	}
	return spoken(http.StatusNotFound, "missing", wording.Say(`there is no {0} "{1}"`, wording.Say(what), ref), hint)
}

// reached is for services that refuse or cannot be reached.
func reached(err error) *Problem {
	var (
		service   *syncclient.ServiceError
		unknown   x509.UnknownAuthorityError
		host      x509.HostnameError
		withdrawn x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &service):
		return spoken(http.StatusBadGateway, "service", service.Sentence(), wording.Sentence{})
	case errors.As(err, &unknown), errors.As(err, &host), errors.As(err, &withdrawn):
		return problem(http.StatusBadGateway, "service", "The service's certificate does not hold.", "Check the address and this computer's clock, or add the service's own certificate.")
	case errors.Is(err, syncproto.ErrTemporary), errors.Is(err, context.DeadlineExceeded):
		return problem(http.StatusBadGateway, "service", "The service cannot be reached.", "Check the network and the address. Everything else works without it; what is unsent goes over with the next sync.")
	}
	return nil
}
