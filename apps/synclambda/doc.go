// Command synclambda is the sync service as an AWS Lambda function behind an
// HTTP API of API Gateway (payload format 2.0). It wires the same handler as
// `fieldbook serve` to a bucket and keeps no state but caches, which are checked
// against the bucket's listing at each request.
//
// Its environment:
//
//	FIELDBOOK_BUCKET          bucket of segments, packs and blobs
//	FIELDBOOK_UPDATES_BUCKET  bucket of the update repository; empty: none
//	FIELDBOOK_CONFIG          base64 of a KMS ciphertext of the secrets, see secrets
//	FIELDBOOK_REGION_NAME     region of the buckets; empty: the function's
//	FIELDBOOK_OIDC_ISSUER     identity provider whose token is asked for besides; empty: none
//	FIELDBOOK_OIDC_AUDIENCE   whom the token must be for
//	FIELDBOOK_LIMITS          JSON of limits, see limits
//
// What the AWS SDK reads besides counts too: region, credentials of the role, and
// AWS_ENDPOINT_URL_S3 and _KMS, which name other servers than AWS's.
package main
