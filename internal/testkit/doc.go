// Package testkit holds what tests need to make a disk fail.
//
// A Disk is a VFS for SQLite that keeps files in memory and remembers which writes no sync has made durable. A test runs a
// workload on it with a Fault at its k-th step, then takes the disk as a machine would find it after the power came back:
// each unsynced write kept, lost or torn at 512-byte sectors, in any combination.
//
//	disk := testkit.NewDisk()
//	defer disk.Release()
//	disk.Inject(testkit.Fault{At: 17, Kind: testkit.PowerCut})
//	work(disk.Name())                       // ends in errors
//	after := disk.Restart(rand.New(...))    // open and check what is there
package testkit
