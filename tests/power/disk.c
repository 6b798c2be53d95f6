/* A disk that is written down, and that can be made to fail: loaded before a process's own libraries (LD_PRELOAD).

   Whatever the process and its forks do to files below HAVAINTO_DISK_ROOT goes, in the order in which it was done, into
   the file HAVAINTO_DISK_LOG: files and folders made, writes, lengths, syncs, renames, removals. What is marked
   (disk_mark) stands between them. A record is a struct head and its bytes; library.py reads it.

   disk_spoil(path, from, size) makes a place of a file unreadable, as a dying disk does: what begins before it is read up
   to it, what begins in it fails with EIO. disk_arm(n, errno, kinds, lasting) lets the n-th act of these kinds fail, and all later ones if it is lasting; with
   half set, that write goes half way and is told as short. Where reading from memory is meant (the index beside a
   database's log is a shared mapping), its first bytes are written down whenever they have changed. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MADE = 1, WRITE, LENGTH, SYNC, RENAME, REMOVE, LINK, MARK, MAPPED };
enum { F_WRITE = 1, F_SYNC = 2, F_LENGTH = 4, F_RENAME = 8, F_MAKE = 16, F_REMOVE = 32, F_FOLDER = 64 };

struct head { uint32_t what, size; uint64_t inode, at, is_folder; };

static char root[PATH_MAX];
static size_t root_length;
static int log_file = -1;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static long fail_at = -1, counted = 0;
static int fail_errno, fail_kinds = 127, fail_lasting, fail_half, failed;

#define MAPS 64
#define MAP_HEAD 136
static struct { unsigned char *at; size_t length; uint64_t inode; unsigned char last[MAP_HEAD]; } maps[MAPS];

static void before_fork(void) { pthread_mutex_lock(&turn); }
static void after_fork(void) { pthread_mutex_unlock(&turn); }

__attribute__((constructor)) static void begin(void) {
    const char *where = getenv("HAVAINTO_DISK_ROOT"), *log = getenv("HAVAINTO_DISK_LOG");
    pthread_atfork(before_fork, after_fork, after_fork);
    if (where && realpath(where, root)) root_length = strlen(root);
    if (root_length && log && *log) {
        int made = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (made >= 0) { log_file = fcntl(made, F_DUPFD_CLOEXEC, 900); syscall(SYS_close, made); }
    }
}

static int below(const char *path) {
    return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

static int path_of(int descriptor, char *out) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    long length = syscall(SYS_readlinkat, AT_FDCWD, name, out, PATH_MAX - 1);
    if (length < 0) return 0;
    out[length] = 0;
    return below(out);
}

static int held(int descriptor, uint64_t *inode, int *is_folder) {
    char path[PATH_MAX];
    struct stat found;
    int was = errno, is = 0;
    if (root_length && path_of(descriptor, path) && !fstat(descriptor, &found)) {
        *inode = found.st_ino;
        *is_folder = S_ISDIR(found.st_mode);
        is = S_ISREG(found.st_mode) || S_ISDIR(found.st_mode);
    }
    errno = was;
    return is;
}

/* the whole path, without . and .. */
static int whole(int folder, const char *path, char *out) {
    char joined[2 * PATH_MAX];
    int was = errno;
    if (path[0] == '/') snprintf(joined, sizeof joined, "%s", path);
    else {
        char at[PATH_MAX];
        if (folder == AT_FDCWD) { if (syscall(SYS_getcwd, at, PATH_MAX) < 0) { errno = was; return 0; } }
        else { path_of(folder, at); }
        snprintf(joined, sizeof joined, "%s/%s", at, path);
    }
    errno = was;
    size_t length = 0;
    char *rest = joined, *part;
    while ((part = strsep(&rest, "/"))) {
        if (!*part || !strcmp(part, ".")) continue;
        if (!strcmp(part, "..")) { while (length && out[--length] != '/') {} continue; }
        size_t more = strlen(part);
        if (length + more + 2 > PATH_MAX) return 0;
        out[length++] = '/';
        memcpy(out + length, part, more);
        length += more;
    }
    out[length] = 0;
    return below(out);
}

