package envelope

import (
	"crypto/sha256"
	"fmt"
	"math"
	"strings"
)

// Folders of a workspace in a store that hold packs.
const (
	folderManifests = "/packs"
	folderParts     = "/parts"
	prefixPart      = "part-"
)

// ManifestFolder is where a workspace's manifests lie in a store.
func ManifestFolder(ws WorkspaceID) string { return ws.String() + folderManifests }

// ManifestName is the name of a manifest in its folder. The number counts down, so that the one that covers most segments is
// listed first.
func ManifestName(segments uint64, object []byte) string {
	return fmt.Sprintf("%016x-%x", math.MaxUint64-segments, sha256.Sum256(object))
}

// PartName is the name of a part in its folder.
func PartName(name Hash) string { return prefixPart + name.String() }

// PackPath is where an object of a pack lies in a store, by its name; ErrMalformed for what is no such name.
func PackPath(ws WorkspaceID, name string) (string, error) {
	if hash, ok := strings.CutPrefix(name, prefixPart); ok {
		_, err := ParseHash(hash)
		return ws.String() + folderParts + "/" + name, err
	}
	if len(name) != 16+1+64 || name[16] != '-' || !lowerHex(name[:16]) || !lowerHex(name[17:]) {
		return "", fmt.Errorf("name of a pack: %w", ErrMalformed)
	}
	return ManifestFolder(ws) + "/" + name, nil
}
