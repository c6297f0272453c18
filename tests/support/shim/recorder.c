/* Logs every file operation below QUAY_TRACE_ROOT in one order, with the bytes, into QUAY_TRACE_FILE.
 *
 * One lock is held over operation and log entry: the order of the log is the order of what happened.
 * Entries: kind(1) file(4) offset(8) length(8) data. Kinds: O open (data: path), W write, T truncate
 * (offset: size), S sync, U unlink (data: path), R rename (data: old NUL new), A said to the outside
 * (a write to descriptor 1). Shared-memory files (-shm) are left out: they do not outlive a power cut.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILES 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1, tried;
static char root[PATH_MAX];
static size_t root_length;
static uint32_t file_of[FILES], files;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

static void put(const void *data, size_t length) {
    const char *at = data;
    while (length) {
        long done = syscall(SYS_write, trace, at, length);
        if (done < 0) { if (errno == EINTR) continue; abort(); }
        at += done;
        length -= (size_t)done;
    }
}

static void note(char kind, uint32_t file, uint64_t offset, const void *data, uint64_t length) {
    char head[21];
    head[0] = kind;
    memcpy(head + 1, &file, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length, 8);
    put(head, sizeof head);
    if (data) put(data, length);
}

static int begin(void) {
    if (!tried) {
        const char *where = getenv("QUAY_TRACE_ROOT"), *to = getenv("QUAY_TRACE_FILE");
        tried = 1;
        if (where && to && strlen(where) < sizeof root) {
            strcpy(root, where);
            root_length = strlen(root);
            trace = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        }
    }
    return trace >= 0;
}

/* The absolute path when it lies below the root and is no shared memory; 0 otherwise. */
static int ours(const char *path, char *full) {
    if (path[0] == '/') {
        if (strlen(path) >= PATH_MAX) return 0;
        strcpy(full, path);
    } else {
        if (!getcwd(full, PATH_MAX) || strlen(full) + strlen(path) + 2 > PATH_MAX) return 0;
        strcat(full, "/");
        strcat(full, path);
    }
    size_t length = strlen(full);
    if (strncmp(full, root, root_length) || (full[root_length] && full[root_length] != '/')) return 0;
    return !(length > 4 && !strcmp(full + length - 4, "-shm"));
}

static void opened(int fd, const char *path, int flags) {
    char full[PATH_MAX];
    if (fd < 0 || fd >= FILES) return;
    file_of[fd] = 0;
    if (!ours(path, full)) return;
    file_of[fd] = ++files;
    note('O', files, 0, full, strlen(full));
    if (flags & O_TRUNC) note('T', files, 0, NULL, 0);
}

static uint32_t file(int fd) { return fd >= 0 && fd < FILES ? file_of[fd] : 0; }

static int open_it(const char *name, const char *path, int flags, mode_t mode) {
    int (*open_real)(const char *, int, ...) = real(name);
    if (!begin()) return open_real(path, flags, mode);
    pthread_mutex_lock(&lock);
    int fd = open_real(path, flags, mode), saved = errno;
    opened(fd, path, flags);
    pthread_mutex_unlock(&lock);
    errno = saved;
    return fd;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE return open_it("open", path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_it("open64", path, flags, mode); }

static int openat_it(const char *name, int at, const char *path, int flags, mode_t mode) {
    int (*openat_real)(int, const char *, int, ...) = real(name);
    if (!begin() || (at != AT_FDCWD && path[0] != '/')) return openat_real(at, path, flags, mode);
    pthread_mutex_lock(&lock);
    int fd = openat_real(at, path, flags, mode), saved = errno;
    opened(fd, path, flags);
    pthread_mutex_unlock(&lock);
    errno = saved;
    return fd;
}
int openat(int at, const char *path, int flags, ...) { MODE return openat_it("openat", at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return openat_it("openat64", at, path, flags, mode); }

int close(int fd) {
    if (!begin()) return REAL(close)(fd);
    pthread_mutex_lock(&lock);
    if (fd >= 0 && fd < FILES) file_of[fd] = 0;
    int done = REAL(close)(fd), saved = errno;
    pthread_mutex_unlock(&lock);
    errno = saved;
    return done;
}

ssize_t write(int fd, const void *data, size_t length) {
    if (!begin() || (fd != 1 && !file(fd))) return REAL(write)(fd, data, length);
    pthread_mutex_lock(&lock);
    off_t at = fd == 1 ? 0 : lseek(fd, 0, SEEK_CUR);
    ssize_t done = REAL(write)(fd, data, length);
    int saved = errno;
    if (done > 0) note(fd == 1 ? 'A' : 'W', file(fd), (uint64_t)at, data, (uint64_t)done);
    pthread_mutex_unlock(&lock);
    errno = saved;
    return done;
}

static ssize_t pwrite_it(const char *name, int fd, const void *data, size_t length, off_t at) {
    ssize_t (*pwrite_real)(int, const void *, size_t, off_t) = real(name);
    if (!begin() || !file(fd)) return pwrite_real(fd, data, length, at);
    pthread_mutex_lock(&lock);
    ssize_t done = pwrite_real(fd, data, length, at);
    int saved = errno;
    if (done > 0) note('W', file(fd), (uint64_t)at, data, (uint64_t)done);
    pthread_mutex_unlock(&lock);
    errno = saved;
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return pwrite_it("pwrite", fd, data, n, at); }
ssize_t pwrite64(int fd, const void *data, size_t n, off_t at) { return pwrite_it("pwrite64", fd, data, n, at); }

static int truncate_it(const char *name, int fd, off_t size) {
    int (*truncate_real)(int, off_t) = real(name);
    if (!begin() || !file(fd)) return truncate_real(fd, size);
    pthread_mutex_lock(&lock);
    int done = truncate_real(fd, size), saved = errno;
    if (!done) note('T', file(fd), (uint64_t)size, NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = saved;
    return done;
}
int ftruncate(int fd, off_t size) { return truncate_it("ftruncate", fd, size); }
int ftruncate64(int fd, off_t size) { return truncate_it("ftruncate64", fd, size); }

static int sync_it(const char *name, int fd) {
    int (*sync_real)(int) = real(name);
    if (!begin() || !file(fd)) return sync_real(fd);
    pthread_mutex_lock(&lock);
    int done = sync_real(fd), saved = errno;
    if (!done) note('S', file(fd), 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = saved;
    return done;
}
int fsync(int fd) { return sync_it("fsync", fd); }
int fdatasync(int fd) { return sync_it("fdatasync", fd); }

int unlink(const char *path) {
    char full[PATH_MAX];
    if (!begin() || !ours(path, full)) return REAL(unlink)(path);
    pthread_mutex_lock(&lock);
    int done = REAL(unlink)(path), saved = errno;
    if (!done) note('U', 0, 0, full, strlen(full));
    pthread_mutex_unlock(&lock);
    errno = saved;
    return done;
}

int rename(const char *from, const char *to) {
    char both[2 * PATH_MAX + 1], full[PATH_MAX];
    if (!begin() || !ours(from, both) || !ours(to, full)) return REAL(rename)(from, to);
    pthread_mutex_lock(&lock);
    int done = REAL(rename)(from, to), saved = errno;
    size_t length = strlen(both);
    strcpy(both + length + 1, full);
    if (!done) note('R', 0, 0, both, length + 1 + strlen(full));
    pthread_mutex_unlock(&lock);
    errno = saved;
    return done;
}
