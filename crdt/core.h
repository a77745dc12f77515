// The few functions of Automerge's C interface that are needed, declared here because automerge.h lies in another module's
// folder. automerge-go links the library; its own wrapper is not used, since it frees memory by finalizers only and shows
// nothing but the winning value.

#ifndef FIELDBOOK_CORE_H
#define FIELDBOOK_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct AMdoc AMdoc;
typedef struct AMitem AMitem;
typedef struct AMobjId AMobjId;
typedef struct AMresult AMresult;
typedef struct AMactorId AMactorId;
typedef struct AMchange AMchange;
typedef struct { const uint8_t *src; size_t count; } AMbyteSpan;
typedef struct { uint8_t detail[3 * 8]; } AMitems;

AMresult *AMactorIdFromBytes(const uint8_t *src, size_t count);
AMresult *AMcreate(const AMactorId *actor);
AMresult *AMload(const uint8_t *src, size_t count);
AMresult *AMloadIncremental(AMdoc *doc, const uint8_t *src, size_t count);
AMresult *AMsave(AMdoc *doc);
AMresult *AMfork(AMdoc *doc, const AMitems *heads);
AMresult *AMgetHeads(AMdoc *doc);
AMresult *AMgetChangeByHash(AMdoc *doc, const uint8_t *src, size_t count);
AMresult *AMgetLastLocalChange(AMdoc *doc);
AMresult *AMkeys(const AMdoc *doc, const AMobjId *obj, const AMitems *heads);
AMresult *AMmapGetAll(const AMdoc *doc, const AMobjId *obj, AMbyteSpan key, const AMitems *heads);
AMresult *AMtext(const AMdoc *doc, const AMobjId *obj, const AMitems *heads);
size_t AMobjSize(const AMdoc *doc, const AMobjId *obj, const AMitems *heads);
AMresult *AMsetActorId(AMdoc *doc, const AMactorId *actor);
AMresult *AMcommit(AMdoc *doc, AMbyteSpan message, const int64_t *time);
size_t AMrollback(AMdoc *doc);
AMresult *AMspliceText(AMdoc *doc, const AMobjId *obj, size_t pos, ptrdiff_t del, AMbyteSpan text);
AMresult *AMmapPutNull(AMdoc *doc, const AMobjId *obj, AMbyteSpan key);
AMresult *AMmapPutBool(AMdoc *doc, const AMobjId *obj, AMbyteSpan key, bool value);
AMresult *AMmapPutInt(AMdoc *doc, const AMobjId *obj, AMbyteSpan key, int64_t value);
AMresult *AMmapPutTimestamp(AMdoc *doc, const AMobjId *obj, AMbyteSpan key, int64_t value);
AMresult *AMmapPutF64(AMdoc *doc, const AMobjId *obj, AMbyteSpan key, double value);
AMresult *AMmapPutStr(AMdoc *doc, const AMobjId *obj, AMbyteSpan key, AMbyteSpan value);
AMresult *AMmapPutBytes(AMdoc *doc, const AMobjId *obj, AMbyteSpan key, AMbyteSpan value);
uint8_t AMresultStatus(const AMresult *result);
AMitem *AMresultItem(AMresult *result);
AMitems AMresultItems(AMresult *result);
AMresult *AMresultCat(const AMresult *dest, const AMresult *src);
void AMresultFree(AMresult *result);
AMitem *AMitemsNext(AMitems *items, ptrdiff_t n);
uint32_t AMitemValType(const AMitem *item);
const AMobjId *AMitemObjId(const AMitem *item);
AMresult *AMitemFromChangeHash(AMbyteSpan value);
bool AMitemToDoc(AMitem *item, AMdoc **value);
bool AMitemToActorId(const AMitem *item, const AMactorId **value);
bool AMitemToChange(AMitem *item, AMchange **value);
bool AMitemToChangeHash(const AMitem *item, AMbyteSpan *value);
bool AMitemToBool(const AMitem *item, bool *value);
bool AMitemToBytes(const AMitem *item, AMbyteSpan *value);
bool AMitemToCounter(const AMitem *item, int64_t *value);
bool AMitemToF64(const AMitem *item, double *value);
bool AMitemToInt(const AMitem *item, int64_t *value);
bool AMitemToStr(const AMitem *item, AMbyteSpan *value);
bool AMitemToTimestamp(const AMitem *item, int64_t *value);
AMbyteSpan AMchangeRawBytes(const AMchange *change);

// Go strings are passed as pointer and length, never inside a struct.
static inline AMbyteSpan span(const char *p, size_t n) { AMbyteSpan s = { (const uint8_t *)(n ? p : ""), n }; return s; }
static inline AMresult *getAll(AMdoc *d, const char *k, size_t n) { return AMmapGetAll(d, NULL, span(k, n), NULL); }
static inline AMresult *putNull(AMdoc *d, const char *k, size_t n) { return AMmapPutNull(d, NULL, span(k, n)); }
static inline AMresult *putBool(AMdoc *d, const char *k, size_t n, bool v) { return AMmapPutBool(d, NULL, span(k, n), v); }
static inline AMresult *putInt(AMdoc *d, const char *k, size_t n, int64_t v) { return AMmapPutInt(d, NULL, span(k, n), v); }
static inline AMresult *putTime(AMdoc *d, const char *k, size_t n, int64_t v) { return AMmapPutTimestamp(d, NULL, span(k, n), v); }
static inline AMresult *putFloat(AMdoc *d, const char *k, size_t n, double v) { return AMmapPutF64(d, NULL, span(k, n), v); }
static inline AMresult *putText(AMdoc *d, const char *k, size_t n, const char *v, size_t m) { return AMmapPutStr(d, NULL, span(k, n), span(v, m)); }
static inline AMresult *putBytes(AMdoc *d, const char *k, size_t n, const char *v, size_t m) { return AMmapPutBytes(d, NULL, span(k, n), span(v, m)); }
static inline AMresult *spliceText(AMdoc *d, const AMobjId *o, size_t at, size_t cut, const char *v, size_t m) { return AMspliceText(d, o, at, cut, span(v, m)); }
static inline AMresult *load(const char *p, size_t n) { return AMload((const uint8_t *)p, n); }
static inline AMresult *loadIncremental(AMdoc *d, const char *p, size_t n) { return AMloadIncremental(d, (const uint8_t *)p, n); }
static inline AMresult *hashItem(const char *p, size_t n) { return AMitemFromChangeHash(span(p, n)); }
static inline AMresult *commit(AMdoc *d, int64_t at) { AMbyteSpan none = { NULL, 0 }; return AMcommit(d, none, &at); }

#endif