static void put(uint32_t what, uint64_t inode, uint64_t at, int is_folder, const struct iovec *parts, int count) {
    if (log_file < 0) return;
    struct head head = { what, 0, inode, at, (uint64_t)is_folder };
    struct iovec all[count + 1];
    int was = errno;
    size_t size = 0;
    for (int n = 0; n < count; n++) { all[n + 1] = parts[n]; size += parts[n].iov_len; }
    head.size = (uint32_t)size;
    all[0] = (struct iovec){ &head, sizeof head };
    long done = syscall(SYS_writev, log_file, all, count + 1);
    if (done != (long)(sizeof head + size)) { static const char said[] = "disk.c: its log is cut off\n";
        syscall(SYS_write, 2, said, sizeof said - 1); abort(); }
    errno = was;
}

static void put_bytes(uint32_t what, uint64_t inode, uint64_t at, const void *bytes, size_t size) {
    struct iovec part = { (void *)bytes, size };
    put(what, inode, at, 0, &part, 1);
}

static void note_maps(void) {
    for (int n = 0; n < MAPS; n++)
        if (maps[n].at && memcmp(maps[n].at, maps[n].last, MAP_HEAD)) {
            memcpy(maps[n].last, maps[n].at, MAP_HEAD);
            put_bytes(MAPPED, maps[n].inode, 0, maps[n].last, MAP_HEAD);
        }
}

static void lock(void) { pthread_mutex_lock(&turn); note_maps(); }
static void unlock(void) { note_maps(); pthread_mutex_unlock(&turn); }

/* whether this act is to fail: errno is set then; 2 when the write goes half way */
static int fails(int kind) {
    if (!(fail_kinds & kind)) return 0;
    counted++;
    if (fail_at < 0 || counted < fail_at || (counted > fail_at && !fail_lasting)) return 0;
    failed++;
    if (fail_half && kind == F_WRITE && counted == fail_at) return 2;
    errno = fail_errno;
    return 1;
}

void disk_arm(long at, int error, int kinds, int lasting, int half) {
    pthread_mutex_lock(&turn);
    fail_at = at; fail_errno = error; fail_kinds = kinds; fail_lasting = lasting; fail_half = half;
    counted = failed = 0;
    pthread_mutex_unlock(&turn);
}
long disk_counted(void) { return counted; }
int disk_failed(void) { return failed; }

void disk_mark(const char *said, size_t size) {
    lock();
    put_bytes(MARK, 0, 0, said, size);
    unlock();
}

/* ── making ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int opened(int folder, const char *path, int flags, mode_t mode) {
    char name[PATH_MAX];
    if (!(flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE || !whole(folder, path, name))
        return (int)syscall(SYS_openat, folder, path, flags, mode);
    lock();
    struct stat before, found;
    int was = errno, is_new = lstat(name, &before) != 0;
    errno = was;
    int made = -1;
    if (!(is_new && fails(F_MAKE))) made = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (made >= 0 && !fstat(made, &found) && S_ISREG(found.st_mode)) {
        if (is_new) put_bytes(MADE, found.st_ino, 0, name, strlen(name));
        else if (flags & O_TRUNC) put(LENGTH, found.st_ino, 0, 0, NULL, 0);
    }
    unlock();
    return made;
}

#define MODE(flags) mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __openat_2(int folder, const char *path, int flags) { return opened(folder, path, flags, 0); }
int __openat64_2(int folder, const char *path, int flags) { return opened(folder, path, flags, 0); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int mkdirat(int folder, const char *path, mode_t mode) {
    char name[PATH_MAX];
    struct stat found;
    if (!whole(folder, path, name)) return (int)syscall(SYS_mkdirat, folder, path, mode);
    lock();
    int done = -1;
    if (!fails(F_FOLDER)) done = (int)syscall(SYS_mkdirat, folder, path, mode);
    if (!done && !lstat(name, &found)) {
        struct iovec part = { name, strlen(name) };
        put(MADE, found.st_ino, 0, 1, &part, 1);
    }
    unlock();
    return done;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void put_write(int descriptor, uint64_t inode, off_t at, const struct iovec *parts, int count, size_t done) {
    struct iovec cut[count];
    int used = 0;
    for (; used < count && done; used++) {
        cut[used] = parts[used];
        if (cut[used].iov_len > done) cut[used].iov_len = done;
        done -= cut[used].iov_len;
    }
    put(WRITE, inode, (uint64_t)at, 0, cut, used);
    if (fcntl(descriptor, F_GETFL) & (O_SYNC | O_DSYNC)) put(SYNC, inode, 0, 0, NULL, 0);
}

/* at -1: where the file stands */
static ssize_t written(int descriptor, const struct iovec *parts, int count, off_t at) {
    uint64_t inode; int is_folder;
    if (!held(descriptor, &inode, &is_folder))
        return at < 0 ? syscall(SYS_writev, descriptor, parts, count) : syscall(SYS_pwritev, descriptor, parts, count, at, 0);
    struct iovec half;
    lock();
    ssize_t done = -1;
    int fail = fails(F_WRITE);
    if (fail == 2 && count && parts[0].iov_len > 1) {
        half = (struct iovec){ parts[0].iov_base, parts[0].iov_len / 2 };
        parts = &half;
        count = 1;
    }
    if (fail != 1)
        done = at < 0 ? syscall(SYS_writev, descriptor, parts, count) : syscall(SYS_pwritev, descriptor, parts, count, at, 0);
    if (done > 0) put_write(descriptor, inode, at < 0 ? lseek(descriptor, 0, SEEK_CUR) - done : at, parts, count, (size_t)done);
    unlock();
    return done;
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
    struct iovec part = { (void *)bytes, size };
    if (!root_length) return syscall(SYS_write, descriptor, bytes, size);
    return written(descriptor, &part, 1, -1);
}
ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t at) {
    struct iovec part = { (void *)bytes, size };
    return written(descriptor, &part, 1, at);
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t at) { return pwrite(descriptor, bytes, size, at); }
ssize_t writev(int descriptor, const struct iovec *parts, int count) { return written(descriptor, parts, count, -1); }
ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t at) { return written(descriptor, parts, count, at); }
ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off64_t at) { return written(descriptor, parts, count, at); }
ssize_t pwritev2(int descriptor, const struct iovec *parts, int count, off_t at, int flags) {
    if (flags) { errno = ENOTSUP; return -1; }
    return written(descriptor, parts, count, at);
}
ssize_t pwritev64v2(int descriptor, const struct iovec *parts, int count, off64_t at, int flags) {
    return pwritev2(descriptor, parts, count, at, flags);
}

