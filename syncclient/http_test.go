package syncclient_test

import (
	"flag"
	"testing"

	"fieldbook/internal/testkit/servicetest"
	"fieldbook/syncclient"
	"fieldbook/syncserver"
)

// inProcess serves a store by the service's code in this process, as a folder
// remote does.
func inProcess(store syncserver.Store) syncclient.Remote {
	return syncserver.New(syncserver.Config{Store: store})
}

// newServer gives the remote of a store. TestEverythingOverHTTP puts HTTP in its
// place.
var newServer = inProcess

// Every promise of a sync with a folder holds over HTTP.
func TestEverythingOverHTTP(t *testing.T) {
	newServer = servicetest.NewWeb(t, plant).Remote
	checks := flag.Lookup("rapid.checks")
	before := checks.Value.String()
	if err := checks.Value.Set("10"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		newServer = inProcess
		if err := checks.Value.Set(before); err != nil {
			t.Error(err)
		}
	})
	for name, test := range map[string]func(*testing.T){
		"level":             TestSyncBringsLaptopsLevel,
		"one round trip":    TestSyncTakesOneRoundTripAFewEditsApart,
		"refill":            TestSyncRefillsAWipedRemote,
		"pages":             TestSyncGoesThroughPages,
		"damage":            TestSyncTellsAndHealsDamage,
		"waiting":           TestSyncComesBackForWhatWaits,
		"write-protected":   TestSyncReadsFromAWriteProtectedRemote,
		"retries":           TestSyncRetriesTemporaryErrors,
		"cut anywhere":      TestSyncCutAnywhereIsResumed,
		"forks":             TestSyncFindsForksBehindTheTip,
		"forks, read-only":  TestSyncFindsForksOnAWriteProtectedRemote,
		"a full laptop":     TestSyncEndsWhenTheLaptopCannotStore,
		"an ended context":  TestSyncEndsWithItsContext,
		"receipts":          TestReceiptsReachTheLaptopAndTravelOn,
		"the same":          TestLevelMeansTheSame,
		"receipts not kept": TestReceiptsThatCannotBeKeptEndTheSync,
		"any history":       TestAnyHistoryConverges,
	} {
		t.Run(name, test)
	}
}
