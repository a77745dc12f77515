package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/kms"

	"fieldbook/keyring"
)

// purpose is the encryption context that the configuration was encrypted with:
// the function's role may decrypt nothing else.
var purpose = map[string]string{"purpose": "fieldbook-service"}

// errSecrets says that the configuration does not decrypt to secrets. Its text
// never holds any part of them.
var errSecrets = errors.New("FIELDBOOK_CONFIG does not hold the service's secrets")

// secrets are what only the service may know.
type secrets struct {
	// Key is the service's secret as `fieldbook serve key` prints it; its keys in
	// each workspace derive from it.
	Key string `json:"service_key"`
	// Invitation lets unknown devices and workspaces in; empty: none does.
	Invitation string `json:"invitation"`
}

// decrypter is what is needed of KMS.
type decrypter interface {
	Decrypt(ctx context.Context, in *kms.DecryptInput, options ...func(*kms.Options)) (*kms.DecryptOutput, error)
}

// readSecrets decrypts the configuration. The caller wipes the master key.
func readSecrets(ctx context.Context, client decrypter, config string) (keyring.Master, string, error) {
	sealed, err := base64.StdEncoding.DecodeString(config)
	if err != nil || len(sealed) == 0 {
		return keyring.Master{}, "", fmt.Errorf("%w: it is not base64", errSecrets)
	}
	out, err := client.Decrypt(ctx, &kms.DecryptInput{CiphertextBlob: sealed, EncryptionContext: purpose})
	if err != nil {
		return keyring.Master{}, "", fmt.Errorf("decrypt FIELDBOOK_CONFIG: %w", err)
	}
	defer clear(out.Plaintext)
	var s secrets
	if err := json.Unmarshal(out.Plaintext, &s); err != nil {
		return keyring.Master{}, "", fmt.Errorf("%w: it is not JSON of service_key and invitation", errSecrets)
	}
	master, err := keyring.ParseMaster(s.Key)
	if err != nil {
		return keyring.Master{}, "", fmt.Errorf("%w: service_key is none that `fieldbook serve key` makes", errSecrets)
	}
	return master, s.Invitation, nil
}