/* what the system copied by itself is read from where it lies now */
static void put_copied(int descriptor, uint64_t inode, off_t at, size_t size) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    int again = (int)syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC, 0);
    char *bytes = malloc(size);
    size_t done = 0;
    while (again >= 0 && bytes && done < size) {
        long count = syscall(SYS_pread64, again, bytes + done, size - done, at + (off_t)done);
        if (count <= 0) break;
        done += (size_t)count;
    }
    if (done < size) abort();
    put_bytes(WRITE, inode, (uint64_t)at, bytes, size);
    free(bytes);
    syscall(SYS_close, again);
}

static int spoiled_count;
static ssize_t given(int descriptor, off_t at, size_t size);

/* how much of a copy the disk gives; 0: nothing, and errno is set */
static size_t spared(int from, const off64_t *from_at, size_t size) {
    ssize_t some = given(from, from_at ? *from_at : -1, size);
    return some < 0 ? 0 : (size_t)some;
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t size, unsigned flags) {
    uint64_t inode; int is_folder;
    if (!held(to, &inode, &is_folder)) return syscall(SYS_copy_file_range, from, from_at, to, to_at, size, flags);
    lock();
    ssize_t done = -1;
    off_t at = to_at ? *to_at : lseek(to, 0, SEEK_CUR);
    if (spoiled_count && (size = spared(from, from_at, size)) == 0) { unlock(); return -1; }
    if (!fails(F_WRITE)) done = syscall(SYS_copy_file_range, from, from_at, to, to_at, size, flags);
    if (done > 0) put_copied(to, inode, at, (size_t)done);
    unlock();
    return done;
}
ssize_t sendfile(int to, int from, off_t *from_at, size_t size) {
    uint64_t inode; int is_folder;
    if (!held(to, &inode, &is_folder)) return syscall(SYS_sendfile, to, from, from_at, size);
    lock();
    ssize_t done = -1;
    off_t at = lseek(to, 0, SEEK_CUR);
    if (spoiled_count && (size = spared(from, from_at, size)) == 0) { unlock(); return -1; }
    if (!fails(F_WRITE)) done = syscall(SYS_sendfile, to, from, from_at, size);
    if (done > 0) put_copied(to, inode, at, (size_t)done);
    unlock();
    return done;
}
ssize_t sendfile64(int to, int from, off64_t *from_at, size_t size) { return sendfile(to, from, from_at, size); }

/* ── reading what a dying disk does not give ────────────────────────────────────────────────────────────────────── */

#define SPOILED 64
static struct { uint64_t inode; off_t from, to; } spoiled[SPOILED];
static int spoiled_count;

