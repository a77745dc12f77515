// Package fleet plays whole histories of an installation with the programs that
// people run: laptops as processes of the fieldbook binary, two regions with the
// Lambda bootstrap over real S3 servers, and between all of them networks that
// lose, repeat and hold back. It holds tests only.
package fleet
