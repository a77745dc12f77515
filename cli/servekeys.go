package cli

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"fieldbook/keyring"
)

// certificateLife is how long a self-signed certificate holds: laptops trust the
// very file, so nothing is gained by changing it often.
const certificateLife = 5 * 365 * 24 * time.Hour

// serviceFolder is where a service that was told nothing else keeps its secret
// and its certificate: never in the store.
func serviceFolder() (string, error) {
	data, err := dataFolder()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(filepath.Dir(data), "fieldbook-service")
	return dir, os.MkdirAll(dir, 0o700)
}

// ownServiceKey gives the file of the service's secret, made if it is not there.
func ownServiceKey() (string, error) {
	dir, err := serviceFolder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "service.key")
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return path, err
	}
	display, master, err := keyring.NewMaster()
	if err != nil {
		return "", err
	}
	master.Wipe()
	return path, writeNew(path, []byte(display+"\n"), 0o600)
}

// writeNew writes a file that is not there yet. Of two that start at once, both
// then use the first one's.
func writeNew(path string, data []byte, mode os.FileMode) error {
	part := fmt.Sprintf("%s.%d", path, os.Getpid())
	if err := os.WriteFile(part, data, mode); err != nil {
		return err
	}
	defer os.Remove(part)
	if err := os.Link(part, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// ownCertificate gives the self-signed certificate and its file, made if there
// is none that still holds for the host of an address.
func ownCertificate(listen string) (*tls.Certificate, string, error) {
	dir, err := serviceFolder()
	if err != nil {
		return nil, "", err
	}
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "cert-key.pem")
	hosts := hostsOf(listen)
	if pair, err := tls.LoadX509KeyPair(cert, key); err == nil && holds(pair.Leaf, hosts) {
		return &pair, cert, nil
	}
	certPEM, keyPEM, err := selfSign(hosts)
	if err != nil {
		return nil, "", err
	}
	if err := os.WriteFile(key, keyPEM, 0o600); err != nil {
		return nil, "", err
	}
	if err := os.WriteFile(cert, certPEM, 0o644); err != nil {
		return nil, "", err
	}
	pair, err := tls.X509KeyPair(certPEM, keyPEM)
	return &pair, cert, err
}

// hostsOf are the names and addresses by which laptops may reach a listener: the
// one it was told, or all of this machine.
func hostsOf(listen string) []string {
	hosts := []string{"localhost", "127.0.0.1", "::1"}
	host, _, err := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); err == nil && host != "" && (ip == nil || !ip.IsUnspecified()) {
		return append(hosts, host)
	}
	if name, err := os.Hostname(); err == nil {
		hosts = append(hosts, name)
	}
	addrs, _ := net.InterfaceAddrs() // without them the name still serves
	for _, addr := range addrs {
		if n, ok := addr.(*net.IPNet); ok && !n.IP.IsLoopback() && !n.IP.IsLinkLocalUnicast() {
			hosts = append(hosts, n.IP.String())
		}
	}
	return hosts
}

// holds says whether a certificate is good for all hosts for another month.
func holds(cert *x509.Certificate, hosts []string) bool {
	if cert == nil || time.Until(cert.NotAfter) < 30*24*time.Hour {
		return false
	}
	for _, host := range hosts {
		if cert.VerifyHostname(host) != nil {
			return false
		}
	}
	return true
}

// selfSign makes a certificate for the hosts that is its own authority, P-256.
func selfSign(hosts []string) (certPEM, keyPEM []byte, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, nil, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "Fieldbook sync service"},
		NotBefore: now.Add(-24 * time.Hour), NotAfter: now.Add(certificateLife),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IsCA: true, BasicConstraintsValid: true,
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), nil
}