int disk_spoil(const char *path, off_t from, off_t size) {
    struct stat found;
    if (stat(path, &found) || spoiled_count == SPOILED) return -1;
    spoiled[spoiled_count].inode = found.st_ino;
    spoiled[spoiled_count].from = from;
    spoiled[spoiled_count++].to = from + size;
    return 0;
}
void disk_heal(void) { spoiled_count = 0; }

/* how much of a read at a place the disk gives; -1: nothing, and errno is set */
static ssize_t given(int descriptor, off_t at, size_t size) {
    struct stat found;
    int was = errno;
    if (!spoiled_count || !size || fstat(descriptor, &found) || !S_ISREG(found.st_mode)) { errno = was; return (ssize_t)size; }
    if (at < 0) at = lseek(descriptor, 0, SEEK_CUR);
    errno = was;
    for (int n = 0; n < spoiled_count; n++) {
        if (spoiled[n].inode != found.st_ino || at >= spoiled[n].to || at + (off_t)size <= spoiled[n].from) continue;
        if (at >= spoiled[n].from) { errno = EIO; return -1; }
        size = (size_t)(spoiled[n].from - at);
    }
    return (ssize_t)size;
}

ssize_t read(int descriptor, void *bytes, size_t size) {
    ssize_t some = given(descriptor, -1, size);
    return some < 0 ? -1 : syscall(SYS_read, descriptor, bytes, (size_t)some);
}
ssize_t pread(int descriptor, void *bytes, size_t size, off_t at) {
    ssize_t some = given(descriptor, at, size);
    return some < 0 ? -1 : syscall(SYS_pread64, descriptor, bytes, (size_t)some, at);
}
ssize_t pread64(int descriptor, void *bytes, size_t size, off64_t at) { return pread(descriptor, bytes, size, at); }

/* into several places: one after another, as far as it goes */
static ssize_t scattered(int descriptor, const struct iovec *parts, int count, off_t at) {
    ssize_t done = 0;
    for (int n = 0; n < count; n++) {
        ssize_t some = at < 0 ? read(descriptor, parts[n].iov_base, parts[n].iov_len)
                              : pread(descriptor, parts[n].iov_base, parts[n].iov_len, at + done);
        if (some < 0) return done ? done : -1;
        done += some;
        if ((size_t)some < parts[n].iov_len) break;
    }
    return done;
}
ssize_t readv(int descriptor, const struct iovec *parts, int count) {
    return spoiled_count ? scattered(descriptor, parts, count, -1) : syscall(SYS_readv, descriptor, parts, count);
}
ssize_t preadv(int descriptor, const struct iovec *parts, int count, off_t at) {
    return spoiled_count ? scattered(descriptor, parts, count, at) : syscall(SYS_preadv, descriptor, parts, count, at, 0);
}
ssize_t preadv64(int descriptor, const struct iovec *parts, int count, off64_t at) { return preadv(descriptor, parts, count, at); }

/* ── length and syncs ───────────────────────────────────────────────────────────────────────────────────────────── */

