# Shortens `go test -v`: one line a package, and of tests only the output of those that failed. Lines that belong to no test
# (build errors, panics) pass as they are.
/^=== (RUN|NAME|CONT|PAUSE)/ { test = $3; sub(/\/.*/, "", test); next }
/^ *--- (PASS|SKIP): /       { if ($0 !~ /^ /) { delete held[$3]; test = "" }; next }
/^--- FAIL: /                { print; printf "%s", held[$3]; delete held[$3]; test = ""; next }
/^panic: /                   { printf "%s", held[test]; split("", held); test = "" }
/^(ok  |FAIL|---)/           { split("", held); test = "" }
/^(\?|PASS$|coverage:)/      { next }
test == ""                   { print; next }
                             { held[test] = held[test] $0 "\n" }
