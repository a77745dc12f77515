package syncserver

// FailSteps has step called before each change of the disk; its error fails it.
func FailSteps(f *Folder, step func(op string) error) { f.step = step }