int ftruncate(int descriptor, off_t size) {
    uint64_t inode; int is_folder;
    if (!held(descriptor, &inode, &is_folder)) return (int)syscall(SYS_ftruncate, descriptor, size);
    lock();
    int done = -1;
    if (!fails(F_LENGTH)) done = (int)syscall(SYS_ftruncate, descriptor, size);
    if (!done) put(LENGTH, inode, (uint64_t)size, 0, NULL, 0);
    unlock();
    return done;
}
int ftruncate64(int descriptor, off64_t size) { return ftruncate(descriptor, size); }
int truncate(const char *path, off_t size) {
    int descriptor = opened(AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    int done = ftruncate(descriptor, size), was = errno;
    close(descriptor);
    errno = was;
    return done;
}
int truncate64(const char *path, off64_t size) { return truncate(path, size); }

int fallocate(int descriptor, int mode, off_t at, off_t size) {
    uint64_t inode; int is_folder;
    struct stat found;
    if (!held(descriptor, &inode, &is_folder)) return (int)syscall(SYS_fallocate, descriptor, mode, at, size);
    if (mode) { errno = EOPNOTSUPP; return -1; }
    lock();
    int done = -1;
    int known = !fstat(descriptor, &found);
    if (!fails(F_LENGTH)) done = (int)syscall(SYS_fallocate, descriptor, mode, at, size);
    if (!done && known && found.st_size < at + size) put(LENGTH, inode, (uint64_t)(at + size), 0, NULL, 0);
    unlock();
    return done;
}
int fallocate64(int descriptor, int mode, off64_t at, off64_t size) { return fallocate(descriptor, mode, at, size); }
int posix_fallocate(int descriptor, off_t at, off_t size) {
    int was = errno, done = fallocate(descriptor, 0, at, size) ? errno : 0;
    errno = was;
    return done;
}
int posix_fallocate64(int descriptor, off64_t at, off64_t size) { return posix_fallocate(descriptor, at, size); }

/* sync_file_range and msync promise nothing after a power cut: they count for nothing here */
static int synced(int descriptor, long call) {
    uint64_t inode; int is_folder;
    if (!held(descriptor, &inode, &is_folder)) return (int)syscall(call, descriptor);
    lock();
    int done = -1;
    if (!fails(F_SYNC)) done = (int)syscall(call, descriptor);
    if (!done) put(SYNC, inode, 0, is_folder, NULL, 0);
    unlock();
    return done;
}
int fsync(int descriptor) { return synced(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return synced(descriptor, SYS_fdatasync); }

/* ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void put_two(uint32_t what, const char *one, const char *other) {
    struct iovec parts[2] = { { (void *)one, strlen(one) + 1 }, { (void *)other, strlen(other) } };
    put(what, 0, 0, 0, parts, 2);
}

int renameat2(int from, const char *path, int to, const char *target, unsigned flags) {
    char one[PATH_MAX], other[PATH_MAX];
    int is = whole(from, path, one), too = whole(to, target, other);
    if (!is && !too) return (int)syscall(SYS_renameat2, from, path, to, target, flags);
    lock();
    int done = -1;
    if (!fails(F_RENAME)) done = (int)syscall(SYS_renameat2, from, path, to, target, flags);
    if (!done) put_two(RENAME, one, other);
    unlock();
    return done;
}
int renameat(int from, const char *path, int to, const char *target) { return renameat2(from, path, to, target, 0); }
int rename(const char *path, const char *target) { return renameat2(AT_FDCWD, path, AT_FDCWD, target, 0); }

int linkat(int from, const char *path, int to, const char *target, int flags) {
    char one[PATH_MAX], other[PATH_MAX];
    whole(from, path, one);
    if (!whole(to, target, other)) return (int)syscall(SYS_linkat, from, path, to, target, flags);
    lock();
    int done = -1;
    if (!fails(F_RENAME)) done = (int)syscall(SYS_linkat, from, path, to, target, flags);
    if (!done) put_two(LINK, one, other);
    unlock();
    return done;
}
int link(const char *path, const char *target) { return linkat(AT_FDCWD, path, AT_FDCWD, target, 0); }

int unlinkat(int folder, const char *path, int flags) {
    char name[PATH_MAX];
    if (!whole(folder, path, name)) return (int)syscall(SYS_unlinkat, folder, path, flags);
    lock();
    struct stat found;
    int was = errno, is_there = !lstat(name, &found), done = -1;
    errno = was;
    if (!(is_there && fails(F_REMOVE))) done = (int)syscall(SYS_unlinkat, folder, path, flags);
    if (!done) put_bytes(REMOVE, 0, 0, name, strlen(name));
    unlock();
    return done;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

/* ── memory that is a file ──────────────────────────────────────────────────────────────────────────────────────── */

void *mmap(void *wanted, size_t length, int guard, int flags, int descriptor, off_t at) {
    void *made = (void *)syscall(SYS_mmap, wanted, length, guard, flags, descriptor, at);
    uint64_t inode; int is_folder;
    if (made != MAP_FAILED && descriptor >= 0 && (flags & MAP_SHARED) && (guard & PROT_WRITE) && !at
        && length >= MAP_HEAD && held(descriptor, &inode, &is_folder)) {
        pthread_mutex_lock(&turn);
        for (int n = 0; n < MAPS; n++)
            if (!maps[n].at) {
                maps[n].at = made; maps[n].length = length; maps[n].inode = inode;
                memset(maps[n].last, 0, MAP_HEAD);
                break;
            }
        unlock();
    }
    return made;
}
void *mmap64(void *wanted, size_t length, int guard, int flags, int descriptor, off64_t at) {
    return mmap(wanted, length, guard, flags, descriptor, at);
}
int munmap(void *at, size_t length) {
    if (root_length) {
        pthread_mutex_lock(&turn);
        for (int n = 0; n < MAPS; n++)
            if (maps[n].at == at) { note_maps(); maps[n].at = NULL; }
        pthread_mutex_unlock(&turn);
    }
    return (int)syscall(SYS_munmap, at, length);
}
