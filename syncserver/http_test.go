package syncserver_test

import (
	"context"
	"testing"

	"fieldbook/internal/testkit/servicetest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// remote is whatever answers exchanges.
type remote interface {
	Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error)
}

// inProcess serves a store as a folder remote does.
func inProcess(store syncserver.Store) remote {
	return syncserver.New(syncserver.Config{Store: store})
}

// newServer gives the remote of a store. TestExchangeOverHTTP puts HTTP in its
// place.
var newServer = inProcess

// Every promise of an exchange holds over HTTP.
func TestExchangeOverHTTP(t *testing.T) {
	web := servicetest.NewWeb(t, plantName)
	newServer = func(store syncserver.Store) remote { return web.Remote(store) }
	t.Cleanup(func() { newServer = inProcess })
	for name, test := range map[string]func(*testing.T){
		"stores":    TestExchangeStoresWhatContinues,
		"refuses":   TestExchangeRefusesWithItsReason,
		"pages":     TestExchangeHandsOutPages,
		"heals":     TestExchangeHealsDamage,
		"serves":    TestExchangeServesWhatItCannotExtend,
		"forks":     TestExchangeKeepsForks,
		"malformed": TestExchangeRefusesMalformedRequests,
		"lacking":   TestExchangeHandsOutWhatMayBeLacking,
		"damage":    TestExchangeFindsDamageBeforeThePush,
	} {
		t.Run(name, test)
	}
}
