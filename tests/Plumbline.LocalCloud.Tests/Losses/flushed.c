/* Records the state that a power loss would leave. It is preloaded into a program. At each fsync of a file or folder below
 * FLUSHED_ROOT it writes the disk's new content to the log FLUSHED_LOG: the bytes of a file that changed since its last
 * record, or the names in a folder. Nothing else counts as on disk: a file that was never flushed is empty, and a name is
 * missing if its folder was not flushed. The flush itself is not carried out, because the kernel does not fail in the test.
 * Records are in order; only the last one in the log may be incomplete.
 *
 *   F KEY SIZE COUNT\n  then COUNT times  OFFSET LENGTH\n and the bytes
 *   D KEY COUNT PATH\n  then COUNT times  TYPE KEY NAME\n          TYPE is f or d; PATH is the folder's, below the root
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 4096 };

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

/* Inode numbers are reused, but not together with the time of birth. */
static int key_of(int folder, const char *name, int flags, char *key, struct statx *found) {
    if (statx(folder, name, flags, STATX_BASIC_STATS | STATX_BTIME, found) != 0) return -1;
    sprintf(key, "%llx-%llx-%x", (unsigned long long)found->stx_ino, (unsigned long long)found->stx_btime.tv_sec,
            found->stx_btime.tv_nsec);
    return 0;
}

/* The path of a descriptor below the root; NULL if it is elsewhere. */
static const char *below_root(int descriptor, char *path) {
    const char *root = getenv("FLUSHED_ROOT");
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, 4095);
    if (root == NULL || length < 0) return NULL;
    path[length] = 0;
    size_t prefix = strlen(root);
    if (strncmp(path, root, prefix) != 0 || (path[prefix] != '/' && path[prefix] != 0)) return NULL;
    return path[prefix] == '/' ? path + prefix + 1 : path + prefix;
}

static int record_file(FILE *log, int descriptor, const char *key, off_t size) {
    char last_path[4200];
    snprintf(last_path, sizeof last_path, "%s.last/%s", getenv("FLUSHED_LOG"), key);
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    /* Open it again only if the descriptor cannot read: closing a file drops the locks that SQLite has on it. */
    int own = (fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_WRONLY;
    int now = own ? open(link, O_RDONLY | O_CLOEXEC) : descriptor;
    int last = open(last_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (now < 0 || last < 0) return -1;
    char *extents = NULL;
    size_t length = 0;
    FILE *changed = open_memstream(&extents, &length);
    char is[BLOCK], was[BLOCK];
    int count = 0;
    for (off_t at = 0; at < size; at += BLOCK) {
        ssize_t read_now = pread(now, is, BLOCK, at), read_last = pread(last, was, BLOCK, at);
        if (read_now > 0 && (read_now != read_last || memcmp(is, was, read_now) != 0)) {
            fprintf(changed, "%lld %zd\n", (long long)at, read_now);
            fwrite(is, 1, read_now, changed);
            if (pwrite(last, is, read_now, at) != read_now) abort();
            count++;
        }
    }
    if (ftruncate(last, size) != 0) abort();
    fclose(changed);
    fprintf(log, "F %s %lld %d\n", key, (long long)size, count);
    fwrite(extents, 1, length, log);
    free(extents);
    if (own) close(now);
    close(last);
    return 0;
}

static int record_folder(FILE *log, int descriptor, const char *key, const char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d/.", descriptor);
    DIR *folder = opendir(link);
    if (folder == NULL) return -1;
    char *names = NULL;
    size_t length = 0;
    FILE *list = open_memstream(&names, &length);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char entry_key[64];
        struct statx found;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (key_of(dirfd(folder), entry->d_name, AT_SYMLINK_NOFOLLOW, entry_key, &found) != 0) continue;
        if (!S_ISREG(found.stx_mode) && !S_ISDIR(found.stx_mode)) continue;
        fprintf(list, "%c %s %s\n", S_ISDIR(found.stx_mode) ? 'd' : 'f', entry_key, entry->d_name);
        count++;
    }
    fclose(list);
    closedir(folder);
    fprintf(log, "D %s %d %s\n", key, count, path);
    fwrite(names, 1, length, log);
    free(names);
    return 0;
}

/* Returns 0 if it was recorded, and -1 if the descriptor is not below the root. */
static int record(int descriptor) {
    char path[4096], key[64];
    struct statx found;
    const char *relative = below_root(descriptor, path);
    const char *log_path = getenv("FLUSHED_LOG");
    if (relative == NULL || log_path == NULL || key_of(descriptor, "", AT_EMPTY_PATH, key, &found) != 0) return -1;

    int result = -1, kept = errno;
    pthread_mutex_lock(&gate);
    int descriptor_of_log = open(log_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_of_log >= 0 && flock(descriptor_of_log, LOCK_EX) == 0) {
        char *text = NULL;
        size_t length = 0;
        FILE *whole = open_memstream(&text, &length);
        if (S_ISDIR(found.stx_mode)) {
            result = record_folder(whole, descriptor, key, relative);
        } else {
            /* Another process may have written more, so read the size again under the lock. */
            if (key_of(descriptor, "", AT_EMPTY_PATH, key, &found) == 0)
                result = record_file(whole, descriptor, key, (off_t)found.stx_size);
        }
        fclose(whole);
        for (size_t done = 0; result == 0 && done < length;) {
            ssize_t written = write(descriptor_of_log, text + done, length - done);
            if (written <= 0) abort();
            done += (size_t)written;
        }
        free(text);
    }
    if (descriptor_of_log >= 0) close(descriptor_of_log);
    pthread_mutex_unlock(&gate);
    errno = kept;
    return result;
}

#define REAL(name) ((int (*)())dlsym(RTLD_NEXT, name))

int fsync(int descriptor) { return record(descriptor) == 0 ? 0 : REAL("fsync")(descriptor); }

int fdatasync(int descriptor) { return record(descriptor) == 0 ? 0 : REAL("fdatasync")(descriptor); }

int sync_file_range(int descriptor, off64_t offset, off64_t count, unsigned int flags) {
    return record(descriptor) == 0
               ? 0
               : ((int (*)(int, off64_t, off64_t, unsigned int))dlsym(RTLD_NEXT, "sync_file_range"))(descriptor, offset, count, flags);
}
