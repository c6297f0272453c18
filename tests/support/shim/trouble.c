/* Lets writes or syncs of files below QUAY_TROUBLE_ROOT fail while the file QUAY_TROUBLE_SWITCH exists.
 *
 * What the switch file says: "write" or "sync", then the error's number, then how many calls go well first.
 * "fsync" that failed once is not told a second time, as on a real disk: the error is reported one time only.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int good_calls;

static int watched(int descriptor) {
    const char *root = getenv("QUAY_TROUBLE_ROOT");
    char link[64], path[PATH_MAX];
    if (!root) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return !strncmp(path, root, strlen(root));
}

/* The error of this call; 0 = it goes well. */
static int trouble(int descriptor, const char *what) {
    const char *where = getenv("QUAY_TROUBLE_SWITCH");
    char wanted[16];
    int number, first;
    FILE *file = where && watched(descriptor) ? fopen(where, "r") : NULL;
    if (!file) { return 0; }
    int read = fscanf(file, "%15s %d %d", wanted, &number, &first);
    fclose(file);
    if (read != 3 || strcmp(wanted, what)) return 0;
    if (good_calls < first) { good_calls++; return 0; }
    if (!strcmp(what, "sync")) unlink(where);
    return number;
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset) {
    int number = trouble(descriptor, "write");
    if (number) { errno = number; return -1; }
    return REAL(pwrite64)(descriptor, data, length, offset);
}

ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) {
    return pwrite64(descriptor, data, length, offset);
}

ssize_t write(int descriptor, const void *data, size_t length) {
    int number = trouble(descriptor, "write");
    if (number) { errno = number; return -1; }
    return REAL(write)(descriptor, data, length);
}

int fsync(int descriptor) {
    int number = trouble(descriptor, "sync");
    if (number) { errno = number; return -1; }
    return REAL(fsync)(descriptor);
}

int fdatasync(int descriptor) {
    int number = trouble(descriptor, "sync");
    if (number) { errno = number; return -1; }
    return REAL(fdatasync)(descriptor);
}
